"""Video calls: who calls whom, and what carries sound and picture between them."""

"""Files and pictures that people send each other."""

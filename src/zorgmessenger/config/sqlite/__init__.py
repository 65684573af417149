"""Django's SQLite backend with the durability and the checkpointing that we promise."""

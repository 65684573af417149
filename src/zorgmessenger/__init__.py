"""Zorg Messenger: secure messages between people in care and those who treat them."""

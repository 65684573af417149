"""Conversations and who takes part in them."""

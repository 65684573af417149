"""Inviting a client by e-mail, and both ways of accepting."""

"""Encryption at rest: root key → installation and organisation keys → conversation keys → data."""

"""Organisations, who belongs to them in which role, and who treats whom."""

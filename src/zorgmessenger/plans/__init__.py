"""A client's safety plan (signaleringsplan), kept together with their practitioners."""

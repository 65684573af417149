"""Settings, addresses and the assembly of all parts into one server."""

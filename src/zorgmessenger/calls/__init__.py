"""Video calls: the call as a pure state machine, what is stored of it, who is told, relays and the SFU."""

"""Fan-out: the protocol, one connection as a pure state machine, the hub and the socket."""

"""What leaves the building: e-mail, sealed until sent, and never with content."""

"""People: their names and addresses, how they sign in, their sessions."""

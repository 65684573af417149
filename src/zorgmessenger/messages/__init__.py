"""Messages: sending, receipts, history; the committer that makes them durable."""

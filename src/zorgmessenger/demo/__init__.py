"""A demo organisation: made-up people, a believable history, known passwords; never in production."""

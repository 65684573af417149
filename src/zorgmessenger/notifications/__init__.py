"""Telling who is not looking that there is something new: by push and by mail, without a word of what or of whom."""

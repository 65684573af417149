"""Setting hours, notices and absences, and stand-ins who come and go with them."""

"""When people and teams answer: weekly hours, holidays, exceptions, absence, and what follows from them."""

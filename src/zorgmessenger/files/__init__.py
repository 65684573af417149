"""Files and pictures: taken in by parts, sealed, checked, and shown to who may read the message they stand in."""

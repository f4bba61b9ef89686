"""Files, safely: find, open, read, write whole or not at all."""

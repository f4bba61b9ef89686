"""What a template of a bureau must have, checked before anything is made. Light: it reads the packages as they are."""

from typing import Final

WORDSTIJLEN: Final = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet")
"""The styles of paragraphs that a document uses, by the name that every language of Word keeps in the file."""

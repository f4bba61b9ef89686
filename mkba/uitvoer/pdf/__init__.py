"""A report as PDF: the same page, on A4. ``with Drukker.kies() as drukker: drukker.druk(html, …)``."""

from mkba.uitvoer.pdf.drukker import Drukker

__all__ = ["Drukker"]

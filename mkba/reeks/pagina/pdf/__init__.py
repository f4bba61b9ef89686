"""A report as PDF: the same page, on A4. ``with pdf.kies() as drukker: drukker.druk(html, …)``."""

from mkba.reeks.pagina.pdf.basis import Drukker
from mkba.reeks.pagina.pdf.drukker import kies

__all__ = ["Drukker", "kies"]

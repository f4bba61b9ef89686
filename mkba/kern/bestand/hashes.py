"""Fingerprints of texts, files and plain data."""

import hashlib
import json
from typing import Any


def hash_tekst(*delen: str | bytes) -> str:
    """sha256 over parts, each with its length so that parts cannot run into each other."""
    som = hashlib.sha256()
    for deel in delen:
        gegevens = deel.encode("utf-8") if isinstance(deel, str) else deel
        som.update(f"{len(gegevens)}:".encode())
        som.update(gegevens)
    return som.hexdigest()


def hash_bestand(inhoud: bytes) -> str:
    """sha256 of a file, as ``sha256sum`` prints it."""
    return hashlib.sha256(inhoud).hexdigest()


def hash_waarden(waarden: Any) -> str:
    """sha256 over plain data (dicts, lists, numbers, texts), independent of the order of keys."""
    return hash_tekst(json.dumps(waarden, sort_keys=True, ensure_ascii=False, default=str))

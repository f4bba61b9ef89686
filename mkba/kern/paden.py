"""Where the shipped data and notebooks are: the checkout, or the copy inside an installed wheel."""

from pathlib import Path

_PAKKET = Path(__file__).resolve().parent.parent
_MEEGELEVERD = _PAKKET / "_meegeleverd"


def _wortel() -> Path:
    return _MEEGELEVERD if _MEEGELEVERD.is_dir() else _PAKKET.parent


def data() -> Path:
    """Folder with kengetallen, aanpakken and published outcomes."""
    return _wortel() / "data"


def notebooks() -> Path:
    """Folder with the notebooks that the reports are made from."""
    return _wortel() / "notebooks"


def uitgeschreven(tekst: str) -> Path:
    """The path with a leading ~ written out; an unknown user's ~ stays as it is."""
    try:
        return Path(tekst).expanduser()
    except RuntimeError:
        return Path(tekst)


def zoek_aanpak(aanpak: str) -> Path:
    """The file of an aanpak: a path, or the name of a shipped case ("voorbeeld-1")."""
    pad = uitgeschreven(aanpak)
    meegeleverd = data() / "aanpakken" / f"{aanpak}.toml"
    if not pad.exists() and pad.name == aanpak and meegeleverd.is_file():
        return meegeleverd
    return pad

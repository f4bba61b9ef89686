"""Where the shipped data and notebooks are: the checkout, or the copy inside an installed wheel."""

import os
from pathlib import Path

_PAKKET = Path(__file__).resolve().parents[2]
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


def zoek_aanpak(aanpak: str | Path) -> Path:
    """The file of an aanpak: a path, or the name of a shipped case ("voorbeeld-1") or table ("voorbeeldgemeente")."""
    kandidaten = (data() / "aanpakken" / f"{aanpak}.toml", data() / str(aanpak) / "aanpakken.csv")
    return _pad_of_voorbeeld(aanpak, *kandidaten)


def zoek_cijfers(cijfers: str | Path) -> Path:
    """The file with statistics of areas: a path, or the name of a shipped example ("voorbeeldgemeente")."""
    return _pad_of_voorbeeld(cijfers, data() / str(cijfers) / "kerncijfers.json")


def zoek_registratie(registratie: str | Path) -> Path:
    """The file of a registration: a path, or the name of a shipped example ("voorbeeldgemeente")."""
    return _pad_of_voorbeeld(registratie, data() / str(registratie) / "registratie.csv")


def zoek_rekening(rekening: str | Path) -> Path:
    """The file with totals of a gemeente: a path, or the name of a shipped example ("voorbeeldgemeente")."""
    return _pad_of_voorbeeld(rekening, data() / str(rekening) / "rekening.csv")


def _pad_of_voorbeeld(tekst: str | Path, *meegeleverd: Path) -> Path:
    """The path that ``tekst`` is; what stands there goes before the example of that name. A name holds no folder."""
    pad = uitgeschreven(str(tekst))
    if pad.name != str(tekst) or os.path.exists(pad):  # unlike Path.exists: also for what cannot be a name
        return pad
    return next((voorbeeld for voorbeeld in meegeleverd if os.path.isfile(voorbeeld)), pad)

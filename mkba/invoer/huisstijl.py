"""Read the house style of a bureau: a folder with ``huisstijl.toml``, and the logo and templates that it names."""

import io
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mkba.invoer.sjabloonpakket import onveilig
from mkba.kern.bestand.bestanden import lees_bytes
from mkba.kern.bestand.paden import data, uitgeschreven
from mkba.kern.bestand.schrijven import staat_in
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.lijkt import bedoelt, kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.schrift import MAXIMUM_NAAM, MAXIMUM_TEKST, eerste_onzichtbare, heeft_stuurtekens, noem_teken
from mkba.kern.zaak.huisstijl import KLEUREN, Huisstijl

BESTAND: Final = "huisstijl.toml"
MAXIMUM_LOGO: Final = 5_000_000
MAXIMUM_SJABLOON: Final = 20_000_000
"""Bytes: choices, far above what a logo or a template takes."""
MAXIMUM_BEELDPUNTEN: Final = 25_000_000
"""Of a logo: a choice. A picture of some kilobytes may hold a thousand million."""
_SLEUTELS: Final = ("naam", "omslag", "logo", "word", "powerpoint", "kleuren")
_KLEUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LICHT: Final = 0.6
"""Luminance above which white letters on a colour, or letters of it on white, cannot be read: a choice."""


def lees_huisstijl(map_: str | Path) -> Huisstijl:
    """The style in a folder; "huisstijl" is the plain one that is shipped. Raises InvoerFout with all that is wrong."""
    pad = uitgeschreven(str(map_))
    if str(map_) == "huisstijl" and not pad.exists():
        pad = data() / "huisstijl"
    if not pad.is_dir():
        oorzaak = "deze map is er niet." if not pad.exists() else "dit is geen map."
        naast = [p.name for p in pad.parent.iterdir() if p.is_dir()] if pad.parent.is_dir() else []
        remedie = f"{bedoelt(pad.name, naast)} Geef een map met {BESTAND}; kopieer daarvoor data/huisstijl.".strip()
        raise InvoerFout([Melding("--huisstijl", str(map_), oorzaak, remedie)])
    bestand = pad / BESTAND
    if not bestand.is_file():
        remedie = f"Zet {BESTAND} in de map; kopieer daarvoor data/huisstijl."
        raise InvoerFout([Melding("--huisstijl", str(map_), f"in deze map staat geen {BESTAND}.", remedie)])
    return _Lezer(pad, bestand).lees(lees_toml(bestand))


class _Lezer:
    """Collects what is wrong."""

    def __init__(self, map_: Path, bestand: Path) -> None:
        self.map, self.waar = map_, str(bestand)
        self.meldingen: list[Melding] = []

    def lees(self, gegeven: Mapping[str, Any]) -> Huisstijl:
        self._onbekend(gegeven, _SLEUTELS, "")
        kleuren = gegeven.get("kleuren", {})
        if not isinstance(kleuren, Mapping):
            self._fout("kleuren", kleuren, "dit is geen tabel.", 'Schrijf [kleuren] met daaronder hoofd = "#0b4f5c".')
            kleuren = {}
        self._onbekend(kleuren, tuple(KLEUREN), "kleuren.")
        logo, soort, breed = self._logo(gegeven)
        stijl = Huisstijl(
            naam=self._tekst(gegeven, "naam", MAXIMUM_NAAM, False),
            omslag=self._tekst(gegeven, "omslag", MAXIMUM_TEKST, True),
            **{naam: self._kleur(kleuren, naam) for naam in KLEUREN},
            logo=logo,
            logo_soort=soort,
            logo_breed=breed,
            word=self._sjabloon(gegeven, "word", ".docx"),
            powerpoint=self._sjabloon(gegeven, "powerpoint", ".pptx"),
        )
        if self.meldingen:
            raise InvoerFout(self.meldingen)
        return stijl

    def _fout(self, veld: str, waarde: object, oorzaak: str, remedie: str) -> None:
        self.meldingen.append(Melding(veld, waarde, oorzaak, remedie, self.waar))

    def _onbekend(self, gegeven: Mapping[str, Any], bekend: tuple[str, ...], voor: str) -> None:
        for sleutel in gegeven:
            if sleutel not in bekend:
                self._fout(voor + sleutel, gegeven[sleutel], "deze sleutel bestaat niet.", kies_uit(sleutel, bekend))

    def _tekst(self, gegeven: Mapping[str, Any], sleutel: str, lengte: int, regels: bool) -> str:
        waarde = gegeven.get(sleutel, "")
        if not isinstance(waarde, str):
            self._fout(sleutel, waarde, "dit is geen tekst.", "Zet de tekst tussen aanhalingstekens.")
            return ""
        tekst = waarde.strip()
        if len(tekst) > lengte:
            self._fout(sleutel, waarde, f"deze tekst is langer dan {lengte} tekens.", "Kort de tekst in.")
        elif (teken := eerste_onzichtbare(tekst)) is not None:
            self._fout(
                sleutel, waarde, f"hier staat een onzichtbaar teken ({noem_teken(teken)}).", "Typ de tekst opnieuw."
            )
        elif heeft_stuurtekens(tekst.replace("\n", "") if regels else tekst):
            self._fout(sleutel, waarde, "hier staat een stuurteken of regeleinde.", "Typ de tekst opnieuw.")
        return tekst

    def _kleur(self, kleuren: Mapping[str, Any], naam: str) -> str:
        waarde = kleuren.get(naam, KLEUREN[naam])
        if not isinstance(waarde, str) or not _KLEUR.fullmatch(waarde.strip()):
            self._fout(f"kleuren.{naam}", waarde, "dit is geen kleur.", 'Geef zes tekens achter een hekje: "#0b4f5c".')
            return KLEUREN[naam]
        kleur = waarde.strip().upper()
        if _helder(kleur) > _LICHT:
            oorzaak = "deze kleur is te licht: witte letters erop zijn niet te lezen."
            self._fout(f"kleuren.{naam}", waarde, oorzaak, "Kies een donkerder kleur uit uw huisstijl.")
        return kleur

    def _bestand(self, gegeven: Mapping[str, Any], sleutel: str, soorten: tuple[str, ...], maximum: int) -> bytes:
        """The content of a file of this folder; a name never leads out of it."""
        waarde = gegeven.get(sleutel, "")
        if not waarde:
            return b""
        if not isinstance(waarde, str) or Path(waarde).name != waarde or waarde in (".", "..") or "\\" in waarde:
            self._fout(
                sleutel, waarde, "dit is geen naam van een bestand in deze map.", "Geef alleen de naam van het bestand."
            )
            return b""
        if Path(waarde).suffix.lower() not in soorten:
            self._fout(
                sleutel, waarde, "dit bestand heeft een andere vorm.", f"Geef een bestand op {' of '.join(soorten)}."
            )
            return b""
        pad = self.map / waarde
        if pad.exists() and not staat_in(pad, self.map):
            self._fout(
                sleutel,
                waarde,
                "dit is een koppeling naar een andere plek dan de map van de huisstijl.",
                "Zet het bestand zelf in de map.",
            )
            return b""
        if not pad.is_file():
            self._fout(
                sleutel,
                waarde,
                "dit bestand staat niet in de map van de huisstijl.",
                "Zet het erin, of maak de regel leeg.",
            )
            return b""
        try:
            return lees_bytes(pad, maximum)
        except InvoerFout as fout:
            self.meldingen += fout.meldingen
            return b""

    def _sjabloon(self, gegeven: Mapping[str, Any], sleutel: str, soort: str) -> bytes:
        """A template of which nothing runs or leads elsewhere in the documents that are made with it."""
        inhoud = self._bestand(gegeven, sleutel, (soort,), MAXIMUM_SJABLOON)
        if (mis := onveilig(inhoud)) is not None:
            self._fout(sleutel, gegeven[sleutel], *mis)
            return b""
        return inhoud

    def _logo(self, gegeven: Mapping[str, Any]) -> tuple[bytes, str, float]:
        """A picture that can be shown, its kind and how many times wider it is than high."""
        inhoud = self._bestand(gegeven, "logo", (".png", ".jpg", ".jpeg"), MAXIMUM_LOGO)
        if not inhoud:
            return b"", "", 1.0
        import PIL.Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # a picture that would take all memory is a warning first
                with PIL.Image.open(io.BytesIO(inhoud), formats=("PNG", "JPEG")) as beeld:
                    if beeld.width * beeld.height > MAXIMUM_BEELDPUNTEN:
                        raise PIL.Image.DecompressionBombError
                    beeld.load()
                    return inhoud, str(beeld.format).lower(), beeld.width / beeld.height
        except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning):
            oorzaak = f"dit beeld heeft meer dan {MAXIMUM_BEELDPUNTEN // 10**6} miljoen beeldpunten."
            self._fout("logo", gegeven["logo"], oorzaak, "Bewaar het logo kleiner.")
            return b"", "", 1.0
        except Exception:  # Pillow raises whatever the damage makes of it
            self._fout(
                "logo",
                gegeven["logo"],
                "dit bestand is geen afbeelding die te lezen is.",
                "Bewaar het logo als png of jpeg.",
            )
            return b"", "", 1.0


def _helder(kleur: str) -> float:
    """Relative luminance of a colour, 0 (black) to 1 (white), by the definition of WCAG."""

    def lineair(deel: str) -> float:
        w = int(deel, 16) / 255
        return w / 12.92 if w <= 0.04045 else ((w + 0.055) / 1.055) ** 2.4

    r, g, b = (lineair(kleur[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b

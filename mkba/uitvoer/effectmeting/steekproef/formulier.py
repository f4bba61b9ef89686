"""The form to print: a page per generalist, one file that fetches nothing."""

from html import escape
from itertools import groupby

from mkba.analyse.effectmeting.steekproef.trekking import Steekproef
from mkba.invoer.steekproef import AANTALLEN, JA_NEE
from mkba.uitvoer.effectmeting.namen import vraagnaam

_STIJL = """\
@page { size: A4 landscape; margin: 12mm }
body { font: 9pt/1.3 DejaVu Sans, Verdana, sans-serif; color: #111 }
section { break-after: page }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #666; padding: 2px 4px; text-align: left; vertical-align: bottom }
thead th { font-weight: normal; font-size: 8pt; hyphens: auto }
thead { display: table-header-group }
tbody td { height: 9mm }
tr { break-inside: avoid }
"""


def formulier_html(steekproef: Steekproef, naam: str) -> str:
    """A page in HTML that a browser prints, or saves as PDF; ``naam`` is the name of the list."""
    delen = [
        '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">',
        f"<title>Steekproef {escape(naam)}</title><style>{_STIJL}</style></head><body>",
    ]
    koppen = "".join(f'<th scope="col" lang="nl">{escape(_kort(v))}</th>' for v in (*AANTALLEN, *JA_NEE))
    for generalist, leden in groupby(steekproef.getrokken, key=lambda g: g.huishouden.generalist):
        delen.append(f"<section><h1>Steekproef {escape(naam)}: generalist {escape(generalist)}</h1>")
        delen.append(
            "<p>Trajecten: hele getallen. Overige vragen: ja of nee; leeg is niet bekend of niet van toepassing. "
            "ja betekent: door deze aanpak, en anders niet gebeurd.</p>"
        )
        delen.append(f'<table><thead><tr><th scope="col">huishouden</th><th scope="col">type</th>{koppen}</tr></thead>')
        delen.append("<tbody>")
        leeg = "<td></td>" * len((*AANTALLEN, *JA_NEE))
        for g in leden:
            h = g.huishouden
            delen.append(f'<tr><th scope="row">{escape(h.pseudoniem)}</th><td>{escape(h.type)}</td>{leeg}</tr>')
        delen.append("</tbody></table></section>")
    delen += [f"<p>{escape(regel)}</p>" for regel in steekproef.herkomst.splitlines()]
    return "\n".join([*delen, "</body></html>", ""])


def _kort(vraag: str) -> str:
    naam = vraagnaam(vraag)
    return naam.removesuffix(", per huishouden")

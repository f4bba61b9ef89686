"""The style sheet of the screen, with its colours from :mod:`mkba.uitvoer.dashboard.kleuren`."""

from string import Template
from typing import Final

from mkba.uitvoer.dashboard.kleuren import KLEUR

_CSS: Final = Template(
    """
.mkba-scherm { container: mkba / inline-size; color: $tekst; background: $wit; font-size: 14px; line-height: 1.4;
  --jp-widgets-inline-height: 30px; overflow: visible; }
.mkba-scherm h1 { font-size: 19px; margin: 2px 0; color: $blauw; font-weight: 600; }
.mkba-scherm h2 { font-size: 15px; margin: 14px 0 4px; color: $blauw; font-weight: 600; }
.mkba-scherm p { margin: 2px 0; }
.mkba-scherm .widget-html, .mkba-scherm .widget-html-content { line-height: 1.4; font-size: 14px; height: auto;
  overflow: visible; color: $tekst; }
.mkba-scherm .widget-html > .widget-label { display: none; }
.mkba-scherm .jupyter-widgets { margin: 0; }
.mkba-balk { display: flex; flex-flow: row wrap; gap: 6px 10px; align-items: center; padding: 4px 0; overflow: visible; }
.mkba-balk .widget-dropdown { width: auto; flex: 0 1 auto; }
.mkba-balk .widget-dropdown > .widget-label { width: auto; font-size: 14px; color: $tekst; }
.mkba-balk .widget-dropdown > select { width: 240px; flex: 0 1 auto; }
.mkba-lijf { display: grid; grid-template-columns: minmax(520px, 1fr) minmax(480px, 1.15fr); gap: 18px;
  align-items: start; overflow: visible; }
@container mkba (max-width: 1050px) { .mkba-lijf { grid-template-columns: minmax(0, 1fr); } .mkba-uit { order: -1; } }
.mkba-uit { overflow: visible; min-width: 0; }
@container mkba (min-width: 1051px) { .mkba-uit { position: sticky; top: 0; } }
.mkba-in { min-width: 0; overflow: visible; }

.mkba-scherm input[type=text], .mkba-scherm select { border: 1px solid $rand !important; border-radius: 3px;
  background: $wit !important; color: $tekst !important; font-size: 14px; }
.mkba-scherm input[type=text]::placeholder { color: $grijs; opacity: 1; font-style: italic; }
.mkba-scherm :is(input, select, button, [role=tab], .lm-TabBar-tab):focus-visible { outline: 2px solid $blauw !important;
  outline-offset: 1px; box-shadow: none !important; }
.mkba-scherm .jupyter-button { background: $vlak; color: $blauw; border: 1px solid $rand; border-radius: 3px;
  font-size: 13px; width: auto; box-shadow: none; padding: 0 8px; }
.mkba-rij .jupyter-button { padding: 0 4px; font-size: 12.5px; }
.mkba-scherm .jupyter-button:hover { background: $lichtblauw; }
.mkba-scherm .jupyter-button:disabled { color: $grijs; opacity: 1; background: $vlak; border-style: dashed; }
.mkba-scherm .jupyter-button.mod-active, .mkba-scherm .jupyter-button.mod-primary { background: $blauw; color: $wit; }

.mkba-rij { display: grid; grid-template-columns: minmax(0, 1fr) 112px 86px 84px; gap: 2px 8px; align-items: center;
  padding: 2px 0; overflow: visible; }
.mkba-rij > .mkba-breed { grid-column: 2 / -1; }
.mkba-rij .widget-text, .mkba-cel { width: auto !important; margin: 0; }
.mkba-rij .widget-text > .widget-label, .mkba-cel > .widget-label { position: absolute; width: 1px !important; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.mkba-rij .widget-text, .mkba-cel { position: relative; }
.mkba-rij input[type=text], .mkba-cel input[type=text] { text-align: right; width: 100%; }
.mkba-rij .mkba-breed input[type=text] { text-align: left; }
.mkba-scherm .mkba-fout input[type=text], .mkba-scherm .mkba-fout select { border: 2px solid $fout !important;
  background: $foutvlak !important; color: $tekst !important; }
.mkba-scherm .mkba-let input[type=text] { border: 2px dashed $let_op !important; }
.mkba-rij .widget-checkbox, .mkba-vinkjes .widget-checkbox { width: auto; }
.mkba-rij .widget-checkbox .widget-label-basic, .mkba-vinkjes .widget-label-basic { font-size: 14px; color: $tekst; }
.mkba-vinkjes { display: grid; grid-template-columns: 1fr 1fr; overflow: visible; }
@container mkba (max-width: 560px) { .mkba-vinkjes { grid-template-columns: 1fr; } }
.mkba-kop { color: $grijs; font-size: 12px; text-align: right; }
.mkba-melding { color: $fout; font-size: 13px; font-weight: 600; }
.mkba-hint { color: $grijs; font-size: 12.5px; }
.mkba-omslag { color: $blauw; font-size: 13px; }
.mkba-foutregel { color: $fout; background: $foutvlak; border-left: 4px solid $fout; padding: 4px 8px; margin: 4px 0;
  font-weight: 600; overflow-wrap: anywhere; }
.mkba-foutregel ul { margin: 2px 0; padding-left: 18px; }
.mkba-ontbreekt { color: $let_op; background: $let_op_vlak; border-left: 4px solid $let_op; padding: 4px 8px; }
.mkba-gelukt { color: $goed; background: $goedvlak; border-left: 4px solid $goed; padding: 4px 8px; margin: 4px 0;
  overflow-wrap: anywhere; }
.mkba-gelukt a { color: $blauw; font-weight: 600; }
.mkba-gelukt code { color: $tekst; background: $wit; padding: 1px 4px; font-size: 13px; }

.mkba-raster { display: grid; grid-template-columns: minmax(0, 1fr) repeat(3, 86px) 124px; gap: 3px 8px; align-items: center;
  overflow: visible; }
.mkba-raster.mkba-smal { grid-template-columns: minmax(0, 1fr) repeat(3, 86px); }
.mkba-raster .mkba-cel { min-width: 0; }
.mkba-raster > .mkba-hele { grid-column: 1 / -1; }
.mkba-raster > .mkba-onder { grid-column: 2 / 5; }
.mkba-raster .jupyter-button { padding: 0 4px; font-size: 12.5px; }
@container mkba (max-width: 620px) {
  .mkba-raster, .mkba-raster.mkba-smal { grid-template-columns: minmax(0, 1fr) repeat(3, 70px); }
  .mkba-raster:not(.mkba-smal) > .mkba-kengetalknop { grid-column: 2 / -1; margin-bottom: 6px; }
  .mkba-rij { grid-template-columns: minmax(0, 1fr) 86px 66px 84px; gap: 2px 5px; }
  .mkba-raster .mkba-vuller { display: none; } }
.mkba-som { text-align: right; font-size: 13px; font-weight: 600; }
.mkba-som.mkba-mis { color: $fout; }

.mkba-scherm dl { display: grid; grid-template-columns: 1.2fr 1fr 1fr 1fr; gap: 8px; margin: 0 0 6px; }
@container mkba (max-width: 620px) { .mkba-scherm dl { grid-template-columns: 1fr 1fr; } }
.mkba-scherm dl.mkba-oud { filter: grayscale(1); }
.mkba-kaart { border: 1px solid $lijn; border-top: 4px solid $goed; border-radius: 4px; padding: 4px 8px; background: $wit; }
.mkba-kaart.mkba-verlies { border-top-color: $fout; }
.mkba-scherm .mkba-kaart dt { font-size: 12px; color: $grijs; font-weight: 400; float: none; width: auto; overflow: visible;
  margin: 0; padding: 0; }
.mkba-scherm .mkba-kaart dd { margin: 0; padding: 0; float: none; width: auto; display: flex; flex-flow: row wrap; gap: 0 8px; align-items: baseline; font-size: 12.5px; }
.mkba-kaart dd b { font-size: 20px; color: $tekst; white-space: nowrap; flex: 1 0 auto; }
.mkba-kaart dd span { flex: 1 0 100%; color: $goed; }
.mkba-kaart dd span.mkba-was { color: $grijs; flex: 0 0 auto; }
.mkba-verlies dd span { color: $fout; }
.mkba-tabel { border-collapse: collapse; width: 100%; font-size: 13.5px; color: $tekst; margin: 0; table-layout: auto; }
.mkba-tabel caption { text-align: left; font-weight: 600; color: $blauw; padding: 4px 0; font-size: 14px; caption-side: top; }
.mkba-scherm .mkba-tabel th, .mkba-scherm .mkba-tabel td { padding: 1px 6px; line-height: 1.3; border-bottom: 1px solid $lijn; text-align: right;
  font-weight: 400; background: $wit; vertical-align: top; white-space: nowrap; max-width: none; }
.mkba-scherm .mkba-tabel th[scope=row] { text-align: left; white-space: normal; }
.mkba-scherm .mkba-tabel thead th { color: $grijs; font-size: 12.5px; white-space: normal; }
.mkba-scherm .mkba-tabel .mkba-totaal :is(th, td) { font-weight: 600; background: $lichtblauw; }
.mkba-scherm .mkba-tabel .mkba-een th { padding-left: 14px; }
.mkba-scherm .mkba-tabel .mkba-twee th { padding-left: 30px; }
.mkba-noot, .mkba-leeg { color: $grijs; font-size: 12.5px; }
.mkba-scherm p.mkba-noot { margin: 4px 0 8px; }
.mkba-let-op { padding-left: 18px; margin: 4px 0; }
.mkba-let-op li { margin-bottom: 4px; }
.mkba-figuur { width: 100%; max-width: 760px; height: auto; display: block; margin: 8px 0; background: $wit; }

.mkba-scherm .widget-tab { overflow: visible; }
.mkba-scherm .widget-tab > .widget-tab-contents { padding: 8px 10px; border: 1px solid $lijn; background: $wit;
  overflow: visible; }
.mkba-scherm .widget-tab > .lm-TabBar { overflow: visible; }
.mkba-scherm .lm-TabBar-tab { color: $tekst !important; background: $vlak !important; font-size: 14px;
  flex: 0 1 auto !important; min-width: 0 !important; padding: 0 12px !important; border: 1px solid $lijn; }
.mkba-scherm .lm-TabBar-tab.lm-mod-current { background: $wit !important; color: $blauw !important; font-weight: 600;
  border-top: 3px solid $blauw; }
.mkba-scherm .lm-TabBar-tab.lm-mod-current::before { display: none; }
.mkba-scherm .widget-upload { width: auto; }
"""
)


def css() -> str:
    """The style sheet as HTML."""
    return f"<style>{_CSS.substitute(KLEUR)}</style>"

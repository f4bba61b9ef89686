"""A name that does not exist: the message says what it looks like, wherever a name is asked for."""

from pathlib import Path

import pytest

from mkba.opdracht import main


@pytest.mark.parametrize(
    ("argumenten", "zegt"),
    [
        (["rapprt"], "Bedoelt u rapport?"),
        (["rapport", "voorbeeld-1", "--formaten", "wrod"], "Bedoelt u word? Kies uit: html"),
        (["rapport", "voorbeeld-1", "--notebooks", "46_gemeentee"], "Bedoelt u 46_gemeente"),
        (["rapport", "voorbeeld-1", "--met", "busineskaas"], "Bedoelt u businesscase?"),
        (["rapport", "voorbeeld-1", "--zonder", "kengetalen"], "Bedoelt u kengetallen?"),
        (["rapport", "voorbeeld-1", "--pdf-met", "cromium"], "Bedoelt u chromium?"),
        (["rapport", "voorbeeld-1", "--huisstijl", "huistijl"], "Bedoelt u huisstijl?"),
        (
            ["bereken", "voorbeeld-1", "--regelset", "lpbl-2041"],
            "Bedoelt u lpbl-2014? Kies uit: lpbl-2014, nl-2026, of",
        ),
        (["bereken", "voorbeld-1"], "Bedoelt u voorbeeld-1"),
        (["beoordeel", "voorbeld-1"], "Bedoelt u voorbeeld-1"),
        (["vergelijk", "voorbeld-1", "voorbeeld-2"], "Bedoelt u voorbeeld-1"),
        (["werkboek", "voorbeld-1"], "Bedoelt u voorbeeld-1"),
        (["rapport", "voorbeeld-1", "--tekst", "tekst.toml"], "Bedoelt u tekst.conclusie?"),
    ],
)
def test_een_verschreven_naam_krijgt_een_voorstel(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argumenten: list[str],
    zegt: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "huisstijl").mkdir()
    (tmp_path / "tekst.toml").write_text('conclusi = "Wij raden dit aan."', encoding="utf-8")
    assert main(argumenten) == 2
    assert zegt in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["huisstijl", "tekst.toml"]

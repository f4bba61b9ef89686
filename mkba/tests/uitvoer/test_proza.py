"""A command in a sentence of a page is code, and nothing of the sentence becomes markup."""

import pytest

from mkba.uitvoer.aanpak import zinnen
from mkba.uitvoer.proza import als_html


@pytest.mark.parametrize(
    ("tekst", "html"),
    [
        ("zoals `mkba steekproef` doet", "zoals <code>mkba steekproef</code> doet"),
        ("`a` en `b`", "<code>a</code> en <code>b</code>"),
        ("een ` alleen", "een ` alleen"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("a & b", "a &amp; b"),
    ],
)
def test_een_opdracht_is_code(tekst: str, html: str) -> None:
    assert als_html(tekst) == html
    assert html in zinnen.lijst([tekst]).data
    assert html in zinnen.alinea(tekst).data

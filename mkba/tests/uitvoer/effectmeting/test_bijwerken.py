"""The figure of one knob before and after a measurement."""

from mkba.analyse.effectmeting.bijwerken.invullen import vul_in
from mkba.kern.catalogus.kengetallen import laad
from mkba.tests import hulp_bronstad
from mkba.uitvoer.effectmeting.bijwerken.figuren import prior_en_posterior


def test_een_as_toont_geen_waarden_die_er_niet_zijn() -> None:
    """A share of the households is not below 0%; a substitution can be, and its axis is."""
    ingevuld = vul_in(hulp_bronstad.plan(), laad(), hulp_bronstad.stad(), 0.6)
    links = {k.sleutel: prior_en_posterior(k).get_xlim()[0] for k in ingevuld.bijwerking.knoppen}
    assert links["nieuw"] == links["meer"] == 0
    assert links["substitutie.nieuw"] < -0.2

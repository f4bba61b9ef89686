"""What the tests of commands share: what is said about wrong input."""

import pytest

from mkba.opdracht import main


def fout(capsys: pytest.CaptureFixture[str], *argumenten: str) -> str:
    """What is said about wrong input; nothing on stdout, never a traceback."""
    assert main(argumenten) == 2
    gezegd = capsys.readouterr()
    assert gezegd.out == ""
    assert "Traceback" not in gezegd.err
    return gezegd.err

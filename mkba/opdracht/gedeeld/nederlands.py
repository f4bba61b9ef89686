"""Click in Dutch: help pages and usage errors, without touching the language settings of the user."""

import math
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from mkba.kern.tekst.lijkt import kies_uit


class NlOpdracht(click.Command):
    """A command whose help is Dutch throughout.

    ``voorbeeld``: a line that works, shown at the end of it; ``groepen``: options by the heading below which they
    stand, in this order, the others last.
    """

    def __init__(
        self,
        *args: Any,
        voorbeeld: str = "",
        groepen: Mapping[str, Sequence[str]] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.voorbeeld, self.groepen = voorbeeld, groepen or {}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        if self.voorbeeld:
            with formatter.section("Voorbeeld"):
                formatter.write(f"  {self.voorbeeld}\n")  # whole: a line to copy

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[OPTIES]" if deel == "[OPTIONS]" else deel for deel in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        per_groep: dict[str, list[tuple[str, str]]] = {}
        for p in self.get_params(ctx):
            if isinstance(p, click.Option) and (regel := p.get_help_record(ctx)) is not None:
                groep = next((g for g, namen in self.groepen.items() if p.name in namen), "")
                per_groep.setdefault(groep, []).append(regel)
        for groep in (*self.groepen, ""):
            if groep in per_groep:
                with formatter.section(groep or ("Overige opties" if self.groepen else "Opties")):
                    formatter.write_dl(per_groep[groep])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        optie = super().get_help_option(ctx)
        if optie is not None:
            optie.help = "Toon deze uitleg."
        return optie


class NlGroep(NlOpdracht, click.Group):
    """A group of commands whose help is Dutch throughout; each command is imported when it is called.

    ``lui``: the name of every command with the line that the help of the group shows for it. The command is the
    function of that name in the module of that name below ``pakket``.
    """

    command_class = NlOpdracht

    def __init__(self, *args: Any, pakket: str = "", lui: Mapping[str, str] | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.pakket, self.lui = pakket, lui or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.lui)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lui:
            return None
        opdracht: click.Command = getattr(import_module(f"{self.pakket}.{cmd_name}"), cmd_name)
        return opdracht

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["OPDRACHT [OPTIES] …"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        NlOpdracht.format_options(self, ctx, formatter)
        with formatter.section("Opdrachten"):
            formatter.write_dl(sorted(self.lui.items()))


class Geheel(click.ParamType):  # type: ignore[type-arg]
    """A whole number of at least one."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            getal = int(value)
        except ValueError:
            getal = 0
        if getal < 1:
            self.fail(f"{value!r} is geen geheel getal van 1 of meer.", param, ctx)
        return getal


class Positief(click.ParamType):  # type: ignore[type-arg]
    """A number above zero, with a point or a Dutch comma; ``name`` is its unit."""

    def __init__(self, eenheid: str) -> None:
        self.name = eenheid

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            getal = float(str(value).replace(",", "."))
        except ValueError:
            getal = 0.0
        if not 0 < getal < math.inf:
            self.fail(f"{value!r} is geen getal groter dan 0.", param, ctx)
        return getal


def uitleg_bij(fout: click.ClickException, opdrachten: Sequence[str]) -> str:
    """What is wrong with the command line, in Dutch, with the remedy."""
    hulp = fout.ctx.command_path if isinstance(fout, click.UsageError) and fout.ctx else "mkba"
    verwijs = f"Zie `{hulp} --help`."
    match fout:
        case click.NoSuchOption():
            lijkt = f" Bedoelt u {', '.join(fout.possibilities)}?" if fout.possibilities else ""
            return f"onbekende optie {fout.option_name}.{lijkt} {verwijs}"
        case click.MissingParameter():
            wat = fout.param.get_error_hint(fout.ctx) if fout.param and fout.ctx else "een argument"
            return f"{wat} ontbreekt. {verwijs}"
        case click.BadOptionUsage() if "2 arguments" in fout.message:
            return f"bij optie {fout.option_name} horen twee waarden. {verwijs}"
        case click.BadOptionUsage():
            return f"bij optie {fout.option_name} hoort een waarde. {verwijs}"
        case click.BadParameter():
            wat = fout.param.get_error_hint(fout.ctx) if fout.param and fout.ctx else "een argument"
            return f"{wat}: {fout.message} {verwijs}"
        case click.UsageError() if fout.message.startswith("No such command"):
            getypt = fout.message.partition("'")[2].partition("'")[0]
            return f"onbekende opdracht. {kies_uit(getypt, opdrachten)}"
        case click.UsageError() if "unexpected extra argument" in fout.message:
            return f"te veel argumenten{fout.message[fout.message.find(' (') :].rstrip('.')}. {verwijs}"
    return fout.format_message()

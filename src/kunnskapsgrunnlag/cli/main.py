"""The `kg` command line: one verb per thing that a person wants to do or know."""

import contextlib
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import unwritable
from kunnskapsgrunnlag.base.paths import NotInProjectError, find_project
from kunnskapsgrunnlag.base.steps import finish_interrupted
from kunnskapsgrunnlag.base.yaml_errors import check_known
from kunnskapsgrunnlag.cli.console import err, out

# Verb -> module and function, in the order of the help.
VERBS = {
    "build": "build:build",
    "edition": "edition:edition",
    "release": "release:release",
    "ny": "new:new",
    "fetch": "sources:fetch",
    "sources": "sources:sources",
    "due": "sources:due",
    "receive": "receive:receive",
    "angre": "steps:undo",
    "register": "register:register",
    "claims": "claims:claims",
    "ord": "words:word",
    "diff": "diff:diff",
    "review": "review:review",
    "items": "items:items",
    "trace": "items:trace",
    "verify": "items:verify",
    "check": "product:check",
    "render": "product:render",
    "profiles": "profiles:profiles",
    "serve": "build:serve",
    "doctor": "doctor:doctor",
    "stage": "main:stage",
    "quarto": "build:quarto",
    "version": "main:version",
}


STOPPED = 130


class Verbs(TyperGroup):
    """The verbs; the module of one is imported when it is called, since some take seconds."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        check_known(cmd_name, VERBS, "ingen kommando heter")
        module, _, name = VERBS[cmd_name].partition(":")
        verb = getattr(import_module(f"kunnskapsgrunnlag.cli.{module}"), name)
        if not isinstance(verb, typer.Typer):
            function, verb = verb, typer.Typer(add_completion=False)
            verb.command(cmd_name)(function)
        command = typer.main.get_command(verb)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Verbs, invoke_without_command=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def kg(call: typer.Context) -> None:
    """Kunnskapsgrunnlag: fra frosne kilder til HTML og PDF. Alene sier kg hvor dere står."""
    with contextlib.suppress(NotInProjectError):
        if done := finish_interrupted(find_project().root):
            err.print(f"«{done}» ble avbrutt, og er nå fullført. Kjør kg build.")
    if not call.invoked_subcommand:
        import_module("kunnskapsgrunnlag.cli.start").start()


def main() -> None:
    """Run the command line; a mistake of the user's is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # Windows' consoles default to a code page without all of our letters.
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if "--help" in sys.argv:
        _say_help_in_norwegian()
    try:
        try:
            code = app(prog_name="kg", standalone_mode=False)
        except OSError as problem:
            raise unwritable(problem) from problem
    except KgError as problem:
        err.print(f"kg: {problem}", style="red")
        sys.exit(1)
    except typer.Abort:
        code = STOPPED
    except Exception as problem:
        # What Typer refuses on a command line has its words in English, and no public class.
        if not hasattr(problem, "format_message"):
            raise
        err.print(f"kg: {_misspelt(problem)}", style="red")
        sys.exit(2)
    if code == STOPPED:
        err.print("kg: avbrutt. Det som var ferdig, er beholdt.")
    sys.exit(code if isinstance(code, int) else 0)


def _say_help_in_norwegian() -> None:
    """The headings of the help; Typer has no other way to set them."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Det som står etter kommandoen"
    rich_utils.OPTIONS_PANEL_TITLE = "Valg"
    rich_utils.COMMANDS_PANEL_TITLE = "Kommandoer"
    rich_utils.REQUIRED_LONG_STRING = "[må være med]"
    rich_utils.DEFAULT_STRING = "[ellers: {}]"


def _misspelt(problem: Any) -> str:
    """What is wrong with a command line."""
    command = problem.ctx.command_path if getattr(problem, "ctx", None) else "kg"
    parameter, name = getattr(problem, "param", None), getattr(problem, "option_name", "")
    if parameter is not None:
        longest = max(parameter.opts, key=len)
        is_option = longest.startswith("-")
        name = longest if is_option else f"«{parameter.metavar or parameter.name}»"
    words = {
        "NoSuchOption": f"{command} har ikke valget {name}",
        "BadOptionUsage": f"{name} mangler verdien sin",
        "MissingParameter": f"{command} mangler {name}",
        "BadParameter": f"{command} forstår ikke det som står for {name}",
    }.get(type(problem).__name__, f"{command} forstår ikke alt som står etter kommandoen")
    return f"{words}. {command} --help viser hva du kan skrive."


def stage(name: str, key: str = typer.Argument("")) -> None:
    """Kjør ett trinn, som «item tabell-41». DVC bruker denne; kg build kjører alle som trengs."""
    from kunnskapsgrunnlag.pipeline.stage_client import stage_main

    sys.exit(stage_main([name, key]))


def version() -> None:
    """Skriv versjonen."""
    out.print(__version__)

"""One command runs; errors that were expected, interruptions and faults of ours have three different exits."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from iconbuild.cli.commands import COMMANDS, overview
from iconbuild.cli.options import GLOBAL_VALUES, parse
from iconbuild.errors import FilesystemError, IconbuildError, UsageError

if TYPE_CHECKING:
    from iconbuild.model.ports import Provider

    Providers = Mapping[str, Provider] | None

INTERRUPTED, INTERNAL, PIPE_CLOSED = 130, 70, 141


def run(arguments: Sequence[str], providers: Providers = None) -> int:
    """Find the command, run it, and turn whatever happens into an exit code."""
    debug = "--debug" in arguments
    # A run makes a large graph that lives to its end: the cycle collector would walk it again and again for nothing.
    gc.disable()
    try:
        code = _run(arguments, providers)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _tell("interrupted; what was finished is kept, and the same command goes on from there")
        return INTERRUPTED
    except Exception as error:
        if debug:
            import traceback

            _tell(traceback.format_exc().rstrip())
        if isinstance(error, IconbuildError):
            return _explain(error, arguments)
        if isinstance(error, OSError) and error.filename is None:  # of a stream: what has a name is not stdout
            return unsaid(error)
        _tell(
            f"internal error: {type(error).__name__}: {error}\n"
            "  this is a fault of iconbuild; please report it with the output of --debug"
        )
        return INTERNAL
    return code


def unsaid(error: OSError) -> int:
    """The exit code when stdout does not take our answer, which is no news where its reader has gone (`| head`)."""
    # What is still in the buffer goes nowhere: Python would complain once more at exit.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    _tell(f"error: cannot write the answer: {error.strerror or error}\n  what was made is kept")
    return FilesystemError.exit_code


def _tell(text: str) -> None:
    """A line on stderr, where there is still somebody to read it, without the keys that somebody may have typed."""
    from iconbuild.model.masking import masked

    with contextlib.suppress(OSError):
        print(masked(text), file=sys.stderr)


def _run(arguments: Sequence[str], providers: Providers) -> int:
    before, command, rest = _split(arguments)
    if command is None:
        if "--version" in before:
            from iconbuild import __version__

            print(f"iconbuild {__version__}")
            return 0
        print(overview(), end="", file=sys.stdout if {"-h", "--help"} & set(before) else sys.stderr)
        return 0 if {"-h", "--help"} & set(before) else 2
    if command not in COMMANDS:
        raise UsageError(f"there is no command `{command}`", remedy=_closest(command))
    module = import_module(f"iconbuild.cli.{command}")
    try:
        options = parse(command, COMMANDS[command], module.configure, [*before, *rest])
    except SystemExit:  # argparse has shown the help
        return 0
    options.arguments, options.providers = tuple(arguments), providers
    return _call(module, options)


def _call(module: ModuleType, options: argparse.Namespace) -> int:
    if options.chdir:
        try:
            os.chdir(options.chdir)
        except OSError as error:
            raise UsageError(f"-C {options.chdir}: {error.strerror}") from error
    try:
        os.getcwd()
    except OSError as error:
        raise FilesystemError(
            f"the working folder is gone: {error.strerror}", remedy="change to a folder that exists"
        ) from error
    return int(module.run(options))


def _split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Global options before the command, the command, and the rest."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-"):
        index += 2 if arguments[index] in GLOBAL_VALUES else 1
    if index >= len(arguments):
        return list(arguments), None, []
    return list(arguments[:index]), arguments[index], list(arguments[index + 1 :])


def _closest(command: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(command, COMMANDS, 1)
    return f"did you mean `{close[0]}`?" if close else "see `iconbuild --help`"


def _explain(error: IconbuildError, arguments: Sequence[str]) -> int:
    from iconbuild.report.failure import failure_text, option
    from iconbuild.report.paint import painted, wanted

    text = failure_text(error, arguments)
    _tell(painted(text) if wanted(option(arguments, "--color"), sys.stderr) else text)
    return error.exit_code

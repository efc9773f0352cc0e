"""Arguments in, exit code out. The two fastest answers, a version and a null build, import nothing else."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    from iconbuild.model.ports import Provider


def main(argv: Sequence[str] | None = None, providers: Mapping[str, Provider] | None = None) -> int:
    """Run the program and return its exit code; `argv` leaves out the program's name.

    A program that embeds this one may hand in `providers` by the manifest's names, in place of the built-in ones.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _ready_streams()
    if arguments == ["--version"]:
        from iconbuild import __version__

        return _say(f"iconbuild {__version__}\n")
    if "build" in arguments and providers is None:
        from iconbuild.cli.quick import quick_answer

        words = quick_answer(arguments)
        if words is not None:
            return _say(words)
    from iconbuild.cli.run import run

    return run(arguments, providers)


def entry() -> NoReturn:
    """The program itself: run, then leave at once.

    A large plan takes Python a tenth of the run to take apart piece by piece, and the system does it for nothing.
    """
    import os

    try:
        code = main()
    except KeyboardInterrupt:  # before a command could begin, or once more at its end
        code = 130
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, KeyboardInterrupt):
        pass
    os._exit(code)


def _ready_streams() -> None:
    """A stream that was closed (`>&-`) leads nowhere; stdout writes characters that it cannot hold as escapes."""
    if sys.stdout is None or sys.stderr is None:
        import os

        sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - for the life of the process
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def _say(words: str) -> int:
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as error:
        from iconbuild.cli.run import unsaid

        return unsaid(error)
    return 0

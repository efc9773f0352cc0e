"""Arguments in, exit code out. The two fastest answers, a version and a null build, import nothing else."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iconbuild.model.ports import Provider


def main(argv: Sequence[str] | None = None, providers: Mapping[str, Provider] | None = None) -> int:
    """Run the program and return its exit code; `argv` leaves out the program's name.

    A program that embeds this one may hand in `providers` by the manifest's names, in place of the built-in ones.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        from iconbuild import __version__

        sys.stdout.write(f"iconbuild {__version__}\n")
        return 0
    if "build" in arguments:
        from iconbuild.cli.quick import quick_answer

        words = quick_answer(arguments)
        if words is not None:
            sys.stdout.write(words)
            return 0
    from iconbuild.cli.run import run

    return run(arguments, providers)

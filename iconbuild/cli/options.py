"""The options that every command has; each that is not a one-shot has an ICONBUILD_* variable behind it."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence

from iconbuild.errors import UsageError

FORMATS = ("human", "json", "ndjson", "markdown", "github")
GLOBAL_VALUES = frozenset(["--format", "--color", "--progress", "-C", "--profile"])

_KEY_HINT = "a key is never an option: set ICONBUILD_ICONLY_KEY, or ICONBUILD_ICONLY_KEY_FILE to a file that holds it"
_KEY_OPTION = re.compile(r"(--?[\w-]*(?:key|token|secret|password)[\w-]*)(?:[= ]\S+)?", re.IGNORECASE)
"""An option that somebody expects, with its value."""

Configure = Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    """Errors become UsageError, so that they leave by the same door as all others."""

    def error(self, message: str) -> None:  # type: ignore[override]
        remedy = f"see `{self.prog} --help`"
        if message.startswith("unrecognized arguments"):
            message, keys = _KEY_OPTION.subn(r"\1", message)
            remedy = _KEY_HINT if keys else remedy
        raise UsageError(message, remedy=remedy)

    def print_help(self, file: object = None) -> None:
        """On stdout; argparse's own says nothing where that fails."""
        sys.stdout.write(self.format_help())


class _Help(argparse.HelpFormatter):
    """A fixed width: asking the terminal makes argparse import every archive format of the standard library."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)


def parse(command: str, summary: str, configure: Configure, arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one command; raises UsageError."""
    parser = _Parser(
        prog=f"iconbuild {command}",
        description=f"{summary[0].upper()}{summary[1:]}.",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    configure(parser)
    shared = parser.add_argument_group("options of every command")
    shared.add_argument("--format", choices=FORMATS, default=variable("FORMAT", FORMATS, "human"))
    shared.add_argument("-q", "--quiet", action="store_true", help="no progress and no warnings")
    shared.add_argument("-v", "--verbose", action="store_true", help="more detail")
    shared.add_argument("--color", choices=("auto", "always", "never"), default=None, help="colours on a terminal")
    modes = ("auto", "tty", "plain", "none")
    shared.add_argument("--progress", choices=modes, default=variable("PROGRESS", modes, "auto"))
    shared.add_argument("-C", dest="chdir", metavar="DIR", help="work in this folder")
    shared.add_argument("--profile", default=variable_text("PROFILE"), help="a profile of the manifest")
    shared.add_argument("--debug", action="store_true", help="show tracebacks")
    if "--" in arguments:
        return parser.parse_args(arguments)
    return parser.parse_intermixed_args(arguments)  # names may stand behind options, too


def variable(name: str, allowed: Sequence[str], default: str) -> str:
    """The value of ICONBUILD_<name>, checked; `default` where it is not set."""
    value = variable_text(name)
    if value is None:
        return default
    if value not in allowed:
        raise UsageError(f"ICONBUILD_{name} is `{value}`; it may be {', '.join(allowed)}")
    return value


def variable_text(name: str) -> str | None:
    """The value of ICONBUILD_<name>; None where it is not set, or empty."""
    return os.environ.get(f"ICONBUILD_{name}") or None


def switch(name: str) -> bool:
    """Whether ICONBUILD_<name> is set to something other than 0, no, false or off."""
    return os.environ.get(f"ICONBUILD_{name}", "").lower() not in ("", "0", "no", "false", "off")


def manifest_and_icons(words: Sequence[str]) -> tuple[str, list[str]]:
    """The manifest and the icon names among positional words: the first one is the manifest if it looks like a path."""
    from iconbuild.loader.find import find_manifest

    if words and _is_path(words[0]):
        return words[0], list(words[1:])
    return find_manifest("."), list(words)


def _is_path(word: str) -> bool:
    """Whether a word names a manifest and no icon; a folder may well be called like an icon."""
    return word.endswith((".yaml", ".yml")) or os.sep in word or word in (".", "..") or os.path.isfile(word)


def add_out_dir(parser: argparse.ArgumentParser) -> None:
    """Add `--out-dir`."""
    default = variable_text("OUT_DIR")
    parser.add_argument("--out-dir", metavar="DIR", default=default, help="outputs lie below DIR, not by the manifest")


def out_dir(options: argparse.Namespace) -> str | None:
    """The absolute folder of `--out-dir`, None where it is not given."""
    return os.path.abspath(options.out_dir) if options.out_dir else None


def jobs(text: str | None) -> int:
    """The value of `-j`: how much is done at a time; the processors where it is not given. Raises UsageError."""
    if text is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise UsageError(f"-j {text}: a whole number from 1 to 256 is needed")
    return int(text)


def add_strict(parser: argparse.ArgumentParser) -> None:
    """Add `--strict`."""
    parser.add_argument(
        "--strict", action="store_true", default=switch("STRICT"), help="refuse (2) subjects without a certain icon"
    )


def positional(parser: argparse.ArgumentParser, *, icons: bool) -> None:
    """Add `[MANIFEST] [ICON...]`, or `[MANIFEST]`."""
    parser.add_argument(
        "words",
        nargs="*" if icons else "?",
        metavar="MANIFEST [ICON ...]" if icons else "MANIFEST",
        help="the manifest (found in this folder or above it if left out)" + (", then names of icons" if icons else ""),
    )

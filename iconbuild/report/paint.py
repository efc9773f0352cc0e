"""Rendered errors and warnings get colour on a terminal; the text itself has been made inert before."""

from __future__ import annotations

import os
import re
from typing import TextIO

_RED, _YELLOW, _BLUE, _PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"
_HEAD = re.compile(r"^(|\S+: )(error|warning)(\[[A-Z]\d+\])?:", re.MULTILINE)
_CARET = re.compile(r"^( +\| +)(\^+)", re.MULTILINE)


def wanted(choice: str | None, stream: TextIO) -> bool:
    """Whether to colour: `always` and `never` decide; else ICONBUILD_COLOR, NO_COLOR, CI and the terminal do."""
    chosen = choice or os.environ.get("ICONBUILD_COLOR") or "auto"
    if chosen != "auto":
        return chosen == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("CI") or os.environ.get("TERM") in (None, "dumb")
    return stream.isatty() and not plain


def painted(text: str) -> str:
    """`error` in red, `warning` in yellow, carets in blue."""
    text = _HEAD.sub(lambda found: f"{found[1]}{_tone(found[2])}{found[2]}{found[3] or ''}{_PLAIN}:", text)
    return _CARET.sub(rf"\1{_BLUE}\2{_PLAIN}", text)


def _tone(word: str) -> str:
    return _RED if word == "error" else _YELLOW

"""How far the work is: bars on a terminal, one line per finished icon elsewhere, events for programs, or nothing."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from iconbuild.errors import IconbuildError
from iconbuild.model.artifact import Artifact
from iconbuild.model.work import Action, Generate
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count

if TYPE_CHECKING:
    from iconbuild.model.ports import Progress


class Silent:
    """Tells nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def started(self, action: Action) -> None:
        """Nothing."""

    def finished(self, action: Action, artifact: Artifact) -> None:
        """Nothing."""

    def failed(self, action: Action, error: IconbuildError) -> None:
        """Nothing."""

    def interrupted(self, calls: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Plain(Silent):
    """One line per finished picture and per failure, for logs and CI."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._done = 0

    def begin(self, total: int) -> None:
        """Remember how many actions there are."""
        self._total = total

    def finished(self, action: Action, artifact: Artifact) -> None:
        """A line for a picture; files and steps only count."""
        self._done += 1
        if isinstance(action.work, Generate):
            icon = artifact.facts.get("icon")
            icons = icon if isinstance(icon, (list, tuple)) else [icon] if icon else []
            words = f" ({' and '.join(inert(str(each)) for each in icons)})" if icons else ""
            self._line(f"[{self._done}/{self._total}] {inert(action.label)}{words}")

    def failed(self, action: Action, error: IconbuildError) -> None:
        """A line for a failure, at once."""
        self._done += 1
        self._line(f"[{self._done}/{self._total}] {inert(action.label)}: failed: {inert(error.message)}")

    def interrupted(self, calls: int) -> None:
        """A line that says what is waited for."""
        self._line(waiting_words(calls))

    def _line(self, text: str) -> None:
        print(text, file=self._stream, flush=True)


class Events(Silent):
    """One JSON object a line as it happens, on stdout (`--format ndjson`)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self, total: int) -> None:
        """`planned`."""
        self.event("planned", actions=total)

    def started(self, action: Action) -> None:
        """`started`."""
        self.event("started", label=action.label, pool=action.pool)

    def finished(self, action: Action, artifact: Artifact) -> None:
        """`finished`."""
        self.event("finished", label=action.label, pool=action.pool, bytes=artifact.size)

    def failed(self, action: Action, error: IconbuildError) -> None:
        """`failed`."""
        self.event("failed", label=action.label, pool=action.pool, error=error.message)

    def interrupted(self, calls: int) -> None:
        """`interrupted`."""
        self.event("interrupted", calls=calls)

    def event(self, kind: str, **fields: object) -> None:
        """Write one event."""
        print(json.dumps({"event": kind, **fields}), file=self._stream, flush=True)


def waiting_words(calls: int) -> str:
    """Why a run that was interrupted goes on."""
    under_way = f"{count(calls, 'call')} that {'is' if calls == 1 else 'are'} under way"
    return f"interrupted: waiting for {under_way}; again to leave at once"


def choose(mode: str, *, quiet: bool, events: bool, stream: TextIO | None = None) -> Progress:
    """The progress for `--progress MODE`, `-q` and `--format ndjson`; `auto` looks at the terminal."""
    err = stream or sys.stderr
    if events:
        return Events(sys.stdout)
    if quiet or mode == "none":
        return Silent()
    if mode == "tty" or (mode == "auto" and _lively(err)):
        try:
            from iconbuild.report.bars import Bars
        except ImportError:
            return Plain(err)
        return Bars(err)
    return Plain(err)


def _lively(stream: TextIO) -> bool:
    plain = os.environ.get("CI") or os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("", "dumb")
    return stream.isatty() and not plain

"""Steps on pictures that exist already: how far the work is, and what it came to, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from iconbuild.model.retouch import Reply, Retouch, Retouched
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count, some
from iconbuild.report.progress import Events, Plain, Silent
from iconbuild.report.progress import choose as choose_progress
from iconbuild.report.sizes import Size, sizes_line, summed

if TYPE_CHECKING:
    from iconbuild.model.retouch import Told
    from iconbuild.report.bars import Bars


class Quietly:
    """Tells nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def started(self, job: Retouch) -> None:
        """Nothing."""

    def finished(self, done: Reply) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Lines(Quietly):
    """One line for each picture."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._done = 0

    def begin(self, total: int) -> None:
        """Remember how many pictures there are."""
        self._total = total

    def finished(self, done: Reply) -> None:
        """The picture, and why it failed if it did."""
        self._done += 1
        print(f"[{self._done}/{self._total}] {_words(done)}", file=self._stream, flush=True)


class Bar(Quietly):
    """A bar on a terminal; failures stay above it."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars

    def begin(self, total: int) -> None:
        """Show the bar."""
        self._bars.begin(total)

    def finished(self, done: Reply) -> None:
        """One further."""
        self._bars.advance(_words(done) if done.error else "")

    def end(self) -> None:
        """Take the bar away."""
        self._bars.end()


class Stream(Quietly):
    """Events as they happen, on stdout (`--format ndjson`)."""

    def __init__(self, events: Events) -> None:
        self._event = events.event

    def begin(self, total: int) -> None:
        """`planned`."""
        self._event("planned", actions=total)

    def started(self, job: Retouch) -> None:
        """`started`."""
        self._event("started", file=job.source)

    def finished(self, done: Reply) -> None:
        """`finished`, with its files by what became of them, or `failed`."""
        if done.error:
            self._event("failed", **failure_json(done))
        else:
            self._event("finished", file=done.source, files=[file._asdict() for file in done.files])


def choose(mode: str, *, quiet: bool, events: bool) -> Told:
    """Who tells, by the same rules as for builds."""
    chosen = choose_progress(mode, quiet=quiet, events=events)
    if isinstance(chosen, Events):
        return Stream(chosen)
    if isinstance(chosen, Plain):
        return Lines(sys.stderr)
    if isinstance(chosen, Silent):
        return Quietly()
    from iconbuild.report.bars import Bars

    assert isinstance(chosen, Bars)
    return Bar(chosen)


def _words(done: Reply) -> str:
    return inert(done.source) + (f": failed: {inert(done.error)}" if done.error else "")


def applied_text(came: Retouched) -> str:
    """What a run came to, in a few lines."""
    written, kept = came.paths("written"), came.paths("kept")
    unchanged = len(came.paths("unchanged"))
    lines = [
        f"{count(came.pictures, 'picture')}, {count(len(written), 'file')} written"
        + (f", {unchanged} unchanged" if unchanged else "")
        + (f", {len(came.failed)} failed" if came.failed else "")
    ]
    if sizes := _sizes(came):
        lines.append(sizes_line(sizes))
    if kept:
        lines.append(f"kept, because other bytes are there: {some(kept)} (--force replaces)")
    if came.links:
        lines.append(f"left out: {count(came.links, 'symbolic link')}")
    return "\n".join(lines) + "\n"


def applied_json(came: Retouched) -> dict[str, object]:
    """The same as data."""
    result = {
        "written": came.paths("written"),
        "unchanged": len(came.paths("unchanged")),
        "kept": came.paths("kept"),
        "failed": [failure_json(done) for done in came.failed],
        "skipped": came.pictures - len(came.done),
        "links": came.links,
        "sizes": {kind: size._asdict() for kind, size in _sizes(came).items()},
    }
    return {"command": "apply", "result": result, "exit_code": came.exit_code}


def failure_json(done: Reply) -> dict[str, str]:
    """A picture that failed."""
    return {"file": done.source, "error": done.error, "remedy": done.remedy}


def _sizes(came: Retouched) -> Mapping[str, Size]:
    """Files and bytes of each format that are in place now."""
    return summed((file.format, file.size) for one in came.done for file in one.files if file.state != "kept")

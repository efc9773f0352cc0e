"""Progress as a bar on a terminal, drawn by rich (the extra `progress`)."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from iconbuild.errors import IconbuildError
from iconbuild.model.artifact import Artifact
from iconbuild.model.work import Action
from iconbuild.report.inert import inert
from iconbuild.report.progress import waiting_words


class Bars:
    """One bar for all actions; failures stay above it as lines."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(file=stream),
            transient=True,
        )
        self._task: TaskID | None = None

    def begin(self, total: int) -> None:
        """Show the bar."""
        self._task = self._progress.add_task("", total=total)
        self._progress.start()

    def started(self, action: Action) -> None:
        """Name what runs now."""
        if self._task is not None:
            self._progress.update(self._task, description=escape(inert(action.label, 40)))

    def finished(self, action: Action, artifact: Artifact) -> None:
        """One further."""
        self.advance()

    def failed(self, action: Action, error: IconbuildError) -> None:
        """One further, with a line that stays."""
        self.advance(f"{inert(action.label)}: failed: {inert(error.message)}")

    def interrupted(self, calls: int) -> None:
        """A line that stays."""
        self._progress.console.print(waiting_words(calls), markup=False)

    def end(self) -> None:
        """Take the bar away."""
        self._progress.stop()

    def advance(self, lasting: str = "") -> None:
        """One further, with a line that stays where `lasting` is one."""
        if lasting:
            self._progress.console.print(lasting, markup=False)
        if self._task is not None:
            self._progress.advance(self._task)

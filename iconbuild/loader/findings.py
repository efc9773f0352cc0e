"""Problems are gathered here while a manifest is loaded, each with its source line, and raised all at once."""

from __future__ import annotations

from typing import NoReturn

from iconbuild.errors import ManifestError, Problem, Where
from iconbuild.loader.redact import masked_line

MOST_SHOWN = 100
MOST_KEPT = 500
MAX_COLUMN = 1 << 20
_WIDEST = 160
_LONGEST_CARET = 60
_MISSING = ("M002", "M021")
"""Codes about what is not there: something else may be wrong at the place that stands in for it."""


class Findings:
    """The problems of one manifest; `file` is its path as people gave it, `text` its text."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []
        self._lines: list[str] | None = None
        self._hidden: list[tuple[int, int, int]] = []
        self._places: set[tuple[int, int]] = set()

    def add(self, code: str, message: str, where: Where, *, remedy: str = "", severity: str = "error") -> None:
        """Note a problem; the rest of the loading goes on."""
        if not self.full:
            where = Where(where.file, where.line, where.column, min(where.length, _LONGEST_CARET))
            self.problems.append(Problem(code, message, where, remedy=remedy, severity=severity))
        if code not in _MISSING:
            self._places.add((where.line, where.column))

    def known(self, where: Where) -> bool:
        """Whether something was found at this place already: one mistake gives one sentence."""
        return (where.line, where.column) in self._places

    def hide(self, line: int, column: int, last_line: int, last_column: int) -> None:
        """Never show this part of the text, from a column of one line to before a column of another."""
        for number in range(line, last_line + 1):
            start = column if number == line else 1
            self._hidden.append((number, start, last_column if number == last_line else MAX_COLUMN))

    @property
    def crowded(self) -> bool:
        """Whether there are more problems than are shown: looking for the nearest word is not worth its time then."""
        return len(self.problems) >= MOST_SHOWN

    @property
    def full(self) -> bool:
        """Whether no more problems are kept."""
        return len(self.problems) >= MOST_KEPT

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What does not stand in the way, in file order."""
        found = [problem for problem in self.problems if problem.severity == "warning"]
        return tuple(self._ordered(found))

    def raise_errors(self) -> None:
        """Raise ManifestError with everything that was found, if there is an error in it."""
        if any(problem.severity == "error" for problem in self.problems):
            self.fail()

    def fail(self) -> NoReturn:
        """Raise ManifestError: the first hundred problems, and how many more there are."""
        ordered = self._ordered(self.problems)
        more = len(ordered) - MOST_SHOWN
        if more > 0:
            last = ordered[MOST_SHOWN - 1].where
            count = f"at least {more}" if len(ordered) >= MOST_KEPT else str(more)
            note = Problem("M000", f"and {count} more problems", last, severity="note")
            ordered = [*ordered[:MOST_SHOWN], note]
        raise ManifestError(ordered) from None

    def _ordered(self, problems: list[Problem]) -> list[Problem]:
        # Source lines come last of all, when everything that must not be shown is known.
        ordered = sorted(problems, key=lambda p: (p.where.line, p.where.column))
        for problem in ordered[:MOST_SHOWN]:
            problem.source_line = self._source_line(problem.where)
        return ordered

    def _source_line(self, where: Where) -> str:
        if self._lines is None:
            self._lines = self.text.splitlines()
        if where.line > len(self._lines) or where.column > _WIDEST - 40:
            return ""
        line = self._lines[where.line - 1]
        for number, start, end in self._hidden:
            if number == where.line:
                until = min(end, len(line) + 1)
                line = line[: start - 1] + "*" * (until - start) + line[until - 1 :]
        return masked_line(line if len(line) <= _WIDEST else line[:_WIDEST] + "...")

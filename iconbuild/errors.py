"""What can go wrong, where, and what to do about it.

The tree; the number is the exit code:

    IconbuildError                     70
    +-- UsageError                      2   the command line
    +-- ManifestError                   2   the manifest, with every problem found in it
    +-- DifferenceError                 3   --check, --locked, a stale plan
    +-- BudgetError                     4   more than the budget or the balance
    +-- CredentialError                 5   no key, a malformed or a refused one
    +-- ProviderError                   6   a provider cannot be reached or refuses
    +-- FilesystemError                 7   disk, permissions, locks, paths
    +-- StoreError                      8   a store is damaged or too new
    +-- WorkError                       1   one icon cannot be made; the others go on
        +-- PictureError                1   a picture cannot be decoded, or is over a limit
        +-- NoMatchError                1   nothing in the packs fits a subject
        +-- UnknownOutcomeError         9   a paid call may have run, and nobody knows
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # the null build imports this module and nothing heavy
    from collections.abc import Sequence


class Where:
    """A place in a text file. `line` and `column` count from 1; `length` is what the caret underlines."""

    __slots__ = ("column", "file", "length", "line")

    def __init__(self, file: str, line: int, column: int, length: int = 1) -> None:
        self.file, self.line, self.column, self.length = file, line, column, length

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def __repr__(self) -> str:
        return f"Where({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Where) and (str(self), self.length) == (str(other), other.length)

    def __hash__(self) -> int:
        return hash((str(self), self.length))


class Problem:
    """One finding in a manifest: a code such as `M012`, a sentence, the place, its source line and a remedy."""

    __slots__ = ("code", "message", "remedy", "severity", "source_line", "where")

    def __init__(
        self,
        code: str,
        message: str,
        where: Where,
        *,
        remedy: str = "",
        source_line: str = "",
        severity: str = "error",
    ) -> None:
        self.code, self.message, self.where = code, message, where
        self.remedy, self.source_line, self.severity = remedy, source_line, severity

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}[{self.code}]: {self.message}"

    def render(self) -> str:
        """The finding as people see it: the sentence, the source line, a caret and the remedy."""
        if not self.source_line:
            return f"{self}\n     | {self.remedy}" if self.remedy else str(self)
        number = f"{self.where.line:4d} | "
        line = self.source_line.expandtabs(1).rstrip()
        width = max(1, min(self.where.length, len(line) - self.where.column + 1))
        caret = " " * (self.where.column - 1) + "^" * width
        return f"{self}\n{number}{line}\n     | {caret} {self.remedy}".rstrip()


class IconbuildError(Exception):
    """An expected failure: a sentence, what to do about it, and the exit code it ends with."""

    exit_code = 70

    def __init__(self, message: str, *, remedy: str = "", where: Where | None = None) -> None:
        super().__init__(message)
        self.message, self.remedy, self.where = message, remedy, where

    def render(self) -> str:
        """The error as people see it, without a traceback."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}error: {self.message}" + (f"\n  {self.remedy}" if self.remedy else "")


class UsageError(IconbuildError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = 2


class ManifestError(IconbuildError):
    """The manifest cannot be used; `problems` holds everything that was found, in file order."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.where.file, p.where.line, p.where.column)))
        count = sum(p.severity == "error" for p in self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the manifest")

    def quoting(self, file: str, text: bytes) -> ManifestError:
        """The same error with source lines from `text` where `file` is meant and a problem has none."""
        lines = text.decode("utf-8", "replace").splitlines()
        for problem in self.problems:
            if problem.where.file == file and not problem.source_line and 0 < problem.where.line <= len(lines):
                problem.source_line = lines[problem.where.line - 1]
        return self

    def render(self) -> str:
        """Every problem with its source line and caret."""
        return "\n".join(problem.render() for problem in self.problems)


class DifferenceError(IconbuildError):
    """What is on disk is not what the manifest would build."""

    exit_code = 3


class BudgetError(IconbuildError):
    """The plan costs more than the budget allows, or its cost is unknown while there is a budget."""

    exit_code = 4


class CredentialError(IconbuildError):
    """A key is missing, malformed or refused."""

    exit_code = 5


class ProviderError(IconbuildError):
    """A provider cannot be reached, or refuses the work."""

    exit_code = 6


class FilesystemError(IconbuildError):
    """The disk, a permission, a path or a lock stands in the way."""

    exit_code = 7


class StoreError(IconbuildError):
    """A store is damaged, or was written by a newer version."""

    exit_code = 8


class WorkError(IconbuildError):
    """One icon or file cannot be made; the others are built."""

    exit_code = 1


class PictureError(WorkError):
    """A picture cannot be decoded, is over a limit, or holds something active."""


class NoMatchError(WorkError):
    """No icon of the installed packs fits the subject."""


class UnknownOutcomeError(WorkError):
    """A paid call may have run and been charged: it is not sent again before somebody decides."""

    exit_code = 9

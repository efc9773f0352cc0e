"""Pictures that exist already, on their way through steps: what is asked for, one piece of work, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol


class Asked(NamedTuple):
    """What is to become of every picture."""

    out_dir: str | None
    """Where files go; None: each over its own picture."""
    sizes: tuple[int, ...] = ()
    """Pixels a side; none: the picture's own size."""
    formats: tuple[str, ...] = ()
    """None: the picture's own format."""


class Picked(NamedTuple):
    """A picture that somebody named: where it is read, and its path below the output folder, in its own format."""

    path: str
    name: str


class File(NamedTuple):
    """A file to write, relative to its job's root; without `sizes` at the picture's own size."""

    path: str
    format: str
    sizes: tuple[int, ...] = ()


class Retouch(NamedTuple):
    """One picture and all files that are made of it, below `root`: a job for one process."""

    source: str
    root: str
    files: tuple[File, ...]


State = Literal["written", "unchanged", "kept"]


class Placed(NamedTuple):
    """A file as it now is: written, the same as before, or left alone because it holds something else."""

    path: str
    format: str
    state: State
    size: int
    """Bytes of what was made."""


class Reply(NamedTuple):
    """What came of one retouch: its files, or why there are none. `fatal`: the others would fail as well."""

    source: str
    files: tuple[Placed, ...] = ()
    error: str = ""
    remedy: str = ""
    fatal: bool = False
    remarks: tuple[str, ...] = ()
    """What steps say of a picture that they left as it was."""


class Retouched(NamedTuple):
    """What a run came to; `signal` is the number of the one that ended it early, `links` were left out."""

    done: Sequence[Reply]
    pictures: int
    links: int = 0
    signal: int = 0

    @property
    def failed(self) -> list[Reply]:
        """The pictures of which nothing could be made."""
        return [one for one in self.done if one.error]

    def paths(self, state: State) -> list[str]:
        """The files in one state."""
        return [file.path for one in self.done for file in one.files if file.state == state]

    @property
    def exit_code(self) -> int:
        """130 or 143 by a signal, 1 a picture failed or a file was left alone, 0 done."""
        if self.signal:
            return 128 + self.signal
        return 1 if self.failed or self.paths("kept") else 0


class Told(Protocol):
    """Who is told how far the work is."""

    def begin(self, total: int) -> None: ...

    def started(self, job: Retouch) -> None: ...

    def finished(self, done: Reply) -> None: ...

    def end(self) -> None: ...

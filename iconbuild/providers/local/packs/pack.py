"""What the engine asks of openly licensed artwork: names, tags, a licence, and the layers of each icon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from iconbuild.providers.local.packs.artwork import Artwork


class Entry(NamedTuple):
    """One icon as retrieval sees it. `brand`: a company's mark, never found by a subject unless it is named."""

    name: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    brand: bool


class Pack(Protocol):
    """Openly licensed artwork under a prefix: `ph:chart-bar`."""

    @property
    def prefix(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def version(self) -> str:
        """What people call this version of the artwork, such as `2.1.0`."""
        ...

    @property
    def revision(self) -> str:
        """What changes whenever any picture of the pack does; a part of the key of every icon drawn from it."""
        ...

    @property
    def licence(self) -> str: ...

    @property
    def author(self) -> str: ...

    @property
    def palette(self) -> bool:
        """Whether its icons are pictures in colours of their own."""
        ...

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Absolute paths of the files whose change can change a picture."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is an icon of that name."""
        ...

    def entries(self) -> Sequence[Entry]:
        """Every icon, in a stable order; read from disk anew on each call."""
        ...

    def artwork(self, name: str) -> Artwork:
        """The layers of one icon; raises KeyError for a name the pack does not have, PictureError for bad artwork."""
        ...

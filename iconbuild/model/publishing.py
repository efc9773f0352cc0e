"""The protocols between the pipeline and its outputs: what they see of a set, and which files they want of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from iconbuild.model.artifact import Payload
from iconbuild.model.values import Json, Params

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class Source(Protocol):
    """A picture as outputs get it: its bytes, what is known of it, and its pixels, decoded once."""

    @property
    def payload(self) -> Payload: ...

    @property
    def facts(self) -> Params: ...

    def at(self, size: int) -> Picture:
        """`size` x `size` pixels; raises PictureError where the picture cannot be opened."""
        ...


class SetIcon(NamedTuple):
    """An icon as outputs see it while planning."""

    name: str
    title: str
    """The subject, or the path of the artwork."""
    note: str
    """One line of provenance that is known while planning, such as its price elsewhere."""
    look: str = ""
    """The name of its style, preset or template; empty for artwork."""
    colored: bool = False
    """Whether it has colours of its own; artwork is taken to."""
    detail: str = "none"
    """`low`, `medium` or `high` where a flag says so."""


class IconSet(NamedTuple):
    """The set as outputs see it while planning. `themes` holds "" alone where none is declared."""

    name: str
    icons: tuple[SetIcon, ...]
    themes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Lines about the whole set: provider, totals, prices elsewhere."""


class Wanted(NamedTuple):
    """A file an output asks for; `inputs` are finished pictures as (icon, theme) pairs, in the order `run` gets."""

    path: str
    params: Params
    inputs: tuple[tuple[str, str], ...]
    icon: str | None = None
    pixels: int = 0
    """The side at which it draws its inputs, so that steps work on enough of them."""
    drawing: bool = False
    """Its input has to be a vector drawing as it was made, without steps."""
    one_ink: bool = False
    """That drawing has to have one colour, or an ink and what goes with it."""
    bundle: str = ""
    """A name that it shares with the files that only make sense together with it."""
    task: str = ""
    """What the provider does with each input first; `run` gets the answers in place of the pictures."""
    settings: tuple[Params, ...] = ()
    """The settings of that task, one for each input."""


class Output(Protocol):
    """One kind of output: says which files it wants (pure), and makes one file from finished pictures."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def speaks(self) -> bool:
        """Whether its files speak about the set: subjects, provenance, prices."""
        ...

    def bind(self, value: Json) -> Params:
        """The manifest's value with defaults written out; raises ValueError with a sentence for people."""
        ...

    def wanted(self, params: Params, icons: IconSet) -> Iterable[Wanted]:
        """The files, in a stable order; paths relative to the manifest with POSIX slashes."""
        ...

    def run(self, params: Params, inputs: Sequence[Source]) -> Payload:
        """One file's bytes; `inputs` are drawings or pictures, each of which may be asked for once or more."""
        ...

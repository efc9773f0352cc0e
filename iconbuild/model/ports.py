"""The protocols between the pipeline and its workers: who draws, who processes, who writes, who remembers."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from iconbuild.errors import IconbuildError
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import Quote
from iconbuild.model.values import ActionKey, Json, Params
from iconbuild.model.work import Action

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class RefusedError(ValueError):
    """A provider cannot draw an icon, with a sentence for people; `field` is the one of the manifest to look at."""

    def __init__(self, sentence: str, field: str = "look") -> None:
        super().__init__(sentence)
        self.field = field


class Limit(NamedTuple):
    """At most `calls` calls in `window` seconds, each of which takes about `latency` seconds."""

    calls: int
    window: float
    latency: float


class Provider(Protocol):
    """Who draws. `request`, `quote` and `limit` are pure; only `generate` acts."""

    @property
    def name(self) -> str: ...

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """All that will be sent or used for `icon`; raises ValueError with a sentence where it cannot be drawn."""
        ...

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """The price of one request by the tariff; `declared` is what the manifest says a saved template costs."""
        ...

    def limit(self, pool: str) -> Limit | None:
        """The documented limit of a pool (`generation`, `processing`, `upload`), None where there is none."""
        ...

    def equipped(self, root: str, packs: Sequence[str]) -> Provider:
        """This provider with a manifest's artwork packs (paths relative to `root`).

        Raises ValueError where it takes none, ProviderError for a pack that cannot be read.
        """
        ...

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Absolute paths of files outside the project whose change can change any picture."""
        ...

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """Whether the picture of a request is a clean vector drawing, and if asked, one of a single ink."""
        ...

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """What the manifest says of `icon` and this provider leaves aside, a sentence each."""
        ...

    def doubt(self, request: Params) -> str | None:
        """Why the picture may not show its subject, a sentence with remedy; None where the provider is sure."""
        ...

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Draw; raises WorkError for this icon only, ProviderError or CredentialError for all."""
        ...


class Step(Protocol):
    """One post-processing step: a pure function from straight-alpha RGBA8 to RGBA8 of the same size.

    The pixels depend neither on the form of the picture nor on colour under alpha 0.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    def bind(self, value: Json) -> Params:
        """The manifest's value with defaults written out; raises ValueError with a sentence for people."""
        ...

    def run(self, picture: Picture, params: Params) -> Picture:
        """The processed picture; raises PictureError where the step cannot be done on it."""
        ...

    def remark(self, picture: Picture, params: Params) -> str:
        """Why the step leaves `picture` as it is where that may surprise, a sentence with remedy; mostly ""."""
        ...

    def shape(self, picture: Picture, params: Params) -> Picture | None:
        """The result with its alpha as `run` makes it and in any colour; None where that is no less work."""
        ...

    def paints_all(self, params: Params) -> bool:
        """Whether the result has nothing of the colours that were there before."""
        ...


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


class Vocabulary(NamedTuple):
    """The words a manifest may use for steps, outputs and providers; the loader is handed them, it imports none."""

    steps: Mapping[str, Step]
    outputs: Mapping[str, Output]
    providers: frozenset[str]


class Store(Protocol):
    """Memory of what was made: recipes to bytes."""

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What `key` made, if its bytes are still there."""
        ...

    def record(self, action: Action, payload: Payload) -> Artifact:
        """Keep what `action` made; durable as a whole or not at all."""
        ...

    def read(self, artifact: Artifact) -> Payload:
        """The bytes, digest checked; raises StoreError (and forgets the entry) where they are gone or damaged."""
        ...


class Progress(Protocol):
    """Who tells people how far the work is."""

    def begin(self, total: int) -> None: ...

    def started(self, action: Action) -> None: ...

    def finished(self, action: Action, artifact: Artifact) -> None: ...

    def failed(self, action: Action, error: IconbuildError) -> None: ...

    def end(self) -> None: ...


class Toolbox(NamedTuple):
    """The concrete tools of one run: who draws, who writes, who remembers."""

    vocabulary: Vocabulary
    providers: Mapping[str, Provider]
    store: Store

    def with_provider(self, provider: Provider) -> Toolbox:
        """These tools with `provider` under its own name."""
        return self._replace(providers=ChainMap({provider.name: provider}, cast("dict[str, Provider]", self.providers)))

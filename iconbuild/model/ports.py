"""The protocols between the pipeline and its workers: who draws, who processes, who writes, who remembers."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from iconbuild.errors import IconbuildError
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import Quote
from iconbuild.model.publishing import Output
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


class Task(NamedTuple):
    """Something that a provider does with a finished picture: a step at its own endpoint, or a save to its library."""

    pool: str
    quote: Quote
    version: int


class Provider(Protocol):
    """Who draws. `request`, `quote`, `task` and `limit` are pure; only `generate` acts."""

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

    def task(self, name: str) -> Task | None:
        """What it does under this name (a step's, or `library`) and for how much; None where it does not."""
        ...

    def check_task(self, name: str, params: Params) -> str:
        """Why a step with these settings cannot be done there, a sentence; "" where it can."""
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

    def interrupted(self, calls: int) -> None:
        """A signal came, and the run waits for so many calls to providers: told once, where there are any."""

    def end(self) -> None: ...


class Drawer(Protocol):
    """Who does the paid work of a provider, so that nothing is paid twice and no answer is lost."""

    def fulfil(self, action: Action, inputs: Sequence[Payload]) -> Payload:
        """What a Generate or Delegate action makes; raises WorkError for this action only, other errors for all."""
        ...


class Toolbox(NamedTuple):
    """The concrete tools of one run: who draws, who writes, who remembers."""

    vocabulary: Vocabulary
    providers: Mapping[str, Provider]
    store: Store
    drawers: Mapping[str, Drawer] = MappingProxyType({})
    """Who does the paid work, by the provider's name; a provider that is not in it draws by itself."""

    def with_provider(self, provider: Provider) -> Toolbox:
        """These tools with `provider` under its own name."""
        return self._replace(providers=ChainMap({provider.name: provider}, cast("dict[str, Provider]", self.providers)))

"""One run of the pipeline as values: what was asked for, what was seen before anything is made, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from iconbuild.errors import ManifestError, Problem, UnknownOutcomeError, Where
from iconbuild.model.artifact import Artifact
from iconbuild.model.manifest import Manifest
from iconbuild.model.outcome import Emitted, Outcome
from iconbuild.model.ports import Toolbox
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan, Worklist

if TYPE_CHECKING:
    from iconbuild.model.purchase import Attempt
    from iconbuild.model.till import Till

Recall: TypeAlias = Callable[[ActionKey], "Mapping[str, object] | None"]
"""Finds the recipe behind a key of an earlier build."""

Stamp: TypeAlias = tuple[int, int, int]
"""Size in bytes, mtime and ctime in nanoseconds: what is compared before bytes are read."""


class Verdicts(Protocol):
    """Remembers which reduced manifests the schema has accepted."""

    def known(self, digest: str) -> bool:
        """Whether `digest` was valid before."""
        ...

    def remember(self, digest: str) -> None:
        """Note that `digest` is valid."""
        ...


class Options(NamedTuple):
    """What the command line asks for beside the manifest; `out_dir` is absolute and replaces the manifest's folder."""

    profile: str | None = None
    out_dir: str | None = None
    only: frozenset[str] | None = None
    jobs: int = 1
    keep_going: bool = True
    force: bool = False
    prune: bool = False
    check: bool = False
    locked: bool = False
    strict: bool = False
    """An uncertain match between a subject and an icon is an error, as with `strict:` in the manifest."""
    allow_blank: bool = False
    """Files that show nothing are published like others."""
    max_tokens: Decimal | None = None
    retry_unknown: bool = False
    """Buy again what has an unknown outcome."""
    buy_lost: bool = False
    """Buy again what was bought and whose bytes are gone."""


def nothing_sold(provider: str) -> Till | None:
    """None, for every provider."""
    del provider
    return None


class Workplace(NamedTuple):
    """What the pipeline works with: the tools, and where things are remembered."""

    tools: Toolbox
    project: Callable[[str, str | None], str]
    """The folder for what is remembered of a manifest (absolute path) and an output folder."""
    recall: Recall
    witnesses: tuple[str, ...] = ()
    """Files outside every project whose change can change pictures: artwork packs, and the code that has versions."""
    verdicts: Verdicts | None = None
    compare: str | None = None
    """The provider that prices are compared with."""
    till: Callable[[str], Till | None] = nothing_sold
    """Everything about money, for a provider that takes some."""

    def equipped(self, manifest: Manifest) -> Workplace:
        """With the manifest's artwork packs, whose files are watched like everything that is read."""
        if not manifest.packs:
            return self
        try:
            provider = self.tools.providers[manifest.provider].equipped(manifest.root, manifest.packs)
            watched = tuple(dict.fromkeys((*self.witnesses, *provider.witnesses)))
        except ValueError as error:
            raise ManifestError([Problem("M035", str(error), Where(manifest.path, 1, 1))]) from None
        return self._replace(tools=self.tools.with_provider(provider), witnesses=watched)


_KEY_PART = 12


def proof(key: str, digest: str) -> str:
    """28 hex digits that say which recipe (12 of its key) made which bytes (16 of their digest)."""
    return key[:_KEY_PART] + short(digest)


def short(digest: str) -> str:
    """The part of a digest that stands in a proof."""
    return digest[:16]


def proven_bytes(proof: str) -> str:
    """The part of a proof that names the bytes: a short digest."""
    return proof[_KEY_PART:]


class LockEntry(NamedTuple):
    """One line of the lock: an icon, or (`output`) a file of the whole set; its key, provider and what it wrote."""

    name: str
    output: bool = False
    key: str = ""
    provider: str = ""
    files: tuple[str, ...] = ()
    """A proof of each of its files, sorted."""
    original: str = ""
    """The digest of its picture where that was bought: what a clean clone takes instead of buying it again."""
    library: Mapping[str, str] | None = None
    """Where it is in the provider's library: `key` (12 hex of the action that saved it), `css_class`, `icon_id`, `slug`
    and `url`."""


Lock: TypeAlias = Mapping[tuple[bool, str], LockEntry]
"""The lines of a lock by (output, name)."""

State = Literal["missing", "placed", "ours", "edited", "foreign"]


class Found(NamedTuple):
    """What is at a target's path.

    Nothing; what its recipe makes; older bytes of ours; bytes that somebody put in place of ours; or bytes of which
    nothing is known.
    """

    state: State
    digest: str = ""
    stamp: Stamp = (0, 0, 0)


class Preview(NamedTuple):
    """Everything known before anything is made: `iconbuild plan` stops here."""

    manifest: Manifest
    plan: Plan
    worklist: Worklist
    found: Mapping[str, Found]
    known: Mapping[ActionKey, Artifact]
    lock: Lock
    written_lock: bytes
    """The lock file as it is."""
    orphans: tuple[str, ...]
    inputs: Mapping[str, Stamp]
    """Stamps of all files read beside the manifest and the lock, from just before, by absolute path."""
    began_ns: int
    """When reading began, in nanoseconds since the epoch."""
    standing: Mapping[ActionKey, Attempt] = MappingProxyType({})
    """What the ledger knows of the paid work that is to be done."""
    lost: frozenset[ActionKey] = frozenset()
    """Paid work that was done before, as the lock or a record says, and whose bytes are gone."""

    @property
    def kept(self) -> list[str]:
        """Outputs that somebody edited and that a build leaves as they are."""
        return [path for path, found in self.found.items() if found.state == "edited"]


class Built(NamedTuple):
    """What a build came to; `stamps` are those of all indexed outputs by relative path."""

    preview: Preview
    outcome: Outcome
    emitted: Emitted
    differences: tuple[str, ...] = ()
    stamps: Mapping[str, Stamp] = MappingProxyType({})
    library: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Where icons are in a library, by their names."""

    @property
    def exit_code(self) -> int:
        """By a signal 129, 130 or 143; 4, 5 or 6 if paid work was stopped; 9 if a paid outcome is unknown.

        Then 1 something failed or was left alone, 3 differences, 0 done.
        """
        if self.outcome.interrupted:
            return 128 + self.outcome.signal
        if self.outcome.stopped is not None:
            return self.outcome.stopped.exit_code
        if any(failure.error.exit_code == UnknownOutcomeError.exit_code for failure in self.outcome.failures):
            return UnknownOutcomeError.exit_code
        if self.outcome.failures or self.emitted.kept or self.emitted.missing or self.emitted.stubborn:
            return 1
        return 3 if self.differences else 0

"""The kinds of work, the actions they make, and the plan: a pure value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from iconbuild.errors import Problem
from iconbuild.model.money import CostEstimate, Quote
from iconbuild.model.values import ActionKey, Digest, Params, canonical


class Import(NamedTuple):
    """Take an existing file of the project; named by the digest of its bytes."""

    path: str
    digest: Digest


class Generate(NamedTuple):
    """Let `provider` draw; `request` is everything that is sent or used, its revision included."""

    provider: str
    request: Params


CANVAS, CANVAS_VERSION = "canvas", 1
"""The tool ahead of all steps: it makes pixels of a drawing, so many a side."""


def canvas_side(pixels: int) -> int:
    """The side of the canvas, in pixels, from which files of up to `pixels` a side are made."""
    return 512 if pixels <= 512 else 1024


class Apply(NamedTuple):
    """Run one of our tools (`canvas`, a step such as `crop`, an output such as `files`) in `version` on the inputs."""

    tool: str
    version: int
    params: Params


class Delegate(NamedTuple):
    """Let `provider` do a task on the input picture: a step at its own endpoint, or a save to its library."""

    provider: str
    task: str
    version: int
    params: Params


Work: TypeAlias = Import | Generate | Apply | Delegate


def recipe(work: Work, inputs: tuple[ActionKey, ...]) -> str:
    """Everything that decides the bytes, and nothing else: the canonical text that is hashed and that `explain` diffs.

    Written out by hand, names in order, because a plan of ten thousand icons makes some tens of thousands of them.
    """
    listed = '","'.join(inputs)
    keys = f'["{listed}"]' if inputs else "[]"
    if isinstance(work, Generate):
        return (
            f'{{"inputs":{keys},"provider":{_quoted(work.provider)},"request":{work.request.text},"work":"generate"}}'
        )
    if isinstance(work, Apply):
        tool, version = _quoted(work.tool), work.version
        return f'{{"inputs":{keys},"params":{work.params.text},"tool":{tool},"version":{version},"work":"apply"}}'
    if isinstance(work, Delegate):
        who, task = _quoted(work.provider), _quoted(work.task)
        return (
            f'{{"inputs":{keys},"params":{work.params.text},"provider":{who},"task":{task},'
            f'"version":{work.version},"work":"delegate"}}'
        )
    return f'{{"digest":"{work.digest}","work":"import"}}'


_quoted = cache(canonical)


class Action:
    """One node of the graph. `key` is derived from the recipe; `label` and `pool` stay outside it."""

    __slots__ = ("inputs", "key", "label", "pool", "work")

    def __init__(self, work: Work, inputs: tuple[ActionKey, ...], label: str, pool: str) -> None:
        self.work, self.inputs, self.label, self.pool = work, inputs, label, pool
        self.key = ActionKey(sha256(recipe(work, inputs).encode()).hexdigest())

    def recipe_text(self) -> str:
        """The canonical recipe, the text whose SHA-256 is `key`."""
        return recipe(self.work, self.inputs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Action) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Action({self.label!r}, {self.key[:12]})"


class Target(NamedTuple):
    """A file asked for: `path` relative to the manifest, made by `key`, owned by `icon` (None: by the whole set)."""

    path: str
    key: ActionKey
    icon: str | None
    kind: str
    bundle: str = ""
    """A name that it shares with the files that only make sense together with it."""


class PlannedIcon(NamedTuple):
    """An icon's place in the graph: its picture before steps, whom it follows, and the price of drawing it."""

    name: str
    source: ActionKey
    reference: str | None
    quote: Quote
    elsewhere: Quote | None = None
    """What the same picture would cost at the provider that prices are compared with."""
    paid: tuple[ActionKey, ...] = ()
    """The actions that cost money on the way to its finished pictures, its drawing first."""


class Plan(NamedTuple):
    """All actions in an order in which they can run, and the files asked for."""

    manifest: str
    name: str
    provider: str
    actions: Mapping[ActionKey, Action]
    icons: tuple[PlannedIcon, ...]
    targets: tuple[Target, ...]
    compared: str | None = None
    """The provider behind `PlannedIcon.elsewhere`."""
    warnings: tuple[Problem, ...] = ()
    """What the manifest says and the provider does not heed."""
    prices: Mapping[ActionKey, Quote] = MappingProxyType({})
    """What each action that costs money costs; free ones are not in it."""


Verb = Literal["generate", "process", "restore", "reuse"]


class Verdict(NamedTuple):
    """What happens to one icon, why, and what it costs now."""

    name: str
    action: Verb
    reason: str
    reference: str | None
    cost: Quote


class Worklist(NamedTuple):
    """What remains after the stores were asked: actions to run, in order, and a verdict per icon."""

    todo: tuple[Action, ...]
    write: tuple[Target, ...]
    verdicts: tuple[Verdict, ...]
    cost: CostEstimate
    keep: frozenset[ActionKey] = frozenset()
    """Pictures between steps that are worth keeping."""

"""What the user declared, defaults written out: the frozen result of loading."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from iconbuild.errors import Problem, Where
from iconbuild.model.values import Params

LookKind = Literal["style", "preset", "template"]
Chain = Literal["star", "sequential"]


class Look(NamedTuple):
    """How icons are to look: exactly one style, preset or template, by name."""

    kind: LookKind
    name: str


class StepSpec(NamedTuple):
    """One post-processing step as declared; `params` is what the step's `bind` made of it."""

    name: str
    version: int
    params: Params


class TemplateSpec(NamedTuple):
    """One's own template: settings declared in the manifest, or a template saved at a provider by its `id`."""

    name: str
    id: str | None = None
    tokens: Decimal | None = None
    style: str | None = None
    prompt: str = "{subject}"


class Origin(NamedTuple):
    """Where a value came from: `layer` is `icon`, `template brand`, `defaults` or `built in`."""

    layer: str
    where: Where | None = None


class FileSource(NamedTuple):
    """Existing artwork: `path` relative to the manifest, POSIX slashes, inside the project."""

    path: str
    where: Where


class Attached(NamedTuple):
    """A picture that a provider works from: refined by the subject's words, or turned into an icon (`iconify`).

    Either a file of the project, or (`refine` only) an icon of the provider's library by its `icon_id`.
    """

    kind: Literal["refine", "iconify"]
    file: FileSource | None = None
    icon_id: str | None = None


class IconSpec(NamedTuple):
    """One icon, everything resolved. Exactly one of `subject` and `source` is set."""

    name: str
    where: Where
    subject: str | None
    source: FileSource | None
    look: Look
    template: TemplateSpec | None
    color: str | None
    """`#rrggbb`, lower case, or None where nothing was said."""
    flags: tuple[str, ...]
    """Sorted, no two of one group."""
    model: Literal["low", "high"]
    steps: tuple[StepSpec, ...]
    pinned: str | None
    """`ph:credit-card`: the artwork named by `icon:`."""
    take: int
    anchor: str | FileSource | None
    """The icon's name or the file whose picture this one follows; None: it follows nothing."""
    tags: tuple[str, ...]
    origins: Mapping[str, Origin]
    attached: Attached | None = None
    """With it an icon follows no anchor."""

    @property
    def files(self) -> list[FileSource]:
        """The artwork that it is, follows or is made from."""
        named = (self.source, self.anchor, self.attached.file if self.attached else None)
        return [source for source in named if isinstance(source, FileSource)]


class ThemeSpec(NamedTuple):
    """A theme: `name` ("" for the only, unnamed one) and the steps added to every icon."""

    name: str
    steps: tuple[StepSpec, ...]


class OutputSpec(NamedTuple):
    """One entry of `outputs:`; `params` is what the output's `bind` made of it."""

    kind: str
    version: int
    params: Params
    where: Where


class Budget(NamedTuple):
    """The most a build may spend; None: no limit was declared for that unit."""

    tokens: Decimal | None = None
    usd: Decimal | None = None


def lock_path(manifest: str) -> str:
    """The lock of a manifest: its stem with `.lock`."""
    return posixpath.splitext(manifest)[0] + ".lock"


class Manifest(NamedTuple):
    """A whole manifest. `path` is as given by the user, `root` the absolute folder that paths are relative to."""

    path: str
    root: str
    name: str
    provider: str
    icons: tuple[IconSpec, ...]
    anchor: str | FileSource | None
    chain: Chain
    themes: tuple[ThemeSpec, ...]
    outputs: tuple[OutputSpec, ...]
    budget: Budget
    packs: tuple[str, ...]
    profile: str | None
    warnings: tuple[Problem, ...] = ()
    steps_on: Literal["machine", "provider"] = "machine"
    strict: bool = False
    """An uncertain match between a subject and an icon is a failure."""
    text: bytes = b""
    """The manifest's bytes as they were read: what a snapshot compares."""

    @property
    def file(self) -> str:
        """The absolute path of the manifest."""
        return f"{self.root}/{self.path.rsplit('/', 1)[-1]}"

    @property
    def lock(self) -> str:
        """The absolute path of the lock, which lies beside the manifest."""
        return lock_path(self.file)

    @property
    def artwork(self) -> list[str]:
        """Every artwork file that is named, relative to the manifest, each once."""
        return list(dict.fromkeys(source.path for icon in self.icons for source in icon.files))

    def icon(self, name: str) -> IconSpec | None:
        """The icon called `name`, or None."""
        return next((icon for icon in self.icons if icon.name == name), None)

"""Small real values for tests: manifests, plans, tools, and a provider whose pictures are words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Literal

from iconbuild.errors import Where, WorkError
from iconbuild.loader.load import load
from iconbuild.model.artifact import SVG, Artifact, Payload
from iconbuild.model.manifest import (
    Attached,
    Budget,
    Chain,
    FileSource,
    IconSpec,
    Look,
    Manifest,
    Origin,
    OutputSpec,
    StepSpec,
    TemplateSpec,
    ThemeSpec,
)
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit, Provider, Store, Task, Toolbox, Vocabulary
from iconbuild.model.values import ActionKey, Digest, Json, Params
from iconbuild.model.work import Action, Apply, Plan
from iconbuild.outputs.registry import OUTPUTS
from iconbuild.planner.graph import plan
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.providers.local.provider import LocalProvider
from iconbuild.steps.registry import STEPS

HERE = Where("icons.yaml", 1, 1)
LINE = Look(kind="style", name="line")
UNTHEMED = (ThemeSpec(name="", steps=()),)


def at(line: int, column: int = 1) -> Where:
    """A place in the manifest."""
    return Where("icons.yaml", line, column)


def digest_of(data: bytes) -> Digest:
    """The name of some bytes."""
    return Digest(sha256(data).hexdigest())


def source(path: str) -> FileSource:
    """Existing artwork."""
    return FileSource(path=path, where=HERE)


def step(name: str, value: Json) -> StepSpec:
    """A step as the loader binds it."""
    return StepSpec(name=name, version=STEPS[name].version, params=STEPS[name].bind(value))


def theme(name: str, *steps: StepSpec) -> ThemeSpec:
    """A theme with its steps."""
    return ThemeSpec(name=name, steps=steps)


def output(kind: str, value: Json, where: Where = HERE) -> OutputSpec:
    """An output as the loader binds it."""
    return OutputSpec(kind=kind, version=OUTPUTS[kind].version, params=OUTPUTS[kind].bind(value), where=where)


def icon(
    name: str,
    *,
    subject: str | None = None,
    from_: str | None = None,
    look: Look = LINE,
    template: TemplateSpec | None = None,
    color: str | None = None,
    flags: tuple[str, ...] = (),
    model: Literal["low", "high"] = "low",
    steps: tuple[StepSpec, ...] = (),
    pinned: str | None = None,
    take: int = 1,
    anchor: str | FileSource | None = None,
    where: Where = HERE,
    origins: Mapping[str, Origin] | None = None,
    attached: Attached | None = None,
) -> IconSpec:
    """An icon; its subject is made of its name unless artwork is named."""
    return IconSpec(
        name=name,
        where=where,
        subject=None if from_ else subject or f"a {name}",
        source=source(from_) if from_ else None,
        look=look,
        template=template,
        color=color,
        flags=flags,
        model=model,
        steps=steps,
        pinned=pinned,
        take=take,
        anchor=anchor,
        tags=(),
        origins=origins or {},
        attached=attached,
    )


def manifest(
    *icons: IconSpec,
    provider: str = "words",
    outputs: tuple[OutputSpec, ...] | None = None,
    themes: tuple[ThemeSpec, ...] = UNTHEMED,
    chain: Chain = "star",
    path: str = "icons.yaml",
    name: str = "set",
    steps_on: Literal["machine", "provider"] = "machine",
) -> Manifest:
    """A manifest; its outputs are one 64 px PNG an icon below `dist` unless others are given."""
    return Manifest(
        path=path,
        root="/project",
        name=name,
        provider=provider,
        icons=icons,
        anchor=None,
        chain=chain,
        themes=themes,
        outputs=(output("files", "dist"),) if outputs is None else outputs,
        budget=Budget(),
        packs=(),
        profile=None,
        steps_on=steps_on,
    )


class Words:
    """A provider whose pictures are bytes: the subject, and those of its reference before it. 3 tokens, 5 with one."""

    name = "words"

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """The subject and the take; `undrawable` cannot be drawn."""
        if icon.subject == "undrawable":
            raise ValueError("nobody can draw this")
        return Params({"subject": icon.subject, "take": icon.take, "look": icon.look.name, "reference": reference})

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """Exact, but unknown for priceless things."""
        if request["subject"] == "priceless":
            return Quote(unit="token", amount=None, bound="lower")
        return Quote(unit="token", amount=Decimal(5 if request["reference"] else 3), bound="exact")

    def limit(self, pool: str) -> Limit | None:
        """Two pictures in a minute, ten seconds each."""
        return Limit(calls=2, window=60.0, latency=10.0) if pool == "generation" else None

    def task(self, name: str) -> Task | None:
        """Nothing but words."""
        return None

    def check_task(self, name: str, params: Params) -> str:
        """Nothing but words."""
        return f"words have no `{name}`"

    witnesses: tuple[str, ...] = ()

    def equipped(self, root: str, packs: Sequence[str]) -> Words:
        """Itself: words need no artwork."""
        if packs:
            raise ValueError("words need no `packs`")
        return self

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """A sketch is a drawing; one in `colors` has several inks."""
        return request["look"] == "sketch" or (request["look"] == "colors" and not one_ink)

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """Colours: words have none."""
        return [f"`{icon.color}` has no effect on words"] if icon.color else []

    def doubt(self, request: Params) -> str | None:
        """Of what is vague."""
        return "not sure what is vague" if request["subject"] == "vague" else None

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """The words; `unfit` is an expected failure, `broken` a fault, `full` a full disk."""
        subject = str(request["subject"])
        match subject:
            case "unfit":
                raise WorkError("nothing fits", remedy="say it in other words")
            case "broken":
                raise ZeroDivisionError("a fault of ours")
            case "full":
                raise OSError(28, "No space left on device")
        before = reference.data + b" > " if reference else b""
        return Payload(data=before + subject.encode(), media=SVG, spent=self.quote(request))


class Memory:
    """A store in memory."""

    def __init__(self) -> None:
        self.artifacts: dict[ActionKey, Artifact] = {}
        self.payloads: dict[Digest, Payload] = {}

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What was recorded."""
        return self.artifacts.get(key)

    def record(self, action: Action, payload: Payload) -> Artifact:
        """Keep it."""
        digest = digest_of(payload.data)
        self.payloads[digest] = payload
        found = Artifact(digest=digest, media=payload.media, size=len(payload.data), facts=payload.facts)
        self.artifacts[action.key] = found
        return found

    def read(self, artifact: Artifact) -> Payload:
        """The bytes."""
        return self.payloads[artifact.digest]


def providers() -> dict[str, Provider]:
    """Everybody who can draw, and `words`."""
    return {"local": LocalProvider(), "iconly": IconlyProvider(), "words": Words()}


def toolbox(store: Store | None = None) -> Toolbox:
    """The real steps and outputs; a store in memory unless one is given."""
    drawing = providers()
    return Toolbox(
        vocabulary=Vocabulary(steps=STEPS, outputs=OUTPUTS, providers=frozenset(drawing)),
        providers=drawing,
        store=store or Memory(),
    )


def planned(made: Manifest, files: Mapping[str, bytes] | None = None, *, compare: str | None = None) -> Plan:
    """The plan of a manifest; `files` are the bytes of its artwork."""
    digests = {path: digest_of(data) for path, data in (files or {}).items()}
    return plan(made, digests, toolbox(), compare=compare)


def loaded(folder: Path, text: str, *, profile: str | None = None) -> Manifest:
    """The manifest that `text` is, loaded from `folder`."""
    path = folder / "icons.yaml"
    path.write_text(text, encoding="utf-8")
    return load(str(path), vocabulary=toolbox().vocabulary, profile=profile)


def action(label: str, inputs: Sequence[Action] = (), tool: str = "join") -> Action:
    """An action called `label` that runs an output called `tool`."""
    work = Apply(tool=tool, version=1, params=Params({"label": label}))
    return Action(work, tuple(each.key for each in inputs), label, "files")

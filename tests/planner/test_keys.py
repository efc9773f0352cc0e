"""Keys are an interface: what reaches a picture is in them, and nothing else is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iconbuild.loader.load import load
from iconbuild.loader.schema import schema_text
from iconbuild.model.manifest import IconSpec, Manifest
from iconbuild.model.values import ActionKey, Params
from iconbuild.model.work import Plan
from iconbuild.outputs.registry import OUTPUTS
from iconbuild.planner.graph import plan
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.provider import LocalProvider
from iconbuild.providers.local.request import bind
from iconbuild.steps.registry import STEPS
from tests.builders import digest_of, toolbox
from tests.planner.changes import CHANGES, Change, Document, base
from tests.planner.scribe import Scribe

GOLDEN = Path(__file__).parent / "golden" / "keys.txt"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 3h{}v9z"/></svg>'
LUCK = st.integers(0, 2**32).map(Random)


class Accepted:
    """Verdicts of the schema, remembered for one run: nothing is checked twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def known(self, digest: str) -> bool:
        """Whether it was valid before."""
        return digest in self._seen

    def remember(self, digest: str) -> None:
        """It was valid."""
        self._seen.add(digest)


class Release(PhosphorPack):
    """The artwork of one release."""

    version = "2.1.1"


class FixedPack(LocalProvider):
    """The embedded engine with the icons of one release, so that a newer release changes no golden."""

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """What the engine asks for."""
        return bind(icon, {"ph": Release()}, reference=reference)


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    """A folder with artwork."""
    with TemporaryDirectory() as name:
        brand = Path(name, "brand")
        brand.mkdir()
        for width, file in enumerate(["logo.svg", "badge.svg"], 5):
            (brand / file).write_text(SVG.format(width))
        yield Path(name)


TOOLS = toolbox()
VERDICTS = Accepted()


def planned(text: str, folder: Path) -> tuple[Manifest, Plan]:
    """The plan of a manifest's text, by the real loader."""
    path = folder / "icons.yaml"
    path.write_text(text, encoding="utf-8")
    made = load(str(path), vocabulary=TOOLS.vocabulary, verdicts=VERDICTS)
    return made, plan(made, {name: digest_of((folder / name).read_bytes()) for name in made.artwork}, TOOLS)


def keys_behind(made: Plan, icon: str) -> set[ActionKey]:
    """The actions behind the files of an icon (""; behind the files of the whole set)."""
    found: set[ActionKey] = set()
    waiting = [target.key for target in made.targets if (target.icon or "") == icon]
    assert waiting
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += made.actions[key].inputs
    return found


CASES = [(change, provider) for change in CHANGES for provider in change.only]


@pytest.mark.parametrize(
    ("change", "provider"), CASES, ids=[f"{change.field}-{provider}" for change, provider in CASES]
)
def test_a_change_reaches_the_keys_or_it_does_not(change: Change, provider: str, project: Path) -> None:
    _, before = planned(json.dumps(change.before(provider)), project)
    _, after = planned(json.dumps(change.after(provider)), project)
    same = keys_behind(before, change.icon) == keys_behind(after, change.icon)
    assert same == (provider not in change.reaches)


@given(st.sampled_from(CASES), LUCK)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_written(project: Path, case: tuple[Change, str], luck: Random) -> None:
    change, provider = case
    _, before = planned(Scribe(luck).write(change.before(provider)), project)
    _, after = planned(Scribe(luck).write(change.after(provider)), project)
    same = keys_behind(before, change.icon) == keys_behind(after, change.icon)
    assert same == (provider not in change.reaches)


def _noisy(document: Document, luck: Random) -> Document:
    """The same document with other words that reach nothing."""
    icons: dict[str, Any] = dict(document["icons"])
    for name in luck.sample(sorted(icons), 2):
        fields = {"subject": icons[name]} if isinstance(icons[name], str) else icons[name]
        icons[name] = {**fields, "tags": [luck.choice(["beta", "new", "on"])]}
    names = list(icons)
    luck.shuffle(names)
    noise = {"name": luck.choice(["acme", "other"]), "budget": {"tokens": luck.randrange(500)}, "strict": False}
    return {**document, **noise, "icons": {name: icons[name] for name in names}}


@given(st.sampled_from(CASES), LUCK)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_comments_order_quotes_layout_tags_and_budget_change_nothing(
    project: Path, case: tuple[Change, str], luck: Random
) -> None:
    change, provider = case
    document = change.after(provider)
    if change.icon == "" or document.get("chain") == "sequential" or luck.randrange(2):
        noisy = document
    else:
        noisy = _noisy(document, luck)
    made, one = planned(json.dumps(document), project)
    other_made, other = planned(Scribe(luck).write(noisy), project)
    assert {target.path: target.key for target in one.targets} == {target.path: target.key for target in other.targets}
    assert {icon.name: icon.source for icon in one.icons} == {icon.name: icon.source for icon in other.icons}
    if noisy is document:
        assert made.icons == tuple(_placed(icon, made) for icon in other_made.icons)


def _placed(icon: IconSpec, like: Manifest) -> IconSpec:
    """`icon` with the places of its twin: texts differ in lines, and in nothing else."""
    twin = like.icon(icon.name)
    assert twin is not None
    anchor = icon.anchor if icon.anchor is None or isinstance(icon.anchor, str) else twin.anchor
    source, attached = icon.source and twin.source, icon.attached and twin.attached
    return icon._replace(where=twin.where, origins=twin.origins, anchor=anchor, source=source, attached=attached)


def test_no_field_of_the_schema_is_forgotten() -> None:
    schema = json.loads(schema_text())
    kinds = schema["$defs"]
    tables = {
        "icon": kinds["iconTable"],
        "defaults": kinds["defaults"],
        "template": kinds["template"],
        "top": schema,
        "step": kinds["step"],
        **{f"output.{name}": table for name, table in kinds["output"]["properties"].items()},
    }
    known = {f"{table}.{field}" for table, inner in tables.items() for field in inner["properties"]}
    known |= {
        f"step.{name}.{field}"
        for name, inner in tables["step"]["properties"].items()
        for field in inner.get("properties", ())
    }
    covered = {change.field for change in CHANGES}
    covered |= {field.rpartition(".")[0] for field in covered if field.startswith("step.") and field.count(".") == 2}
    assert covered == (known - {"top.provider"})


def test_another_provider_is_another_picture(project: Path) -> None:
    _, local = planned(json.dumps(base()), project)
    _, iconly = planned(json.dumps(base() | {"provider": "iconly"}), project)
    for icon in ("home", "cart", "bell"):
        assert keys_behind(local, icon).isdisjoint(keys_behind(iconly, icon))
    assert keys_behind(local, "logo") == keys_behind(iconly, "logo")


def test_the_place_of_a_project_is_in_no_key(project: Path, tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    for name in ("logo.svg", "badge.svg"):
        (tmp_path / "brand" / name).write_bytes((project / "brand" / name).read_bytes())
    here, there = (planned(json.dumps(base()), folder)[1] for folder in (project, tmp_path))
    assert list(here.actions) == list(there.actions)


def _documents() -> Iterator[tuple[str, Document]]:
    document = base()
    document["icons"]["pinned"] = {"subject": "a basket", "icon": "ph:basket", "steps": [{"crop": 10}, {"smooth": 3}]}
    document["icons"]["duo"] = {"subject": "bell", "preset": "duotone", "take": 2}
    document["icons"]["branded"] = {"subject": "bell", "template": "brand"}
    document["themes"] = {"dark": [{"recolor": "#e2e8f0"}]}
    document["outputs"] += [
        {"sprite": {"file": "dist/s.png", "css": "dist/s.css", "json": "dist/s.json"}},
        {"html": "dist/index.html"},
    ]
    for provider in ("local", "iconly"):
        yield provider, document | {"provider": provider}
    remote = base() | {"provider": "iconly", "steps-on": "provider", "defaults": {"steps": [{"crop": 10}]}}
    remote["icons"]["better"] = {"subject": "a better logo", "refine": "brand/logo.svg"}
    remote["icons"]["photo"] = {"subject": "badge", "iconify": "brand/badge.svg", "steps": [{"smart-remove-bg": True}]}
    remote["outputs"] += [{"library": "dist/library.html"}]
    yield "remote", remote


def _golden(project: Path) -> str:
    text = ""
    for name, document in _documents():
        (project / "icons.yaml").write_text(json.dumps(document))
        made = load(str(project / "icons.yaml"), vocabulary=TOOLS.vocabulary)
        tools = TOOLS._replace(providers={**TOOLS.providers, "local": FixedPack()})
        found = plan(made, {path: digest_of((project / path).read_bytes()) for path in made.artwork}, tools)
        for action in found.actions.values():
            text += f"{name}/{action.pool}/{action.label} {action.key}\n  {action.recipe_text()}\n"
    return text


def test_golden_keys(project: Path) -> None:
    """A changed key makes everybody's icons anew, and costs money: say so in the CHANGELOG."""
    text = _golden(project)
    if os.environ.get("ICONBUILD_UPDATE_GOLDENS"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_steps_and_outputs_of_the_schema_are_those_there_are() -> None:
    kinds = json.loads(schema_text())["$defs"]
    assert set(kinds["step"]["properties"]) == set(STEPS)
    assert set(kinds["output"]["properties"]) == set(OUTPUTS)

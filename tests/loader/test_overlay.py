"""Profiles."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.errors import ManifestError, UsageError
from iconbuild.model.manifest import Look
from tests.loader.loading import loaded

TEXT = """provider: iconly
budget: {tokens: 400, usd: 5}
defaults:
  preset: duotone
  color: "#fff"
  steps: [crop: 10]
icons: {a: b}
outputs: [files: dist, sprite: dist/sprite.png]
profiles:
  ci:
    provider: local
    budget: {tokens: 0}
    defaults: {style: glyph, model: high, steps: []}
    outputs: ci
    themes: {dark: [crop: 1]}
    packs: [extra]
    anchor: a
    chain: sequential
  broken: {anchor: nobody}
"""


def test_tables_merge_and_the_rest_replaces(tmp_path: Path) -> None:
    manifest = loaded(tmp_path, TEXT, "ci")
    icon = manifest.icons[0]
    assert (manifest.provider, manifest.packs, manifest.profile) == ("local", ("extra",), "ci")
    assert (manifest.budget.tokens, manifest.budget.usd) == (Decimal(0), Decimal(5))
    assert [output.kind for output in manifest.outputs] == ["files"]
    assert [theme.name for theme in manifest.themes] == ["dark"]
    assert (manifest.anchor, manifest.chain) == ("a", "sequential")
    assert (icon.look, icon.color, icon.model, icon.steps) == (Look("style", "glyph"), "#ffffff", "high", ())


def test_places_and_layers_stay_true(tmp_path: Path) -> None:
    origins = loaded(tmp_path, TEXT, "ci").icons[0].origins
    assert (origins["look"].layer, str(origins["look"].where)[-5:]) == ("profile ci", "13:23")
    assert (origins["color"].layer, str(origins["color"].where)[-4:]) == ("defaults", "5:10")
    assert origins["model"].layer == origins["steps"].layer == origins["anchor"].layer == "profile ci"


def test_without_it_nothing_changes(tmp_path: Path) -> None:
    manifest = loaded(tmp_path, TEXT)
    assert (manifest.provider, manifest.profile, manifest.anchor) == ("iconly", None, None)
    assert [output.kind for output in manifest.outputs] == ["files", "sprite"]


def test_whole_sections_may_be_new(tmp_path: Path) -> None:
    text = "icons: {a: b}\nprofiles: {p: {defaults: {color: '#000'}}}"
    icon = loaded(tmp_path, text, "p").icons[0]
    assert (icon.color, icon.origins["color"].layer) == ("#000000", "profile p")


def test_unknown(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        loaded(tmp_path, TEXT, "cii")
    assert "did you mean `ci`?" in caught.value.remedy
    with pytest.raises(UsageError, match="unknown profile `ci`"):
        loaded(tmp_path, "icons: {a: b}", "ci")


def test_a_profile_that_is_wrong_is_no_unknown_profile(tmp_path: Path) -> None:
    for text in ("profiles: {ci: {defaults: 3}}", "profiles: [ci]"):
        with pytest.raises(ManifestError) as caught:
            loaded(tmp_path, "icons: {a: b}\n" + text, "ci")
        assert [problem.code for problem in caught.value.problems] == ["M015"]


def test_problems_stand_in_the_profile(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        loaded(tmp_path, TEXT, "broken")
    assert caught.value.problems[0].where.line == 19

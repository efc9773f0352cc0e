"""Chains of steps in the real program: one key a step, and only what somebody needs is written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.system.project import Project

MANIFEST = """\
name: chains
defaults: {{style: line, steps: [{steps}]}}
icons: {{home: house, bell: bell}}
outputs:
  - files: {{dir: dist, formats: [png, webp], sizes: [24, 48]}}
"""


def manifest(*steps: str) -> str:
    return MANIFEST.format(steps=", ".join(steps))


def records(project: Project) -> Counter[str]:
    """How many results of each tool the cache holds."""
    found = (json.loads(path.read_text()) for path in (project.cache / "v1" / "actions").rglob("*") if path.is_file())
    return Counter(str(entry["recipe"].get("tool", entry["recipe"]["work"])) for entry in found)


def pixels(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGBA")


def grown(project: Project, text: str) -> Counter[str]:
    """What a build of `text` adds to the cache."""
    before = records(project)
    project.write(text)
    project.run("build").ok()
    return records(project) - before


def test_what_only_passes_through_is_not_written(project: Project) -> None:
    added = grown(project, manifest("crop: 10", "thickness: 2", "smooth: 3"))
    assert added == Counter(generate=2, smooth=2, files=8)


def test_a_last_step_that_is_tuned_begins_where_it_stands(project: Project) -> None:
    grown(project, manifest("crop: 10", "thickness: 2", "smooth: 3"))
    assert grown(project, manifest("crop: 10", "thickness: 2", "smooth: 4")) == Counter(thickness=2, smooth=2, files=8)
    assert grown(project, manifest("crop: 10", "thickness: 2", "smooth: 5")) == Counter(smooth=2, files=8)


def test_a_further_step_begins_at_the_finished_picture(project: Project) -> None:
    grown(project, manifest("crop: 10"))
    for kept in (project.cache / "v1" / "actions").rglob("*"):
        if kept.is_file() and json.loads(kept.read_text())["recipe"]["work"] == "generate":
            kept.unlink()  # were the chain begun anew, the picture would have to be drawn again
    drawn = project.count_file.read_text()
    assert grown(project, manifest("crop: 10", "thickness: 2")) == Counter(thickness=2, files=8)
    assert project.count_file.read_text() == drawn


def test_themes_share_what_they_begin_with(project: Project) -> None:
    themes = 'themes: {light: [recolor: "#000"], dark: [recolor: "#fff"]}\n'
    added = grown(project, manifest("crop: 10", "thickness: 2") + themes)
    assert added == Counter(generate=2, recolor=4, files=16)


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_the_bytes_are_the_same_however_the_chain_was_begun(project: Project, jobs: str) -> None:
    chains = [("crop: 10",), ("crop: 10", "thickness: 2"), ("crop: 10", "thickness: 2", "smooth: 3")]
    for steps in chains:
        grown(project, manifest(*steps))
    once = project.clone("at-once")
    once.write(manifest(*chains[-1]))
    for path in (once.root / "dist").iterdir():
        path.unlink()
    (once.root / "icons.lock").unlink()
    once.run("build", "-j", jobs).ok()
    files = sorted(path.name for path in (project.root / "dist").iterdir())
    assert len(files) == 8
    for name in files:
        assert (project.root / "dist" / name).read_bytes() == (once.root / "dist" / name).read_bytes()


def test_one_picture_that_a_step_refuses_fails_alone(project: Project) -> None:
    Image.new("RGB", (64, 64), (9, 90, 200)).save(project.root / "opaque.png")
    project.write(
        'icons:\n  opaque: {from: opaque.png, steps: [crop: 5, recolor: "#123", smooth: 2]}\n'
        "  home: {subject: house, steps: [crop: 5]}\n"
        "outputs: [{files: {dir: dist, sizes: [24, 48]}}, {sprite: sprite.png}]\n"
    )
    run = project.run("build", "--format", "json")
    assert run.code == 1
    result = run.json["result"]
    assert [failed["name"] for failed in result["failed"]] == ["opaque"]
    assert "recolor would fill the whole picture" in result["failed"][0]["error"]
    assert sorted(result["written"]) == ["dist/home-24.png", "dist/home-48.png"]
    assert "sprite.png" in result["skipped"]


def test_a_picture_keeps_its_pixels_between_formats(project: Project) -> None:
    grown(project, manifest("crop: 10", "thickness: 1"))
    for name in ("home", "bell"):
        png, webp = (pixels(project.root / "dist" / f"{name}-48.{kind}") for kind in ("png", "webp"))
        assert ImageChops.difference(png.convert("RGBa"), webp.convert("RGBa")).getbbox() is None


def test_a_file_explains_its_chain(project: Project) -> None:
    grown(project, manifest("crop: 10", "thickness: 2"))
    found = project.run("explain", "dist/home-24.png", "--format", "json").ok().json
    assert found["steps"] == ['canvas {"side":512}', 'crop {"percent":10}', 'thickness {"amount":2}']


def test_a_step_says_what_it_left_alone(project: Project) -> None:
    pixels = Image.new("RGB", (64, 64), (9, 90, 200))
    pixels.paste((250, 250, 250), (8, 8, 40, 40))
    pixels.save(project.root / "opaque.png")
    project.write("icons: {opaque: {from: opaque.png, steps: [thickness: 2, crop: 0]}}\noutputs: dist\n")
    run = project.run("build").ok()
    assert run.err.count("warning: opaque: thickness leaves a picture without transparency as it is") == 1
    fresh = project.sibling("another", cache="another-cache")
    pixels.save(fresh.root / "opaque.png")
    fresh.write(project.manifest.read_text())
    warnings = fresh.run("build", "--format", "json").ok().json["result"]["warnings"]
    assert [entry["name"] for entry in warnings] == ["opaque"]
    assert "take its background away first" in warnings[0]["warning"]

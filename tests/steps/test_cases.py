"""Every folder of tests/cases/steps: a picture and steps give the expected picture and words, or the expected refusal.

ICONBUILD_UPDATE_GOLDENS=1 writes what is expected anew; look at the pictures before committing them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.chain import run_step
from iconbuild.pictures.picture import picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.inputs import CASES

NAMES = sorted(path.parent.name for path in CASES.glob("*/step.yaml"))
UPDATE = bool(os.environ.get("ICONBUILD_UPDATE_GOLDENS"))
LEVELS, SHARE = 1, 0.01
"""Pixels that do not agree exactly may be one level apart, premultiplied, and are at most 1 % of the picture.

Single operations on floats give the same everywhere; sums, hypot and exp do not, so that a value that lies between two
levels may be rounded the other way on another processor. On one machine there is no difference at all.
"""


def case_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CASES / name / "step.yaml").read_text(encoding="utf-8"))
    return found


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image


def worked(image: Image.Image, case: dict[str, Any]) -> tuple[Image.Image | None, str]:
    """`image` after the steps of a case, or None where one refuses it, and what they say about it."""
    picture, said = picture_of(image), []
    for entry in case["steps"]:
        ((name, value),) = entry.items()
        step, params = STEPS[name], STEPS[name].bind(value)
        if remark := step.remark(picture, params):
            said.append(f"remark: {remark}\n")
        try:
            picture = run_step(picture, step, params)
        except PictureError as error:
            return None, f"error: {error.message}\nremedy: {error.remedy}\n"
    return picture.rgba(), "".join(said)


def differences(found: Image.Image, expected: Image.Image) -> str:
    """How two pictures differ where they are seen; nothing where they agree well enough."""
    if (found.mode, found.size) != (expected.mode, expected.size):
        return f"{found.mode} {found.size} is not {expected.mode} {expected.size}"
    one, other = (np.asarray(image.convert("RGBa")).astype(int) for image in (found, expected))
    apart = np.abs(one - other).max(axis=2)
    if apart.max() <= LEVELS and (apart > 0).mean() <= SHARE:
        return ""
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    count = np.count_nonzero(apart)
    return (
        f"{count} of {apart.size} px differ, most at ({column}, {row}): {one[row, column]} is not {other[row, column]}"
    )


@pytest.mark.parametrize("name", NAMES)
def test_golden_case(name: str, tmp_path: Path) -> None:
    folder = CASES / name
    found, said = worked(opened(folder / "input.png"), case_of(name))
    if UPDATE:
        _update(folder, found, said)
    assert said == ((folder / "expected.txt").read_text("utf-8") if (folder / "expected.txt").exists() else "")
    assert (found is not None) == (folder / "expected.png").exists()
    if found:
        found.save(tmp_path / "actual.png")
        apart = differences(found, opened(folder / "expected.png"))
        assert not apart, f"{apart}; see {tmp_path / 'actual.png'}"


def _update(folder: Path, found: Image.Image | None, said: str) -> None:
    for file in ("expected.png", "expected.txt"):
        (folder / file).unlink(missing_ok=True)
    if found:
        clean = Image.new("RGBA", found.size)
        clean.paste(found, mask=found.getchannel("A").point([0] + [255] * 255))
        clean.save(folder / "expected.png", optimize=True)
    if said:
        (folder / "expected.txt").write_text(said, "utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if case_of(name).get("idempotent")])
def test_twice_is_once(name: str) -> None:
    case = case_of(name)
    once, _ = worked(opened(CASES / name / "input.png"), case)
    assert once
    again, _ = worked(once, case)
    assert again
    assert again.tobytes() == once.tobytes()


def test_the_cases_are_whole() -> None:
    """At least three a step, each with an input of 32 to 96 px and an expectation."""
    used = [step for name in NAMES for entry in case_of(name)["steps"] for step in entry]
    assert all(used.count(step) >= 3 for step in set(STEPS) - {"smart-remove-bg"})
    for name in NAMES:
        files = {path.name for path in (CASES / name).iterdir()}
        assert {"step.yaml", "input.png"} < files <= {"step.yaml", "input.png", "expected.png", "expected.txt"}
        assert 32 <= max(opened(CASES / name / "input.png").size) <= 96

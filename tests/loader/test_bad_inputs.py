"""Every row of the list of bad inputs that the loader can meet: a folder with a manifest and what is said about it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from iconbuild.errors import ManifestError
from iconbuild.loader.codes import CODES
from iconbuild.loader.load import load
from tests.loader.loading import VOCABULARY

CASES = Path(__file__).parents[1] / "cases" / "manifests"
NAMES = sorted(path.name for path in CASES.iterdir() if path.name.startswith("M"))
CANARIES = ("0123456789abcdef", "ifk_live_0", "iat_0", "irt_0", "secret-of-mine")


@pytest.mark.parametrize("name", NAMES)
def test_golden_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / name)
    with pytest.raises(ManifestError) as caught:
        load("icons.yaml", vocabulary=VOCABULARY)
    text = caught.value.render() + "\n"
    expected = CASES / name / "expected.txt"
    if os.environ.get("ICONBUILD_UPDATE_GOLDENS"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert f"error[{name[:4]}]" in text
    assert caught.value.exit_code == 2
    assert not any(canary in text for canary in CANARIES)


@pytest.mark.parametrize("name", NAMES)
def test_carets_stand_under_what_they_mean(name: str) -> None:
    """The caret's column is the column of the place, and inside the line that is shown."""
    lines = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    for head, line, caret in zip(lines, lines[1:], lines[2:], strict=False):
        place = re.match(r"icons\.yaml:(\d+):(\d+): ", head)
        if place and "^" in caret and line[:7].strip(" |").isdigit():
            assert int(line[:4]) == int(place[1])
            assert caret.index("^") - caret.index("|") - 1 == int(place[2])


def test_every_code_that_appears_is_explained() -> None:
    found = {
        match for name in NAMES for match in re.findall(r"\[(M\d+)\]", (CASES / name / "expected.txt").read_text())
    }
    assert found <= set(CODES)


def test_all_problems_are_told_at_once() -> None:
    assert (CASES / "M018-words" / "expected.txt").read_text().count("error[") == 9


def test_nothing_is_executed() -> None:
    assert not (CASES / "M005-python-object" / "owned").exists()

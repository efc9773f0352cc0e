"""Every code is explained, and every code that the loader can use is in the table."""

from __future__ import annotations

import re
from pathlib import Path

from iconbuild.loader.codes import CODES, explain_code

LOADER = Path(__file__).parents[2] / "iconbuild" / "loader"


def test_what_the_loader_says_is_explained() -> None:
    used = {
        code for path in LOADER.glob("*.py") for code in re.findall(r'"(M\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


def test_explanations_are_sentences() -> None:
    for code in CODES.values():
        assert code.text.endswith(".")
        assert len(code.text) > 30
        assert not code.title.endswith(".")


def test_lookup() -> None:
    assert explain_code("m012") is CODES["M012"]
    assert explain_code("M999") is None

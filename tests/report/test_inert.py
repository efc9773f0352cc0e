from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import ManifestError, Problem, UsageError, Where
from iconbuild.report.failure import failure_text
from iconbuild.report.inert import LONGEST, for_github, for_github_property, for_markdown, inert

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NASTY = st.text(
    st.sampled_from(f"ab%|`*_[]<>\\:,{BIDI}\u2028\u2029\u0085\ufeff\u200b\U000e0041\x00\x07\x1b\x7f\x9b\r\n\t")
)
TEXTS = st.text(st.characters()) | NASTY


def driving(text: str) -> list[str]:
    """The characters that could drive a terminal or turn the reading order."""
    return [char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@given(TEXTS)
def test_nothing_that_drives_a_terminal_survives(text: str) -> None:
    for safe in (inert(text), for_markdown(text), for_github(text), for_github_property(text)):
        assert driving(safe) == []


@given(TEXTS, st.integers(1, 50))
def test_it_is_one_line_of_limited_length(text: str, limit: int) -> None:
    assert len(inert(text, limit)) <= limit
    assert len(inert(text)) <= LONGEST


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=LONGEST))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert inert(text) == text


@given(TEXTS)
def test_a_table_cell_stays_one(text: str) -> None:
    safe = for_markdown(text)
    for char in "|`*_[]<>":
        assert safe.count(char) == safe.count(f"\\{char}")


@given(TEXTS)
def test_a_workflow_command_stays_one(text: str) -> None:
    assert "%" not in for_github(text).replace("%25", "").replace("%0A", "")
    assert not set(":,\r\n") & set(for_github_property(text))


def test_what_is_taken_away_can_be_read() -> None:
    assert inert("a\x1b[31mb\r\n\tc\u202e") == "a\\u001b[31mb\\r\\n c\\u202e"
    assert inert("abcdef", 4) == "abc…"
    assert for_github("50%\nof it") == "50%25%0Aof it"


@pytest.mark.parametrize("form", ["human", "github", "json", "ndjson"])
@given(NASTY)
def test_failures_drive_nothing_in_any_format(form: str, text: str) -> None:
    problem = Problem("M012", text, Where(text, 3, 1), remedy=text, source_line=text)
    for error in (ManifestError([problem]), UsageError(text, remedy=text, where=Where(text, 1, 1))):
        said = failure_text(error, ["--format", form])
        assert driving(said.replace("\n", "")) == []
        if form != "human":
            assert len(said.splitlines()) == 1

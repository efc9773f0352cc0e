from __future__ import annotations

import json

import pytest

from iconbuild.errors import BudgetError, ManifestError, Problem, Where
from iconbuild.report.failure import failure_text

UNKNOWN = Problem(
    "M012",
    "unknown key `subjct` in icon `cart`",
    Where("icons.yaml", 9, 5, 6),
    remedy="did you mean `subject`?",
    source_line="    subjct: shopping cart",
)
WARNING = Problem("M033", "100% of it", Where("a,b:c.yaml", 3, 1), severity="warning")
MANIFEST = ManifestError([UNKNOWN, WARNING])
BUDGET = BudgetError("this build costs 9 tokens\nand the budget is 5", remedy="raise it")


def test_people_see_the_line_and_a_caret() -> None:
    assert failure_text(ManifestError([UNKNOWN]), []) == (
        "icons.yaml:9:5: error[M012]: unknown key `subjct` in icon `cart`\n"
        "   9 |     subjct: shopping cart\n"
        "     |     ^^^^^^ did you mean `subject`?"
    )
    assert failure_text(BUDGET, []) == "error: this build costs 9 tokens\nand the budget is 5\n  raise it"


def test_github_sees_annotations() -> None:
    assert failure_text(MANIFEST, ["build", "--format=github"]).splitlines() == [
        "::warning file=a%2Cb%3Ac.yaml,line=3,col=1,title=M033::100%25 of it",
        "::error file=icons.yaml,line=9,col=5,title=M012::unknown key `subjct` in icon `cart`. did you mean `subject`?",
    ]
    assert failure_text(BUDGET, ["--format", "github"]) == (
        "::error::this build costs 9 tokens%0Aand the budget is 5. raise it"
    )
    assert failure_text(BudgetError("too dear"), ["--format", "github"]) == "::error::too dear"


@pytest.mark.parametrize("arguments", [["--format", "json"], ["--format=ndjson", "build"]])
def test_programs_see_an_object(arguments: list[str]) -> None:
    data = json.loads(failure_text(MANIFEST, arguments))
    assert (data["error"], data["exit_code"], len(data["problems"])) == ("ManifestError", 2, 2)
    assert data["problems"][1] == {
        "code": "M012",
        "severity": "error",
        "message": "unknown key `subjct` in icon `cart`",
        "file": "icons.yaml",
        "line": 9,
        "column": 5,
        "remedy": "did you mean `subject`?",
    }


def test_the_format_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICONBUILD_FORMAT", "github")
    assert failure_text(BUDGET, ["build"]).startswith("::error::")
    assert failure_text(BUDGET, ["build", "--format", "json"]).startswith("{")
    monkeypatch.setenv("ICONBUILD_FORMAT", "")
    assert failure_text(BUDGET, ["build"]).startswith("error: ")


@pytest.mark.parametrize("arguments", [["--format"], ["--format", "human"], ["--formats", "json"]])
def test_anything_else_is_for_people(arguments: list[str]) -> None:
    assert failure_text(BUDGET, arguments).startswith("error: ")

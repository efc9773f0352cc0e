"""Every kind of violation is told from the others: one small program for each, and one with which nothing is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.torture.subject import Ended, Subject, Trial, trial
from tests.torture.till import Shop
from tests.torture.verdict import Kind, Violation, glimpsed, judged, leaked, over_budget

ORDER = """
import os, sys
from tests.torture.loops.asking import ask, picture
def buy(subject):
    with open(f"dist/{subject}.webp", "wb") as file:
        file.write(picture(ask(subject)))
"""
BOTH = ORDER + "buy('house'); buy('bell')\n"
OUTPUTS = {"house": "dist/house.webp", "bell": "dist/bell.webp"}


def tried(shop: Shop, folder: Path, program: str, books: str = "") -> tuple[Trial, Ended]:
    """A program that ran once."""
    words = (sys.executable, "-c")
    there = trial(Subject("small", (*words, program), OUTPUTS, books=(*words, books) if books else ()), shop, folder)
    return there, there.run()


def kinds(found: list[Violation]) -> set[Kind]:
    """What was found."""
    return {said.kind for said in found}


WRONG: dict[str, tuple[str, set[Kind]]] = {
    "nothing": (BOTH, set()),
    "half an output": (BOTH + "open('dist/bell.webp', 'r+b').truncate(50)", {"half"}),
    "an empty output": (BOTH + "open('dist/bell.webp', 'w').close()", {"half"}),
    "bought twice": (BOTH + "ask('bell')", {"double"}),
    "says it is done": (ORDER + "buy('house')", {"missing"}),
    "does not know": (ORDER + "buy('house'); sys.exit(9)", set()),
    "does not know, and everything is there": (BOTH + "sys.exit(9)", {"stuck"}),
    "gives up": (ORDER + "sys.exit(7)", {"stuck"}),
    "paid, and gives up": (ORDER + "ask('house'); sys.exit(7)", {"stuck", "lost"}),
    "falls over": (BOTH + "raise SystemError", {"stuck", "traceback"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_and_nothing_else(shop: Shop, tmp_path: Path, name: str) -> None:
    program, expected = WRONG[name]
    there, ended = tried(shop, tmp_path / "trial", program)
    assert kinds(judged(there, ended)) == expected
    assert kinds(glimpsed(there)) == expected & {"half"}
    assert not leaked(there)


@pytest.mark.parametrize(("booked", "expected"), [(12, set()), (18, set()), (6, {"books"})])
def test_books_that_know_of_less_than_was_charged_are_found(
    shop: Shop, tmp_path: Path, booked: int, expected: set[Kind]
) -> None:
    books = f'print(\'{{"totals": {{"token": {booked}}}}}\')'
    assert kinds(judged(*tried(shop, tmp_path / "trial", BOTH, books))) == expected


@pytest.mark.parametrize(("budget", "expected"), [(12, set()), (11, {"budget"})])
def test_a_budget_that_was_exceeded_is_found(shop: Shop, tmp_path: Path, budget: int, expected: set[Kind]) -> None:
    there, _ = tried(shop, tmp_path / "trial", BOTH)
    assert kinds(over_budget(there, budget)) == expected


SAYING = "import os; key = os.environ['ICONBUILD_ICONLY_KEY']\n"
LEAKS = {
    "on stdout": (SAYING + "print(key)", "said.txt"),
    "on stderr": (SAYING + "raise ValueError('X-API-Key: ' + key)", "said.txt"),
    "in a lock": (SAYING + "open('icons.lock', 'w').write(key)", "disk/project/icons.lock"),
    "in a hidden file": (SAYING + "open(os.environ['HOME'] + '/.netrc', 'w').write(key)", "disk/home/.netrc"),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_key_that_got_out_is_found(shop: Shop, tmp_path: Path, name: str) -> None:
    program, place = LEAKS[name]
    folder = tmp_path / "secrets"  # the search at the end of the run is not to find it too
    there, _ = tried(shop, folder, program)
    assert leaked(there) == [Violation("leak", place.replace("/", os.sep))]


def test_a_run_that_never_ends_is_found(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.torture.subject.TIMEOUT", 0.5)
    assert kinds(judged(*tried(shop, tmp_path / "trial", "import time; time.sleep(60)"))) == {"stuck", "traceback"}

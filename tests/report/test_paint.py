"""Colours: only where a terminal or the user wants them, and only around our own words."""

from __future__ import annotations

import io

import pytest

from iconbuild.report.paint import painted, wanted


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_errors_warnings_and_carets_are_coloured_and_the_rest_is_left() -> None:
    text = "a.yaml:1:2: error[M012]: unknown `error:`\n   1 | x: 1\n     | ^^^ did you mean `y`?\nwarning: old"
    shown = painted(text)
    assert "\x1b[1;31merror[M012]\x1b[0m: unknown `error:`" in shown
    assert "\x1b[1;34m^^^\x1b[0m did you mean" in shown
    assert shown.endswith("\x1b[1;33mwarning\x1b[0m: old")
    for code in ("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"):
        shown = shown.replace(code, "")
    assert shown == text


@pytest.mark.parametrize(
    ("choice", "environment", "expected"),
    [
        (None, {}, True),
        ("never", {}, False),
        ("auto", {"NO_COLOR": "1"}, False),
        (None, {"CI": "true"}, False),
        (None, {"TERM": "dumb"}, False),
        (None, {"ICONBUILD_COLOR": "never"}, False),
        ("always", {"NO_COLOR": "1", "ICONBUILD_COLOR": "never"}, True),
    ],
)
def test_who_decides(
    monkeypatch: pytest.MonkeyPatch, choice: str | None, environment: dict[str, str], expected: bool
) -> None:
    for name in ("NO_COLOR", "CI", "ICONBUILD_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wanted(choice, Terminal()) is expected
    assert wanted(choice, io.StringIO()) is (choice == "always")

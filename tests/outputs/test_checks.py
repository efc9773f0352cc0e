"""What people may write for paths, numbers, words and themes."""

from __future__ import annotations

import pytest

from iconbuild.model.values import Json
from iconbuild.outputs import checks
from tests.outputs.samples import icon_set


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("dist/icons", "dist/icons"),
        ("./dist//icons/", "dist/icons"),
        (".", "."),
        ("a b/ü.d", "a b/ü.d"),
        ("dist/..icons", "dist/..icons"),
    ],
)
def test_relative_paths_are_tidied(given: str, path: str) -> None:
    assert checks.relative_path(given, "dir") == path


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "relative to the manifest"),
        ("  ", "relative to the manifest"),
        (None, "relative to the manifest"),
        (7, "relative to the manifest"),
        (["dist"], "relative to the manifest"),
        ("/etc", "absolute"),
        ("C:/icons", "absolute"),
        ("dist\\icons", "backslash"),
        ("../icons", "inside the project"),
        ("dist/../../icons", "inside the project"),
        ("~/icons", "`~`"),
        ("dist/\x1b[2J", "cannot be printed"),
        ("dist/\nicons", "cannot be printed"),
        ("dist/\u202egnp", "cannot be printed"),
    ],
)
def test_other_paths_are_refused_with_the_reason(given: Json, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        checks.relative_path(given, "dir")
    assert str(caught.value).startswith("`dir` ")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("given", [[], (), 24, "24", [24.0], [True], [0], [1025], [24, 24], [[24]], None])
def test_lists_of_numbers_are_strict(given: Json) -> None:
    with pytest.raises(ValueError, match="`sizes`"):
        checks.wholes(given, "sizes", 1, 1024)


def test_an_unknown_word_gets_the_closest_one() -> None:
    with pytest.raises(ValueError, match="did you mean `webp`"):
        checks.words(["wepb"], "formats", checks.FORMATS)


def test_an_unknown_key_gets_the_closest_one() -> None:
    with pytest.raises(ValueError, match="unknown key `size` in output `files`; did you mean `sizes`"):
        checks.table({"dir": "d", "size": [1]}, kind="files", short="dir", fields=("dir", "sizes"))


@pytest.mark.parametrize("given", [None, 3, ["dist"], {}, {"sizes": [1]}])
def test_a_value_without_its_path_is_refused(given: Json) -> None:
    with pytest.raises(ValueError, match="`dir`"):
        checks.table(given, kind="files", short="dir", fields=("dir", "sizes"))


def test_themes_are_taken_in_the_order_of_the_set() -> None:
    icons = icon_set("light", "dark", "print")
    assert checks.select_themes(("print", "light"), icons) == ("light", "print")
    assert checks.select_themes(None, icons) == ("light", "dark", "print")


def test_unknown_themes_are_named() -> None:
    with pytest.raises(ValueError, match=r"\"drak\".*did you mean `dark`"):
        checks.select_themes(("drak",), icon_set("light", "dark"))
    with pytest.raises(ValueError, match="declares no themes"):
        checks.select_themes(("dark",), icon_set())


def test_long_values_are_cut_in_messages() -> None:
    assert len(checks.shown("x" * 10_000)) < 60

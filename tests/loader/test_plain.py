"""Plain values from YAML and JSON: by YAML 1.2, and nothing in them is acted upon."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import IconbuildError
from iconbuild.loader.plain import load_plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{a: no, b: 1, c: 1.5, d: true, e: null, f: "1", g: [x, -2]}', None),
        ('{"a": "no", "b": 1, "c": 1.5, "d": true, "e": null, "f": "1", "g": ["x", -2]}', None),
        ("# nothing\n", "empty"),
    ],
)
def test_values(tmp_path: Path, text: str, value: str | None) -> None:
    file = tmp_path / "data.yaml"
    file.write_text(text)
    expected = {"a": "no", "b": 1, "c": 1.5, "d": True, "e": None, "f": "1", "g": ["x", -2]}
    assert load_plain(str(file)) == (None if value else expected)


@pytest.mark.parametrize(
    "text", ["a: !!python/name:os.system x", "<<: {a: b}", "[a]: b", "a: [", "a: *b", "\0", "[" * 20_000]
)
def test_refusals(tmp_path: Path, text: str) -> None:
    file = tmp_path / "data.yaml"
    file.write_text(text)
    with pytest.raises(IconbuildError) as refused:
        load_plain(str(file))
    assert refused.value.exit_code == 2


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(IconbuildError):
        load_plain(str(tmp_path))

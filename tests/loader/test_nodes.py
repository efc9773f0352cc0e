"""Without libyaml the same manifests are accepted, and the same are refused for the same reasons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from iconbuild.errors import ManifestError
from iconbuild.loader import nodes
from iconbuild.loader.load import load
from tests.loader.loading import VOCABULARY
from tests.loader.test_bad_inputs import CASES, NAMES

PARSERS_OWN_WORDS = ("M003-bracket", "M003-swallowed-bracket")


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_loader", lambda: nodes._strict(yaml.SafeLoader))


def test_libyaml_is_used_where_it_is_there() -> None:
    assert issubclass(nodes._loader(), yaml.CSafeLoader)


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / name)
    with pytest.raises(ManifestError) as caught:
        load("icons.yaml", vocabulary=VOCABULARY)
    expected = (CASES / name / "expected.txt").read_text(encoding="utf-8")
    if name in PARSERS_OWN_WORDS:
        assert set(re.findall(r"\[(M\d+)\]", expected)) == {problem.code for problem in caught.value.problems}
    else:
        assert caught.value.render() + "\n" == expected


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(
    "text", ["[" * 20_000, "a: &a [*a]", 'icons: {a: "\\ud800"}\noutputs: d', "icons: {a: \x07}", "a: *b", "@"]
)
def test_nothing_else_comes_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "icons.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        load(str(tmp_path / "icons.yaml"), vocabulary=VOCABULARY)
    assert caught.value.render().encode("utf-8")

"""The schema is asked once for each form, and jsonschema is imported only for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iconbuild.errors import ManifestError
from iconbuild.loader.load import load
from iconbuild.model.ports import Vocabulary
from tests.loader.loading import OUTPUT, VOCABULARY, Memory, loaded

PROGRAM = """
import sys
from iconbuild.loader.load import load
from iconbuild.loader import find, codes
from iconbuild.model.ports import Vocabulary
assert not {"yaml", "jsonschema", "difflib"} & set(sys.modules), "imported too early"
class Sure:
    def known(self, digest): return True
    def remember(self, digest): raise AssertionError
class Files:
    name, version = "files", 1
    def bind(self, value): return value
words = Vocabulary({}, {"files": Files()}, frozenset({"local"}))
print(len(load(sys.argv[1], vocabulary=words, verdicts=Sure()).icons))
assert "jsonschema" not in sys.modules
"""


def test_a_valid_form_is_remembered(tmp_path: Path) -> None:
    memory = Memory()
    loaded(tmp_path, "icons: {a: b}", verdicts=memory)
    assert len(memory.digests) == 1
    loaded(tmp_path, "icons: {c: d, e: f}", verdicts=memory)
    assert len(memory.digests) == 1
    loaded(tmp_path, "icons: {c: {subject: d, take: 3}}", verdicts=memory)
    assert len(memory.digests) == 2


def test_an_invalid_form_is_not_remembered(tmp_path: Path) -> None:
    memory = Memory()
    for _ in range(2):
        with pytest.raises(ManifestError, match="1 problem"):
            loaded(tmp_path, "icons: {a: {subjct: b}}", verdicts=memory)
    assert not memory.digests


def test_what_the_schema_cannot_know_is_checked_every_time(tmp_path: Path) -> None:
    memory = Memory()
    for _ in range(2):
        with pytest.raises(ManifestError):
            loaded(tmp_path, "icons: {a: {subject: b, anchor: c}}", verdicts=memory)
    assert len(memory.digests) == 1


def test_a_known_form_needs_no_jsonschema(tmp_path: Path) -> None:
    (tmp_path / "icons.yaml").write_text("icons: {a: b, c: d}" + OUTPUT, encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "icons.yaml")]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == "2\n"


def test_words_of_plug_ins_are_no_mistake(tmp_path: Path) -> None:
    """A step and an output that the schema does not know, but the vocabulary does."""
    words = Vocabulary(
        {**VOCABULARY.steps, "mirror": VOCABULARY.steps["crop"]},
        {**VOCABULARY.outputs, "font": VOCABULARY.outputs["files"]},
        VOCABULARY.providers,
    )
    path = tmp_path / "icons.yaml"
    path.write_text("icons: {a: {subject: b, steps: [mirror: 5]}}\noutputs: [font: dist]", encoding="utf-8")
    for memory in (Memory(), None):
        manifest = load(str(path), vocabulary=words, verdicts=memory)
        assert [step.name for step in manifest.icons[0].steps] == ["mirror"]
        assert [output.kind for output in manifest.outputs] == ["font"]
        with pytest.raises(ManifestError, match="2 problems"):
            load(str(path), vocabulary=VOCABULARY, verdicts=memory)

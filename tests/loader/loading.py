"""Manifests as text become Manifests or problems, with the real steps and outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import ManifestError, Problem
from iconbuild.loader.load import load
from iconbuild.model.manifest import IconSpec, Manifest
from iconbuild.model.ports import Vocabulary
from iconbuild.outputs.registry import OUTPUTS
from iconbuild.steps.registry import STEPS

VOCABULARY = Vocabulary(STEPS, OUTPUTS, frozenset({"local", "iconly", "ideogram"}))
OUTPUT = "\noutputs: dist\n"


class Memory:
    """A Verdicts that lives as long as the test."""

    def __init__(self) -> None:
        self.digests: set[str] = set()

    def known(self, digest: str) -> bool:
        return digest in self.digests

    def remember(self, digest: str) -> None:
        self.digests.add(digest)


def loaded(folder: Path, text: str, profile: str | None = None, verdicts: Memory | None = None) -> Manifest:
    """The manifest `text`, with an output if it has none."""
    path = folder / "icons.yaml"
    path.write_text(text if "outputs:" in text else text + OUTPUT, encoding="utf-8")
    return load(str(path), vocabulary=VOCABULARY, profile=profile, verdicts=verdicts)


def icon(folder: Path, text: str, name: str = "a", profile: str | None = None) -> IconSpec:
    """One icon of the manifest `text`."""
    found = loaded(folder, text, profile).icon(name)
    assert found is not None
    return found


def problems(folder: Path, text: str) -> list[Problem]:
    """What is wrong with the manifest `text`."""
    with pytest.raises(ManifestError) as caught:
        loaded(folder, text)
    return list(caught.value.problems)


def codes(folder: Path, text: str) -> list[str]:
    """The codes of what is wrong with the manifest `text`, in file order."""
    return [problem.code for problem in problems(folder, text)]

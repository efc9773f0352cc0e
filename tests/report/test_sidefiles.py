"""Files beside the set never replace the project's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iconbuild.errors import UsageError
from iconbuild.report.sidefiles import refuse_side_file
from tests.report.project import Folder

DRAWN = "icons: {home: house, logo: {from: brand/logo.svg}}\noutputs: dist\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1"/></svg>'


@pytest.fixture
def drawn(folder: Folder) -> Folder:
    """A set with artwork of its own, a link to the manifest and a link to a folder."""
    (folder.path / "brand").mkdir()
    (folder.path / "brand/logo.svg").write_text(SVG)
    folder.write(DRAWN)
    (folder.path / "link").symlink_to("icons.yaml")
    (folder.path / "dist").mkdir()
    (folder.path / "way").symlink_to("dist")
    os.mkfifo(folder.path / "pipe")
    (folder.path / "notes").write_text("mine")
    (folder.path / "stamp").write_bytes(b"")
    return folder


def refuse(folder: Folder, path: str, option: str) -> None:
    """As the commands ask."""
    seen = folder.preview()
    targets = [str(folder.path / target.path) for target in seen.plan.targets]
    refuse_side_file(path, seen.manifest, targets, option)


@pytest.mark.parametrize("option", ["-o", "--stamp", "--depfile"])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("icons.yaml", "the manifest"),
        ("./brand/../icons.yaml", "the manifest"),
        ("link", "the manifest"),
        ("icons.lock", "the lock"),
        ("brand/logo.svg", "made of"),
        ("dist/home-64.png", "an output"),
        ("way/logo-64.png", "an output"),
        ("pipe", "no regular file"),
        ("dist", "no regular file"),
    ],
)
def test_what_belongs_to_the_project_is_refused(drawn: Folder, path: str, words: str, option: str) -> None:
    with pytest.raises(UsageError, match=f"{option} {path}: that is .*{words}"):
        refuse(drawn, path, option)


@pytest.mark.parametrize("option", ["-o", "--stamp", "--depfile"])
def test_what_else_was_read_is_refused(drawn: Folder, option: str) -> None:
    """Such as the files of a pack, under whatever name."""
    seen = drawn.preview()
    (drawn.path / "other").symlink_to("notes")
    with pytest.raises(UsageError, match="that is a file that the set is made of"):
        refuse_side_file("other", seen.manifest, (), option, [str(drawn.path / "notes")])


def test_other_files_may_be_written_but_a_stamp_only_over_a_stamp(drawn: Folder) -> None:
    for path in ("new", "stamp", "dist/other.png", "gone/new", str(Path("/nowhere/at-all"))):
        refuse(drawn, path, "--stamp")
        refuse(drawn, path, "-o")
    refuse(drawn, "notes", "-o")
    refuse(drawn, "notes", "--depfile")
    with pytest.raises(UsageError, match="--stamp notes: that is no stamp"):
        refuse(drawn, "notes", "--stamp")

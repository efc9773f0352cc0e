"""Bad pictures as anchors (I13), and files that are swapped: refused before anything follows or could be sent."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.samples import files, png, saved
from tests.system.artwork import FILES, following, importing
from tests.system.project import Project, finish

SVG_CASES = Path(__file__).parents[1] / "cases/svg/refused"


def _swap(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("name", ["25 MB", "bomb", "no picture", "animated", "active"])
def test_i13_an_anchor_that_cannot_be_sent_anywhere(project: Project, name: str) -> None:
    frames = [Image.new("RGBA", (8, 8), color) for color in ("red", "blue")]
    data, code, words = {
        "25 MB": (files()["PNG"] + bytes(25_000_000), 2, "more than 25,000,000"),
        "bomb": (png(13000, 13000, 8, 6, b""), 1, "13000 x 13000 px"),
        "no picture": (b"GIF89a", 1, "no picture"),
        "animated": (saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]), 1, "animated"),
        "active": ((SVG_CASES / "script.svg").read_bytes(), 1, "<script>"),
    }[name]
    following(project, "brand.png", data)
    done = project.run("build")
    assert done.code == code
    assert "brand.png" in done.err
    assert words in done.err
    assert "star" not in project.generations()
    assert all(path.startswith("home") for path in project.tree())


@pytest.mark.parametrize("how", ["{{from: {}}}", "{{subject: star, anchor: {{file: {}}}}}"], ids=["from", "anchor"])
def test_i13_a_file_that_is_swapped_for_a_pipe_during_the_run(project: Project, how: str) -> None:
    importing(project, {"unused.png": b""})
    picture = project.root / "a.png"
    picture.write_bytes(files()["PNG"])
    project.write(f"icons:\n  home: house\n  logo: {how.format('a.png')}\noutputs:\n  - {FILES}\n")
    process, gate = project.held("house", "-j", "1")
    _swap(picture)
    gate.touch()
    done = finish(process)
    assert done.code == 1
    assert "a.png is not a regular file" in done.err


BAD_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (Path.mkdir, "not a regular file"),
    "FIFO": (os.mkfifo, "not a regular file"),
    "/dev/zero": (lambda path: path.symlink_to("/dev/zero"), "leads out of the project"),
    "link out of the project": (lambda path: path.symlink_to(__file__), "leads out of the project"),
    "500 MB": (lambda path: os.close(_sparse(path)), "500,000,000 bytes"),
    "empty": (Path.touch, "is empty"),
}


def _sparse(path: Path) -> int:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    os.truncate(handle, 500_000_000)
    return handle


@pytest.mark.parametrize("name", BAD_FILES)
def test_i13_an_anchor_that_is_no_file_of_the_project(project: Project, name: str) -> None:
    make, words = BAD_FILES[name]
    following(project, "unused.png", b"")
    project.edit("unused.png", "brand.png")
    make(project.root / "brand.png")
    for command in ("validate", "plan", "build"):
        done = project.run(command)
        assert done.code == 2
        assert "icons.yaml:4:" in done.err
        assert words in done.err
    assert not project.generations()

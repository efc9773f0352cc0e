"""Projects whose icons are files, or follow one, and what has to come of bad ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

from PIL import Image

from tests.system.project import Project, Run

FILES = "files: {dir: dist, formats: [png, webp], sizes: [24, 48]}"


def importing(project: Project, pictures: Mapping[str, bytes], *outputs: str) -> None:
    """A manifest with an icon for each picture (by file name), and one that is drawn."""
    icons = ""
    for number, (name, data) in enumerate(pictures.items()):
        (project.root / name).write_bytes(data)
        icons += f"  art{number}: {{from: {name}}}\n"
    lines = "".join(f"  - {output}\n" for output in outputs or (FILES,))
    project.write(f"version: 1\nname: set\nicons:\n  home: house\n{icons}outputs:\n{lines}")


def following(project: Project, name: str, data: bytes) -> None:
    """A manifest of one icon that follows a file, and one that does not."""
    (project.root / name).write_bytes(data)
    icons = f"  star: {{subject: star, anchor: {{file: {name}}}}}\n  home: house\n"
    project.write(f"version: 1\nname: set\nicons:\n{icons}outputs:\n  - {FILES}\n")


def failed_alone(project: Project, words: Mapping[str, str]) -> Run:
    """Each picture is refused by its name, with why and a remedy; it is left as it was, and `home` alone is built."""
    before = {name: (project.root / name).read_bytes() for name in words}
    done = project.run("build")
    assert done.code == 1, done
    assert "Traceback" not in done.err
    assert set(project.tree()) == {f"home-{size}.{kind}" for size in (24, 48) for kind in ("png", "webp")}
    for name, why in words.items():
        assert re.search(f"^{name}: .*{why}.*\n  [a-z]", done.err, re.MULTILINE), (name, why, done.err)
        assert (project.root / name).read_bytes() == before[name]
    again = project.run("build")
    assert again.code == 1
    assert project.generations().total() == 1
    return done


def opened(data: bytes) -> Image.Image:
    """An output's pixels, by a reader that is not ours; black where nothing is seen."""
    with Image.open(BytesIO(data)) as image:
        shown = image.convert("RGBA")
    clean = Image.new("RGBA", shown.size)
    clean.paste(shown, mask=shown.getchannel("A").point([0] + [255] * 255))
    return clean

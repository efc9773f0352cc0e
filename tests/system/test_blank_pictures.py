"""I10: pictures that show nothing are published only where somebody allows it; other icons are unaffected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.system.project import Project, Run

EMPTY = Image.new("RGBA", (64, 64), (200, 30, 40, 0))
FLAT = Image.new("RGBA", (64, 64), (255, 255, 255, 255))
FILES = "  - files: {dir: dist, formats: [png, webp], sizes: [16, 48]}\n"
HOME = {f"home-{size}.{kind}" for size in (16, 48) for kind in ("png", "webp")}
LOGO = {name.replace("home", "logo") for name in HOME}


def _disc() -> Image.Image:
    image = Image.new("RGBA", (64, 64))
    ImageDraw.Draw(image).ellipse((8, 8, 56, 56), (20, 20, 20))
    return image


def written(project: Project, image: Image.Image, outputs: str = FILES, logo: str = "from: logo.png") -> None:
    """A set of a drawn icon and one made of `image`."""
    image.save(project.root / "logo.png")
    project.write(f"version: 1\nname: set\nicons:\n  home: house\n  logo: {{{logo}}}\noutputs:\n{outputs}")


def withheld(done: Run, *words: str) -> None:
    """The build failed for one icon, once, and says which, where, why and what to do."""
    assert done.code == 1, done
    for word in ("`logo`", "not written", "--allow-blank", *words):
        assert done.err.count(word) == 1, done.err


@pytest.mark.parametrize(
    ("image", "why"),
    [
        (EMPTY, "is fully transparent"),
        (FLAT, "is one flat area of #ffffff"),
        (Image.new("RGBA", (64, 64), (16, 32, 48, 128)), "is one flat area of #10203080"),
        (Image.new("RGBA", (1, 1), (1, 2, 3, 255)), "is one flat area of #010203"),
        (Image.new("L", (48, 48), 7), "is one flat area of #070707"),
    ],
    ids=["transparent", "white", "translucent", "1 x 1", "grey"],
)
def test_i10_a_blank_picture_is_not_written(project: Project, image: Image.Image, why: str) -> None:
    written(project, image)
    withheld(project.run("build", "-q"), "dist/logo-16.png", why, "3 more")
    assert set(project.tree()) == HOME
    from_cache = project.run("build", "-q")
    withheld(from_cache, "dist/logo-16.png", why, "3 more")
    assert set(project.tree()) == HOME
    twin = project.clone()
    shutil.rmtree(twin.root / "dist")
    assert twin.run("build", "-q").err == from_cache.err
    data = project.run("build", "--format", "json").json
    assert [failure["name"] for failure in data["result"]["failed"]] == ["dist/logo-16.png"]


@pytest.mark.parametrize("how", ["option", "variable"])
def test_i10_a_blank_picture_is_written_where_that_is_allowed(project: Project, how: str) -> None:
    written(project, EMPTY)
    project.build(code=1)
    arguments, variables = (["--allow-blank"], {}) if how == "option" else ([], {"ICONBUILD_ALLOW_BLANK": "1"})
    project.run("build", *arguments, env=variables).ok()
    assert set(project.tree()) == HOME | LOGO
    assert project.build() == 0, "what was allowed stays"
    twin = project.clone()
    assert twin.build() == 0
    (project.root / "dist/logo-48.png").unlink()
    withheld(project.run("build", "-q"), "dist/logo-48.png")
    assert set(project.tree()) == (HOME | LOGO) - {"logo-48.png"}


def test_i10_a_file_in_place_is_not_replaced_by_a_blank_one(project: Project) -> None:
    written(project, _disc())
    project.run("build").ok()
    before = project.tree()
    written(project, EMPTY)
    withheld(project.run("build", "-q"))
    assert project.tree() == before
    assert project.run("build", "--check").code == 3
    written(project, _disc())
    assert project.build() == 0
    assert project.tree() == before


def test_i10_steps_that_leave_nothing(project: Project) -> None:
    """A picture on white that is all background."""
    written(project, FLAT, logo="from: logo.png, steps: [remove-bg: 5]")
    withheld(project.run("build", "-q"), "is fully transparent")


def test_i10_a_sprite_names_the_icon_that_is_blank(project: Project) -> None:
    written(project, EMPTY, FILES + "  - sprite: {file: sheet.png, css: sheet.css}\n")
    withheld(project.run("build", "-q"), "nor are 4 more")
    assert not (project.root / "sheet.css").exists()  # no stylesheet without its atlas
    assert not (project.root / "sheet.png").exists()
    project.edit(FILES, "")
    withheld(project.run("build", "-q"), "sheet.png: the picture of `logo` is fully transparent")
    project.run("build", "--allow-blank").ok()
    assert (project.root / "sheet.png").exists()


def test_i10_a_drawing_that_shows_nothing(project: Project) -> None:
    written(project, EMPTY, "  - files: {dir: dist, formats: [svg]}\n", "from: logo.svg")
    root = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{}</svg>'
    logo = project.root / "logo.svg"
    logo.write_text(root.format('<path d="M4 4h9v9z" fill="none"/>'))
    withheld(project.run("build", "-q"), "dist/logo.svg", "is fully transparent")
    logo.write_text(root.format('<path d="M0 0h24v24H0z" fill="#123456"/>'))
    withheld(project.run("build", "-q"), "dist/logo.svg", "is one flat area of #123456")
    logo.write_text(root.format('<path d="M0 0h23.5v24H0z" fill="#123456"/>'))
    project.run("build").ok()


@pytest.mark.parametrize("corner", [(0, 0, 0, 0), (255, 255, 255, 254), (255, 255, 254, 255)])
def test_i10_one_pixel_is_something(project: Project, corner: tuple[int, int, int, int]) -> None:
    image = FLAT.resize((48, 48))
    image.putpixel((0, 0), corner)
    written(project, image, FILES.replace("16, 48", "48"))
    project.run("build").ok()


def test_i10_icons_asked_for_by_name(project: Project) -> None:
    written(project, EMPTY)
    project.run("build", str(Path("icons.yaml")), "home").ok()
    withheld(project.run("build", "-q", "icons.yaml", "logo"))

"""What `iconbuild apply` refuses before anything is written, and pictures that fail alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.system.pictures import STEPS, SVG, many, opened, picture
from tests.system.project import Project, contents
from tests.system.shapes import refused

OUT = ("--out-dir", "out")


@pytest.fixture
def one(project: Project) -> Project:
    """One picture, `a.png`."""
    picture(project.root / "a.png")
    return project


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.png", "--step", "thicknes=2", *OUT], ["no step `thicknes`", "did you mean `thickness`?"]),
        (["a.png", "--step", "smooth=3,algoritm=contour", *OUT], ["did you mean `algorithm`?"]),
        (["a.png", "--step", "smooth=3,algorithm=countour", *OUT], ["did you mean `contour`?"]),
        (["a.png", "--step", "crop=51", *OUT], ["from 0 to 50", "not 51"]),
        (["a.png", "--step", "crop", *OUT], ["crop needs a value", "crop=10"]),
        (["a.png", "--step", "recolor=blue", *OUT], ["#rrggbb"]),
        (["a.png", "--step", "smart-remove-bg", *OUT], ["by a provider", "remove-bg, which is free"]),
        (["a.png", *STEPS], ["--out-dir", "--in-place"]),
        (["a.png", *STEPS, *OUT, "--in-place"], ["contradict"]),
        (["a.png", *STEPS, "--in-place", "--sizes", "24"], ["--in-place and --sizes contradict"]),
        (["a.png", *OUT], ["nothing to do", "--step"]),
        (["a.png", "--sizes", "0", *OUT], ["from 1 to 1024"]),
        (["a.png", "--sizes", "24,x", *OUT], ["whole number", "x"]),
        (["a.png", "--sizes", "9" * 5000, *OUT], ["whole number"]),
        (["a.png", "--sizes", "24,24", *OUT], ["24"]),
        (["a.png", "--formats", "webb", *OUT], ["did you mean `webp`?"]),
        (["a.png", "--formats", "ico", "--sizes", "512", *OUT], ["256 px"]),
        (["a.png", *STEPS, *OUT, "-j", "0"], ["-j 0"]),
        (["b.png", "a.png", "c.png", *STEPS, *OUT], ["no file or folder `b.png`, `c.png`"]),
        (["empty", *STEPS, *OUT], ["no picture in `empty`", ".webp"]),
        (["a.png", *STEPS, "--out-dir", "."], ["written over `a.png`", "--in-place"]),
        ([".", "--sizes", "24", "--out-dir", "."], ["both read and written"]),
        (["a.png", "x/A.PNG", *STEPS, *OUT], ["`a.png` and `x/A.PNG` would both become `out/A.PNG`", "folder above"]),
        ([f"{'n' * 250}.png", "--sizes", "24", *OUT], ["too long"]),
        (["a.svg", *STEPS, "--in-place"], ["only PNG and WebP"]),
        ([*STEPS, *OUT], ["FILE"]),
    ],
)
def test_refused_before_anything_is_written(one: Project, words: list[str], said: list[str]) -> None:
    (one.root / "empty/.hidden").mkdir(parents=True)
    picture(one.root / "x/A.PNG")
    picture(one.root / f"{'n' * 250}.png")
    (one.root / "a.svg").write_text(SVG)
    before = contents(one.root)
    refused(one.run("apply", *words), 2, *said)
    assert contents(one.root) == before


def test_the_folder_above_both_settles_a_collision(one: Project) -> None:
    for name in ("x", "y"):
        picture(one.root / "set" / name / "a.png")
    refused(one.run("apply", "set/x", "set/y", *STEPS, *OUT), 2, "both become")
    one.run("apply", "set", *STEPS, *OUT).ok()
    assert sorted(one.tree("out")) == ["x/a.png", "y/a.png"]


def _bad_ones(root: Path) -> dict[str, str]:
    """Files that are no good pictures, and what is said of each."""
    good = picture(root / "a.png", size=200).read_bytes()
    (root / "cut.png").write_bytes(good[:-40])
    (root / "empty.png").write_bytes(b"")
    (root / "text.webp").write_text("no picture at all")
    (root / "active.svg").write_text(SVG.replace("<circle", "<script>alert(1)</script><circle"))
    (root / "scene.svg").write_text('{"iconbuild-scene": 1}')
    Image.new("RGBA", (5000, 3)).save(root / "wide.png")
    with (root / "huge.png").open("wb") as file:
        file.truncate(64 << 20)
    os.mkfifo(root / "pipe.png")
    os.symlink("a.png", root / "link.png")
    os.symlink("/dev/zero", root / "device.png")
    os.symlink("nowhere", root / "dangling.png")
    Image.new("RGBA", (9, 9)).save(root / "blank.png")
    return {
        "cut.png": "cut short",
        "empty.png": "is empty",
        "text.webp": "no picture",
        "active.svg": "script",
        "scene.svg": "no picture",
        "wide.png": "5000 x 3",
        "huge.png": "67,108,864",
        "pipe.png": "regular file",
        "link.png": "symbolic link",
        "device.png": "symbolic link",
        "dangling.png": "symbolic link",
        "blank.png": "fully transparent",
    }


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_each_bad_picture_fails_alone(project: Project, jobs: str) -> None:
    said = _bad_ones(project.root)
    good = many(project, 12, folder=".")
    words = ("apply", "a.png", *said, *good, "--step", "thickness=2", *OUT, "-j", jobs)
    done = project.run(*words, "--format", "json")
    assert done.code == 1
    failed = {failure["file"]: failure for failure in done.json["result"]["failed"]}
    assert failed.keys() == said.keys()
    for name, words_of_it in said.items():
        assert words_of_it in failed[name]["error"], failed[name]
        assert f"{name}: " in done.err
    assert "--allow-blank" in done.err
    assert sorted(project.tree("out")) == sorted(["a.png", *good])
    for data in project.tree("out").values():
        opened(data)


def test_a_file_that_cannot_be_read_fails_alone(one: Project) -> None:
    secret = picture(one.root / "secret.png")
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("the superuser reads everything")
    done = one.run("apply", "secret.png", "a.png", *STEPS, *OUT)
    assert (done.code, list(one.tree("out"))) == (1, ["a.png"])
    assert "Permission denied" in done.err


def test_blank_pictures_are_written_on_request(project: Project) -> None:
    Image.new("RGBA", (9, 9)).save(project.root / "blank.png")
    assert project.run("apply", "blank.png", *STEPS, *OUT).code == 1
    assert not (project.root / "out").exists()
    project.run("apply", "blank.png", *STEPS, *OUT, env={"ICONBUILD_ALLOW_BLANK": "1"}).ok()
    project.run("apply", "blank.png", *STEPS, *OUT, "--allow-blank").ok()


def test_an_opaque_picture_is_told_and_stays_as_it_is(project: Project) -> None:
    picture(project.root / "photo.jpg")
    done = project.run("apply", "photo.jpg", "--step", "thickness=3", *OUT).ok()
    assert "warning: photo.jpg: " in done.err
    assert "without transparency" in done.err
    painted = project.run("apply", "photo.jpg", "--step", "recolor=#ff0000", "--out-dir", "new")
    assert painted.code == 1
    assert "tint" in painted.err


def test_fail_fast_begins_nothing_new(project: Project) -> None:
    (project.root / "bad.png").write_bytes(b"")
    names = many(project, 5, folder=".")
    done = project.run("apply", "bad.png", *names, *STEPS, *OUT, "--fail-fast", "--format", "json")
    assert (done.code, done.json["result"]["skipped"]) == (1, 5)
    assert not (project.root / "out").exists()


@pytest.mark.parametrize("count", [3, 20])
def test_what_stands_in_the_way_of_one_file_fails_its_picture_alone(project: Project, count: int) -> None:
    many(project, count)
    (project.root / "file").write_text("a file")
    refused(project.run("apply", "icons", *STEPS, "--out-dir", "file", "-q"), 7, "file")
    (project.root / "out/i0002.png").mkdir(parents=True)
    done = project.run("apply", "icons", *STEPS, *OUT, "-q")
    assert done.code == 1
    assert "icons/i0002.png: out/i0002.png is not a regular file" in done.err
    assert len(list((project.root / "out").iterdir())) == count
    os.symlink("icons", project.root / "linked")
    before = project.tree("icons")
    picture(project.root / "set/linked/i0000.png")
    os.symlink("../icons", project.root / "out/linked")
    done = project.run("apply", "set", *STEPS, *OUT, "--force", "-q")
    assert done.code == 1
    assert "out/linked is a symbolic link" in done.err
    assert project.tree("icons") == before


def test_a_device_below_the_output_folder_is_not_written_to(one: Project) -> None:
    (one.root / "out").mkdir()
    os.mkfifo(one.root / "out/a.png")
    done = one.run("apply", "a.png", *STEPS, *OUT, "--force", "-q")
    assert done.code == 1
    assert "out/a.png is not a regular file" in done.err


ODD = ["-odd.png", "with space.png", "größe 図.png", "new\nline.png", "esc\x1b[31m.png", "\u202ered.png", "[red].png"]


@pytest.mark.parametrize("form", ["human", "json", "ndjson", "markdown", "github"])
def test_odd_names_come_through_and_drive_no_terminal(project: Project, form: str) -> None:
    raw = b"byte\xff.png".decode(errors="surrogateescape")
    names = [*ODD, raw]
    for number, name in enumerate(names):
        picture(project.root / name, number)
    (project.root / "esc\x1b]0;x\x07bad.png").write_bytes(b"")
    given = ["--", *names, "esc\x1b]0;x\x07bad.png"]
    done = project.run("apply", *STEPS, *OUT, "--format", form, "-v", "-j", "2", *given)
    assert done.code == 1
    assert sorted(project.tree("out")) == sorted(names)
    for text in (done.out, done.err):
        for char in "\x1b\x07\u202e":
            assert char not in text
    assert "Traceback" not in done.err

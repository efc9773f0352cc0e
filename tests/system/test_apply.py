"""`iconbuild apply`: steps on pictures that exist already, as people use it."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from iconbuild.model.artifact import Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode_picture
from iconbuild.pictures.picture import picture_of
from iconbuild.steps.registry import STEPS as REGISTRY
from tests.steps.shapes import run_steps
from tests.system.pictures import STEPS, SVG, events, many, opened, picture
from tests.system.project import OUTPUTS, Project, contents
from tests.system.shapes import fits, no_network, refused

RESULT = {
    "schema_version": int,
    "command": str,
    "result": {
        "written": [str],
        "unchanged": int,
        "kept": [str],
        "failed": [{"file": str, "error": str, "remedy": str}],
        "sizes": {"png": {"files": int, "bytes": int}},
    },
    "exit_code": int,
}


def test_steps_run_in_the_order_given_with_all_their_settings(project: Project) -> None:
    path = picture(project.root / "a.png")
    words = ("--step", "smooth=-3,algorithm=contour", "--step", "crop=20", "--step", "thickness=-1.5")
    project.run("apply", "a.png", *words, "--out-dir", "out").ok()
    chain = [("smooth", {"strength": -3, "algorithm": "contour"}), ("crop", 20), ("thickness", -1.5)]
    bound = [(REGISTRY[name], REGISTRY[name].bind(value)) for name, value in chain]
    expected = run_steps(picture_of(open_picture(Payload(path.read_bytes(), ""))), bound)
    assert project.tree("out") == {"a.png": encode_picture(expected, "png")}
    project.run("apply", "a.png", *words[2:], *words[:2], "--out-dir", "other").ok()
    assert project.tree("other") != project.tree("out")


@pytest.mark.parametrize("steps", ["crop: 10, smooth: 2", "recolor: {color: '#0f172a', mode: tint}", ""])
@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
def test_the_same_bytes_as_a_build_with_these_steps(project: Project, name: str, steps: str) -> None:
    if name == "logo.png":
        picture(project.root / name, size=512)
    else:
        (project.root / name).write_text(SVG)
    listed = "".join(f"{{{one}}}, " for one in steps.split(", smooth") if one).replace("{: 2", "{smooth: 2")
    files = "outputs:\n  - files: {dir: dist, formats: [png, webp, ico], sizes: [24, 600]}\n"
    project.write(f"icons:\n  logo: {{from: {name}, steps: [{listed}]}}\n{files}")
    project.run("build").ok()
    words = {"c": ["--step", "crop=10", "--step", "smooth=2"], "r": ["--step", "recolor=#0f172a,mode=tint"]}
    chosen = words.get(steps[:1], [])
    project.run("apply", name, *chosen, "--sizes", "24,600", "--formats", "png,webp,ico", "--out-dir", "out").ok()
    assert len(project.tree()) == 5
    assert project.tree("out") == project.tree()


def test_a_folder_keeps_its_structure_and_what_is_no_picture_stays_out(project: Project) -> None:
    icons, steps = project.root / "icons", ("--step", "crop=5")
    for name in ("b.webp", "a.PNG", "deep/er/c.jpeg", ".hidden.png", ".git/d.png"):
        picture(icons / name)
    (icons / "deep/e.svg").write_text(SVG)
    (icons / "notes.txt").write_text("no picture")
    os.mkfifo(icons / "f.png")
    os.symlink("a.PNG", icons / "link.png")
    os.symlink("..", icons / "up")
    answer = project.run("apply", "icons", *steps, "--out-dir", "out", "--format", "json").ok().json
    written = ["a.PNG", "b.webp", "deep/e.png", "deep/er/c.png"]
    assert answer["result"]["written"] == [f"out/{name}" for name in written]
    assert answer["result"]["links"] == 2
    assert sorted(project.tree("out")) == written
    assert "left out: 2 symbolic links" in project.run("apply", "icons", *steps, "--out-dir", "out").ok().out
    assert {opened(data).size for data in project.tree("out").values()} == {(48, 48), (512, 512)}


def test_names_of_files(project: Project) -> None:
    picture(project.root / "a.png")
    picture(project.root / "b.jpg")

    def made(*words: str) -> list[str]:
        project.run("apply", "a.png", "b.jpg", *words, "--out-dir", words[1]).ok()
        return sorted(project.tree(words[1]))

    assert made("--step", "crop=5") == ["a.png", "b.png"]
    assert made("--sizes", "16,32") == ["a-16.png", "a-32.png", "b-16.png", "b-32.png"]
    assert made("--formats", "webp") == ["a.webp", "b.webp"]
    assert made("--formats", "ico,webp", "--sizes", "16,32") == [
        *("a-16.webp", "a-32.webp", "a.ico", "b-16.webp", "b-32.webp", "b.ico"),
    ]


def test_a_second_run_writes_nothing(project: Project) -> None:
    many(project, 20)
    words = ("apply", "icons", *STEPS, "--out-dir", "out", "-j", "2", "--format", "json")
    first = project.run(*words).ok().json
    fits(first, RESULT)
    before = {path: path.stat().st_ino for path in (project.root / "out").iterdir()}
    second = project.run(*words).ok().json["result"]
    assert (second["written"], second["unchanged"]) == ([], 20)
    assert second["sizes"] == first["result"]["sizes"]
    assert first["result"]["sizes"]["png"] == {"files": 20, "bytes": sum(path.stat().st_size for path in before)}
    assert {path: path.stat().st_ino for path in (project.root / "out").iterdir()} == before
    assert "0 files written, 20 unchanged" in project.run(*words[:-2]).ok().out


def test_another_file_of_that_name_is_kept_until_forced(project: Project) -> None:
    picture(project.root / "a.png")
    picture(project.root / "b.png")
    mine = project.root / "out/a.png"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    words = ("apply", "a.png", "b.png", *STEPS, "--out-dir", "out")
    kept = project.run(*words)
    assert (kept.code, mine.read_bytes()) == (1, b"mine")
    assert "kept, because other bytes are there: out/a.png" in kept.out
    answer = project.run(*words, "--format", "json").json
    assert (answer["result"]["kept"], answer["result"]["unchanged"], answer["exit_code"]) == (["out/a.png"], 1, 1)
    project.run(*words, "--force").ok()
    assert opened(mine.read_bytes()).size == (48, 48)
    project.run(*words).ok()


def test_in_place(project: Project) -> None:
    names = [f"deep/{name}" for name in many(project, 10, folder="icons/deep")]
    before = project.tree("icons")
    words = ("apply", "icons", "icons/deep/i0000.png", "--step", "recolor=#ff0000", "--in-place")
    assert project.run(*words).ok().out.startswith("10 pictures, 10 files written\n")
    after = project.tree("icons")
    assert sorted(after) == names
    for name in names:
        alpha = opened(before[name]).getchannel("A").tobytes()
        assert opened(after[name]).getchannel("A").tobytes() == alpha
        assert opened(after[name]).getpixel((10, 20)) == (255, 0, 0, 255)
    done = project.run("apply", "icons", "--step", "recolor=#ff0000", "--in-place", "--format", "json").ok()
    assert done.json["result"]["unchanged"] == 10
    picture(project.root / "icons/photo.jpg")
    refused(project.run("apply", "icons", *STEPS, "--in-place"), 2, "photo.jpg", "only PNG and WebP")
    assert {name: data for name, data in project.tree("icons").items() if name in after} == after


def test_a_finished_set_is_refined_beside_it_and_in_place(project: Project) -> None:
    project.write(f"icons:\n  home: house\n  bell: bell\n{OUTPUTS}")
    project.run("build").ok()
    built = project.tree()
    project.run("apply", "dist", "--step", "recolor=#ff0000", "--out-dir", "refined").ok()
    assert project.tree("refined").keys() == built.keys()
    assert project.run("build", "--check").code == 0
    project.run("apply", "dist", "--step", "recolor=#ff0000", "--in-place").ok()
    assert project.tree() == project.tree("refined")
    done = project.run("build")
    assert done.code == 1
    assert "edited by hand" in done.out
    assert project.tree() == project.tree("refined") != built


def test_events_and_lines_as_it_happens(project: Project) -> None:
    many(project, 9)
    (project.root / "icons/bad.png").write_bytes(b"no picture")
    done = project.run("apply", "icons", *STEPS, "--out-dir", "out", "--format", "ndjson", "-j", "2")
    said = events(done.out)
    assert [event["event"] for event in (said[0], said[-1])] == ["planned", "summary"]
    assert {"started": 10, "finished": 9, "failed": 1}.items() <= _counted(said).items()
    assert said[0]["actions"] == 10
    assert said[-1]["exit_code"] == done.code == 1
    order = [event["event"] for event in said if event.get("file") == "icons/bad.png"]
    assert order == ["started", "failed"]
    lines = project.run("apply", "icons", *STEPS, "--out-dir", "out", "--progress", "plain").err.splitlines()
    assert [line.split("]")[0] for line in lines[:10]] == [f"[{number}/10" for number in range(1, 11)]
    quiet = project.run("apply", "icons", *STEPS, "--out-dir", "out", "-q").err.splitlines()
    assert quiet[0].startswith("icons/bad.png: ")
    loud = project.run("apply", "icons", *STEPS, "--out-dir", "new", "-v").err
    assert "written: new/i0003.png" in loud
    marked = project.run("apply", "icons", *STEPS, "--out-dir", "out", "--format", "github", "-q").err
    assert marked.startswith("::error::icons/bad.png: ")


def _counted(said: list[dict[str, str]]) -> dict[str, int]:
    kinds = [event["event"] for event in said]
    return {kind: kinds.count(kind) for kind in kinds}


def test_it_needs_no_manifest_no_cache_and_no_network(project: Project) -> None:
    many(project, 20)
    (project.root / "json.py").write_text("raise SystemExit('the working folder was searched for modules')")
    prefix = no_network()
    done = project.run(
        "-C", str(project.root), "apply", "icons", *STEPS, "--out-dir", "out", cwd=Path("/"), prefix=prefix
    )
    assert "20 files written" in done.ok().out
    assert "searched" not in done.err
    assert not project.cache.exists()
    assert sorted(path.name for path in project.root.iterdir()) == ["icons", "json.py", "out"]


def test_the_order_and_the_bytes_do_not_hang_on_processes(project: Project) -> None:
    many(project, 40)
    trees, answers = [], []
    for jobs in ("1", "2", "5"):
        done = project.run("apply", "icons", *STEPS, "--out-dir", f"out{jobs}", "-j", jobs, "--format", "json").ok()
        trees.append(contents(project.root / f"out{jobs}"))
        answers.append([Path(path).name for path in done.json["result"]["written"]])
    assert all(one == other for one, other in pairwise(trees))
    assert answers == [sorted(trees[0])] * 3

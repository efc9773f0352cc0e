"""`build`: what it says on which stream, its JSON, single icons, other folders, threads."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.system.project import Project, contents, many
from tests.system.shapes import BUILD, fits, refused


def test_build_answers_on_stdout_and_tells_progress_on_stderr(three: Project) -> None:
    done = three.run("build", "-j", "1").ok()
    total = sum(path.stat().st_size for path in (three.root / "dist").iterdir())
    assert done.out == f"many: 3 icons, 3 files written (3 generated)\npng: 3 files, {total} bytes\n"
    assert [line.split()[1] for line in done.err.splitlines()] == ["house", "bell", "heart"]
    again = three.run("build").ok()
    assert again.out == "many: 3 icons, 3 files up to date\n"
    assert again.err == ""


def test_build_json_is_one_object_and_written_lists_only_changed_files(three: Project) -> None:
    done = three.run("build", "--format", "json").ok()
    fits(done.json, BUILD)
    assert done.json["command"] == "build"
    assert done.json["exit_code"] == 0
    assert done.json["schema_version"] == 1
    assert done.json["result"]["generated"] == 3
    assert sorted(done.json["result"]["written"]) == ["dist/bell-24.png", "dist/heart-24.png", "dist/house-24.png"]
    assert done.json["result"]["spent"] == {"token": 0, "usd": "0.00"}
    three.edit("bell: bell", "bell: alarm clock")
    changed = three.run("build", "--format", "json").ok().json["result"]
    assert changed["written"] == ["dist/bell-24.png"]
    assert (changed["generated"], changed["reused"], changed["unchanged"]) == (1, 2, 2)
    (three.root / "dist/bell-24.png").unlink()
    restored = three.run("build", "--format", "json").ok().json["result"]
    assert (restored["generated"], restored["restored"], restored["written"]) == (0, 1, ["dist/bell-24.png"])


def test_build_json_of_a_partial_failure(three: Project) -> None:
    done = three.run("build", "--format", "json", env={"COUNT_FAIL": "bell"})
    assert done.code == 1
    fits(done.json, BUILD)
    assert done.json["exit_code"] == 1
    assert [failure["name"] for failure in done.json["result"]["failed"]] == ["bell"]


def test_build_ndjson_is_one_event_a_line(three: Project) -> None:
    done = three.run("build", "--format", "ndjson", env={"COUNT_FAIL": "bell"})
    assert done.code == 1
    events = [json.loads(line) for line in done.out.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "planned"
    assert kinds[-1] == "summary"
    assert {"started", "finished", "failed"} == set(kinds[1:-1])
    fits(events[-1], BUILD)


def test_build_quiet_says_failures_all_the_same(three: Project) -> None:
    assert three.run("build", "-q").ok().err == ""
    three.edit("bell: bell", "bell: telephone")
    done = three.run("build", "-q", env={"COUNT_FAIL": "telephone"})
    assert done.code == 1
    assert "fails because the test wants it" in done.err


def test_build_fail_fast_stops_at_the_first_failure(project: Project) -> None:
    project.write(many(20))
    done = project.run("build", "--fail-fast", "-j", "1", env={"COUNT_FAIL": "bell"})
    assert done.code == 1
    assert project.generations().total() == 2
    assert project.build() == 19


def test_single_icons_by_name(three: Project) -> None:
    three.run("build", "bell", "heart").ok()
    assert three.generations() == {"bell": 1, "heart": 1}
    assert set(three.tree()) == {"bell-24.png", "heart-24.png"}
    three.run("build", "icons.yaml", "house").ok()
    assert three.generations() == {"house": 1}
    assert three.build() == 0


@pytest.mark.parametrize("command", ["build", "plan", "outputs", "explain"])
def test_an_unknown_icon_gets_the_closest_name(three: Project, command: str) -> None:
    refused(three.run(command, "hause"), 2, "hause", "did you mean `house`?")
    assert three.generations().total() == 0


def test_out_dir_leaves_the_source_tree_alone_but_for_the_lock(three: Project) -> None:
    before = contents(three.root)
    out = three.base / "out"
    done = three.run("build", "--out-dir", str(out), "--format", "json").ok()
    after = contents(three.root)
    assert after.pop("icons.lock")
    assert after == before
    assert len(contents(out / "dist")) == 3
    assert len(done.json["result"]["written"]) == 3
    assert three.build("--out-dir", str(out)) == 0
    assert three.run("outputs", "--out-dir", str(out)).ok().out.splitlines()[0] == str(out / "dist/house-24.png")
    assert three.run("plan", "--out-dir", str(out), "--detailed-exitcode").code == 0
    assert three.run("plan", "--detailed-exitcode").code == 3
    three.run("clean", "--out-dir", str(out)).ok()
    assert not contents(out)


def test_the_number_of_threads_changes_no_byte(project: Project) -> None:
    project.write(many(16))
    trees = []
    for jobs in ("1", "2", "16"):
        shutil.rmtree(project.cache, ignore_errors=True)
        project.run("build", "-j", jobs).ok()
        trees.append(contents(project.root))
        shutil.rmtree(project.root / "dist")
        (project.root / "icons.lock").unlink()
    assert trees[0] == trees[1] == trees[2]


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "²", "257", ""])
def test_a_bad_number_of_threads(three: Project, jobs: str) -> None:
    refused(three.run("build", f"-j{jobs}" if jobs else "-j"), 2, "-j")

"""What holds for every command: finding the manifest, options, usage errors, version and help."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.system.project import TIMEOUT, Project, contents, many
from tests.system.shapes import refused


def test_version_and_help(three: Project) -> None:
    assert three.run("--version", module="iconbuild").ok().out.startswith("iconbuild 0.")
    overview = three.run("--help").ok()
    assert "build" in overview.out
    assert overview.err == ""
    bare = three.run()
    assert bare.code == 2
    assert bare.out == ""
    assert "usage" in bare.err
    for command in ("build", "plan", "cache", "explain"):
        assert f"iconbuild {command}" in three.run(command, "--help").ok().out


def test_usage_errors(three: Project) -> None:
    refused(three.run("bild"), 2, "did you mean `build`?")
    refused(three.run("build", "--nonsense"), 2, "--nonsense", "--help")
    refused(three.run("build", "--format", "xml"), 2, "xml")
    refused(three.run("plan", env={"ICONBUILD_FORMAT": "xml"}), 2, "ICONBUILD_FORMAT")
    refused(three.run("plan", "-C", "nowhere"), 2, "nowhere")
    refused(three.run("plan", cwd=Path("/")), 2, "iconbuild init")


def test_the_manifest_is_found_from_a_folder_below_and_with_c(three: Project) -> None:
    below = three.root / "a/b"
    below.mkdir(parents=True)
    three.run("build", cwd=below).ok()
    assert len(three.tree()) == 3
    assert three.run("plan", "-C", str(three.root), "--format", "json", cwd=Path("/")).ok().json["files"] == 0
    (three.root / "icons.yml").write_text("icons: {}\n")
    refused(three.run("build"), 2, "two manifests")


def test_an_option_may_come_from_the_environment(three: Project) -> None:
    assert three.run("plan", env={"ICONBUILD_FORMAT": "json"}).ok().json["command"] == "plan"
    out = three.base / "out"
    three.run("build", env={"ICONBUILD_OUT_DIR": str(out)}).ok()
    assert len(contents(out)) == 3


def test_debug_shows_where_an_error_came_from(three: Project) -> None:
    quiet, done = three.run("plan", "nosuch"), three.run("plan", "nosuch", "--debug")
    assert done.code == quiet.code == 2
    assert done.err.startswith("Traceback")
    assert "UsageError" in done.err
    assert done.err.endswith(quiet.err)


def test_an_empty_variable_counts_as_not_set(three: Project) -> None:
    empty = dict.fromkeys((f"ICONBUILD_{name}" for name in ("PROFILE", "OUT_DIR", "FORMAT", "PROGRESS")), "")
    three.run("plan", env=empty).ok()
    three.run("outputs", env=empty).ok()
    three.run("explain", "bell", env=empty).ok()


def test_a_folder_called_like_an_icon_is_no_manifest(three: Project) -> None:
    (three.root / "bell").mkdir()
    assert [icon["name"] for icon in three.run("plan", "bell", "--format", "json").ok().json["icons"]] == ["bell"]
    refused(three.run("plan", "."), 2, "a folder")


FULL = [["--version"], ["plan"], ["plan", "--format", "json"], ["plan", "--help"], ["--help"], ["build"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", FULL, ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_stdout_is_told(three: Project, arguments: list[str], unbuffered: str) -> None:
    for _ in range(2):  # the second build is answered from the snapshot
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                three.command(arguments, "iconbuild"),
                cwd=three.root,
                env={**three.env, "PYTHONUNBUFFERED": unbuffered},
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=TIMEOUT,
                check=False,
            )
        err = done.stderr.decode()
        assert done.returncode == 7, err
        assert "error: cannot write the answer: No space left on device" in err
        assert "Traceback" not in err
        assert "Exception ignored" not in err


INTERRUPTED = """
import sys
wanted = sys.argv.pop(1)
class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupter())
from iconbuild.cli import entry
entry()
"""


@pytest.mark.parametrize(
    "module", ["iconbuild.cli.run", "iconbuild.cli.quick", "iconbuild.cli.build", "iconbuild.report"]
)
def test_an_interruption_while_starting_is_one(three: Project, module: str) -> None:
    done = subprocess.run(
        [three.python, "-c", INTERRUPTED, module, "build"],
        cwd=three.root,
        env=three.env,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_warnings_and_errors_are_annotations_where_the_environment_says_github(three: Project) -> None:
    github = {"ICONBUILD_FORMAT": "github"}
    assert three.run("plan", "nosuch", env=github).err.startswith("::error::")
    brand = "templates: {brand: {style: line, color: '#0f172a', prompt: '{subject}'}}\n"
    three.write(brand + many(3).replace("house: house", "house: {subject: house, template: brand, color: '#fff'}"))
    for done in (three.run("plan", env=github), three.run("plan", "--format", "github")):
        assert done.err.startswith("::warning file=icons.yaml,line=")

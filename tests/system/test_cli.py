"""What holds for every command: finding the manifest, options, usage errors, version and help."""

from __future__ import annotations

from pathlib import Path

from tests.system.project import Project, contents
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
    done = three.run("plan", "nosuch", "--debug")
    assert done.code == 1
    assert "Traceback" in done.err
    assert "UsageError" in done.err

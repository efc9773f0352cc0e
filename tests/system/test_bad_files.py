"""Bad inputs from the file system and the manifest's paths, row by row of the table in the safety notes."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.project import OUTPUTS, TIMEOUT, Project, contents, finish
from tests.system.shapes import refused, unharmed

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z" stroke="{}"/></svg>'
IMPORTING = f"icons:\n  home: house\n  logo: {{from: logo.svg}}\n{OUTPUTS}"
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


def _unprivileged() -> tuple[str, ...]:
    """A prefix under which permissions count, also for root."""
    if os.geteuid() != 0:
        return ()
    if shutil.which(UNPRIVILEGED[0]) is None:
        pytest.skip("permissions do not count for root, and setpriv is not installed")
    return UNPRIVILEGED


@pytest.fixture
def read_only(three: Project) -> Iterator[Path]:
    """An output folder that takes no files."""
    folder = three.root / "dist"
    folder.mkdir()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def test_f04_an_output_folder_that_is_read_only(three: Project, read_only: Path) -> None:
    done = three.run("build", prefix=_unprivileged())
    refused(done, 7, "dist", "permissions")
    assert three.generations().total() == 0
    assert not list(read_only.iterdir())
    read_only.chmod(0o755)
    assert three.build() == 3


def test_f04_a_project_folder_that_is_read_only(three: Project) -> None:
    three.root.chmod(0o555)
    try:
        refused(three.run("build", prefix=_unprivileged()), 7, "permissions")
    finally:
        three.root.chmod(0o755)
    assert three.generations().total() == 0


def test_f04_an_unreadable_file_in_the_way(three: Project) -> None:
    three.run("build").ok()
    output = three.root / "dist/house-24.png"
    data = output.read_bytes()
    output.write_bytes(data)
    output.chmod(0)
    refused(three.run("build", prefix=_unprivileged()), 7, "dist/house-24.png", "Permission denied")
    output.chmod(0o644)
    assert three.build() == 0


def test_f04_a_file_where_the_output_folder_should_be(three: Project) -> None:
    (three.root / "dist").write_text("mine")
    unharmed(three, code=7, words=("dist",))


def test_f04_a_folder_where_an_output_should_be(three: Project) -> None:
    (three.root / "dist/bell-24.png").mkdir(parents=True)
    unharmed(three, code=7, words=("dist/bell-24.png", "not a regular file"))


def test_f04_a_missing_output_folder_is_made(three: Project) -> None:
    three.edit("dir: dist", "dir: a/b/c")
    assert three.build() == 3
    assert len(three.tree("a/b/c")) == 3


def test_f05_a_foreign_file_at_an_outputs_path_is_kept(three: Project) -> None:
    (three.root / "dist").mkdir()
    (three.root / "dist/bell-24.png").write_bytes(b"somebody else's")
    done = three.run("build")
    assert done.code == 1
    assert "dist/bell-24.png" in done.out
    assert "--force" in done.out
    assert three.tree()["bell-24.png"] == b"somebody else's"
    assert len(three.tree()) == 3


@pytest.mark.parametrize("link", ["a", "a/b", "a/b/house-24.png"])
def test_f07_a_symbolic_link_on_the_way_is_refused(three: Project, link: str) -> None:
    three.edit("dir: dist", "dir: a/b")
    elsewhere = three.base / "elsewhere"
    (elsewhere / "b").mkdir(parents=True)
    (elsewhere / "file").write_bytes(b"precious")
    place = three.root / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(elsewhere / "file" if link.endswith(".png") else elsewhere)
    before = contents(elsewhere)
    unharmed(three, code=7, words=(link,))
    assert contents(elsewhere) == before


def test_f07_a_folder_swapped_for_a_link_during_the_run(three: Project) -> None:
    (three.root / "dist").mkdir()
    elsewhere = three.base / "elsewhere"
    elsewhere.mkdir()
    process, gate = three.held("heart", "-j", "1")
    (three.root / "dist").rename(three.root / "moved")
    (three.root / "dist").symlink_to(elsewhere)
    gate.touch()
    done = finish(process)
    assert not list(elsewhere.iterdir())
    assert "Traceback" not in done.err
    (three.root / "dist").unlink()
    assert three.build() == 0
    assert len(three.tree()) == 3


def test_f07_a_manifest_reached_through_a_link_is_fine(three: Project) -> None:
    link = three.base / "link"
    link.symlink_to(three.root)
    three.run("build", cwd=link).ok()
    assert len(three.tree()) == 3


@pytest.mark.parametrize("name", ["x" * 256, "é" * 128, "x" * 300], ids=["256 bytes", "256 bytes of UTF-8", "300"])
def test_f14_a_name_that_no_file_system_holds(project: Project, name: str) -> None:
    project.write(f'icons:\n  home: house\noutputs:\n  - files: {{dir: "{name}", formats: [png], sizes: [24]}}\n')
    unharmed(project, code=2, words=("icons.yaml:",))


def test_f14_a_path_that_is_too_long_as_a_whole(project: Project) -> None:
    project.write(
        f'icons:\n  home: house\noutputs:\n  - files: {{dir: "{"long/" * 60}", formats: [png], sizes: [24]}}\n'
    )
    unharmed(project, code=2, words=("icons.yaml:", "longer than"))


def test_f17_litter_of_dead_runs_is_cleared_and_foreign_files_stay(three: Project) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait(TIMEOUT)
    dist = three.root / "dist"
    dist.mkdir()
    ours = dist / f".iconbuild-tmp-{dead.pid}-00aa11bb"
    alive = dist / f".iconbuild-tmp-{os.getpid()}-00aa11bb"
    foreign = [dist / name for name in (".tmp-1234", "x.tmp", ".iconbuild-tmp-notes", ".iconbuild-tmp-")]
    beside_lock = three.root / f".iconbuild-tmp-{dead.pid}-22cc33dd"
    for path in (ours, alive, beside_lock, *foreign):
        path.write_bytes(b"x")
    three.run("build").ok()
    assert not ours.exists()
    assert not beside_lock.exists()
    assert alive.exists()
    assert all(path.exists() for path in foreign)


@pytest.mark.parametrize("arguments", ["plan", "plan --format json", "outputs", "schema", "build", "--version"])
def test_f19_a_reader_that_has_gone(three: Project, arguments: str) -> None:
    three.run("build").ok()
    command = [*three.command(arguments.split(), "iconbuild")]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, cwd=three.root, env=three.env, stdout=writing, stderr=subprocess.PIPE, timeout=TIMEOUT, check=False
    )
    os.close(writing)
    assert done.returncode == 141, done
    assert done.stderr == b""


def test_f19_a_reader_that_goes_during_a_build_costs_no_picture(three: Project) -> None:
    process, gate = three.held("bell", "-j", "1", "--format", "ndjson")
    assert process.stdout is not None
    process.stdout.close()
    gate.touch()
    assert process.wait(TIMEOUT) == 141
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    first = three.generations()
    assert three.build() == 3 - first.total()


def test_f20_a_working_folder_that_is_gone(three: Project) -> None:
    script = 'rmdir "$0" && exec "$@"'
    for arguments in (["build"], ["plan"], ["doctor"], ["init"]):
        gone = three.base / "gone"
        gone.mkdir()
        refused(three.run(*arguments, prefix=["sh", "-c", script, str(gone)], cwd=gone), 7, "working folder is gone")


@pytest.mark.parametrize("home", ["", "relative"])
def test_f20_no_home_and_no_cache_folder(three: Project, home: str) -> None:
    prefix = ["env", "-u", "ICONBUILD_CACHE_DIR", f"HOME={home}"]
    if not home:
        unknown = ["unshare", "--user", "--map-user=54321"]
        if (
            shutil.which("unshare") is None
            or subprocess.run([*unknown, "true"], check=False, timeout=TIMEOUT).returncode
        ):
            pytest.skip("a user without a home cannot be made here")
        prefix = [*unknown, "env", "-u", "ICONBUILD_CACHE_DIR", "-u", "HOME"]
    done = three.run("build", prefix=prefix, module="iconbuild")
    refused(done, 7, "HOME", "ICONBUILD_CACHE_DIR")
    assert not (three.root / "dist").exists()


def test_f20_a_cache_folder_that_cannot_be_made(three: Project) -> None:
    (three.base / "file").write_text("in the way")
    done = three.run("build", env={"ICONBUILD_CACHE_DIR": str(three.base / "file/cache")})
    refused(done, 7, "file/cache")


def test_p16_outputs_have_the_mode_that_the_umask_leaves(three: Project) -> None:
    done = three.run("build", prefix=["sh", "-c", 'umask 027 && exec "$@"', "sh"])
    done.ok()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (three.root / "dist").iterdir()}
    assert modes == {0o640}
    assert stat.S_IMODE((three.root / "icons.lock").stat().st_mode) == 0o640

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError
from iconbuild.report.depfile import depfile_text, inputs, write_stamp
from tests.builders import icon, manifest, source

ODD = [
    "plain.svg",
    "with space.svg",
    "two  spaces.svg",
    "dollar$x.svg",
    "hash#tag.svg",
    "ü.svg",
    "$(shell false).svg",
    "50%.svg",
]


def test_everything_that_was_read_is_listed_once() -> None:
    made = manifest(icon("logo", from_="brand/logo.svg"), icon("a", anchor=source("brand/logo.svg")))
    assert inputs(made) == ["/project/icons.yaml", "/project/brand/logo.svg"]


def test_what_else_was_read_is_listed_too() -> None:
    made = manifest(icon("logo", from_="brand/logo.svg"))
    read = ["/project/../packs/icons.json", "/project/brand/logo.svg"]
    assert inputs(made, read) == ["/project/icons.yaml", "/project/brand/logo.svg", "/packs/icons.json"]


def test_the_text_is_a_rule_and_an_empty_one_for_each_input() -> None:
    assert depfile_text("out/stamp x", ["/p/icons.yaml", "/p/a b.svg"]) == (
        "out/stamp\\ x: /p/icons.yaml \\\n  /p/a\\ b.svg\n\n/p/icons.yaml:\n/p/a\\ b.svg:\n"
    )


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_understands_odd_names(tmp_path: Path) -> None:
    """Make runs the rule when any input is newer, and also when one has gone."""
    for name in ODD:
        (tmp_path / name).write_bytes(b"")
    paths = [str(tmp_path / name) for name in ODD]
    (tmp_path / "stamp.d").write_text(depfile_text("stamp", paths))
    (tmp_path / "Makefile").write_text("stamp:\n\t@echo made; touch stamp\ninclude stamp.d\n")

    def make() -> str:
        done = subprocess.run(["make", "-s", "stamp"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert make() == "made\n"
    assert "made" not in make()
    for path in paths:
        subprocess.run(["touch", "-d", "2100-01-01", path], check=True)
        assert make() == "made\n", path
        subprocess.run(["touch", "-d", "2000-01-01", path], check=True)
        assert "made" not in make()
        if "%" not in path:
            Path(path).unlink()
            assert make() == "made\n", path
        Path(path).write_bytes(b"")
        subprocess.run(["touch", "-d", "2000-01-01", path], check=True)


def test_the_depfile_is_there_before_the_stamp(tmp_path: Path) -> None:
    stamp, depfile = tmp_path / "stamp", tmp_path / "stamp.d"
    write_stamp(str(stamp), str(depfile), manifest(icon("a")))
    assert depfile.read_text() == f"{stamp}: /project/icons.yaml\n\n/project/icons.yaml:\n"
    assert stamp.read_bytes() == b""
    assert depfile.stat().st_mtime_ns <= stamp.stat().st_mtime_ns
    depfile.unlink()
    write_stamp(str(stamp), None, manifest(icon("a")))
    assert not depfile.exists()


def test_a_percent_sign_makes_no_pattern_rule() -> None:
    assert depfile_text("stamp", ["/p/%.svg"]) == "stamp: /p/%.svg\n\n"


def test_a_newline_in_a_name_is_refused() -> None:
    with pytest.raises(FilesystemError, match=r"cannot hold '/p/a\\nb\.svg'"):
        depfile_text("stamp", ["/p/a\nb.svg"])


def test_names_that_are_no_utf_8_are_kept_byte_by_byte(tmp_path: Path) -> None:
    made = manifest(icon("a"))._replace(root=os.fsdecode(b"/caf\xe9"))
    write_stamp(str(tmp_path / "stamp"), str(tmp_path / "stamp.d"), made)
    assert b": /caf\xe9/icons.yaml\n" in (tmp_path / "stamp.d").read_bytes()

"""A file that others can reach, that is damaged or that is none: refused, kept, and never quoted."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.credentials.finding import CANARY, FILE, KEPT, NO_RING, as_root, found, refused, written

DAMAGED = '{"iconly": {"key": "ik_canary01234'


def world_readable(file: Path) -> None:
    file.chmod(0o644)


def group_readable(file: Path) -> None:
    file.chmod(0o640)


def open_folder(file: Path) -> None:
    file.parent.chmod(0o777)


def group_folder(file: Path) -> None:
    file.parent.chmod(0o770)


def linked(file: Path) -> None:
    file.rename(file.with_suffix(".real"))
    file.symlink_to(file.with_suffix(".real"))


def foreign(file: Path) -> None:
    os.chown(file, 4242, -1)


def foreign_folder(file: Path) -> None:
    os.chown(file.parent, 4242, -1)


@pytest.mark.parametrize(
    ("spoil", "why", "line"),
    [
        (world_readable, "can be read by others (mode 0644)", "run: chmod 600 {file}"),
        (group_readable, "can be read by others (mode 0640)", "run: chmod 600 {file}"),
        (open_folder, "is a folder that others may change (mode 0777)", "run: chmod go-w {folder}"),
        (group_folder, "is a folder that others may change (mode 0770)", "run: chmod go-w {folder}"),
        (linked, "is a symbolic link", "run: chmod 600 {folder}/keys.real"),
        pytest.param(
            foreign, "belongs to somebody else", "run: sudo chown 0 {file} && chmod 600 {file}", marks=as_root
        ),
        pytest.param(foreign_folder, "is a folder of somebody else", "a folder of your own", marks=as_root),
    ],
)
def test_c10_a_file_that_others_reach_is_refused_and_not_read(
    spoil: Callable[[Path], None], why: str, line: str, folder: Path
) -> None:
    file = folder / "keys.json"
    written(file, DAMAGED)  # whoever reads it complains about that
    spoil(file)
    error = refused({KEPT: str(file), **NO_RING})
    assert why in error.message
    assert "not read" in error.message
    assert line.format(file=file, folder=folder) in error.remedy


def test_c10_the_line_that_repairs_it_is_for_a_shell(folder: Path) -> None:
    file = folder / "it's a key;"
    error = refused({KEPT: written(file, "{}", 0o644), **NO_RING})
    line = error.remedy.removeprefix("run: ")
    assert os.system(line) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_in_order(mode: int, folder: Path) -> None:
    text = json.dumps({"other": 1, "iconly": {"key": CANARY + "\n", "note": "x"}})
    result = found({KEPT: written(folder / "keys.json", text, mode), **NO_RING})
    assert (result.secret.reveal(), result.source) == (CANARY, KEPT)


@as_root
def test_secret_mounts_are_taken_as_they_are(folder: Path) -> None:
    (folder / "..data").mkdir()
    mounted = folder / "..data" / "key"
    folder.chmod(0o1777)
    (folder / "key").symlink_to("..data/key")
    for mode in (0o400, 0o440):
        written(mounted, CANARY, mode)
        assert found({FILE: str(folder / "key")}).secret.reveal() == CANARY
    for mode in (0o444, 0o460, 0o644):
        written(mounted, CANARY, mode)
        assert "can be read by others" in refused({FILE: str(folder / "key")}).message
    written(mounted, CANARY, 0o440)
    os.chown(mounted, 4242, -1)
    assert "belongs to somebody else" in refused({FILE: str(folder / "key")}).message


@pytest.mark.parametrize("variable", [FILE, KEPT])
def test_what_is_no_file(variable: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe", 0o600)
    for name in ("pipe", "", "missing", "missing/missing", "key/below"):
        written(folder / "key", CANARY)
        error = refused({variable: f"{folder}/{name}", **NO_RING})
        assert error.message.startswith(f"{variable}: ")
        assert error.remedy
    assert "longer than 64 KiB" in refused({variable: written(folder / "long", "canary" * 20_000), **NO_RING}).message


@pytest.mark.parametrize("variable", [FILE, KEPT])
def test_a_key_in_place_of_a_path_is_not_echoed(variable: str) -> None:
    refused({variable: CANARY, **NO_RING})


@pytest.mark.parametrize(
    "text",
    [
        "",
        DAMAGED,
        "[]",
        "null",
        '"ik_canary0123456789"',
        '{"iconly": "ik_canary0123456789"}',
        '{"iconly": {"key": 7}}',
        '{"iconly": {"key": ["ik_canary0123456789"]}}',
        "[" * 60_000,
        '{"iconly": {"key": ' + "9" * 6000 + "}}",
        "\x00",
    ],
)
def test_c11_a_damaged_file_is_kept_and_its_backup_named(text: str, folder: Path) -> None:
    file = folder / "keys.json"
    environ = {KEPT: written(file, text), **NO_RING}
    error = refused(environ)
    assert "is damaged; it was left as it is" in error.message
    assert ".bak" not in error.remedy
    written(folder / "keys.json.bak", "{}")
    assert f"{file}.bak" in refused(environ).remedy
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_has_no_key_for_a_provider(folder: Path) -> None:
    for text in ("{}", '{"iconly": {}}', '{"iconly": {"key": null}, "other": {"key": "canary"}}'):
        assert "its file has none" in refused({KEPT: written(folder / "keys.json", text)}).remedy

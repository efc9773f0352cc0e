"""Keys are found in whatever form they were written, and nothing else is taken for one."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest

from tests.system.project import REPOSITORY
from tests.torture.canary import CANARY, PLANTED, forms, leaks

KEY = CANARY + "7f3a91c2-5bd8_e604"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which keys may be written."""
    made = tmp_path / PLANTED
    made.mkdir()
    return made


def shifted(count: int) -> bytes:
    """The key in base64 after some other bytes."""
    return b64encode(b"X-API-Key:"[:count] + KEY.encode() + b"\r\nHost")


WRITTEN = {
    "plain": KEY.encode(),
    "in a traceback": f"requests.Invalid: header {KEY!r}".encode(),
    "in base64": shifted(0),
    "in base64, shifted by one": shifted(1),
    "in base64, shifted by two": shifted(2),
    "in base64 for addresses": urlsafe_b64encode(b"??" + KEY.encode()),
    "in an address": b"?key=" + KEY.replace("_", "%5F").replace("-", "%2D").encode(),
    "in an address, all of it": "".join(f"%{byte:02X}" for byte in KEY.encode()).encode(),
    "in JSON": json.dumps({"key": KEY}).encode(),
    "in JSON, all of it escaped": "".join(f"\\u{byte:04x}" for byte in KEY.encode()).encode(),
    "in hex": KEY.encode().hex().encode(),
    "in UTF-16": KEY.encode("utf-16"),
}


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("wanted", [KEY, CANARY])
def test_a_key_is_found_in_every_form(folder: Path, form: str, wanted: str) -> None:
    path = folder / "deep/er/file.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"before " + WRITTEN[form] + b" after")
    assert leaks(folder, [wanted]) == [path]


def test_keys_in_names_databases_and_unreadable_files_are_found(folder: Path) -> None:
    named = folder / f"{KEY}.lock"
    named.mkdir()
    database = folder / "ledger.db"
    connection = sqlite3.connect(database)
    connection.execute("create table attempts (note text)")
    connection.execute("insert into attempts values (?)", (f"with {KEY}",))
    connection.commit()
    connection.close()
    closed = folder / "spool"
    closed.write_text(KEY)
    closed.chmod(0)
    assert leaks(folder, [KEY]) == [named, database, closed]


def test_what_holds_no_key_is_left_alone(folder: Path) -> None:
    (folder / "fingerprint").write_text("ik_c 4f2a canary")
    (folder / "other").write_bytes(b64encode(bytes(range(256)) * 40))
    (folder / PLANTED).mkdir()
    (folder / PLANTED / "key").write_text(KEY)
    (folder / "socket").symlink_to("/dev/zero")
    assert leaks(folder) == []


def test_no_form_is_so_short_that_it_is_found_by_chance() -> None:
    assert min(len(form) for form in forms(CANARY)) >= len(CANARY)
    assert quote_from_bytes(KEY.encode()).encode() in forms(KEY)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "workers"])
@pytest.mark.parametrize("careless", [True, False], ids=["careless", "careful"])
def test_a_run_that_leaves_a_key_fails(tmp_path: Path, workers: list[str], careless: bool) -> None:
    place = "log" if careless else PLANTED
    lines = f"def test_writes(tmp_path):\n    folder = tmp_path / '{place}'\n    folder.mkdir()\n"
    lines += f"    (folder / 'key').write_text('{CANARY[:4]}' + '{CANARY[4:]}_0123')\n"
    suite = tmp_path / PLANTED / "test_suite.py"
    suite.parent.mkdir()
    suite.write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.torture.search", "-p", "no:cacheprovider", *workers]
    place_of_work = tmp_path / PLANTED / "base"
    done = subprocess.run(
        [*command, f"--basetemp={place_of_work}", f"--rootdir={suite.parent}", str(suite)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == int(careless), done.stdout + done.stderr
    assert ("LEAKED" in done.stdout) == careless
    assert "1 passed" in done.stdout

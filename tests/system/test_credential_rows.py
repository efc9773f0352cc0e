"""Keys that are missing, malformed or not safely kept (C01 to C13): nothing is sent, nothing is shown, exit 5."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.credentials.finding import as_root
from tests.system.paid import KEYS, Shop
from tests.system.project import REPOSITORY, Run
from tests.system.rows import GENERATE, PAIR, failed, goes_on, is_calm

KEY, FILE, KEPT, RING = (
    "ICONBUILD_ICONLY_KEY",
    "ICONBUILD_ICONLY_KEY_FILE",
    "ICONBUILD_CREDENTIALS_FILE",
    "ICONBUILD_KEYRING",
)
NO_RING = {RING: "0"}


def _refused(shop: Shop, env: Mapping[str, str], *words: str) -> Run:
    """A build that ends with 5 before anything is sent; whatever looks like a key of these tests is not shown."""
    before = shop.sandbox.requests()["counts"]
    shop.project.write(PAIR)
    run = shop.run("build", env={**NO_RING, **env})
    assert run.code == 5, run
    for word in words:
        assert word in run.err, (word, run.err)
    assert "anary" not in run.out + run.err
    is_calm(run)
    assert shop.sandbox.requests()["counts"] == before
    assert not (shop.project.root / "dist").exists()
    return run


def _kept(shop: Shop, text: str | None = None, *, mode: int = 0o600) -> Path:
    """A credentials file in a folder of its own."""
    folder = shop.project.base / "secrets"
    folder.mkdir(mode=0o700)
    path = folder / "keys.json"
    path.write_text(text or json.dumps({"iconly": {"key": shop.key}}))
    path.chmod(mode)
    return path


def test_c01_no_key(shop: Shop) -> None:
    run = _refused(shop, {KEY: ""}, "there is no key for iconly", "nothing was sent")
    places = [run.err.index(word) for word in (f"{KEY},", FILE, "the keyring", KEPT)]
    assert places == sorted(places), "in the order in which they were tried"
    for command in ("plan", "validate", "ledger"):
        shop.run(command, env={KEY: "", **NO_RING}).ok()
    goes_on(shop, 12)


@pytest.mark.parametrize("key", ["{}\n", " {} ", "\t{}\r\n"])
def test_c02_white_space_around_a_key(shop: Shop, key: str) -> None:
    shop.project.write(PAIR)
    run = shop.run("build", env={KEY: key.format(shop.key), **NO_RING}).ok()
    assert f"white space around the key in {KEY} was left out" in run.err
    assert shop.key not in run.out + run.err
    assert shop.spent() == 12


MALFORMED = {
    "C02 space": ("{} 0123", "has white space inside"),
    "C02 header": ("{}\r\nX-Other: canary", "has white space inside"),
    "C02 escape": ("{}\x1b[31m", "control characters"),
    "C02 short": ("ik_can", "does not have the shape of one"),
    "C04 another service": ("sk-canary0123456789abcdef0123456789", "for language models"),
    "C04 Ideogram": ("canary_0123456789abcdefghijklmnopqrstuvwxyz-canary", "looks like an Ideogram key"),
    "C04 header": ("X-API-Key: {}", "looks like a whole header"),
    "C05 test key": ("ifk_test_canary0123456789abcdef", "a test key of IconFlow"),
    "C05 live key": ("ifk_live_canary0123456789abcdef", "looks like an IconFlow key"),
}


@pytest.mark.parametrize("source", [KEY, FILE])
@pytest.mark.parametrize("name", MALFORMED)
def test_c02_to_c05_a_malformed_key(shop: Shop, name: str, source: str) -> None:
    text, words = MALFORMED[name]
    key = text.format(shop.key)
    path = _kept(shop, key)
    env = {KEY: key} if source == KEY else {KEY: "", FILE: str(path)}
    _refused(shop, env, f"the key in {source}", words, "nothing was sent")


SECRET_REASONS = {
    "scope": (403, "key {} lacks the scope icons:write", 5, "lacks the scope"),
    "tier": (403, "Your plan does not allow attached images ({})", 5, "does not allow"),
    "tokens": (403, "Insufficient tokens for {}", 4, "not enough tokens (Insufficient tokens for ***)"),
    "revoked": (401, "The API key {} was revoked", 5, "refuses the key (The API key *** was revoked)"),
}


@pytest.mark.parametrize("name", SECRET_REASONS)
def test_c07_why_the_server_refuses_is_told_without_the_key(shop: Shop, name: str) -> None:
    status, reason, code, words = SECRET_REASONS[name]
    body = json.dumps({"error": reason.format(shop.key)})
    shop.faults({**GENERATE, "status": status, "body": body, "times": -1})
    failed(shop, code, words, "nothing was charged for this call")
    assert shop.spent() == 0
    goes_on(shop, 12)


def test_c08_the_environment_wins_over_the_keyring_and_says_so(shop: Shop) -> None:
    ring = shop.project.base / "secrets/ring"
    ring.mkdir(parents=True)
    (ring / "keyring.py").write_text(f"def get_password(service, user):\n    return {KEYS + 'in_the_ring'!r}\n")
    shop.project.write(PAIR)
    path = {"PYTHONPATH": os.pathsep.join([str(ring), str(REPOSITORY)])}
    run = shop.run("build", env=path).ok()
    assert f"{KEY} and the keyring hold different keys; the one in {KEY} is used" in run.err
    assert "anary" not in run.out + run.err
    assert shop.spent() == 12, "of the account in the environment"


def _open_to_others(path: Path) -> str:
    path.chmod(0o644)
    return f"run: chmod 600 {path}"


def _of_somebody_else(path: Path) -> str:
    os.chown(path, 12345, 12345)
    return f"chown {os.geteuid()} {path}"


def _link(path: Path) -> str:
    path.rename(path.with_name("real.json"))
    path.symlink_to("real.json")
    return "is a symbolic link"


def _in_an_open_folder(path: Path) -> str:
    path.parent.chmod(0o777)
    return f"run: chmod go-w {path.parent}"


def _pipe(path: Path) -> str:
    path.unlink()
    os.mkfifo(path, 0o600)
    return "is no regular file"


@pytest.mark.parametrize(
    ("spoil", "variable"),
    [
        (_open_to_others, KEPT),
        (_open_to_others, FILE),
        pytest.param(_of_somebody_else, KEPT, marks=as_root),
        pytest.param(_of_somebody_else, FILE, marks=as_root),
        (_link, KEPT),
        (_pipe, KEPT),
        (_pipe, FILE),
    ],
)
def test_c10_a_file_that_is_not_safely_kept(shop: Shop, spoil: Callable[[Path], str], variable: str) -> None:
    path = _kept(shop)
    _refused(shop, {KEY: "", variable: str(path)}, spoil(path), "it was not read, and nothing was sent")


def test_c10_a_file_in_a_folder_that_others_may_change(shop: Shop) -> None:
    path = _kept(shop)
    _refused(shop, {KEY: "", KEPT: str(path)}, _in_an_open_folder(path), "it was not read, and nothing was sent")
    path.parent.chmod(0o700)
    shop.run("build", env={KEY: "", KEPT: str(path), **NO_RING}).ok()
    assert shop.spent() == 12


@pytest.mark.parametrize(
    "text", ['{"iconly": {"key": "KEY', '{"iconly": "KEY"}', '["KEY"]', "KEY", "\x00\xff", "[" * 60_000]
)
def test_c11_a_damaged_credentials_file_is_left_as_it_is(shop: Shop, text: str) -> None:
    path = _kept(shop, text.replace("KEY", shop.key))
    before = path.read_bytes()
    _refused(shop, {KEY: "", KEPT: str(path)}, "is damaged; it was left as it is, and nothing was sent")
    backup = path.with_name("keys.json.bak")
    backup.write_text("{}")
    _refused(shop, {KEY: "", KEPT: str(path)}, str(backup))
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["build", "balance"])
@pytest.mark.parametrize("option", ["--key {}", "--api-key={}", "--iconly-key {}"])
def test_c13_a_key_among_the_arguments(shop: Shop, command: str, option: str) -> None:
    before = shop.sandbox.requests()["counts"]
    shop.project.write(PAIR)
    run = shop.run(command, *option.format(shop.key).split())
    assert run.code == 2
    assert "a key is never an option" in run.err
    assert not re.search("canary", run.out + run.err)
    assert shop.sandbox.requests()["counts"] == before

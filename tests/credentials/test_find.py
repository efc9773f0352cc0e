"""Where a key is found, in which order, and what is said where there is none or it is malformed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iconbuild.credentials.find import find_key
from tests.credentials.finding import CANARY, FILE, KEPT, KEY, NO_RING, OTHER, RING, found, refused, written
from tests.credentials.rings import install


def test_c01_no_key_found() -> None:
    error = refused({})
    assert error.message == "there is no key for iconly"
    places = [error.remedy.index(name) for name in (KEY + ",", FILE, "the keyring (`iconbuild`, `iconly`)", KEPT)]
    assert places == sorted(places)
    assert "switched off by ICONBUILD_KEYRING" in refused(NO_RING).remedy


def test_every_source_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"ik_canary_number_{number}" for number in range(4)]
    install(folder, monkeypatch, "key", keys[2])
    environ = {
        KEY: keys[0],
        FILE: written(folder / "key", keys[1]),
        KEPT: written(folder / "keys.json", json.dumps({"iconly": {"key": keys[3]}})),
    }
    for number, (source, gone) in enumerate([(KEY, KEY), (FILE, FILE), ("the keyring", ""), (KEPT, "")]):
        result = find_key("iconly", environ)
        assert (result.source, result.secret.reveal()) == (source, keys[number])
        environ.pop(gone, "")
        if number == 2:
            environ[RING] = "off"


@pytest.mark.parametrize("text", [f"{CANARY}\n", f" {CANARY} ", f"{CANARY}\r\n", f"\t{CANARY}"])
def test_c02_white_space_around_is_left_out_with_a_note(text: str, folder: Path) -> None:
    for source, environ in ((KEY, {KEY: text}), (FILE, {FILE: written(folder / "key", text)})):
        result = found({**environ, **NO_RING})
        assert result.secret.reveal() == CANARY
        assert result.notes == (f"white space around the key in {source} was left out",)
    assert found({KEY: CANARY}).notes == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ik_canary 0123456789", "white space inside"),
        ("ik_canary\n0123456789", "white space inside"),
        ("ik_canary\r\nX-Other: canary", "white space inside"),
        ("ik_canary\x1b[31m0123", "control characters"),
        ("ik_can\u0430ry0123456789", "beyond ASCII"),
        ("ik_canary\udce9123456789", "beyond ASCII"),
        ("\u2018ik_canary0123456789\u2019", "beyond ASCII"),
    ],
)
def test_c02_anything_else_inside_is_refused(text: str, said: str, folder: Path) -> None:
    assert said in refused({KEY: text}).message
    if "\udce9" not in text:
        assert refused({FILE: written(folder / "key", text)}).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sk-canary0123456789canary", "language models"),
        ("ifk_live_canary0123456789", "an IconFlow key"),
        ("iat_canary0123456789", "a sign-in token of IconFlow"),
        ("canary0123456789ABCDEFcanary0123456789ABCDEF_-canary", "an Ideogram key"),
        ("X-API-Key: ik_canary0123456789", "a whole header"),
        ("Bearer canary", "a whole header"),
        ("ik_can", "does not have the shape"),
        ("ik_", "does not have the shape"),
        ("ik_" + "canary" * 40, "does not have the shape"),
        ("IK_canary0123456789", "does not have the shape"),
        ("canary", "does not have the shape"),
        ('"ik_canary0123456789"', "does not have the shape"),
    ],
)
def test_c04_keys_of_others_and_no_keys(text: str, said: str) -> None:
    error = refused({KEY: text})
    assert error.message.startswith(f"the key in {KEY} ")
    assert said in error.message
    assert "an Iconly key is `ik_` and" in error.remedy


def test_c05_test_keys_are_a_space_of_their_own() -> None:
    assert "a test key of IconFlow" in refused({KEY: "ifk_test_canary0123456789"}).message


def test_a_malformed_key_is_not_passed_over(folder: Path) -> None:
    refused({KEY: "ik_can", FILE: written(folder / "key", CANARY)})
    refused(
        {FILE: str(folder / "missing"), KEPT: written(folder / "keys.json", json.dumps({"iconly": {"key": CANARY}}))}
    )
    assert found({KEY: "  ", FILE: written(folder / "key", CANARY)}).source == FILE
    assert "is empty" in refused({FILE: written(folder / "key", "\n")}).message


def test_c08_the_environment_wins_over_the_keyring_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "key", OTHER)
    result = found({KEY: CANARY})
    assert result.secret.reveal() == CANARY
    assert result.notes == (f"{KEY} and the keyring hold different keys; the one in {KEY} is used",)
    assert found({KEY: OTHER}).notes == ()
    assert found({KEY: CANARY, **NO_RING}).notes == ()
    assert found({}).source == "the keyring"


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("broken", "the keyring cannot be used (RuntimeError)"),
        ("silent", "the keyring did not answer within 0.2 s"),
        ("none", ""),
        ("missing", ""),
    ],
)
def test_a_keyring_that_fails_is_one_without_the_key(
    kind: str, note: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, kind, CANARY)
    assert note in refused({}).remedy
    assert found({KEY: CANARY}).notes == ()
    kept = found({KEPT: written(folder / "keys.json", json.dumps({"iconly": {"key": CANARY}}))})
    assert kept.secret.reveal() == CANARY
    assert [said.startswith(note) for said in kept.notes] == ([True] if note else [])

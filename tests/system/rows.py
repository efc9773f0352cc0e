"""One bad answer, one build: what has to be true of its words, its ledger, its files and the server's charges."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from iconbuild.model.secret import Secret
from tests.system.paid import Shop, plain
from tests.system.project import Run

GENERATE = {"path": "generate-icon"}
HOUSE = {**GENERATE, "subject": "house"}
"""The icon that a fault is for; `bell` beside it has none."""
PAIR = plain("house", "bell")
HURRY = {"ICONBUILD_TIMEOUT": "3"}
"""For answers that never come."""
NEXT = ("run the same command again", "the same command goes on", "iconbuild ledger", "nothing was sent")
"""Every error names what to do next in one of these ways."""


def webp(image: Image.Image) -> str:
    """A picture as an answer holds it."""
    out = BytesIO()
    image.save(out, "webp", lossless=True)
    return b64encode(out.getvalue()).decode()


def noise(width: int = 64, height: int = 64) -> Image.Image:
    """A picture of which no part is like another."""
    return Image.frombytes("RGBA", (width, height), Random(1).randbytes(width * height * 4))


def failed(shop: Shop, code: int, *words: str, env: Mapping[str, str] | None = None, text: str = PAIR) -> Run:
    """A build that ends with `code`, says `words` and what to do next, and tells nobody a key."""
    shop.project.write(text)
    run = shop.run("build", env=env)
    assert run.code == code, run
    said = " ".join(run.err.split())
    for word in words:
        assert word in said, (word, run.err)
    assert any(way in said for way in NEXT), run.err
    is_calm(run)
    keeps_secret(shop, run)
    return run


def is_calm(run: Run) -> None:
    """Nothing in the output can drive a terminal or speak to CI, and nothing of a page or a traceback is shown."""
    said = run.out + run.err
    assert all(char == "\n" or char.isprintable() for char in said), ascii(said)
    assert not re.search(r"^\s*::", said, re.MULTILINE), said
    assert "Traceback" not in said
    assert "<html" not in said.lower()


def keeps_secret(shop: Shop, run: Run) -> None:
    """The key is in no output, and in no file that is left, plain or in base64."""
    said = (run.out + run.err).encode()
    files = [path.read_bytes() for path in Path(shop.project.base).rglob("*") if path.is_file()]
    for form in (shop.key.encode(), b64encode(shop.key.encode())):
        assert not any(form in data for data in [said, *files])


def asked(shop: Shop) -> list[dict[str, Any]]:
    """What the account asked of the generation class: `time` in the server's seconds, and `status`."""
    mine = Secret(shop.key).fingerprint
    return [each for each in shop.sandbox.requests()["generations"] if each["account"] == mine]


def states(shop: Shop) -> dict[str, str]:
    """The state of the last attempt at each icon."""
    return {attempt["icon"]: attempt["state"] for attempt in shop.attempts()}


def goes_on(shop: Shop, spent: int) -> None:
    """With a good server the same command finishes what is missing, and all of it has cost `spent` in the end."""
    shop.faults()
    shop.run("build").ok()
    assert shop.spent() == spent
    assert (shop.project.root / "dist/house-24.png").exists()


def is_unknown(shop: Shop, run: Run, charged: int, *, arrived: bytes | None = None) -> str:
    """`house` is unknown and was charged `charged`, `bell` is built; nothing is sent again before somebody decides.

    `arrived` is a part of the raw answer that has to be kept; None where nothing of it came. Returns the attempt's id.
    """
    assert "6 tokens may have been charged, so it is not sent again by itself" in run.err
    assert "--retry-unknown" in run.err
    assert "dist/house-24.png" in run.out, "it is said to be missing"
    assert sorted(shop.project.tree()) == ["bell-24.png"]
    assert shop.spent() == charged + 6
    (attempt,) = (each for each in shop.attempts() if each["state"] == "unknown")
    assert (attempt["icon"], attempt["spent"]) == ("house", 6)
    assert f"iconbuild ledger resolve {attempt['id']} --charged" in run.err
    if arrived is not None:
        assert arrived in Path(attempt["answer"]).read_bytes()

    shop.faults()
    sent = len(asked(shop))
    again = shop.run("build")
    assert again.code == 9
    assert "an earlier purchase has an unknown outcome" in again.err
    assert attempt["id"] in again.err
    assert len(asked(shop)) == sent, "nothing is sent"
    assert shop.spent() == charged + 6
    return str(attempt["id"])

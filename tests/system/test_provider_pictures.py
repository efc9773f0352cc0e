"""Pictures that a provider sends (I01, I10) and those that it is sent (I13, M20): none is published or paid in vain."""

from __future__ import annotations

import shutil
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.samples import png
from tests.system.paid import Shop
from tests.system.project import OUTPUTS, TIMEOUT, Run
from tests.system.rows import HOUSE, PAIR, asked, failed, goes_on, is_calm, is_unknown, noise, states, webp

WHOLE = b64decode(webp(noise()))


@pytest.mark.parametrize(
    "data",
    [b"", WHOLE[:12], WHOLE[: len(WHOLE) // 2], WHOLE[:-1], WHOLE + b"\0"],
    ids=["empty", "12", "half", "all but one", "one more"],
)
def test_i01_a_truncated_picture(shop: Shop, data: bytes) -> None:
    text = b64encode(data).decode()
    shop.faults({**HOUSE, "image": text})
    is_unknown(shop, failed(shop, 9, "the picture in the answer cannot be used"), 6, arrived=text.encode())


def _png(side: int = 64) -> bytes:
    out = BytesIO()
    noise(side, side).save(out, "png")
    return out.getvalue()


def _animated() -> bytes:
    out = BytesIO()
    noise().save(out, "webp", save_all=True, append_images=[Image.new("RGBA", (64, 64), "red")], duration=50)
    return out.getvalue()


NO_WEBP: dict[str, Callable[[], bytes]] = {
    "PNG": _png,
    "animated": _animated,
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "bomb": lambda: b64decode(webp(Image.new("L", (5000, 5000)).convert("RGBA"))),
}


@pytest.mark.parametrize("kind", NO_WEBP)
def test_i01_a_picture_of_another_kind(shop: Shop, kind: str) -> None:
    text = b64encode(NO_WEBP[kind]()).decode()
    shop.faults({**HOUSE, "image": text})
    is_unknown(shop, failed(shop, 9, "the picture in the answer cannot be used"), 6, arrived=text[:200].encode())


BLANK = {
    "transparent": (Image.new("RGBA", (512, 512), (9, 9, 9, 0)), "is fully transparent"),
    "one colour": (Image.new("RGBA", (512, 512), (255, 0, 0, 255)), "is one flat area of #ff0000"),
    "wide": (noise(300, 100), "is 300 x 100 px and not square, as icons of Iconly are"),
    "1 x 1": (Image.new("RGBA", (1, 1), (255, 0, 0, 255)), "is one flat area of #ff0000"),
}


@pytest.mark.parametrize("name", BLANK)
def test_i10_a_picture_that_is_no_icon_is_kept_and_published_only_if_allowed(shop: Shop, name: str) -> None:
    image, words = BLANK[name]
    shop.faults({**HOUSE, "image": webp(image)})
    shop.project.write(PAIR)
    for _ in range(2):
        run = shop.run("build")
        assert run.code == 1
        assert f"dist/house-24.png: the picture of `house` {words}; the file is not written" in run.err
        assert "--allow-blank" in run.err
        assert sorted(shop.project.tree()) == ["bell-24.png"]
        assert shop.spent() == 12, "it is paid, and not bought again"
    assert states(shop) == {"house": "settled", "bell": "settled"}
    clone = shop.project.clone()
    shutil.rmtree(clone.root / "dist")
    assert f"the picture of `house` {words}" in clone.run("build", "--offline", module="iconbuild").err
    shop.run("build", "--allow-blank").ok()
    assert sorted(shop.project.tree()) == ["bell-24.png", "house-24.png"]
    assert shop.spent() == 12


def _asking(shop: Shop, data: bytes, how: str) -> None:
    """A set of an icon that is drawn from words, and one for which `brand.png` is sent."""
    (shop.project.root / "brand.png").write_bytes(data)
    shop.project.write(
        "version: 1\nname: sent\nprovider: iconly\ndefaults: {style: line}\n"
        f"icons:\n  house: house\n  star: {{subject: star, {how}}}\n{OUTPUTS}"
    )


def _padded() -> bytes:
    """A WebP of 8 MB, most of it in a part that no decoder reads."""
    more = b"XXXX" + (8_000_000).to_bytes(4, "little") + bytes(8_000_000)
    return WHOLE[:4] + (len(WHOLE) - 8 + len(more)).to_bytes(4, "little") + WHOLE[8:] + more


UNSENDABLE: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "25 MB": (lambda: _png() + bytes(25_000_000), 2, "more than 25,000,000"),
    "bomb": (lambda: png(13000, 13000, 8, 6, b""), 1, "13000 x 13000 px"),
    "8 MB": (_padded, 1, "cannot be sent to Iconly: it has 8,0"),
    "no picture": (lambda: b"GIF89a", 1, "no picture"),
    "truncated": (lambda: _png()[:-20], 1, "damaged"),
}


@pytest.mark.parametrize("how", ["anchor: {file: brand.png}", "refine: brand.png", "iconify: brand.png"])
@pytest.mark.parametrize("name", UNSENDABLE)
def test_i13_a_picture_that_cannot_be_sent(shop: Shop, name: str, how: str) -> None:
    make, code, words = UNSENDABLE[name]
    _asking(shop, make(), how)
    run = shop.run("build")
    assert run.code == code, run
    assert words in run.err
    assert "brand.png" in run.err or name == "8 MB"
    is_calm(run)
    assert [charge["subject"] for charge in shop.charges()] == ["house"] * (code == 1)
    assert "star" not in {icon for icon, state in states(shop).items() if state != "void"}
    _asking(shop, _png(), how)
    shop.run("build").ok()
    assert shop.spent() == 26


def _meanwhile(shop: Shop, reached: Callable[[], bool], change: Callable[[], object]) -> Run:
    """A build during which something changes as soon as the server has been asked for something."""
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(shop.run, "build")
        deadline = time.monotonic() + TIMEOUT
        while not reached():
            assert time.monotonic() < deadline
        change()
        return running.result()


def _open_questions(shop: Shop) -> bool:
    return "open" in shop.sandbox.requests()["counts"].get("/api/tokens/", {})


def test_m20_a_file_that_changes_before_it_is_read(shop: Shop) -> None:
    """The plan speaks of other bytes: nothing is sent for it, and the next run plans anew."""
    _asking(shop, _png(), "anchor: {file: brand.png}")
    picture = shop.project.root / "brand.png"
    shop.faults({"path": "tokens", "delay": 1.0})
    run = _meanwhile(shop, lambda: _open_questions(shop), lambda: picture.write_bytes(_png(32)))
    assert run.code == 1
    assert "brand.png changed while it was being built" in run.err
    assert "run the same command again: it plans anew" in run.err
    assert [charge["subject"] for charge in shop.charges()] == ["house"]
    goes_on(shop, 26)


def test_m20_a_file_that_changes_after_it_is_sent(shop: Shop) -> None:
    """What was sent is what is written down: the new bytes are another picture, the old ones are paid for."""
    _asking(shop, _png(), "anchor: {file: brand.png}")
    picture = Path(shop.project.root / "brand.png")
    shop.faults({"path": "generate-icon", "subject": "star", "delay": 1.0})
    _meanwhile(shop, lambda: len(asked(shop)) == 2, lambda: picture.write_bytes(_png(32))).ok()
    plan = shop.run("plan", "--format", "json").ok().json
    assert {icon["name"]: icon["action"] for icon in plan["icons"]} == {"house": "reuse", "star": "generate"}
    assert plan["totals"]["token"] == 20
    picture.write_bytes(_png())
    goes_on(shop, 26)

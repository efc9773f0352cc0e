"""What `iconbuild apply` came to, as text and data, and on its way."""

from __future__ import annotations

from io import StringIO

import pytest

from iconbuild.model.retouch import Placed, Reply, Retouched
from iconbuild.report.applied import Bar, Lines, applied_json, applied_text, choose

GOOD = Reply("a.png", (Placed("out/a.png", "png", "written", 2000), Placed("out/a.webp", "webp", "unchanged", 500)))
KEPT = Reply("b.png", (Placed("out/b\x1b.png", "png", "kept", 10), Placed("out/b.webp", "webp", "written", 1)))
BAD = Reply("c\n.png", error="it is empty", remedy="draw it")


def test_text() -> None:
    assert applied_text(Retouched([GOOD], 1)) == (
        "1 picture, 1 file written, 1 unchanged\npng: 1 file, 2.0 KiB · webp: 1 file, 500 bytes\n"
    )
    assert applied_text(Retouched([GOOD, KEPT, BAD], 3, links=2)) == (
        "3 pictures, 2 files written, 1 unchanged, 1 failed\n"
        "png: 1 file, 2.0 KiB · webp: 2 files, 501 bytes\n"
        "kept, because other bytes are there: out/b\\u001b.png (--force replaces)\n"
        "left out: 2 symbolic links\n"
    )
    assert applied_text(Retouched([BAD], 1)) == "1 picture, 0 files written, 1 failed\n"


def test_data() -> None:
    assert applied_json(Retouched([GOOD, KEPT, BAD], 5, links=1)) == {
        "command": "apply",
        "result": {
            "written": ["out/a.png", "out/b.webp"],
            "unchanged": 1,
            "kept": ["out/b\x1b.png"],
            "failed": [{"file": "c\n.png", "error": "it is empty", "remedy": "draw it"}],
            "skipped": 2,
            "links": 1,
            "sizes": {"png": {"files": 1, "bytes": 2000}, "webp": {"files": 2, "bytes": 501}},
        },
        "exit_code": 1,
    }


@pytest.mark.parametrize(("done", "signal", "code"), [([GOOD], 0, 0), ([KEPT], 0, 1), ([BAD], 0, 1), ([GOOD], 2, 130)])
def test_exit_codes(done: list[Reply], signal: int, code: int) -> None:
    assert Retouched(done, 1, signal=signal).exit_code == code


def test_lines() -> None:
    stream = StringIO()
    told = Lines(stream)
    told.begin(2)
    told.finished(GOOD)
    told.finished(BAD)
    told.end()
    assert stream.getvalue() == "[1/2] a.png\n[2/2] c\\n.png: failed: it is empty\n"


def test_a_bar_keeps_failures_above_it() -> None:
    bars = pytest.importorskip("iconbuild.report.bars")
    stream = StringIO()
    told = Bar(bars.Bars(stream))
    told.begin(2)
    told.finished(GOOD)
    told.finished(BAD)
    told.end()
    assert "c\\n.png: failed: it is empty" in stream.getvalue()
    assert "a.png" not in stream.getvalue()


def test_who_tells() -> None:
    assert isinstance(choose("tty", quiet=False, events=False), Bar)
    assert isinstance(choose("plain", quiet=False, events=False), Lines)
    assert not isinstance(choose("plain", quiet=True, events=False), Lines)
    assert not isinstance(choose("none", quiet=False, events=False), Lines)

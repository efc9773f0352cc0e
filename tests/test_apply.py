"""The page behind `iconbuild apply`: pictures in, files out, without a process around it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from iconbuild.apply import Order, apply
from iconbuild.errors import FilesystemError, UsageError
from iconbuild.model.retouch import Asked, Reply, Retouch
from iconbuild.steps.registry import STEPS
from tests.system.pictures import SVG, opened, picture

THICKER = [(STEPS["thickness"], STEPS["thickness"].bind(4))]


class Heard:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def begin(self, total: int) -> None:
        self.said.append(f"begin {total}")

    def started(self, job: Retouch) -> None:
        self.said.append("started")

    def finished(self, done: Reply) -> None:
        self.said.append("failed" if done.error else "finished")

    def end(self) -> None:
        self.said.append("end")


def test_each_picture_is_told_of_and_listed_in_order(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        picture(tmp_path / f"in/{name}.png")
    (tmp_path / "in/b.png").write_bytes(b"")
    heard = Heard()
    came = apply([str(tmp_path / "in")], Asked(str(tmp_path / "out")), Order(THICKER), heard, processes=1)
    assert heard.said == ["begin 3", "started", "finished", "started", "failed", "started", "finished", "end"]
    assert [Path(done.source).stem for done in came.done] == ["a", "b", "c"]
    assert (came.exit_code, came.pictures, [Path(path).name for path in came.paths("written")]) == (
        1,
        3,
        ["a.png", "c.png"],
    )


def test_a_drawing_goes_through_steps_on_a_canvas_that_is_large_enough(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG)

    def made(size: int) -> bytes:
        out = tmp_path / f"out-{size}"
        apply([str(tmp_path / "a.svg")], Asked(str(out), (size,)), Order(THICKER), Heard(), processes=1)
        return (out / f"a-{size}.png").read_bytes()

    for size in (600, 64):
        image = opened(made(size)).getchannel("A")
        left, _, right, _ = image.point([0] * 128 + [255] * 128).getbbox()
        assert (right - left) / size == pytest.approx(2 / 3 + 8 / 512, abs=1.2 / size)  # 4 px a side at 512
    edge = opened(made(600)).getchannel("A").crop((300, 0, 301, 300)).tobytes()
    assert sum(0 < level < 255 for level in edge) <= 3  # a canvas of 512 px would be blown up


def test_without_steps_a_drawing_is_drawn_at_each_size(tmp_path: Path) -> None:
    from iconbuild.model.artifact import Payload
    from iconbuild.pictures.decode import open_picture

    (tmp_path / "a.svg").write_text(SVG)
    apply([str(tmp_path / "a.svg")], Asked(str(tmp_path), (17,)), Order([]), Heard(), processes=1)
    drawn = open_picture(Payload(SVG.encode(), ""), 17)
    assert opened((tmp_path / "a-17.png").read_bytes()).getchannel("A").tobytes() == drawn.getchannel("A").tobytes()


def test_the_collector_of_cycles_runs_while_pictures_are_made(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    seen = []

    class Looking(Heard):
        def started(self, job: Retouch) -> None:
            seen.append(gc.isenabled())

    gc.disable()
    try:
        apply([str(tmp_path / "a.png")], Asked(str(tmp_path / "out")), Order(THICKER), Looking(), processes=1)
        assert (seen, gc.isenabled()) == ([True], False)
    finally:
        gc.enable()


def test_the_end_is_told_also_where_the_run_fails(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "out/a.png").mkdir(parents=True)
    heard = Heard()
    with pytest.raises(FilesystemError):
        apply([str(tmp_path / "a.png")], Asked(str(tmp_path / "out")), Order(THICKER), heard, processes=1)
    assert heard.said[-1] == "end"


def test_nothing_is_told_where_there_is_nothing(tmp_path: Path) -> None:
    heard = Heard()
    with pytest.raises(UsageError):
        apply([str(tmp_path)], Asked(str(tmp_path / "out")), Order(THICKER), heard, processes=1)
    assert heard.said == []

"""The page behind `iconbuild apply`: pictures in, files out, without a process around it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from iconbuild.apply import Order, apply
from iconbuild.errors import FilesystemError, UsageError
from iconbuild.model.retouch import Asked, Reply, Retouch
from iconbuild.steps.registry import STEPS
from tests.system.pictures import SVG, drawn, opened, picture

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
    heard = Heard()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    heard.started = interrupted  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        apply([str(tmp_path / "a.png")], Asked(str(tmp_path / "out")), Order(THICKER), heard, processes=1)
    assert heard.said[-1] == "end"


def test_an_output_folder_that_takes_nothing_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    picture(tmp_path / "a.png")
    (tmp_path / "file").write_text("")
    heard = Heard()
    for out in ("file", "file/below"):
        with pytest.raises(FilesystemError, match="file"):
            apply(["a.png"], Asked(out), Order(THICKER), heard, processes=1)
    assert heard.said == []
    assert apply(["a.png"], Asked("new/out"), Order(THICKER), heard, processes=1).paths("written") == ["new/out/a.png"]


def test_nothing_is_told_where_there_is_nothing(tmp_path: Path) -> None:
    heard = Heard()
    with pytest.raises(UsageError):
        apply([str(tmp_path)], Asked(str(tmp_path / "out")), Order(THICKER), heard, processes=1)
    assert heard.said == []


def test_what_stands_in_the_way_of_one_picture_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        picture(tmp_path / f"in/{name}.png")
    (tmp_path / "out/a.png").mkdir(parents=True)
    came = apply(["in"], Asked("out"), Order(THICKER), Heard(), processes=1)
    assert [one.error for one in came.done] == ["out/a.png is not a regular file", ""]
    assert came.paths("written") == ["out/b.png"]


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    for name, mode in (("a", 0o600), ("b", 0o666)):
        picture(tmp_path / f"{name}.png").chmod(mode)
    apply([str(tmp_path)], Asked(None), Order(THICKER, force=True), Heard(), processes=1)
    assert [(tmp_path / f"{name}.png").stat().st_mode & 0o777 for name in ("a", "b")] == [0o600, 0o666]


def test_an_ico_without_sizes_holds_the_picture_as_large_as_fits(tmp_path: Path) -> None:
    picture(tmp_path / "large.png", size=300)
    picture(tmp_path / "small.png", size=48)
    (tmp_path / "drawn.svg").write_text(SVG)
    came = apply([str(tmp_path)], Asked(str(tmp_path / "out"), formats=("ico",)), Order([]), Heard(), processes=1)
    assert came.failed == []
    sides = {Path(path).stem: opened(Path(path).read_bytes()).size[0] for path in came.paths("written")}
    assert sides == {"large": 256, "small": 48, "drawn": 256}


def test_each_size_is_looked_at_for_whether_it_shows_anything(tmp_path: Path) -> None:
    image = drawn(size=48).crop((0, 0, 48, 48))
    image.putalpha(255)
    image.save(tmp_path / "a.png")
    for sizes, code in (((48,), 0), ((48, 1), 1)):
        out = tmp_path / str(len(sizes))
        came = apply([str(tmp_path / "a.png")], Asked(str(out), sizes), Order([]), Heard(), processes=1)
        assert came.exit_code == code
        assert out.exists() == (code == 0)
    assert "a-1.png is one flat area" in came.failed[0].error

"""Pictures are paired with the files that they make; rivals are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import UsageError
from iconbuild.model.retouch import Asked, File, Picked
from iconbuild.retoucher.jobs import pair


def files(name: str, *, sizes: tuple[int, ...] = (), formats: tuple[str, ...] = ()) -> tuple[File, ...]:
    (job,) = pair([Picked(f"in/{name}", name)], Asked("out", sizes, formats))
    assert (job.source, job.root) == (f"in/{name}", "out")
    return job.files


def test_a_picture_keeps_its_name_and_format() -> None:
    assert files("a/B.PNG") == (File("a/B.PNG", "png"),)
    assert files("b.webp") == (File("b.webp", "webp"),)
    for name in ("c.jpg", "c.svg", "c", "c.odd"):
        assert files(name) == (File("c.png", "png"),)


def test_sizes_are_in_the_name_and_an_ico_holds_them_all() -> None:
    assert files("a.b.webp", sizes=(16, 32)) == (File("a.b-16.webp", "webp", (16,)), File("a.b-32.webp", "webp", (32,)))
    assert files("a.svg", sizes=(16, 32), formats=("ico", "avif")) == (
        File("a.ico", "ico", (16, 32)),
        File("a-16.avif", "avif", (16,)),
        File("a-32.avif", "avif", (32,)),
    )
    assert files("a.PNG", formats=("png",)) == (File("a.png", "png"),)


def test_in_place() -> None:
    jobs = pair([Picked("x/a.png", "a.png"), Picked("b.WEBP", "b.WEBP")], Asked(None))
    assert [(job.root, job.files[0].path) for job in jobs] == [("x", "a.png"), (".", "b.WEBP")]
    with pytest.raises(UsageError, match=r"x/c\.jpg.*only PNG and WebP"):
        pair([Picked("x/c.jpg", "c.jpg")], Asked(None))


@pytest.mark.parametrize(
    "pairs",
    [
        [("x/a.png", "a.png"), ("y/a.png", "a.png")],
        [("x/a.png", "a.png"), ("y/A.PNG", "A.PNG")],
        [("x/a.svg", "a.svg"), ("x/a.jpg", "a.jpg")],
        [("x/größe.png", "größe.png"), ("y/gro\u0308\u00dfe.png", "gro\u0308\u00dfe.png")],
    ],
)
def test_two_pictures_never_make_one_file(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(UsageError, match="both become") as refused:
        pair([Picked(*each) for each in pairs], Asked("out"))
    assert all(path in str(refused.value) for path, _ in pairs)


def test_no_file_is_written_over_a_picture_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    there = Picked(str(tmp_path / "real/a-16.png"), "a-16.png")
    other = Picked(str(tmp_path / "real/a.png"), "a.png")
    with pytest.raises(UsageError, match="which is read"):
        pair([there, other], Asked(str(tmp_path / "link"), (16,)))
    assert pair([other], Asked(str(tmp_path / "link"), (16,)))


def test_in_place_case_tells_files_apart_and_links_do_not(tmp_path: Path) -> None:
    assert len(pair([Picked("x/A.png", "A.png"), Picked("x/a.png", "a.png")], Asked(None))) == 2
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(UsageError, match="both become"):
        pair([Picked(str(tmp_path / folder / "a.png"), "a.png") for folder in ("real", "link")], Asked(None))

"""Sizes of what is in place, by format, are those on the disk."""

from __future__ import annotations

from collections import Counter

from iconbuild.model.session import Options
from iconbuild.report.figures import build_json, plan_json
from iconbuild.report.sizes import Size, sizes, sizes_line
from tests.report.project import Folder, provider_of

ALL = (
    "name: set\nicons: {home: house, cart: shopping cart}\noutputs:\n"
    "  - files: {dir: dist, formats: [webp, png, avif, ico, svg], sizes: [16, 48], scales: [1, 2]}\n"
    "  - sprite: {file: s/all.webp, css: s/all.css}\n"
    "  - html: s/index.html\n"
)


def on_disk(folder: Folder) -> dict[str, Size]:
    files, total = Counter[str](), Counter[str]()
    for path in folder.path.rglob("*.*"):
        if path.parent.name in ("dist", "s"):
            files[path.suffix[1:]] += 1
            total[path.suffix[1:]] += path.stat().st_size
    return {kind: Size(files[kind], total[kind]) for kind in files}


def test_every_format_is_counted_also_when_nothing_changed(folder: Folder) -> None:
    first = folder.build(ALL)
    assert sizes(first) == on_disk(folder)
    assert list(sizes(first)) == ["webp", "png", "avif", "ico", "svg", "css", "html"]
    assert {kind: size.files for kind, size in sizes(first).items() if kind in ("webp", "ico")} == {"webp": 9, "ico": 2}
    again = folder.build()
    assert not again.emitted.written
    assert sizes(again) == on_disk(folder)
    (folder.path / "dist/home.ico").unlink()
    restored = folder.build()
    assert restored.emitted.written == ("dist/home.ico",)
    assert sizes(restored) == on_disk(folder)


def test_what_stands_in_the_way_or_failed_is_not_counted(folder: Folder) -> None:
    folder.build(ALL)
    (folder.path / "dist/home.ico").write_bytes(b"by hand" * 999)
    assert sizes(folder.build())["ico"] == Size(1, (folder.path / "dist/cart.ico").stat().st_size)
    failed = folder.build(ALL.replace("house", "qwrtp xyzzy"), Options(force=True))
    assert sizes(failed)["ico"].files == 1
    assert "html" not in sizes(failed)


def test_some_icons_and_a_check(folder: Folder) -> None:
    folder.build(ALL)
    some = folder.build(None, Options(only=frozenset(["cart"])))
    assert {kind: size.files for kind, size in sizes(some).items()} == {
        "webp": 4,
        "png": 4,
        "avif": 4,
        "ico": 1,
        "svg": 1,
    }
    assert sizes(folder.build(None, Options(check=True))) == {}


def test_json_has_them_and_a_plan_does_not(folder: Folder) -> None:
    built = folder.build(ALL)
    provider = provider_of(built.preview)
    result = build_json(built, provider)["result"]
    assert isinstance(result, dict)
    assert result["sizes"] == {kind: {"files": n, "bytes": size} for kind, (n, size) in on_disk(folder).items()}
    assert "result" not in plan_json(built.preview, provider)
    assert sizes_line(sizes(built)).startswith(
        f"webp: 9 files, {sizes(built)['webp'].bytes / 1024:.1f} KiB · png: 8 files, "
    )

"""What builds came to, as people and programs read it."""

from __future__ import annotations

import json

from iconbuild.model.session import Built, Options
from iconbuild.report.figures import build_json
from iconbuild.report.result import build_text, nothing_words
from tests.report.project import Folder, provider_of

TWO = "name: set\nicons: {home: house, cart: shopping cart}\noutputs: dist\n"


def result(built: Built) -> dict[str, object]:
    """The `result` of the JSON, through a JSON text."""
    found = json.loads(json.dumps(build_json(built, provider_of(built.preview))))
    assert found["exit_code"] == built.exit_code
    assert found["command"] == "build"
    inner = found["result"]
    assert isinstance(inner, dict)
    return inner


def test_icons_in_a_library_are_told(folder: Folder) -> None:
    built = folder.build(TWO)
    assert result(built)["library"] == []
    place = {"slug": "home", "css_class": "ci ci-home", "icon_id": "1", "url": "https://example.org/home.webp"}
    saved = built._replace(library={"home": {"key": "0123456789ab", **place}})
    data = json.loads(json.dumps(build_json(saved, provider_of(built.preview))))
    assert data["result"]["library"] == [{"icon": "home", **place}]


def line(folder: Folder, *names: str) -> str:
    """The line of a build that left these icons in place, by what is on the disk."""
    total = sum((folder.path / f"dist/{name}-64.png").stat().st_size for name in names)
    assert total < 1000
    return f"png: {len(names)} file{'s' * (len(names) > 1)}, {total} bytes\n"


def test_a_first_build(folder: Folder) -> None:
    built = folder.build(TWO)
    assert build_text(built) == "set: 2 icons, 2 files written (2 generated)\n" + line(folder, "home", "cart")
    found = result(built)
    assert (found["generated"], found["processed"], found["restored"], found["reused"]) == (2, 0, 0, 0)
    assert found["written"] == ["dist/home-64.png", "dist/cart-64.png"]
    assert found["spent"] == {"token": 0, "usd": "0.00"}
    assert built.exit_code == 0


def test_nothing_to_do(folder: Folder) -> None:
    folder.build(TWO)
    built = folder.build()
    assert build_text(built) == nothing_words(built) + "\n" == "set: 2 icons, 2 files up to date\n"
    found = result(built)
    assert (found["unchanged"], found["written"], found["reused"]) == (2, [], 2)


def test_restored_kept_and_orphaned(folder: Folder) -> None:
    folder.build(TWO + "  ")
    (folder.path / "dist/home-64.png").unlink()
    (folder.path / "dist/cart-64.png").write_bytes(b"by hand")
    built = folder.build()
    assert build_text(built) == (
        "set: 2 icons, 1 file written (1 restored)\n"
        + line(folder, "home")
        + "kept, because edited by hand: dist/cart-64.png (--force replaces it)\n"
    )
    assert result(built)["kept"] == ["dist/cart-64.png"]
    assert built.exit_code == 1
    fewer = folder.build(TWO.replace("home: house, ", ""), Options(force=True))
    assert build_text(fewer).splitlines()[2:] == ["no longer asked for: dist/home-64.png (--prune removes)"]
    pruned = folder.build(None, Options(prune=True))
    assert build_text(pruned).splitlines()[1:] == ["removed: dist/home-64.png"]
    assert (result(pruned)["pruned"], result(pruned)["orphans"]) == (["dist/home-64.png"], [])


def test_a_build_of_some_icons_counts_those(folder: Folder) -> None:
    some = Options(only=frozenset(["cart"]))
    assert build_text(folder.build(TWO, some)) == "set: 1 icon, 1 file written (1 generated)\n" + line(folder, "cart")
    assert build_text(folder.build(None, some)) == "set: 1 icon, 1 file up to date\n"
    assert build_text(folder.build()) == (
        "set: 2 icons, 1 file written, 1 unchanged (1 generated)\n" + line(folder, "home", "cart")
    )


def test_an_orphan_that_was_edited_is_kept_and_told(folder: Folder) -> None:
    folder.build(TWO)
    (folder.path / "dist/home-64.png").write_bytes(b"by hand")
    built = folder.build(TWO.replace("home: house, ", ""), Options(prune=True))
    assert build_text(built) == (
        "set: 1 icon, 1 file up to date\nkept, because edited by hand: dist/home-64.png (no longer asked for)\n"
    )
    assert result(built)["kept"] == ["dist/home-64.png"]
    assert built.exit_code == 1


def test_a_failure_names_what_was_not_written(folder: Folder) -> None:
    built = folder.build(TWO.replace("shopping cart", "qwrtp xyzzy"))
    assert build_text(built) == (
        "set: 2 icons, 1 file written (1 generated)\n" + line(folder, "home") + "not written: dist/cart-64.png\n"
    )
    found = result(built)
    assert [failure["name"] for failure in found["failed"]] == ["cart"]  # type: ignore[index,attr-defined]
    assert found["skipped"] == ["dist/cart-64.png"]
    assert built.exit_code == 1


def test_check_says_what_would_change(folder: Folder) -> None:
    built = folder.build(TWO, Options(check=True))
    assert build_text(built) == "2 files would change: dist/home-64.png, dist/cart-64.png\n"
    assert (built.exit_code, result(built)["differences"]) == (3, ["dist/home-64.png", "dist/cart-64.png"])
    assert not (folder.path / "dist").exists()
    folder.build()
    assert folder.build(None, Options(check=True)).exit_code == 0

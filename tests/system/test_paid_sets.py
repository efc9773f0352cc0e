"""Sets that cost money: what is planned is what is billed, and what was bought is never bought again."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.system.crowd import finish, is_flying, start, watched
from tests.system.paid import SIX, Shop, anchored, plain
from tests.system.project import REPOSITORY

EXAMPLE = REPOSITORY / "example-sets" / "saas-dashboard" / "icons.yaml"


def test_the_example_set_costs_what_is_documented_then_nothing_then_what_was_edited(shop: Shop) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("provider: local", "provider: iconly")
    shop.project.write(text)
    assert shop.run("plan", "--format", "json").ok().json["totals"]["token"] == 124
    first = shop.build().ok().json
    assert first["result"]["spent"] == {"token": 124, "usd": "0.00"}
    assert shop.spent() == 124
    assert shop.build().ok().json["result"]["spent"]["token"] == 0
    assert shop.spent() == 124

    shop.project.edit("bell notification alert", "siren alarm alert")
    assert shop.run("plan", "--format", "json").ok().json["totals"]["token"] == 23
    shop.build().ok()
    assert shop.spent() == 124 + 23

    shop.project.edit("analytics dashboard with bar chart", "pie chart")
    cascade = shop.run("plan", "--format", "json").ok().json
    assert cascade["totals"]["token"] == 124
    assert {icon["name"]: icon["action"] for icon in cascade["icons"]} == dict.fromkeys(SIX, "generate")
    shop.build().ok()
    assert shop.spent() == 124 + 23 + 124


def test_an_edit_that_is_undone_costs_nothing(shop: Shop) -> None:
    shop.project.write(plain("house", "bell"))
    shop.build().ok()
    shop.project.edit("bell: bell", "bell: church bell")
    shop.build().ok()
    shop.project.edit("bell: church bell", "bell: bell")
    shop.build().ok()
    assert shop.spent() == 18


def test_losing_the_cache_and_the_outputs_costs_nothing(shop: Shop) -> None:
    shop.project.write(anchored())
    shop.build().ok()
    before = {path: path.read_bytes() for path in (shop.project.root / "dist").iterdir()}
    shutil.rmtree(shop.project.cache)
    shutil.rmtree(shop.project.root / "dist")
    shop.build().ok()
    assert {path: path.read_bytes() for path in (shop.project.root / "dist").iterdir()} == before
    assert shop.spent() == 124


def test_a_clone_with_lock_and_originals_builds_offline_without_a_key(shop: Shop) -> None:
    shop.project.write(anchored())
    shop.build().ok()
    clone = shop.project.clone()
    shutil.rmtree(clone.root / "dist")
    done = clone.run(
        "build",
        "--offline",
        "--locked",
        "--format",
        "json",
        module="iconbuild",
        env={"ICONBUILD_STATE_DIR": str(clone.base / "no-state"), "ICONBUILD_ICONLY_URL": "http://127.0.0.1:9/api"},
    ).ok()
    assert done.json["result"]["spent"]["token"] == 0
    assert (clone.root / "icons.lock").read_bytes() == (shop.project.root / "icons.lock").read_bytes()
    assert _tree(clone.root / "dist") == _tree(shop.project.root / "dist")
    assert shop.spent() == 124


def test_another_project_of_the_same_user_gets_equal_icons_for_nothing(shop: Shop) -> None:
    shop.project.write(plain("house", "bell"))
    shop.build().ok()
    other = shop.project.sibling("other", cache="other-cache")
    other.write(plain("house", "heart"))
    other.run("build", env=shop.env, module="iconbuild").ok()
    assert sorted(charge["subject"] for charge in shop.charges()) == ["bell", "heart", "house"]


def test_a_picture_whose_bytes_are_gone_is_not_bought_again_unasked(shop: Shop) -> None:
    shop.project.write(plain("house"))
    shop.build().ok()
    for folder in (shop.project.cache, shop.project.root / ".iconbuild", shop.project.root / "dist"):
        shutil.rmtree(folder)
    lost = shop.run("build")
    assert lost.code == 8
    assert "bought and its bytes are gone" in lost.err
    shop.build("--buy-lost").ok()
    assert shop.spent() == 12
    shutil.rmtree(shop.project.cache)
    shutil.rmtree(shop.project.root / "dist")
    shop.build().ok()
    assert shop.spent() == 12


def test_a_clone_without_the_originals_buys_nothing_unasked(shop: Shop) -> None:
    shop.project.write(plain("house"))
    shop.build().ok()
    clone = shop.project.clone()
    env = {**shop.env, "ICONBUILD_STATE_DIR": str(clone.base / "clone-state")}
    shutil.rmtree(clone.root / "dist")
    for folder in (clone.root / ".iconbuild").rglob("*.webp"):
        folder.write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    pointers = clone.run("build", env=env, module="iconbuild")
    assert (pointers.code, "git lfs pull" in pointers.err) == (8, True)
    shutil.rmtree(clone.root / ".iconbuild")
    assert clone.run("build", env=env, module="iconbuild").code == 8
    assert shop.spent() == 6
    clone.run("build", "--buy-lost", env=env, module="iconbuild").ok()
    assert shop.spent() == 12


def test_a_damaged_original_is_mended_from_the_cache_or_told(shop: Shop) -> None:
    shop.project.write(plain("house"))
    shop.build().ok()
    originals = shop.project.root / ".iconbuild" / "originals"
    (picture,) = originals.rglob("*.webp")
    good = picture.read_bytes()
    flipped = bytes([*good[:100], good[100] ^ 1, *good[101:]])

    picture.write_bytes(flipped)
    shop.project.edit("sizes: [24]", "sizes: [24, 32]")
    shop.build().ok()
    assert picture.read_bytes() == good

    picture.write_bytes(flipped)
    shutil.rmtree(shop.project.cache)
    shop.project.edit("sizes: [24, 32]", "sizes: [24, 48]")
    damaged = shop.run("build")
    assert damaged.code == 8, damaged.err
    assert shop.spent() == 6


def test_steps_at_the_provider_are_free_and_smart_removal_costs_one(shop: Shop) -> None:
    steps = "steps-on: provider\n"
    shop.project.write(plain("house", "bell", more=steps).replace("line}", "line, steps: [crop: 10, smooth: 3]}"))
    plan = shop.run("plan", "--format", "json").ok().json
    assert plan["calls"] == {"generation": 2, "processing": 4, "upload": 0}
    shop.build().ok()
    assert shop.spent() == 12
    shop.project.write(plain("house", "bell").replace("line}", "line, steps: [smart-remove-bg, thickness: 1]}"))
    plan = shop.run("plan", "--format", "json").ok().json
    assert plan["totals"]["token"] == 2
    shop.build().ok()
    assert shop.spent() == 14


def test_a_library_is_filled_once(shop: Shop) -> None:
    shop.project.write(plain("house", "bell", outputs="outputs:\n  - library: dist/library.html\n"))
    done = shop.build().ok().json
    saved = {icon["icon"]: icon for icon in done["result"]["library"]}
    assert saved["house"]["css_class"] == "ci ci-house"
    snippet = (shop.project.root / "dist" / "library.html").read_text(encoding="utf-8")
    assert "ci ci-house" in snippet
    assert saved["bell"]["url"] in snippet
    shutil.rmtree(shop.project.cache)
    shutil.rmtree(shop.project.root / "dist")
    shop.build().ok()
    listed = shop.sandbox.call("GET", "/api/library/list/", key=shop.key).json()["icons"]
    assert sorted(icon["slug"] for icon in listed) == ["bell", "house"]
    assert '"css_class":"ci ci-house"' in (shop.project.root / "icons.lock").read_text(encoding="utf-8")


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_check_buys_nothing(shop: Shop) -> None:
    shop.project.write(plain("house"))
    assert shop.run("build", "--check").code == 3
    assert shop.run("build", "--check", "--offline", env={"CI": "1"}).code == 3
    assert shop.spent() == 0
    shop.build().ok()
    shop.run("build", "--check").ok()


def test_ci_buys_only_when_it_is_told_to(shop: Shop) -> None:
    shop.project.write(plain("house"))
    refused = shop.run("build", env={"CI": "1"})
    assert refused.code == 4
    assert "--allow-spend" in refused.err
    assert shop.spent() == 0
    told = shop.run("build", "--allow-spend", env={"CI": "1"}).ok()
    assert "spent: 6 tokens" in told.out
    shop.run("build", env={"CI": "1"}).ok()
    assert shop.spent() == 6


def test_a_changed_icon_is_saved_beside_its_earlier_picture(shop: Shop) -> None:
    shop.project.write(plain("house", outputs="outputs:\n  - library: dist/library.html\n"))
    shop.build().ok()
    shop.project.edit("house: house", "house: house with a tree")
    done = shop.build().ok().json
    assert [icon["slug"] for icon in done["result"]["library"]] == ["house-2"]
    shop.build().ok()
    listed = shop.sandbox.call("GET", "/api/library/list/", key=shop.key).json()["icons"]
    assert [icon["slug"] for icon in listed] == ["house-2", "house"]


def test_what_came_from_the_cache_is_kept_and_pinned_too(shop: Shop) -> None:
    shop.project.write(plain("house"))
    shop.build().ok()
    other = shop.project.sibling("other")
    other.write(plain("house"))
    env = {**shop.env, "ICONBUILD_STATE_DIR": str(other.base / "other-state")}
    other.run("build", env=env, module="iconbuild").ok()
    assert shop.spent() == 6
    assert '"original":"' in (other.root / "icons.lock").read_text(encoding="utf-8")
    assert len(list((other.root / ".iconbuild" / "originals").rglob("*.webp"))) == 1


def test_an_error_half_way_tells_what_was_spent(shop: Shop) -> None:
    shop.project.write(plain("house", "bell"))
    shop.faults({"path": "/api/generate-icon/", "subject": "bell", "times": -1, "status": 401, "delay": 1})
    stopped = shop.run("build", "-j", "1")
    assert stopped.code == 5
    assert "spent: 6 tokens" in stopped.out


def test_a_full_disk_half_way_tells_what_was_spent(shop: Shop) -> None:
    shop.project.write(anchored(dict(list(SIX.items())[:2])))
    shop.faults({"path": "/api/generate-icon/", "subject": "group of people, team users", "times": -1, "delay": 3})
    held = start(shop, "build")
    originals = shop.project.root / ".iconbuild" / "originals"
    watched(held, lambda: is_flying(shop)() and bool(list(originals.rglob("*.json"))))
    originals.rename(originals.with_name("away"))
    originals.write_text("in the way", encoding="utf-8")
    done = finish(held)
    assert done.code == 7, done
    assert "before that 9 tokens were spent; what was bought is kept" in done.err
    originals.unlink()
    originals.with_name("away").rename(originals)
    shop.build().ok()
    assert shop.spent() == 32


def test_a_whole_set_is_billed_exactly_once_its_balance_is_quiet(shop: Shop) -> None:
    shop.project.write(anchored())
    assert "spent: 124 tokens\n" in shop.run("build").ok().out

"""Defaults, templates and icons become icons with everything written out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.model.manifest import Budget, Look
from tests.loader.loading import codes, icon, loaded, problems

DEFAULTS = """
defaults:
  style: glyph
  color: "#ABC"
  flags: [detail-medium, color]
  model: high
  steps: [crop: 10]
  take: 2
  tags: [base]
"""
BRAND = """
templates:
  brand: {style: isometric, color: "#0F172A", flags: [detail-low], steps: [thickness: 1], prompt: "{subject}, rounded"}
  bare: {prompt: "{subject}, bare"}
  studio: {id: 6f1c0e0a-3c1e, tokens: 8}
"""


def steps(found: object) -> list[str]:
    return [step.name for step in found.steps]  # type: ignore[attr-defined]


def test_the_smallest(tmp_path: Path) -> None:
    manifest = loaded(tmp_path, "icons: {home: house, cart: shopping cart}\noutputs: dist/icons")
    assert [(i.name, i.subject, i.look) for i in manifest.icons] == [
        ("home", "house", Look("style", "line")),
        ("cart", "shopping cart", Look("style", "line")),
    ]
    home = manifest.icons[0]
    assert (home.color, home.flags, home.model, home.steps, home.take, home.anchor) == (None, (), "low", (), 1, None)
    assert (manifest.name, manifest.provider, manifest.chain, manifest.anchor) == ("icons", "local", "star", None)
    assert [theme.name for theme in manifest.themes] == [""]
    assert [(o.kind, o.params["dir"]) for o in manifest.outputs] == [("files", "dist/icons")]
    assert manifest.budget == Budget()
    assert manifest.root == str(tmp_path)
    assert {origin.layer for name, origin in home.origins.items() if name != "subject"} == {"built in"}


def test_defaults_are_written_out(tmp_path: Path) -> None:
    found = icon(tmp_path, DEFAULTS + "icons: {a: b}")
    assert (found.look, found.color, found.flags) == (Look("style", "glyph"), "#aabbcc", ("color", "detail-medium"))
    assert (found.model, found.take, found.tags, steps(found)) == ("high", 2, ("base",), ["crop"])
    assert str(found.origins["color"].where).endswith("icons.yaml:4:10")
    assert found.origins["color"].layer == "defaults"


def test_an_icon_says_otherwise(tmp_path: Path) -> None:
    fields = "preset: duotone, color: '#FFFFFF', flags: [], model: low, steps: [], take: 3, tags: []"
    found = icon(tmp_path, DEFAULTS + f"icons: {{a: {{subject: b, {fields}}}}}")
    assert (found.look, found.color, found.flags) == (Look("preset", "duotone"), "#ffffff", ())
    assert (found.model, found.take, found.tags, found.steps) == ("low", 3, (), ())
    fields = ("look", "color", "flags", "model", "steps", "take", "tags", "subject")
    assert {found.origins[name].layer for name in fields} == {"icon"}


def test_lists_hold_what_they_inherit_where_they_say_so(tmp_path: Path) -> None:
    fields = "steps: [thickness: 1, inherit, crop: 2], flags: [inherit, bias-red], tags: [own, inherit]"
    found = icon(tmp_path, DEFAULTS + f"icons: {{a: {{subject: b, {fields}}}}}")
    assert steps(found) == ["thickness", "crop", "crop"]
    assert found.flags == ("bias-red", "color", "detail-medium")
    assert found.tags == ("own", "base")


def test_inherited_flags_exclude_as_well(tmp_path: Path) -> None:
    assert codes(tmp_path, DEFAULTS + "icons: {a: {subject: b, flags: [inherit, detail-high]}}") == ["M027"]


def test_inherit_means_nothing_in_defaults_and_themes(tmp_path: Path) -> None:
    text = "defaults: {steps: [inherit]}\nthemes: {dark: [inherit]}\nicons: {a: b}"
    assert codes(tmp_path, text) == ["M015", "M015"]


def test_a_template_comes_before_the_defaults(tmp_path: Path) -> None:
    found = icon(tmp_path, DEFAULTS + BRAND + "icons: {a: {subject: b, template: brand}}")
    assert found.look == Look("template", "brand")
    assert found.template is not None
    assert (found.template.style, found.template.prompt) == ("isometric", "{subject}, rounded")
    assert (found.subject, found.color, found.flags, steps(found)) == ("b", "#0f172a", ("detail-low",), ["thickness"])
    assert found.origins["color"].layer == found.origins["steps"].layer == "template brand"
    assert found.origins["model"].layer == "defaults"


def test_a_template_comes_before_the_icon_with_a_warning(tmp_path: Path) -> None:
    text = "icons: {a: {subject: b, template: brand, color: '#fff', flags: [color], steps: [inherit, crop: 3]}}"
    manifest = loaded(tmp_path, DEFAULTS + BRAND + text)
    found = manifest.icons[0]
    assert (found.color, found.flags, steps(found)) == ("#0f172a", ("detail-low",), ["thickness", "crop"])
    assert [(w.code, w.severity) for w in manifest.warnings] == [("M033", "warning")] * 2
    assert "`color` has no effect: template `brand` sets it" in manifest.warnings[0].render()


def test_a_template_leaves_alone_what_it_does_not_set(tmp_path: Path) -> None:
    manifest = loaded(tmp_path, DEFAULTS + BRAND + "icons: {a: {subject: b, template: bare, color: '#fff'}}")
    found = manifest.icons[0]
    assert (found.color, found.flags, steps(found)) == ("#ffffff", ("color", "detail-medium"), ["crop"])
    assert manifest.warnings == ()


def test_an_icon_leaves_the_template_of_the_defaults(tmp_path: Path) -> None:
    text = "defaults: {template: brand, color: '#fff'}\nicons: {a: b, c: {subject: d, style: glyph}}"
    manifest = loaded(tmp_path, BRAND + text)
    assert manifest.icons[0].color == "#0f172a"
    assert manifest.icons[1].template is None
    assert (manifest.icons[1].color, manifest.icons[1].steps) == ("#ffffff", ())
    assert manifest.warnings == ()


def test_a_template_of_the_provider(tmp_path: Path) -> None:
    template = icon(tmp_path, BRAND + "icons: {a: {subject: b, template: studio}}").template
    assert template is not None
    assert (template.id, template.tokens, template.style) == ("6f1c0e0a-3c1e", Decimal(8), None)


def test_existing_artwork(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    found = icon(tmp_path, DEFAULTS + "icons: {a: {from: ./brand//logo.svg, steps: [inherit, thickness: 1]}}")
    assert found.source is not None
    assert (found.source.path, found.source.where.column) == ("brand/logo.svg", 19)
    assert (found.subject, found.look, found.color, found.flags) == (None, Look("style", "line"), None, ())
    assert (found.take, found.model, steps(found), found.tags) == (1, "low", ["crop", "thickness"], ("base",))
    assert found.origins["from"].layer == "icon"


def test_artwork_stays_inside_the_project(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    project.mkdir()
    outside.mkdir()
    (outside / "x.svg").write_text("<svg/>", encoding="utf-8")
    (project / "x.svg").symlink_to(outside / "x.svg")
    (project / "folder").symlink_to(outside)
    (project / "folder.svg").mkdir()
    (project / "empty.svg").touch()
    (project / "inside.svg").symlink_to("real.svg")
    (project / "real.svg").write_text("<svg/>", encoding="utf-8")
    with (project / "large.png").open("wb") as file:
        file.truncate(25_000_001)
    names = ["x.svg", "folder/x.svg", "folder.svg", "empty.svg", "large.png", "inside.svg"]
    icons = "".join(f"\n  i{place}: {{from: {name}}}" for place, name in enumerate(names))
    found = problems(project, "icons:" + icons)
    assert [(p.code, p.where.line) for p in found] == [("M019", 2), ("M019", 3), ("M019", 4), ("M019", 5), ("M019", 6)]
    assert "symbolic link" in found[0].message


def test_artwork_follows_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    assert codes(tmp_path, "icons: {a: {from: a.svg, anchor: b}, b: c}") == ["M027"]
    assert icon(tmp_path, "icons: {a: {from: a.svg, anchor: none}, b: c}").anchor is None


@pytest.mark.parametrize("written", ["'  a \t b  '", "|\n    a\n    b\n", ">\n    a\n    b\n", '"a\\nb"', "a\n    b"])
def test_white_space_of_subjects(tmp_path: Path, written: str) -> None:
    assert icon(tmp_path, f"icons:\n  a: {written}").subject == "a b"


def test_a_pin(tmp_path: Path) -> None:
    assert icon(tmp_path, "icons: {a: {subject: b, icon: 'ph:credit-card'}}").pinned == "ph:credit-card"


def test_provider_and_packs(tmp_path: Path) -> None:
    inner = loaded(tmp_path, "provider: {name: iconly, packs: [a/b]}\nicons: {a: b}")
    outer = loaded(tmp_path, "provider: iconly\npacks: [a/b]\nicons: {a: b}")
    assert (inner.provider, inner.packs) == (outer.provider, outer.packs) == ("iconly", ("a/b",))
    assert codes(tmp_path, "provider: {name: local, packs: [a]}\npacks: [b]\nicons: {a: b}") == ["M027"]
    assert codes(tmp_path, "provider: {name: locl}\nicons: {a: b}") == ["M018"]


def test_budget_is_exact(tmp_path: Path) -> None:
    budget = loaded(tmp_path, "budget: {tokens: 400, usd: 0.1}\nicons: {a: b}").budget
    assert budget == Budget(Decimal(400), Decimal("0.1"))


def test_the_rest(tmp_path: Path) -> None:
    manifest = loaded(tmp_path, "version: 1\nname: '  Acme  UI '\nsteps-on: provider\nstrict: true\nicons: {a: b}")
    assert (manifest.name, manifest.steps_on, manifest.strict) == ("Acme UI", "provider", True)


def test_themes_in_order(tmp_path: Path) -> None:
    text = "themes:\n  light: [recolor: '#0F172A']\n  dark: []\nicons: {a: b}"
    themes = loaded(tmp_path, text).themes
    assert [theme.name for theme in themes] == ["light", "dark"]
    assert themes[0].steps[0].params["color"] == "#0f172a"


def test_limits_raise_and_lower(tmp_path: Path) -> None:
    many = "icons:\n" + "".join(f"  i{i}: x\n" for i in range(10_001))
    (problem,) = problems(tmp_path, many)
    assert problem.code == "M023"
    assert "limits: {icons: 10001}" in problem.remedy
    assert len(loaded(tmp_path, "limits: {icons: 10001}\n" + many).icons) == 10_001
    assert codes(tmp_path, "limits: {icons: 1}\nicons: {a: b, c: d}") == ["M023"]
    assert codes(tmp_path, "limits: {icons: 100001}\nicons: {a: b}") == ["M022"]
    too_many = "limits: {icons: 100000}\nicons: [" + "a," * 100_001 + "]"
    assert "split the set" in problems(tmp_path, too_many)[0].remedy


def test_a_hundred_problems_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    found = problems(tmp_path, "icons:\n" + "".join(f"  i{i}: {{subject: a, take: x{i}}}\n" for i in range(130)))
    assert len(found) == 101
    assert (found[-1].code, found[-1].message) == ("M000", "and 30 more problems")
    assert all(problem.source_line for problem in found[:-1])


def test_one_bad_icon_does_not_hide_the_others(tmp_path: Path) -> None:
    text = (
        "defaults: {style: lin}\nicons:\n  a: {subjct: b}\n  c: {subject: d, anchor: e}\n  f: {subject: g, template: h}"
    )
    assert codes(tmp_path, text) == ["M018", "M012", "M018", "M018"]

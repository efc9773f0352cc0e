"""Any bytes give a manifest or a ManifestError; what is said is printable and holds no key."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iconbuild.errors import ManifestError
from iconbuild.loader.load import load
from iconbuild.loader.redact import masked_line, shown
from iconbuild.model.manifest import Manifest
from tests.loader.loading import OUTPUT, VOCABULARY

SEED = """version: 1
name: shop
provider: {name: local, packs: [a]}
defaults: {preset: duotone, color: "#fff", flags: [color], steps: [crop: 10, smooth: {strength: 3}]}
anchor: cart
icons:
  cart: shopping cart
  on: &x {subject: power button, take: 2, steps: [inherit, thickness: 1]}
  alert: {subject: bell, anchor: none, tags: [beta]}
  copy: *x
templates: {brand: {style: line, prompt: "{subject}, rounded"}}
themes: {dark: [recolor: "#e2e8f0"]}
outputs: [files: {dir: dist, formats: [png], sizes: [24]}, sprite: dist/s.png]
budget: {tokens: 400}
profiles: {ci: {budget: {tokens: 0}}}
"""
WORDS = ("[", "]", "{", "}", ": ", "- ", "\n", "  ", "#", "'", '"', "&x ", "*x", "!!str ", "<<: ", "~", "null", "|\n")
MORE = (
    "? ",
    "${A}",
    "ik_0123456789abcdef",
    "0123",
    "9e9",
    "..",
    "\t",
    "\x85",
    "\u2028",
    "\ufeff",
    "\U0001f6d2",
    "%YAML",
)
PARTS = st.one_of(st.sampled_from(WORDS + MORE), st.text(max_size=3), st.sampled_from(SEED.split()))
KEY = re.compile("(?<![A-Za-z0-9])ik_0123456789abcdef")


def outcome(data: bytes) -> Manifest | ManifestError:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "icons.yaml")
        path.write_bytes(data)
        try:
            return load(str(path), vocabulary=VOCABULARY)
        except ManifestError as error:
            return error


def check(data: bytes) -> None:
    result = outcome(data)
    if isinstance(result, ManifestError):
        text = result.render()
        assert not KEY.search(text)
        assert all(line.isprintable() for line in text.splitlines())
        assert any(problem.severity == "error" for problem in result.problems)
    else:
        assert result.icons
        assert all(icon.subject or icon.source for icon in result.icons)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(WORDS + MORE), st.text(max_size=3), st.sampled_from(SEED.split())), max_size=30)
)
@example(["icons: {a: b\x1b[31m}"])
def test_any_text(parts: list[str]) -> None:
    check("".join(parts).encode("utf-8", "replace"))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mutated_manifests(data: st.DataObject) -> None:
    text = SEED
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.sampled_from(("", *WORDS, *MORE))) + text[start + cut :]
    check(text.encode())


def test_the_seed_is_valid() -> None:
    result = outcome(SEED.encode())
    assert isinstance(result, Manifest)
    assert result.icon("copy") is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 20_000, "M007"),
        ("{" * 20_000, "M007"),
        ("- " * 20_000, "M007"),
        ("a: " + "[" * 31 + "]" * 31, "M012"),
        ("a: &a {b: *a}", "M007"),
        ("&a [*a]", "M007"),
        ("a: &a x\nb: [" + "*a, " * 100 + "]", "M012"),
        ("a: &a x\nb: [" + "*a, " * 101 + "]", "M007"),
        ("a: &a " + "[" * 20 + "]" * 20 + "\nb: " + "[" * 20 + "*a" + "]" * 20, "M007"),
        ("a: *b", "M003"),
        ("a: &a x\nb: &a y", "M003"),
        ("[" + "a, " * 200_000 + "]", "M015"),
        ("icons: {a: '" + " " * 500_000 + "'}", "M022"),
        ("x" * 1_000_000, "M015"),
    ],
)
def test_bombs(text: str, code: str) -> None:
    result = outcome(text.encode())
    assert isinstance(result, ManifestError)
    assert code in {problem.code for problem in result.problems}
    assert len(result.render()) < 50_000


def test_more_than_a_great_many_values() -> None:
    result = outcome(("icons: [" + "a," * 450_000 + "]").encode())
    assert isinstance(result, ManifestError)
    assert result.problems[0].code == "M023"


def test_aliases_write_values_out() -> None:
    result = outcome(("a: &s [crop: 1]\n" + OUTPUT).replace("a:", "icons: {b: {subject: c, steps:").strip().encode())
    assert isinstance(result, ManifestError)
    result = outcome(b"defaults: {steps: &s [crop: 1]}\nthemes: {x: *s}\nicons: {b: c}" + OUTPUT.encode())
    assert isinstance(result, Manifest)
    assert result.themes[0].steps == result.icons[0].steps


@pytest.mark.parametrize(
    "key",
    ["ik_0123456789", "ifk_live_0123", "ifk_test_0123", "iat_0123456789", "irt_0123456789", "sk-0123456789abcdef"],
)
def test_keys_are_never_shown(key: str) -> None:
    for text in (f"icons: {{a: {key}}}", f"icons: {{a: {{b: [{key}]}}}}", f"icons: {{a: b # {key}\n", f"{key}: {key}"):
        result = outcome((text + OUTPUT).encode())
        assert isinstance(result, ManifestError)
        assert key not in result.render()


@pytest.mark.parametrize("text", ["task-management board", "sk-logo", "ik_arrow", "risk-assessment-document-folder"])
def test_words_are_no_keys(text: str) -> None:
    assert isinstance(outcome(f"icons: {{a: {text}}}{OUTPUT}".encode()), Manifest)


def test_suggestions_cannot_drive_a_terminal_either() -> None:
    result = outcome(b'icons: {"c\\x1bart": b, d: {subject: e, anchor: cart}}' + OUTPUT.encode())
    assert isinstance(result, ManifestError)
    assert "did you mean `c\\u{1b}art`?" in result.render()


def test_what_is_shown_cannot_drive_a_terminal() -> None:
    assert shown("a\x1b[31m\u202eb") == "`a\\u{1b}[31m\\u{202e}b`"
    assert shown("x" * 100) == "`" + "x" * 60 + "`..."
    assert masked_line("a\u202eb\tc") == "a\ufffdb\tc"
    assert masked_line("api_key: abc, x") == "api_key: ******"

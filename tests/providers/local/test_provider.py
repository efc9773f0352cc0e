import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import iconbuild
from iconbuild.errors import NoMatchError
from iconbuild.model.artifact import SVG, Payload
from iconbuild.pictures.svg import check_svg, rasterize
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks import registry
from tests.providers.local.support import drawn, icon, table

LOOKS = ("line", "glyph", "outline", "duotone")


def test_a_picture_and_its_facts(provider: LocalProvider) -> None:
    picture = drawn(provider, icon("analytics dashboard with bar chart", "duotone"))
    assert picture.media == SVG
    assert picture.spent is None
    assert picture.facts.data == {
        "icon": "ph:chart-bar",
        "score": 1.0,
        "confident": True,
        "artwork": "Phosphor Icons 2.1.0",
        "licence": "MIT",
        "author": "Phosphor Icons",
        "profile": {
            "look": "duotone",
            "colors": ["#312e81", "#a5b4fc"],
            "main": "#312e81",
            "weight": 1.5,
            "caps": "round",
            "flags": [],
        },
        "warnings": [],
    }


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_a_safe_drawing_with_a_transparent_background(provider: LocalProvider, look: str) -> None:
    for subject in table("examples.json"):
        data = drawn(provider, icon(subject, look)).data
        check_svg(data)
        assert b"currentColor" not in data
        alpha = rasterize(data, 64).getchannel("A")
        assert alpha.getextrema()[0] == 0
        assert all(alpha.getpixel(corner) == 0 for corner in ((0, 0), (63, 0), (0, 63), (63, 63)))
        box = alpha.getbbox()
        assert box is not None
        assert max(box[2] - box[0], box[3] - box[1]) > 40


@pytest.mark.parametrize("look", LOOKS)
def test_color_is_the_ink(provider: LocalProvider, look: str) -> None:
    data = drawn(provider, icon("bell", look, color="#3b82f6")).data
    assert b"#3b82f6" in data
    assert b"#0f172a" not in data
    assert b"#312e81" not in data


def test_a_take_is_another_thing(provider: LocalProvider) -> None:
    pictures = [drawn(provider, icon("chat", take=take)).facts["icon"] for take in (1, 2, 3)]
    assert len(set(pictures)) == 3


def test_takes_run_out_with_a_warning(provider: LocalProvider) -> None:
    picture = drawn(provider, icon("stethoscope", take=50))
    assert "take 50 draws the last" in str(picture.facts["warnings"])


def test_doubt_is_a_warning_with_candidates(provider: LocalProvider) -> None:
    facts = drawn(provider, icon("perfume bottle")).facts
    assert facts["confident"] is False
    assert "not sure what shows `perfume bottle`; best: ph:" in str(facts["warnings"])


def test_a_stand_in_is_a_warning(provider: LocalProvider) -> None:
    warnings = str(drawn(provider, icon("diamond ring gemstone jewelry")).facts["warnings"])
    assert "the artwork has no ring" in warnings


def test_flags_without_effect_are_warnings(provider: LocalProvider) -> None:
    first, second = provider.unheeded(icon("bell", flags=("ai-bg", "allow-text")), reference=False)
    assert "`ai-bg`" in first
    assert "`allow-text`" in second
    (where,) = provider.unheeded(icon("bell", flags=("keep-bg",)), reference=False)
    assert "`line` has no background" in where
    assert provider.unheeded(icon("bell", "neon", flags=("keep-bg", "detail-low")), reference=False) == []


def test_nothing_fits(provider: LocalProvider) -> None:
    with pytest.raises(NoMatchError, match="fits the subject `fizzbuzz`") as failure:
        drawn(provider, icon("fizzbuzz"))
    assert "iconbuild match" in failure.value.remedy


def test_a_pinned_icon_is_drawn_whatever_the_subject(provider: LocalProvider) -> None:
    assert drawn(provider, icon("house", pinned="ph:apple-logo")).facts["icon"] == "ph:apple-logo"


def test_a_pinned_icon_that_is_not_there(provider: LocalProvider) -> None:
    with pytest.raises(ValueError, match=r"no icon `ph:chart-baar`; did you mean .*ph:chart-bar"):
        provider.request(icon(pinned="ph:chart-baar"), reference=False)


def test_icons_follow_an_anchor_that_the_engine_drew(provider: LocalProvider) -> None:
    anchor = drawn(provider, icon("camera", "duotone", color="#14532d", flags=("detail-low",)))
    follower = drawn(provider, icon("bell", "duotone", color="#ff0000"), anchor)
    assert follower.facts["profile"] == anchor.facts["profile"]
    assert b"#ff0000" not in follower.data


def test_threads_draw_the_same_bytes(tmp_path: Path, provider: LocalProvider) -> None:
    shared = LocalProvider(tmp_path)
    subjects = list(table("examples.json"))

    def draw(subject: str) -> Payload:
        return drawn(shared, icon(subject, "duotone"))

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(draw, subjects))
    assert together == [drawn(provider, icon(subject, "duotone")) for subject in subjects]


def test_descriptions_and_licences(provider: LocalProvider) -> None:
    assert [*provider.styles(), *provider.presets()] == list(registry.LOOKS)
    assert provider.licences() == ["Phosphor Icons 2.1.0 (MIT, Phosphor Icons)"]


def test_a_missing_icon_package_is_named() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(iconbuild.__file__).parents[1])!r})\n"
        "from iconbuild.providers.local import LocalProvider\n"
        "try: LocalProvider().licences()\n"
        "except Exception as error: print(type(error).__name__, error.remedy)"
    )
    run = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "ProviderError run `pip install py-phosphor-icons`"


def test_planning_imports_nothing_heavy() -> None:
    program = (
        "import sys, iconbuild.providers.local as local; local.LocalProvider().licences();"
        "heavy = {'numpy', 'PIL', 'resvg_py', 'difflib', 'py_phosphor_icons'};"
        "heavy |= {'iconbuild.providers.local.search.retrieval'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

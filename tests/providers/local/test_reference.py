from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, Payload
from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.reference import edge_distance, observed
from tests.providers.local.support import drawn, icon, svg

TEAL, PEACH = "#0f766e", "#fb923c"


def near(color: str | None, other: str) -> bool:
    return color is not None and all(abs(int(color[i : i + 2], 16) - int(other[i : i + 2], 16)) <= 4 for i in (1, 3, 5))


def frame(weight: float, fill: str = "none") -> Payload:
    return svg(
        f'<g fill="{fill}" stroke="{TEAL}" stroke-width="{weight * 256 / 24}" stroke-linejoin="round">'
        '<rect x="28" y="48" width="200" height="150"/><circle cx="128" cy="120" r="38"/></g>'
    )


def on_paper(picture: Payload, paper: str) -> Payload:
    drawing = rasterize(picture.data, 300)
    sheet = Image.new("RGB", drawing.size, paper)
    sheet.paste(drawing, mask=drawing.getchannel("A"))
    file = BytesIO()
    sheet.save(file, "PNG")
    return Payload(file.getvalue(), PNG)


@pytest.mark.parametrize("weight", [0.75, 1.0, 1.5, 2.25, 3.0])
def test_a_line_drawing_is_measured(weight: float) -> None:
    profile = observed(frame(weight))
    assert profile.look == "line"
    assert near(profile.ink, TEAL)
    assert profile.accent is None
    assert profile.weight == pytest.approx(weight, rel=0.1)


def test_two_colours_are_ink_and_accent() -> None:
    profile = observed(frame(1.5, PEACH))
    assert profile.look == "duotone"
    assert near(profile.ink, TEAL)
    assert near(profile.accent, PEACH)
    assert profile.weight == pytest.approx(1.5, rel=0.1)


@pytest.mark.parametrize("paper", ["#ffffff", "#101418"])
def test_a_background_is_taken_away(paper: str) -> None:
    profile = observed(on_paper(frame(1.5, PEACH), paper))
    assert near(profile.ink, TEAL)
    assert near(profile.accent, PEACH)
    assert profile.weight == pytest.approx(1.5, rel=0.1)


def test_a_silhouette_is_a_glyph_of_ordinary_weight() -> None:
    profile = observed(svg(f'<path fill="{TEAL}" d="M32 128L128 32L224 128L128 224Z"/>'))
    assert (profile.look, profile.accent, profile.weight) == ("glyph", None, 1.5)


def test_weight_is_measured_by_the_icon_where_it_is_lost_in_space() -> None:
    small = svg(f'<rect x="100" y="100" width="50" height="50" fill="none" stroke="{TEAL}" stroke-width="4"/>')
    assert observed(small).weight == pytest.approx(4 / 54 * 20.5, rel=0.1)


def test_what_the_engine_drew_measures_as_it_was_drawn(provider: LocalProvider) -> None:
    for subject in ("camera", "bell", "credit card"):
        picture = drawn(provider, icon(subject, "duotone"))
        profile = observed(Payload(picture.data, picture.media))
        assert near(profile.ink, "#312e81")
        assert near(profile.accent, "#a5b4fc")
        assert profile.weight == pytest.approx(1.5, rel=0.1)


def test_icons_follow_a_foreign_anchor(provider: LocalProvider) -> None:
    picture = drawn(provider, icon("bell", "duotone"), frame(2.25, PEACH))
    assert picture.data.count(PEACH.encode()) == picture.data.count(TEAL.encode()) == 1
    assert picture.facts["profile"]["weight"] == pytest.approx(2.25, rel=0.1)  # type: ignore[index,call-overload]


def test_an_empty_anchor_is_refused() -> None:
    with pytest.raises(PictureError, match="nothing can be seen"):
        observed(svg(""))


def test_edge_distances_are_exact() -> None:
    mask = np.zeros((9, 9), dtype=bool)
    mask[1:8, 1:8] = True
    mask[4, 4] = False
    distance = edge_distance(mask)
    assert distance[0, 0] == distance[4, 4] == 0
    assert distance[1, 1] == 1
    assert distance[3, 3] == pytest.approx(2**0.5)

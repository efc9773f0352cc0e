from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import JPEG, PNG, WEBP, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.profile import Profile, Seen
from iconbuild.providers.local.reference import observed
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.vectors.arrange import Item
from tests.colour import apart
from tests.providers.local.rendered import MEDIA, encoded
from tests.providers.local.support import drawn, icon, svg

TEAL, PEACH, INDIGO, PERIWINKLE = "#0f766e", "#fb923c", "#312e81", "#a5b4fc"
NAMES = ("bell", "chart-bar", "house", "users")

# Outlines of common icon families on a 24 grid: strokes with round ends, strokes and filled contours with sharp ones.
PENCIL = 'fill="none" stroke="#111827" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
ROUND = {
    "home": "M3 9l9-7 9 7v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM9 22V12h6v10",
    "check": "M20 6 9 17l-5-5",
    "cross": "M18 6 6 18M6 6l12 12",
    "mail": "M4 4h16c1.1 0 2 .9 2 2v12c0 1.1-.9 2-2 2H4c-1.1 0-2-.9-2-2V6c0-1.1.9-2 2-2zM22 6l-10 7L2 6",
}
SHARP = {
    "home": "M12 5.69l5 4.5V18h-2v-6H9v6H7v-7.81l5-4.5M12 3L2 12h3v8h6v-6h2v6h6v-8h3L12 3z",
    "mail": "M22 4H2v16h20V4zm-2 4l-8 5-8-5V6l8 5 8-5v2zm0 10H4V8l8 5 8-5v10z",
    "cross": "M19 6.41 17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59 6.41 19 12 13.41 17.59 19 19 17.59 13.41 12z",
    "menu": "M3 18h18v-2H3v2zm0-5h18v-2H3v2zm0-7v2h18V6H3z",
    "image": "M19 5v14H5V5h14m2-2H3v18h18V3zm-6.86 8.86-3 3.87L9 13.14 6 17h12l-3.86-5.14z",
}


def on_24(body: str, view: str = "0 0 24 24") -> Payload:
    return Payload(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{body}</svg>'.encode(), PNG)


def frame(weight: float, fill: str = "none") -> Payload:
    return svg(
        f'<g fill="{fill}" stroke="{TEAL}" stroke-width="{weight * 256 / 24}" stroke-linejoin="round">'
        '<rect x="28" y="48" width="200" height="150"/><circle cx="128" cy="120" r="38"/></g>'
    )


def on_ground(picture: Payload, ground: Image.Image | str, media: str = PNG, color: str | None = None) -> Payload:
    drawing = open_picture(picture, 300)
    sheet = Image.new("RGB", drawing.size, ground) if isinstance(ground, str) else ground.resize(drawing.size)
    sheet.paste(color or drawing.convert("RGB"), mask=drawing.getchannel("A"))
    return saved(sheet, media)


def saved(image: Image.Image, media: str = PNG) -> Payload:
    file = BytesIO()
    image.save(file, "PNG" if media == PNG else "JPEG", **({} if media == PNG else {"quality": 85}))
    return Payload(file.getvalue(), media)


def ours(provider: LocalProvider, name: str, look: str, weight: float = 1.5, caps: str = "round") -> Payload:
    """An icon as this engine draws it, without a word about how."""
    colors = {"line": (TEAL,), "duotone": (INDIGO, PERIWINKLE)}[look]
    artwork = provider._packs["ph"].artwork(name)
    return Payload(draw([Item(name, artwork)], Profile(look, colors, colors[0], weight, caps)).encode(), PNG)


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("size", [96, 300, 1024])
@pytest.mark.parametrize("weight", [1.0, 1.5, 2.5])
def test_line_drawings_are_measured(provider: LocalProvider, weight: float, size: int, media: str) -> None:
    for name in NAMES:
        seen = observed(encoded(ours(provider, name, "line", weight), media, size))
        assert (seen.kind, seen.light, seen.caps) == ("line", None, "round"), name
        assert seen.weight == pytest.approx(weight, rel=0.05), name
        blurred = size == 96 and media == JPEG  # which halves the colours' resolution: strokes are two pixels wide
        assert apart(seen.dark, TEAL) <= (3.5 if blurred else 3), name
        assert seen.main == seen.dark


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("weight", [1.125, 1.5, 2.25])
def test_two_colours_are_ink_and_light(provider: LocalProvider, weight: float, media: str) -> None:
    for name in NAMES:
        seen = observed(encoded(ours(provider, name, "duotone", weight), media))
        assert seen.kind == "duotone", name
        assert seen.weight == pytest.approx(weight, rel=0.05), name
        assert apart(seen.dark, INDIGO) <= 3, name
        assert seen.light is not None
        assert apart(seen.light, PERIWINKLE) <= 3, name


@pytest.mark.parametrize("weight", [0.75, 3.0])
def test_strokes_may_be_thin_or_heavy(weight: float) -> None:
    assert observed(frame(weight)).weight == pytest.approx(weight, rel=0.05)


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("name", ["chart-bar", "house", "users", "key"])
def test_cut_ends_are_told_from_round_ones(provider: LocalProvider, name: str, media: str) -> None:
    for weight in (1.5, 2.0, 2.5):
        for caps in ("round", "square"):
            assert observed(encoded(ours(provider, name, "line", weight, caps), media)).caps == caps, (weight, caps)


@pytest.mark.parametrize("media", [PNG, JPEG])
@pytest.mark.parametrize("size", [128, 512])
def test_other_families_of_icons(size: int, media: str) -> None:
    for name, path in ROUND.items():
        seen = observed(encoded(on_24(f'<path {PENCIL} d="{path}"/>'), media, size))
        assert (seen.kind, seen.caps) == ("line", "round"), name
        assert seen.weight == pytest.approx(2, rel=0.05), name
    for name, path in SHARP.items():
        seen = observed(encoded(on_24(f'<path fill="#111827" d="{path}"/>'), media, size))
        assert (seen.kind, seen.caps) == ("line", "square"), name
        assert seen.weight == pytest.approx(2, rel=0.05), name


@pytest.mark.parametrize("media", [PNG, JPEG])
@pytest.mark.parametrize("ground", ["#ffffff", "#f3f4f6", "#101418"])
def test_a_ground_is_taken_away(ground: str, media: str) -> None:
    seen = observed(on_ground(frame(1.5, PEACH), ground, media))
    assert seen.kind == "duotone"
    assert apart(seen.dark, TEAL) <= 3
    assert seen.light is not None
    assert apart(seen.light, PEACH) <= 3
    assert seen.weight == pytest.approx(1.5, rel=0.05)


def test_a_sloping_ground_is_taken_away() -> None:
    ramp = np.linspace(0, 60, 300)
    slope = np.stack([195 + ramp[None] + 0 * ramp[:, None], 170 + ramp[:, None] + 0 * ramp[None]], axis=-1)
    ground = Image.fromarray(np.dstack([slope, np.full((300, 300), 240)]).astype(np.uint8))
    seen = observed(on_ground(frame(1.5), ground, JPEG))
    assert seen.kind == "line"
    assert apart(seen.dark, TEAL) <= 3
    assert seen.weight == pytest.approx(1.5, rel=0.05)


def test_a_tile_is_a_ground_and_a_solid_icon_with_a_hole_is_none() -> None:
    tile = '<rect x="1" y="1" width="22" height="22" rx="5" fill="#e0e7ff"/>'
    small = f'<g transform="translate(4.8 4.8) scale(.6)"><path {PENCIL} d="{ROUND["home"]}"/></g>'
    assert observed(encoded(on_24(tile + small), PNG)).kind == "line"
    hole = "M6 3h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3zM8 12l3 4 6-7-1-1-5 6-2-3z"
    for media in MEDIA:
        seen = observed(encoded(on_24(f'<path fill="{TEAL}" fill-rule="evenodd" d="{hole}"/>'), media))
        assert seen.kind == "glyph"
        assert apart(seen.dark, TEAL) <= 3


def test_a_white_icon_on_a_colour_is_followed_in_that_colour() -> None:
    for media in (PNG, JPEG):
        seen = observed(on_ground(frame(1.5), "#2563eb", media, color="#ffffff"))
        assert apart(seen.dark, "#2563eb") <= 3
        assert seen.weight == pytest.approx(1.5, rel=0.05)


def test_a_silhouette_is_a_glyph_of_ordinary_weight() -> None:
    seen = observed(svg(f'<path fill="{TEAL}" d="M32 128L128 32L224 128L128 224Z"/>'))
    assert (seen.kind, seen.dark, seen.light, seen.weight) == ("glyph", TEAL, None, 1.5)


def test_of_many_colours_the_most_telling_is_the_main_one() -> None:
    parts = '<rect x="30" y="60" width="196" height="136" fill="#f97316"/><rect x="60" y="90" width="60" height="60" '
    seen = observed(svg(parts + 'fill="#fde68a"/><path d="M140 100h60v60h-60z" fill="#1c1917"/>'))
    assert seen == Seen("multi", "#f97316", "#1c1917", "#fde68a", seen.weight, seen.caps)


def test_specks_are_no_colours() -> None:
    pixels = np.array(open_picture(on_ground(frame(2.0), "#ffffff")).convert("RGB"))
    for y, x in np.random.default_rng(4).integers(0, 296, (40, 2)):
        pixels[y : y + 3, x : x + 3] = (255, 0, 0)
    seen = observed(saved(Image.fromarray(pixels)))
    assert (seen.kind, seen.dark) == ("line", TEAL)
    assert seen.weight == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize("view", ["2 2 20 20", "-12 -12 48 48", "-20 -4 64 32"])
def test_weight_is_measured_by_the_icon_where_the_canvas_says_nothing(view: str) -> None:
    clock = f'<g {PENCIL}><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/></g>'
    assert observed(on_24(clock, view)).weight == pytest.approx(2, rel=0.05)


def test_a_wide_photo_of_paper_is_no_transparent_picture() -> None:
    sheet = open_picture(on_ground(frame(1.5), "#ffffff")).convert("RGB").crop((0, 40, 300, 250))
    seen = observed(saved(sheet, JPEG))
    assert seen.kind == "line"
    assert seen.weight == pytest.approx(1.5, rel=0.05)


def test_icons_follow_a_foreign_anchor(provider: LocalProvider) -> None:
    picture = drawn(provider, icon("bell", "duotone"), frame(2.25, PEACH))
    assert picture.data.count(PEACH.encode()) == picture.data.count(TEAL.encode()) == 1
    assert picture.facts["profile"]["weight"] == pytest.approx(2.25, rel=0.05)  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    "picture",
    [
        svg(""),
        saved(Image.new("RGB", (1, 1), "#ffffff")),
        saved(Image.new("RGB", (300, 200), "#3366cc"), JPEG),
        saved(Image.new("RGBA", (64, 64))),
    ],
)
def test_a_picture_of_nothing_is_refused(picture: Payload) -> None:
    with pytest.raises(PictureError, match="nothing can be seen"):
        observed(picture)


def odd_pictures() -> dict[str, Payload]:
    noise = np.random.default_rng(1).integers(0, 256, (90, 70, 4), dtype=np.uint8)
    blurred = Image.fromarray(noise[:8, :8, :3]).resize((400, 300), Image.Resampling.BICUBIC)
    return {
        "16 px": encoded(on_24(f'<path {PENCIL} d="{ROUND["home"]}"/>'), PNG, 16),
        "4096 px": encoded(on_24(f'<path {PENCIL} d="{ROUND["home"]}"/>'), PNG, 4096),
        "noise": saved(Image.fromarray(noise)),
        "opaque noise": saved(Image.fromarray(noise[..., :3])),
        "photo": saved(blurred, JPEG),
        "icon on a photo": on_ground(frame(1.5), blurred, JPEG),
        "half transparent pixels": saved(Image.new("RGBA", (2, 2), (255, 0, 0, 130))),
        "one column": saved(Image.new("RGBA", (1, 300), (1, 2, 3, 200))),
        "a sweep": svg(
            '<linearGradient id="a"><stop stop-color="#f0f"/><stop offset="1" stop-color="#0ff"/></linearGradient>'
            '<circle cx="128" cy="128" r="110" fill="url(#a)"/>'
        ),
    }


@pytest.mark.parametrize("name", odd_pictures())
def test_odd_pictures_make_a_profile_that_can_be_drawn(provider: LocalProvider, name: str) -> None:
    picture = odd_pictures()[name]
    assert observed(picture).kind in ("line", "glyph", "duotone", "multi")
    for look in ("line", "duotone"):
        assert open_picture(drawn(provider, icon("bell", look), picture), 32).getbbox()


def test_what_is_seen_does_not_hang_on_the_kind_of_lossless_file() -> None:
    image = open_picture(frame(1.5, PEACH), 200)
    seen = []
    for options in ({"format": "PNG"}, {"format": "WEBP", "lossless": True, "exact": True}):
        file = BytesIO()
        image.save(file, **options)
        seen.append(observed(Payload(file.getvalue(), WEBP)))
    assert seen[0] == seen[1]

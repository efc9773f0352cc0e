"""The coloured looks as pixels and as markup: whole areas, clean files, visible flags, shapes that stay readable."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from iconbuild.errors import PictureError
from iconbuild.pictures.svg import check_svg, rasterize
from iconbuild.pictures.svgfile import svg_file
from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.palette import contrast, to_oklch
from iconbuild.providers.local.profile import Tone
from iconbuild.providers.local.studio import draw, module_of
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors import markup
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Item

CLEAN = ("flat", "gradient", "duotone", "glyph")
LIT = ("sticker", "glassmorphism", "neon")
NAMES = (
    "chart-bar", "users", "gear", "credit-card", "chat", "bell", "laptop", "t-shirt", "house", "basketball",
    "book-open", "lego", "fork-knife", "highlighter-circle", "car", "paw-print", "crown", "headphones", "desk",
    "first-aid", "airplane", "shopping-cart", "heart", "star", "magnifying-glass", "calendar", "camera", "lock",
    "envelope", "cloud", "lightning", "gift", "rocket", "leaf", "coffee", "bicycle", "trophy", "music-note",
    "map-pin", "lightbulb", "palette", "trash", "folder", "umbrella", "key",
)  # fmt: skip
PICTURE = Artwork(picture=('<circle cx="128" cy="128" r="90" fill="#10b981"/>',))
PACK = PhosphorPack()


def document(look: str, *names: str, color: str | None = None, flags: tuple[str, ...] = ()) -> bytes:
    return draw([Item(name, PACK.artwork(name)) for name in names], asked(look, color, flags)).encode()


def picture(
    look: str, *names: str, size: int = 128, color: str | None = None, flags: tuple[str, ...] = ()
) -> Image.Image:
    return rasterize(document(look, *names, color=color, flags=flags), size)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of premultiplied channels, 0..255."""
    change = ImageChops.difference(one.convert("RGBa").convert("RGBA"), other.convert("RGBa").convert("RGBA"))
    return sum(ImageStat.Stat(change).mean) / 4


def pixels(image: Image.Image) -> list[bytes]:
    """The bytes of every pixel, row by row."""
    data, width = image.tobytes(), len(image.getbands())
    return [data[i : i + width] for i in range(0, len(data), width)]


def hexed(pixel: object) -> str:
    assert isinstance(pixel, (tuple, bytes))
    return "#{:02x}{:02x}{:02x}".format(*pixel[:3])


@pytest.mark.parametrize("look", [*CLEAN, *LIT])
def test_every_subject_is_drawn_inside_the_canvas_and_in_its_middle(look: str) -> None:
    for name in NAMES:
        box = picture(look, name, size=64).getchannel("A").point(lambda value: 255 * (value > 40)).getbbox()
        assert box is not None, name
        if look != "neon":
            assert min(box[0], box[1], 64 - box[2], 64 - box[3]) >= 1, (name, box)
        if look != "glassmorphism":  # whose disc is meant to look out at the upper right
            assert abs(box[0] + box[2] - 64) <= 9, (name, box)
            assert abs(box[1] + box[3] - 64) <= 11, (name, box)


@pytest.mark.parametrize("look", CLEAN)
def test_files_to_ship_hold_plain_shapes_only(look: str) -> None:
    for name in ("credit-card", "bell", "map-pin", "leaf"):
        for flags in ((), ("detail-high",), ("color",)):
            data = document(look, name, flags=flags)
            assert not any(word in data for word in (b"<filter", b"<mask", b"<clipPath"))
            shipped = svg_file(data, "icon")
            assert difference(rasterize(shipped, 96), rasterize(data, 96)) < 1


@pytest.mark.parametrize("look", [*CLEAN, *LIT])
def test_two_objects_make_a_drawing_that_is_allowed(look: str) -> None:
    data = document(look, "house", "leaf")
    check_svg(data)
    assert difference(rasterize(data, 64), picture(look, "house", size=64)) > 4


@pytest.mark.parametrize("look", ["flat", "gradient"])
def test_no_slit_shows_between_areas(look: str) -> None:
    for name in NAMES:
        alpha = picture(look, name, size=256).getchannel("A")
        around = alpha.point(lambda value: 255 * (value > 0)).filter(ImageFilter.MinFilter(5))
        slits = ImageChops.multiply(around, alpha.point(lambda value: 255 * (value < 250)))
        assert slits.histogram()[255] <= 2, name


@pytest.mark.parametrize("look", [*CLEAN, *LIT])
@pytest.mark.parametrize("flag", ["detail-low", "detail-high", "color"])
def test_flags_are_seen(look: str, flag: str) -> None:
    assert difference(picture(look, "credit-card"), picture(look, "credit-card", flags=(flag,))) > 0.4


@pytest.mark.parametrize("look", ["flat", "gradient", "sticker", "glassmorphism"])
def test_the_asked_colour_leads_and_measured_ones_are_kept(look: str) -> None:
    module = module_of(look)
    assert module.colors(Tone("#0f766e"))[0] == "#0f766e"
    assert "#fde68a" in module.colors(Tone("#0f766e", "#042f2e", "#fde68a"))
    assert module.colors(Tone("#0f766e"))[1] != module.colors(Tone("#0f766e", vivid=True))[1]


@pytest.mark.parametrize("look", ["flat", "sticker", "glyph"])
def test_the_asked_colour_is_the_most_frequent(look: str) -> None:
    counted = picture(look, "heart", color="#dc2626", flags=("detail-low",)).getcolors(1 << 15)
    assert counted is not None
    solid = [(count, pixel) for count, pixel in counted if isinstance(pixel, tuple) and pixel[3] == 255]
    assert hexed(max(solid)[1]) == "#dc2626"


def test_trimmings_stand_apart_from_the_body() -> None:
    cart, heart = areas_of(PACK.artwork("shopping-cart")), areas_of(PACK.artwork("heart"))
    assert cart.trimmed
    assert len(cart.body) == 1
    assert not heart.trimmed
    assert not heart.parts


def test_windows_are_the_smallest_shapes_that_close_the_holes() -> None:
    assert [shape.tag for shape in areas_of(PACK.artwork("gear")).windows] == ["circle"]
    assert areas_of(PACK.artwork("star")).windows == ()


def test_lines_inside_a_body_are_told_from_lines_that_leave_it() -> None:
    assert len(areas_of(PACK.artwork("trash")).within) == 2
    leaf = areas_of(PACK.artwork("leaf"))
    assert (len(leaf.across), leaf.within) == (1, ())


@pytest.mark.parametrize("size", [16, 24, 32])
def test_tubes_shine_at_small_sizes(size: int) -> None:
    for name in ("bell", "users", "calendar", "key"):
        shown = picture("neon", name, size=size)
        middle = shown.crop((size // 8, size // 8, size * 7 // 8, size * 7 // 8))
        shades = sorted(map(hexed, pixels(middle)), key=lambda color: contrast(color, "#000000"))
        assert contrast(shades[-len(shades) // 12], shades[len(shades) // 8]) > 3.5, name


def test_a_tile_reaches_the_edges_where_its_ground_is_kept() -> None:
    assert picture("neon", "bell").getpixel((0, 0)) == (0, 0, 0, 0)
    kept = picture("neon", "bell", flags=("keep-bg",)).getchannel("A")
    assert kept.getextrema() == (255, 255)


@pytest.mark.parametrize("ground", ["#ffffff", "#1b1d24"])
def test_glass_stays_apart_from_the_ground(ground: str) -> None:
    for name in ("credit-card", "house", "bell", "car"):
        shown = picture("glassmorphism", name, size=24)
        sheet = Image.new("RGBA", shown.size, ground)
        sheet.alpha_composite(shown)
        covered = picture("glyph", name, size=24).getchannel("A").tobytes()
        plate = [hexed(pixel) for pixel, alpha in zip(pixels(sheet), covered, strict=True) if alpha == 255]
        apart = sorted(contrast(color, ground) for color in plate)
        assert apart[len(apart) // 4] > 2, name


def test_the_page_shows_through_glass_away_from_the_disc() -> None:
    alpha = picture("glassmorphism", "chat").getchannel("A").tobytes()
    near, far = alpha[60 * 128 + 76], alpha[88 * 128 + 26]
    assert near > 250
    assert 150 < far < 215


@pytest.mark.parametrize("look", ["gradient", "glassmorphism"])
def test_light_never_sweeps_from_green_to_amber(look: str) -> None:
    for color in ("#0f766e", "#16a34a", "#84cc16"):
        end = module_of(look).colors(Tone(color, vivid=True))[1]
        assert -2.0 < to_oklch(end)[2] < 0


@pytest.mark.parametrize("flag", ["color", "detail-high"])
def test_a_glyph_without_parts_has_two_tones(flag: str) -> None:
    for name in ("heart", "star", "lightning", "bell", "coffee"):
        inks = asked("glyph", "#0f766e", (flag,)).colors
        seen = {
            hexed(pixel) for pixel in pixels(picture("glyph", name, color="#0f766e", flags=(flag,))) if pixel[3] == 255
        }
        assert {*inks} <= seen, name


@pytest.mark.parametrize("artwork", [PACK.artwork("bell"), PICTURE], ids=["areas", "picture"])
def test_a_sticker_has_a_white_rim_and_a_shadow_below(artwork: Artwork) -> None:
    shown = rasterize(draw([Item("thing", artwork)], asked("sticker", None, ())).encode(), 256)
    column = [shown.getpixel((128, y)) for y in range(256)]
    opaque = [pixel for pixel in column if isinstance(pixel, tuple) and pixel[3] > 250]
    assert all(channel > 245 for channel in (*opaque[2][:3], *opaque[-3][:3]))
    above = next(pixel for pixel in column if isinstance(pixel, tuple) and pixel[3] > 60)
    below = [pixel for pixel in column if isinstance(pixel, tuple) and 25 < pixel[3] < 200]
    assert min(above[:3]) > 100
    assert any(max(pixel[:3]) < 60 for pixel in below)


def test_artwork_in_its_own_colours_keeps_them_when_flat() -> None:
    shown = rasterize(draw([Item("ball", PICTURE)], asked("flat", "#dc2626", ())).encode(), 64)
    assert hexed(shown.getpixel((32, 32))) == "#10b981"


def lit(name: str) -> Artwork:
    """A picture with an inner shadow on each of its many parts."""
    parts = []
    for part in range(14):
        steps = (
            '<feOffset in="SourceAlpha" dx="9" result="a"/><feGaussianBlur in="a" stdDeviation="4"/>'
            '<feComposite in2="SourceAlpha" operator="arithmetic" k2="-1" k3="1"/>'
        )
        parts.append(f'<filter id="{name}{part}">{steps}</filter>')
        parts.append(f'<g filter="url(#{name}{part})"><circle cx="128" cy="128" r="{60 + part}" fill="#10b981"/></g>')
    return Artwork(picture=tuple(parts))


@pytest.mark.parametrize("look", ["flat", "sticker"])
def test_two_pictures_full_of_light_make_a_drawing_that_is_allowed(look: str) -> None:
    with pytest.raises(PictureError, match="work"):
        check_svg(markup.document([*lit("one").picture, *lit("other").picture]).encode())
    check_svg(draw([Item("one", lit("one")), Item("other", lit("other"))], asked(look, None, ())).encode())


def test_drawings_repeat_to_the_byte() -> None:
    for look in (*CLEAN, *LIT):
        assert document(look, "rocket", "heart") == document(look, "rocket", "heart")

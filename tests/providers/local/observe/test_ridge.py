import numpy as np
import pytest
from PIL import Image, ImageDraw

from iconbuild.providers.local.observe.ridge import box_sums, edge_distance, half_widths, sharp_corners


def bar(width: float, turn: float, *, caps: str = "square") -> np.ndarray:
    """The coverage of a bar of a width and 100 px length, turned by degrees, drawn 8 times as large and averaged."""
    image = Image.new("L", (1280, 1280))
    pen = ImageDraw.Draw(image)
    half = width * 4
    pen.rectangle((240, 640 - half, 1040, 640 + half - 1), fill=255)
    if caps == "round":
        for x in (240, 1040):
            pen.ellipse((x - half, 640 - half, x + half, 640 + half), fill=255)
    turned = image.rotate(turn, Image.Resampling.BICUBIC)
    return np.asarray(turned.resize((160, 160), Image.Resampling.BOX), dtype=np.float32) / 255


def test_distances_are_those_to_a_contour_between_pixels() -> None:
    coverage = np.zeros((12, 12), dtype=np.float32)
    coverage[2:10, 2:10] = 1
    distances = edge_distance(coverage, 9)
    assert distances[0, 0] == 0
    assert distances[2, 5] == distances[5, 2] == 0.5
    assert distances[5, 5] == 3.5
    coverage[2, 2:10] = 0.75
    assert edge_distance(coverage, 9)[3, 5] == pytest.approx(1 + 1 / 3, abs=1e-5)


def test_distances_end_at_their_reach() -> None:
    assert edge_distance(np.ones((40, 40), dtype=np.float32), 5).max() == 5


@pytest.mark.parametrize("turn", [0, 10, 30, 45, 72, 90])
@pytest.mark.parametrize("width", [5.0, 8.5, 13.25, 20.0])
def test_widths_are_exact_to_a_part_of_a_pixel(width: float, turn: float) -> None:
    half = half_widths(edge_distance(bar(width, turn), 40))
    assert 2 * float(np.median(half)) == pytest.approx(width, abs=0.3)


def test_nothing_has_no_width() -> None:
    assert half_widths(edge_distance(np.zeros((9, 9), dtype=np.float32), 5)).size == 0


@pytest.mark.parametrize("turn", [0, 20, 45])
@pytest.mark.parametrize("width", [12.0, 20.0])
def test_corners_are_counted(width: float, turn: float) -> None:
    counts = []
    for caps in ("square", "round"):
        coverage = bar(width, turn, caps=caps)
        counts.append(sharp_corners(coverage, edge_distance(coverage, 40), width / 2))
    assert counts[0] == pytest.approx(4, abs=2)
    assert counts[1] == pytest.approx(0, abs=0.5)


def test_box_sums_count_a_mask() -> None:
    mask = np.zeros((5, 7), dtype=bool)
    mask[0, 0] = mask[2, 3] = True
    sums = box_sums(mask, 1)
    assert sums.shape == mask.shape
    assert (sums[0, 0], sums[1, 1], sums[1, 2], sums[4, 6]) == (1, 1, 1, 0)
    assert sums.sum() == 4 + 9

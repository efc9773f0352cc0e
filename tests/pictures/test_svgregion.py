"""A filter counts for as much of the picture as it may cover, and never for less."""

from __future__ import annotations

import pytest

from iconbuild.errors import PictureError
from iconbuild.pictures.svgcheck import check_svg

STEPS = 300
"""Filter steps: three times too many over the whole picture."""
SMALL = 'filterUnits="userSpaceOnUse" x="0" y="0" width="5" height="5"'


def drawing(region: str, *, root: str = 'viewBox="0 0 32 32"', group: str = "", inside: str = "") -> bytes:
    steps = '<feOffset dx="1"/>' * STEPS
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {root}><filter id="f" {region}>{steps}</filter>'
        f'<g {group}>{inside}<path filter="url(#f)" d="M0 0h9v9z"/></g></svg>'
    ).encode()


@pytest.mark.parametrize("group", ["", 'transform="translate(900 4)"', 'transform="matrix(-1 0 0 1 32 0)"'])
def test_a_small_region_is_little_work(group: str) -> None:
    check_svg(drawing(SMALL, group=group))


@pytest.mark.parametrize(
    "region",
    [
        "",
        'x="0" y="0" width="5" height="5"',
        'filterUnits="userSpaceOnUse" x="0" y="0" width="50%" height="5"',
        'filterUnits="userSpaceOnUse" x="0" y="0" width="32" height="32"',
        'filterUnits="userSpaceOnUse" x="0" y="0" width="-5" height="-5"',
        'filterUnits="userSpaceOnUse" x="0" y="0" width="nan" height="5"',
        f'href="#other" {SMALL}',
    ],
)
def test_a_region_that_is_large_or_not_plain_is_all_of_the_picture(region: str) -> None:
    with pytest.raises(PictureError, match="as much work"):
        check_svg(drawing(region))


@pytest.mark.parametrize(
    "transform",
    [
        "scale(9)",
        "scale(1 20)",
        "matrix(9 0 0 9 0 0)",
        "scale(3) scale(3)",
        "skewX(89)",
        "rotate(45) scale(5)",
        "scale(",
    ],
)
def test_a_transform_makes_a_region_larger(transform: str) -> None:
    with pytest.raises(PictureError, match="as much work"):
        check_svg(drawing(SMALL, group=f'transform="{transform}"'))


@pytest.mark.parametrize(
    ("root", "inside"),
    [
        ('viewBox="0 0 32 32" style="transform:scale(99)"', ""),
        ('viewBox="0 0 32 1" preserveAspectRatio="xMidYMid slice"', ""),
        ('viewBox="0 0 32 32"', '<path style="transform:scale(99)" d="M0 0"/>'),
        ('viewBox="0 0 32 32"', "<style>path{transform:scale(99)}</style>"),
        ('viewBox="0 0 32 32"', '<symbol viewBox="0 0 1 1"/>'),
        ('viewBox="0 0 32 32"', '<svg viewBox="0 0 1 1"/>'),
        ('width="32px" height="32px"', ""),
    ],
)
def test_units_that_may_be_others_make_it_all_of_the_picture(root: str, inside: str) -> None:
    with pytest.raises(PictureError, match="as much work"):
        check_svg(drawing(SMALL, root=root, inside=inside))


def test_a_turned_region_counts_with_the_square_around_it() -> None:
    thin = 'filterUnits="userSpaceOnUse" x="0" y="0" width="32" height="2"'
    check_svg(drawing(thin))
    with pytest.raises(PictureError, match="as much work"):
        check_svg(drawing(thin, group='transform="rotate(45)"'))


def test_only_transforms_on_the_way_to_a_filter_stretch_it() -> None:
    beside = "".join(f'<g transform="scale(9)"><path d="M0 0h{step}v1z"/></g>' for step in range(1, 9))
    check_svg(drawing(SMALL, inside=beside))


def test_a_reference_hands_its_stretch_on() -> None:
    """The filter is applied inside of what <use> draws, nine times as large."""
    steps = '<feOffset dx="1"/>' * STEPS
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><filter id="f" {SMALL}>{steps}</filter>'
        '<defs><path id="p" filter="url(#f)" d="M0 0h9v9z"/></defs><g transform="scale({})"><use href="#p"/></g></svg>'
    )
    check_svg(text.replace("{}", "1").encode())
    with pytest.raises(PictureError, match="as much work"):
        check_svg(text.replace("{}", "9").encode())


@pytest.mark.parametrize("width", ["1e200", "1e-200"])
def test_numbers_beyond_all_reason_are_no_crash(width: str) -> None:
    region = f'filterUnits="userSpaceOnUse" x="0" y="0" width="{width}" height="5"'
    with pytest.raises(PictureError, match="as much work"):
        check_svg(drawing(region, group='transform="scale(1e200)"'))

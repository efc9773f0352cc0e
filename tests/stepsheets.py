"""`make sheets`: docs/steps/, each step before and after on four pictures, on three grounds, enlarged and small.

In each block, from left to right on white, black and red: the picture, two of its edges at 512 px
with each pixel four times as large, and the files of 24 and 16 px with each pixel doubled.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from iconbuild.errors import PictureError
from iconbuild.model.values import Json
from iconbuild.pictures.resize import resize
from tests.sheets import DOCS, save
from tests.steps.halo import GROUNDS
from tests.steps.scenes import drawing
from tests.steps.shapes import on_ground, run

SIDE, GAP, LABEL, HEAD = 88, 4, 150, 48
BLOCK = 3 * (SIDE + GAP) + 12, 2 * (SIDE + GAP) + 48 + 16
ZOOM = 4
INK, PAPER = "#334155", (255, 255, 255)
ALGORITHMS = ("selective", "gaussian", "morphological", "supersample", "contour")
ICONS = ("line", "two-tones", "clay-3d", "on white")
PAGES = {
    "crop": "crop",
    "recolor": "recolor",
    "thickness": "thickness",
    "smooth": "smooth",
    "algorithms": "smooth-algorithms",
    "jagged": "smooth-jagged",
    "sharpen": "smooth-negative",
    "remove-bg": "remove-bg",
}
"""Names of pages and their files."""
Row = tuple[str, str, str, tuple[Json, ...]]
"""What it is called, the picture, the step, three of its values."""


def picture(name: str) -> Image.Image:
    """A picture of 512 px by its name; `<look> on white` is opaque."""
    look, _, ground = name.partition(" on ")
    image = drawing("flat" if name == "on white" else look, 512)
    return on_ground(image, PAPER) if ground or name == "on white" else image


def smooth(algorithm: str, *strengths: float) -> tuple[Json, ...]:
    return tuple({"algorithm": algorithm, "strength": strength} for strength in strengths)


def rows(step: str) -> Iterator[Row]:
    """The rows of a page: a step's, or of smooth its algorithms on one picture, or its negative values."""
    if step in ("algorithms", "jagged"):
        for algorithm in ALGORITHMS:
            name = "two-tones" if step == "algorithms" else step
            yield f"{algorithm}\n{name}", name, "smooth", smooth(algorithm, 2, 5, 10)
        return
    values: tuple[Json, ...] = {
        "crop": (10, 25, 50),
        "recolor": ("#0f172a", "#dc2626", {"color": "#16a34a", "mode": "tint"}),
        "thickness": (-5, 2.5, 8),
        "smooth": (2, 5, 10),
        "sharpen": (-2, -5, -10),
        "remove-bg": (1, 4, 10),
    }[step]
    for name in ICONS:
        known = name if step != "remove-bg" or name == "on white" else f"{name} on white"
        yield name, known, "smooth" if step == "sharpen" else step, values


def page(step: str) -> Image.Image:
    """All rows of a step: before, and after at three strengths."""
    found = list(rows(step))
    sheet = Image.new("RGB", (LABEL + 4 * BLOCK[0], HEAD + len(found) * BLOCK[1]), "#e2e8f0")
    pen, font, small = ImageDraw.Draw(sheet), ImageFont.load_default(20), ImageFont.load_default(15)
    for column, head in enumerate(("before", *(_said(found[0][2], value) for value in found[0][3]))):
        pen.text((LABEL + column * BLOCK[0], HEAD / 2), head, fill=INK, font=font, anchor="lm")
    for row, (label, name, known, values) in enumerate(found):
        top, before = HEAD + row * BLOCK[1], picture(name)
        pen.multiline_text((12, top + 8), label.replace(" on white", "\non white"), fill=INK, font=font)
        for column, value in enumerate((None, *values)):
            left = LABEL + column * BLOCK[0]
            try:
                after = before if value is None else run(known, before, value)
            except PictureError as error:
                pen.multiline_text((left, top), _wrapped(f"refused: {error}"), fill=INK, font=small)
                continue
            sheet.paste(block(after), (left, top))
    return sheet


def _said(step: str, value: Json) -> str:
    if isinstance(value, dict):
        return f"{step}: " + " ".join(str(part) for name, part in value.items() if name != "algorithm")
    return f"{step}: {value}"


def _wrapped(text: str) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 36:
            lines.append("")
        lines[-1] += word + " "
    return "\n".join(lines)


def block(image: Image.Image) -> Image.Image:
    """One result on its three grounds: as it is, its outer edge and the next edge inside, and two small sizes."""
    result = Image.new("RGB", (BLOCK[0] - 12, BLOCK[1] - 16), "#e2e8f0")
    outer, inner = (image.crop(box) for box in edges(image))
    views = [
        (resize(image, SIDE), 1, 0, 0),
        (outer, ZOOM, 0, SIDE + GAP),
        (inner, ZOOM, SIDE // 2 + 1, SIDE + GAP),
        (resize(image, 24), 2, 0, 2 * (SIDE + GAP)),
        (resize(image, 16), 2, 56, 2 * (SIDE + GAP)),
    ]
    for place, ground in enumerate((GROUNDS["white"], GROUNDS["black"], GROUNDS["red"])):
        left = place * (SIDE + GAP)
        result.paste(ground, (left, 0, left + SIDE, result.height))
        for view, zoom, dx, dy in views:
            shown = on_ground(view, ground).convert("RGB")
            shown = shown.resize((shown.width * zoom, shown.height * zoom), Image.Resampling.NEAREST)
            result.paste(shown, (left + dx, dy))
    return result


def edges(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """Two upright boxes a little left of the middle: where the content begins, and where it changes next."""
    column, half = int(0.42 * image.width), SIDE // ZOOM // 2
    line = np.asarray(image)[:, column, 3].astype(int)
    if line.min() == 255:
        line = 255 - np.asarray(image.convert("L"))[:, column].astype(int)
    outer = int((line >= 110).argmax())
    steps = np.abs(line[8:] - line[:-8])
    steps[: outer + 12] = 0
    inner = int((steps > 100).argmax()) + 4 if steps.max() > 100 else outer
    return [(column - half // 2, y - half, column + half // 2 - at, y + half) for at, y in enumerate((outer, inner))]


def main() -> None:
    """Draw the pages that are asked for by name, or all of them."""
    (DOCS / "steps").mkdir(exist_ok=True)
    for name, file in PAGES.items():
        if name in (sys.argv[1:] or PAGES):
            save(page(name), DOCS / "steps" / f"{file}.png")


if __name__ == "__main__":
    main()

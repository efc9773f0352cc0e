"""A path's data becomes the same path elsewhere: scaled evenly, moved, and written as short as its precision allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FLAG = re.compile(r"[01]")
_GAP = re.compile(r"[\s,]*")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_ARC_FLAGS = (3, 4)

Place = tuple[float, float, float]
"""Scale and offset: a point p goes to p * scale + (dx, dy)."""


def number(value: float, decimals: int = 3) -> str:
    """A number without what it does not need: `.5`, `-3`, `0`."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def replaced(data: str, place: Place) -> str:
    """`data` at `place`, commands kept as they are.

    Relative commands start from where the rounded path has got to, so that rounding does not add up. Raises ValueError
    for what is no path data.
    """
    scale, dx, dy = place
    out: list[str] = []
    here = start = (0.0, 0.0)  # in the old coordinates
    pen = opened = (0.0, 0.0)  # where what was written ends, in the new ones
    for command, values in segments(data):
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            out.append(command)
            here, pen = start, opened
            continue
        base = here if relative else (0.0, 0.0)
        numbers, ends = [], here
        origin = pen if relative and out else (0.0, 0.0)
        if kind == "A":
            ends = (base[0] + values[5], base[1] + values[6])
            new = (ends[0] * scale + dx, ends[1] * scale + dy)
            shape = [number(values[0] * scale), number(values[1] * scale), number(values[2])]
            flags = [str(int(values[3])), str(int(values[4]))]
            numbers = [*shape, *flags, number(new[0] - origin[0]), number(new[1] - origin[1])]
        elif kind in "HV":
            across = kind == "H"
            ends = (base[0] + values[0], here[1]) if across else (here[0], base[1] + values[0])
            axis = 0 if across else 1
            numbers = [number(ends[axis] * scale + (dx, dy)[axis] - origin[axis])]
        else:
            for x, y in zip(values[::2], values[1::2], strict=True):
                ends = (base[0] + x, base[1] + y)
                numbers += [number(ends[0] * scale + dx - origin[0]), number(ends[1] * scale + dy - origin[1])]
        pen = _reached(kind, numbers, pen, origin)
        here = ends
        if kind == "M":
            start, opened = here, pen
        out.append(command + _joined(numbers))
    return "".join(out)


def _reached(
    kind: str, numbers: list[str], pen: tuple[float, float], origin: tuple[float, float]
) -> tuple[float, float]:
    """Where a path is after a command was written, as a reader of the text will see it."""
    if kind == "H":
        return origin[0] + float(numbers[-1]), pen[1]
    if kind == "V":
        return pen[0], origin[1] + float(numbers[-1])
    return origin[0] + float(numbers[-2]), origin[1] + float(numbers[-1])


def segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """Every command with its own numbers: repeated ones are written out, pairs after a move become lines."""
    at = _GAP.match(data)
    if at is not None and at.end() < len(data) and data[at.end()] not in "Mm":
        raise ValueError("path data must begin with a move")
    for letter, text in _COMMAND.findall(data):
        command, count = letter, _COUNT[letter.upper()]
        values = _values(text, arc=count == 7)
        if count == 0:
            yield command, []
            continue
        if not values or len(values) % count:
            raise ValueError(f"path data: `{letter}` has {len(values)} numbers")
        for index in range(0, len(values), count):
            yield command, values[index : index + count]
            command = {"M": "L", "m": "l"}.get(command, command)


def _values(text: str, *, arc: bool) -> list[float]:
    found: list[float] = []
    at = _after_gap(text, 0)
    while at < len(text):
        pattern = _FLAG if arc and len(found) % 7 in _ARC_FLAGS else _NUMBER
        match = pattern.match(text, at)
        if match is None:
            raise ValueError(f"path data: `{text[at : at + 12]}` is no number")
        found.append(float(match[0]))
        at = _after_gap(text, match.end())
    return found


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _joined(numbers: list[str]) -> str:
    """Numbers with the fewest separators: a minus sign is one, and so is a second point."""
    out = ""
    for text in numbers:
        last = re.split(r"[ -]", out)[-1]
        glued = not out or text.startswith("-") or (text.startswith(".") and "." in last)
        out += text if glued else f" {text}"
    return out

"""A step's value in a manifest becomes checked settings, or a sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iconbuild.model.values import Json, Params


def settings(step: str, value: Json, main: str, names: Sequence[str]) -> dict[str, Json]:
    """`value` as a mapping of known names; a bare value is that of `main`, which has to be there."""
    if not isinstance(value, Mapping):
        return {main: value}
    for key in value:
        if key not in names:
            raise ValueError(f"{step} has no setting `{_short(key)}`{closest(key, names)}")
    if main not in value:
        raise ValueError(f"{step} needs `{main}`")
    return dict(value)


def number(step: str, name: str, value: Json, low: int, high: int) -> int | float:
    """A number from `low` to `high`; whole ones come back as int. ValueError names the range."""
    wanted = f"{step}: `{name}` is a number from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{wanted}, not {_short(value)}")
    if not low <= value <= high:  # NaN is not, either
        raise ValueError(f"{wanted}, not {_short(value)}")
    return int(value) if value == int(value) else value


def choice(step: str, name: str, value: Json, names: Sequence[str]) -> str:
    """One of `names`; ValueError lists them and the closest."""
    if isinstance(value, str) and value in names:
        return value
    listed = ", ".join(names)
    raise ValueError(f"{step}: `{name}` is one of {listed}, not {_short(value)}{closest(value, names)}")


def closest(word: object, names: Sequence[str]) -> str:
    """A "did you mean" for `word`, or nothing."""
    import difflib

    found = difflib.get_close_matches(str(word)[:100].lower(), names, n=1) if isinstance(word, str) else []
    return f"; did you mean `{found[0]}`?" if found else ""


def real(params: Params, name: str) -> float:
    """The number called `name` in bound parameters."""
    value = params[name]
    if not isinstance(value, (int, float)):
        raise TypeError(f"`{name}` is no number: the parameters were not made by bind")
    return float(value)


def unit(size: tuple[int, int]) -> float:
    """The pixels that one step of a strength stands for: 1 at 512 px, 2 at 1024 px."""
    return max(size) / 512


def _short(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**12:
        return "a number that large"
    if value is None:
        return "nothing"
    if isinstance(value, (Mapping, list, tuple)):
        return "a list or mapping"
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "..."

"""A number of icons becomes a project: a manifest for iconbuild, and the same graph for ninja."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_WORDS = ("house", "gear", "bell", "user", "heart", "star", "camera", "phone", "cloud", "book", "car", "key")


def subject(number: int) -> str:
    """A subject that differs for every icon."""
    return f"{_WORDS[number % len(_WORDS)]} number {number}"


def manifest(
    icons: int, *, output: str = "sizes: [24]", look: str = "style: line", changed: str = "", pins: Sequence[str] = ()
) -> str:
    """An anchor and `icons` icons that follow it; `changed` is added to one subject. `pins`: the artwork of each.

    Without pins there are a dozen different pictures, whatever the number of icons.
    """
    subjects = [f"{subject(n)}{changed if n == icons // 2 else ''}" for n in range(icons + 1)]
    if pins:
        subjects = [f'{{subject: {said}, icon: "{pin}"}}' for said, pin in zip(subjects, pins, strict=False)]
    subjects = [f"  i{n}: {said}" for n, said in enumerate(subjects)]
    limit = f"limits: {{icons: {icons + 1}}}"
    head = ("version: 1", "name: bench", limit, f"defaults: {{{look}}}", "anchor: i0", "icons:")
    return "\n".join([*head, *subjects, "outputs:", f"  - files: {{dir: dist, {output}}}", ""])


def ninja_project(folder: Path, icons: int) -> None:
    """The same shape for ninja: a file an icon, each made from its own input and the anchor's."""
    folder.mkdir()
    lines = ["rule icon", "  command = cp $in0 $out"]
    for number in range(icons + 1):
        (folder / f"i{number}.txt").write_text(subject(number))
        follows = " | i0.txt" if number else ""
        lines += [f"build out/i{number}.png: icon i{number}.txt{follows}", f"  in0 = i{number}.txt"]
    (folder / "build.ninja").write_text("\n".join(lines) + "\n")

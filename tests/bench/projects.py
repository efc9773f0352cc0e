"""A number of icons becomes a project: a manifest for iconbuild, and the same graph for ninja."""

from __future__ import annotations

from pathlib import Path

_WORDS = "house gear bell user heart star camera phone cloud book car key lock map pen cup fish tree sun moon".split()


def subject(number: int) -> str:
    """A subject that differs for every icon."""
    return f"{_WORDS[number % len(_WORDS)]} number {number}"


def manifest(icons: int, *, sizes: str = "[24]", changed: str = "") -> str:
    """An anchor and `icons` icons that follow it, one PNG each; `changed` is added to one subject."""
    lines = ["version: 1", "name: bench", "anchor: i0", "icons:"]
    for number in range(icons + 1):
        lines.append(f"  i{number}: {subject(number)}{changed if number == icons // 2 else ''}")
    return "\n".join([*lines, "outputs:", f"  - files: {{dir: dist, sizes: {sizes}}}", ""])


def ninja_project(folder: Path, icons: int) -> None:
    """The same shape for ninja: a file an icon, each made from its own input and the anchor's."""
    folder.mkdir()
    lines = ["rule icon", "  command = cp $in0 $out"]
    for number in range(icons + 1):
        (folder / f"i{number}.txt").write_text(subject(number))
        follows = " | i0.txt" if number else ""
        lines += [f"build out/i{number}.png: icon i{number}.txt{follows}", f"  in0 = i{number}.txt"]
    (folder / "build.ninja").write_text("\n".join(lines) + "\n")

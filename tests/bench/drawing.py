"""Building from nothing: CPU and peak memory as the number of icons and of files grows."""

from __future__ import annotations

import sys
from pathlib import Path

from iconbuild.providers.local.packs.phosphor import PhosphorPack
from tests.bench.measure import environment, once
from tests.bench.projects import manifest

PROGRAM = [str(Path(sys.executable).with_name("iconbuild"))]


def drawing(home: Path, env: dict[str, str]) -> None:
    """Print CPU and memory for 250 and 1,000 icons in two sizes (reach: 250 MiB, and no growth)."""
    print()
    for icons in (250, 1_000):
        project = home / f"fresh-{icons}"
        project.mkdir()
        (project / "icons.yaml").write_text(manifest(icons, output="sizes: [24, 48]", pins=_pins()))
        fresh = environment(home / f"cache-{icons}")
        cpu, memory = once([*PROGRAM, "build", "-q"], project, {**env, **fresh})
        print(f"from nothing, {icons} icons, 2 sizes: {cpu / icons:.1f} ms CPU an icon, peak {memory:.0f} MiB")


def thousand(home: Path, env: dict[str, str]) -> None:
    """Print the CPU of a whole set as people ship it (reach: 60 s)."""
    project = home / "thousand"
    project.mkdir()
    output = "sizes: [16, 24, 32, 48], formats: [webp]"
    (project / "icons.yaml").write_text(manifest(1_000, output=output, look="preset: duotone", pins=_pins()))
    cpu, memory = once([*PROGRAM, "build", "-q"], project, {**env, **environment(home / "cache-thousand")})
    print(f"1,000 icons in duotone, 4 sizes, webp, from nothing: {cpu / 1000:.1f} s CPU (reach 60), {memory:.0f} MiB")


def _pins() -> list[str]:
    """Artwork for each icon, so that all pictures differ."""
    return [f"ph:{entry.name}" for entry in PhosphorPack().entries() if not entry.brand]

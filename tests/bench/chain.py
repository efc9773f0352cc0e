"""`python -m tests.bench.chain [ROUNDS]`: the same steps over the same icons with iconbuild and other programs.

Everything heavy runs in processes of its own, because a child's peak memory is booked from that of its parent on.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench import peers
from tests.bench.measure import ROOT, Spent, environment, spent
from tests.bench.peers import Peer

PROGRAM = str(Path(sys.executable).with_name("iconbuild"))
WORK = (("crop", 10), ("recolor", "#3b82f6"), ("thickness", 3), ("smooth", 3))
STEPS = [f"{step}={value}" for step, value in WORK]
SIZES = (512, 256, 128, 64)
REACH_WEBP, REACH_PAIR, REACH_GROWTH = 3.0, 1.7, 10.0
SPIN = (sys.executable, "-c", "for _ in range(30_000_000): pass")


def apply(workers: int, sizes: tuple[int, ...] = SIZES) -> tuple[str, ...]:
    """The benchmark's work as a command of ours."""
    steps = [word for step in STEPS for word in ("--step", step)]
    wanted = ("--sizes", ",".join(map(str, sizes)), "--formats", "webp", "--out-dir", "{out}", "-j", str(workers))
    return (PROGRAM, "apply", "{folder}", *steps, *wanted)


def chain(rounds: int = 1) -> None:
    """Print a row a program, then the time libwebp alone needs, our own stages, and many small icons."""
    missing = peers.packages()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        icons, pack = home / "icons", peers.emoji()
        _module("tests.bench.corpus", str(icons), *([str(pack)] if pack else []))
        print(f"\n200 icons of 512 px, {'80 of them emoji' if pack else 'all our own'}, in one run of {rounds} rounds:")
        print(f"{', '.join(STEPS)}, sizes {', '.join(map(str, SIZES))}, WebP")
        known = {"sharp": peers.sharp(missing), "ImageMagick": peers.magick(), "libvips": peers.libvips()}
        rows = [Peer("iconbuild", apply(1), {}), Peer("iconbuild, 2 workers", apply(2), {})]
        rows += [peer for found in known.values() if isinstance(found, list) for peer in found]
        taken = _race(rows, icons, home, rounds)
        _table(rows, taken, home)
        for title, found in known.items():
            if isinstance(found, str):
                print(f"{title:28}left out: {found}")
        _libwebp(home / "out-0", taken[0].cpu)
        _module("tests.bench.stages", str(icons), shown=True)
        _speedup(icons, home)
        _many(icons, home)


def _race(rows: list[Peer], icons: Path, home: Path, rounds: int) -> list[Spent]:
    """Median CPU, least wall time and greatest memory of each program; they take turns."""
    taken: list[list[Spent]] = [[] for _ in rows]
    for turn in range(rounds):
        for number, peer in enumerate(rows):
            out = home / f"out-{number}"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            env = {**environment(home / f"cache-{turn}-{number}"), **peer.env}
            taken[number].append(spent(peer.filled(icons, out), ROOT, env))
    return [_summary(figures) for figures in taken]


def _summary(figures: list[Spent]) -> Spent:
    return Spent(
        statistics.median(each.cpu for each in figures),
        min(each.wall for each in figures),
        max(each.memory for each in figures),
    )


def _table(rows: Sequence[Peer], taken: Sequence[Spent], home: Path) -> None:
    heads = f"{'CPU s':>7}{'x ours':>8}{'reach':>7}{'wall s':>8}{'MiB':>6}{'KiB':>7}{'ink':>7}"
    print(f"{'':28}{heads}")
    ours = taken[0]
    for number, (peer, (cpu, wall, memory)) in enumerate(zip(rows, taken, strict=True)):
        made = json.loads(_module("tests.bench.made", str(home / f"out-{number}")))
        reach = f"{peer.reach:g}" if peer.reach else ""
        figures = f"{cpu:7.2f}{cpu / ours.cpu:8.2f}{reach:>7}{wall:8.2f}{memory:6.0f}"
        print(f"{peer.name:28}{figures}{made['bytes'] / 1024:7.0f}{made['ink']:7.1%}{_complaint(made)}", flush=True)
    print("MiB: of the largest process; ink: mean coverage at 64 px")
    if any(peer.name.startswith("sharp") for peer in rows):
        print("sharp's dilation keeps no levels of alpha, so its files are smaller and its encoder has less to do")


def _complaint(made: Mapping[str, Any]) -> str:
    """What is wrong with the files of a program, if anything: its figures mean nothing then."""
    if made["sizes"] != {f"{size}x{size}": 200 for size in SIZES}:
        return f"  WRONG FILES: {made['sizes']}"
    return f"  WRONG COLOUR: {', '.join(made['wrong'][:3])}" if made["wrong"] else ""


def _libwebp(out: Path, ours: float) -> None:
    for name, found in json.loads(_module("tests.bench.peers.libwebp", str(out))).items():
        figures = f"{found['cpu']:7.2f}{found['cpu'] / ours:8.2f}{f'1/{REACH_WEBP:g}':>7}"
        same = f"{found['same']} of {4 * 200} files as ours"
        print(f"{f'libwebp alone, {name}':28}{figures}{'':14}{found['bytes'] / 1024:7.0f}  {same}", flush=True)


def _speedup(icons: Path, home: Path, rounds: int = 3) -> None:
    """What a second worker brings, beside what the machine gives to two processes that share nothing at that time."""
    walls: dict[str, list[float]] = {}
    for _ in range(rounds):
        for workers in (1, 2):
            out = home / "out-speedup"
            shutil.rmtree(out, ignore_errors=True)
            command = Peer("", apply(workers), {}).filled(icons, out)
            walls.setdefault(f"ours {workers}", []).append(spent(command, ROOT, environment(home / "cache")).wall)
            walls.setdefault(f"spin {workers}", []).append(_spinning(workers))
    ours, spin = (min(walls[f"{name} 1"]) / min(walls[f"{name} 2"]) for name in ("ours", "spin"))
    print(f"\n2 workers: {ours:.2f} times as fast as one (reach {REACH_PAIR}), ", end="")
    print(f"where two loops that share nothing are {2 * spin:.2f} times as fast", flush=True)


def _spinning(count: int) -> float:
    """Seconds until `count` loops that do nothing, begun together, are all through."""
    began = time.perf_counter()
    loops = [subprocess.Popen(SPIN) for _ in range(count)]
    for loop in loops:
        loop.wait()
    return time.perf_counter() - began


def _many(icons: Path, home: Path) -> None:
    """Peak memory must not hang on how many icons there are: the names of files are kept, pictures are not."""
    peaks = []
    for count in (1_000, 10_000):
        folder, out = home / f"small-{count}", home / f"small-out-{count}"
        _module("tests.bench.corpus", str(folder), str(icons), str(count))
        peer = Peer("", apply(1, (64, 32)), {})
        taken = spent(peer.filled(folder, out), ROOT, environment(home / f"cache-{count}"))
        peaks.append(taken.memory)
        each = f"{taken.cpu * 1000 / count:.2f} ms CPU an icon, peak {taken.memory:.0f} MiB"
        print(f"{count:,} icons of 64 px, 2 sizes: {each}, {len(list(out.rglob('*.webp')))} files", flush=True)
    print(f"growth from the one to the other: {peaks[1] - peaks[0]:.1f} MiB (reach {REACH_GROWTH:g})")


def _module(name: str, *words: str, shown: bool = False) -> str:
    """What a module of ours prints when run on its own."""
    sys.stdout.flush()
    out = None if shown else subprocess.PIPE
    done = subprocess.run([sys.executable, "-m", name, *words], cwd=ROOT, stdout=out, text=True, check=True)
    return done.stdout or ""


if __name__ == "__main__":
    chain(int(sys.argv[1]) if len(sys.argv) > 1 else 1)

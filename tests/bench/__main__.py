"""`make bench`: null builds and single changes as CPU ratios to a bare interpreter and to ninja, in one run."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.drawing import drawing, thousand
from tests.bench.looks import looks
from tests.bench.measure import ROOT, environment, once, paired
from tests.bench.projects import manifest, ninja_project
from tests.bench.retrieval import retrieval

BARE = [sys.executable, "-c", "pass"]
PROGRAM = [str(Path(sys.executable).with_name("iconbuild"))]
REACH = {("null", 1_000): 2.0, ("null", 10_000): 7.0, ("one change", 1_000): 10.0}


def main() -> None:
    """Measure and print a table; figures are medians of whole processes."""
    compileall.compile_dir(ROOT / "iconbuild", quiet=1)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        env = environment(home / "cache")
        version = paired({"bare": BARE, "version": [*PROGRAM, "--version"]}, home, env, runs=15)
        bare = version["bare"][0]
        print(f"bare interpreter: {bare:.1f} ms CPU, {version['bare'][1]:.1f} MiB")
        print(f"iconbuild --version: {version['version'][0] / bare:.2f}x (reach 2x)\n")
        print(f"{'':22}{'CPU ms':>8}{'x bare':>8}{'reach':>7}{'x ninja':>9}{'MiB':>7}")
        for icons in (100, 1_000, 10_000):
            _size(icons, home, env)
        drawing(home, env)
        thousand(home, env)
    looks()
    retrieval()
    subprocess.run([sys.executable, "-m", "tests.bench.chain"], cwd=ROOT, check=True)


def _size(icons: int, home: Path, env: dict[str, str]) -> None:
    project, other = home / f"ours-{icons}", home / f"ninja-{icons}"
    project.mkdir()
    source = project / "icons.yaml"
    source.write_text(manifest(icons))
    build = [*PROGRAM, "build", "-q"]
    once(build, project, env)
    commands = {"bare": BARE, "null": build}
    ninja = shutil.which("ninja", path=f"{Path(sys.executable).parent}:{env['PATH']}")
    if ninja:
        ninja_project(other, icons)
        once([ninja, "-C", str(other)], project, env)
        commands["ninja null"] = [ninja, "-C", str(other)]
    runs = 9 if icons < 10_000 else 5
    null = paired(commands, project, env, runs=runs)
    _row(f"null, {icons}", "null", icons, null["null"], null["bare"][0], null.get("ninja null"))

    def change(name: str, run: int) -> None:
        if name == "one":
            source.write_text(manifest(icons, changed=f" changed {run}"))
        elif name == "ninja one":
            (other / f"i{icons // 2}.txt").write_text(f"changed {run}")

    commands = {"bare": BARE, "one": build}
    if ninja:
        commands["ninja one"] = [ninja, "-C", str(other)]
    one = paired(commands, project, env, runs=runs, before=change)
    _row(f"one change, {icons}", "one change", icons, one["one"], one["bare"][0], one.get("ninja one"))


def _row(
    title: str, kind: str, icons: int, ours: tuple[float, float], bare: float, ninja: tuple[float, float] | None
) -> None:
    reach = REACH.get((kind, icons))
    print(
        f"{title:22}{ours[0]:8.1f}{ours[0] / bare:8.2f}{f'{reach:g}' if reach else '':>7}"
        f"{f'{ours[0] / max(ninja[0], 0.1):.1f}' if ninja else '-':>9}{ours[1]:7.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()

"""Small real disks: a subject runs on volumes that are too small in every way, then on the same ones with room.

`small_disks` starts this module in a mount namespace of its own, so that no volume outlives it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.torture.subject import Subject, trial
from tests.torture.till import Shop
from tests.torture.verdict import DONE, Tally, Verdict, Violation, glimpsed, judged, leaked

PAGE = 4
"""KiB: a file on a tmpfs takes whole pages."""
MOST = 1 << 18
CLOSE, FAR = 20, 10
"""How many sizes are tried just below the least that is enough, and how many below those."""


def can_mount() -> bool:
    """Whether this process may mount volumes in a namespace of its own."""
    probe = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs tmpfs "$(mktemp -d)"']
    return (
        shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    )


def small_disks(subject: Subject, shop: Shop, base: Path) -> tuple[Tally, list[int]]:
    """Judge it on thirty small disks; the verdicts and the sizes in KiB."""
    request = base / "request.json"
    base.mkdir()
    request.write_text(json.dumps([subject, shop, str(base)]), encoding="utf-8")
    command = ["unshare", "-m", sys.executable, "-m", "tests.torture.volumes", str(request)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    verdicts = [
        Verdict(name, tuple(Violation(*said) for said in violations), *rest)
        for name, violations, *rest in told["verdicts"]
    ]
    return Tally(tuple(verdicts)), told["sizes"]


@contextmanager
def disk(there: Path, kib: int) -> Iterator[Callable[[], None]]:
    """A volume of so many KiB at a folder; what is given makes it large."""
    there.mkdir(parents=True)
    _mount("-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(there))
    try:
        yield lambda: _mount("-o", "remount,size=256m", str(there))
    finally:
        subprocess.run(["umount", str(there)], check=True)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def least(subject: Subject) -> int:
    """What a volume must hold before anything is run: the subject's files."""
    return PAGE * (len(subject.files) + 1)


def enough(subject: Subject, shop: Shop, base: Path) -> int:
    """The least KiB on which an undisturbed run succeeds."""
    low, high = least(subject), MOST
    while high - low > PAGE:
        middle = (low + high) // 2 // PAGE * PAGE
        with disk(base / f"enough-{middle}/disk", middle):
            if trial(subject, shop, base / f"enough-{middle}").run().code == DONE:
                high = middle
            else:
                low = middle
    return high


def on_disk(subject: Subject, shop: Shop, folder: Path, kib: int) -> Verdict:
    """Run it on a small disk, look, make room, run it again, and judge: everything paid has to be there."""
    with disk(folder / "disk", kib) as enlarge:
        there = trial(subject, shop, folder)
        first = there.run()
        seen = glimpsed(there)
        paid = there.truth().tokens
        enlarge()
        ended = there.run()
        found = [*seen, *judged(there, ended), *leaked(there)]
        if ended.code != DONE:
            found.append(Violation("lost", f"{paid} tokens were paid on {kib} KiB, then: {ended}"))
        return Verdict(f"{kib} KiB", tuple(dict.fromkeys(found)), first.code != DONE, False)


def main() -> None:
    """Judge the subject of a request file."""
    (name, command, *rest), (port,), folder = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    subject, shop, base = Subject(name, tuple(command), *rest), Shop(port), Path(folder)
    first, last = least(subject), enough(subject, shop, base)
    close = [last - PAGE * step for step in range(1, CLOSE + 1)]
    far = [first + (close[-1] - first) * step // FAR for step in range(FAR)]
    sizes = sorted({size for size in (*close, *far) if size >= first})
    verdicts = [on_disk(subject, shop, base / f"disk-{size}", size) for size in sizes]
    print(json.dumps({"sizes": sizes, "verdicts": verdicts}))


if __name__ == "__main__":
    main()

"""Steps on pictures that exist already, on one page: find -> pair with files -> decode, steps, sizes, encode -> write.

No manifest, no cache, no network. A picture is decoded once and goes through all steps in memory.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.collector import collector
from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError, IconbuildError, PictureError
from iconbuild.model.artifact import MAX_ICO
from iconbuild.model.ports import Step
from iconbuild.model.retouch import Asked, File, Placed, Reply, Retouch, Retouched, Told
from iconbuild.model.values import Params
from iconbuild.model.work import canvas_side
from iconbuild.retoucher.find import bytes_of, find
from iconbuild.retoucher.jobs import pair
from iconbuild.retoucher.pool import Crew, serve, work
from iconbuild.signals import heeding_signals
from iconbuild.steps.registry import STEPS

if TYPE_CHECKING:
    from iconbuild.pictures.opened import Opened
    from iconbuild.pictures.picture import Picture

_ENDS_ALL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""What fails for one file and would for every other."""
_ELSEWHERE = "from iconbuild.apply import work_for_another; work_for_another()"


class Order(NamedTuple):
    """What is done to every picture."""

    steps: Sequence[tuple[Step, Params]]
    canvas: int = canvas_side(0)
    """Pixels a side at which a drawing goes through steps."""
    force: bool = False
    """Also write over files that hold something else."""
    allow_blank: bool = False


def apply(
    words: Sequence[str], asked: Asked, order: Order, told: Told, *, processes: int, keep_going: bool = True
) -> Retouched:
    """Find the pictures that `words` name, run the steps on each, and write the files.

    A picture that fails, fails alone. The first Ctrl-C lets the pictures in work end. Raises UsageError before anything
    is written; FilesystemError where nothing can be written in the output folder, or no more, then after the pictures
    in work.
    """
    found, links = find(words, asked.out_dir)
    todo = pair(found, asked)
    order = order._replace(canvas=canvas_side(max(asked.sizes, default=0)))
    if asked.out_dir is not None:
        with Tree(asked.out_dir) as tree:
            tree.check_writable("")
    _sweep(todo)
    done: list[Reply] = []
    halting: list[Reply] = []
    told.begin(len(todo))
    try:
        # Pictures hold cycles.
        with heeding_signals() as noted, collector(on=True), Hand(order) as hand:
            crew = Crew(hand.do, _ELSEWHERE, _to_text(order))
            for one in work(todo, crew, processes, told.started, lambda: bool(halting or noted.signal)):
                done.append(one)
                if one.fatal or (one.error and not keep_going):
                    halting.append(one)
                told.finished(one)
    finally:
        told.end()
    for one in halting:
        if one.fatal:
            raise FilesystemError(one.error, remedy=one.remedy)
    places = {job.source: place for place, job in enumerate(todo)}
    done.sort(key=lambda one: places[one.source])
    return Retouched(done, len(todo), links, noted.signal)


def work_for_another() -> None:
    """What another process of ours runs: orders and jobs on stdin, words about them on stdout."""
    # Whatever is printed by accident must not be taken for an answer.
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(2, 1)
        with Hand(_from_text(sys.stdin.readline())) as hand:
            serve(hand.do, sys.stdin, out)


class Hand:
    """Does one job after another."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._tree = Tree("")

    def __enter__(self) -> Hand:
        return self

    def __exit__(self, *_: object) -> None:
        self._tree.__exit__()

    def do(self, job: Retouch) -> Reply:
        """All files of one picture, or none; failures are values."""
        try:
            made, remarks = self._made(job)
            files = tuple(self._put(job.root, file, data) for file, data in made)
            return Reply(job.source, files, remarks=remarks)
        except FilesystemError as error:
            fatal = getattr(error.__cause__, "errno", None) in _ENDS_ALL
            return Reply(job.source, (), error.message, error.remedy, fatal)
        except IconbuildError as error:
            return Reply(job.source, (), error.message, error.remedy)
        except Exception as error:  # a fault of ours in one picture must not take the others with it
            return Reply(job.source, (), f"unexpected {type(error).__name__}: {error}", "please report this")

    def _made(self, job: Retouch) -> tuple[list[tuple[File, bytes]], tuple[str, ...]]:
        opened, remarks = _stepped(_opened(bytes_of(job.source)), self._order)
        return [(file, self._encoded(opened, job.root, file)) for file in job.files], remarks

    def _encoded(self, opened: Opened, root: str, file: File) -> bytes:
        from iconbuild.pictures.blank import blank
        from iconbuild.pictures.encode import encode_picture
        from iconbuild.pictures.ico import encode_ico

        pictures = _pictures(opened, file)
        for why in () if self._order.allow_blank else filter(None, map(blank, pictures)):
            raise PictureError(f"{os.path.join(root, file.path)} {why}", remedy="use gentler steps, or --allow-blank")
        return encode_ico(pictures) if file.format == "ico" else encode_picture(pictures[0], file.format)

    def _put(self, root: str, file: File, data: bytes) -> Placed:
        """Write, unless the same bytes are there already, or others that nobody allowed to be replaced."""
        if root != self._tree.root:
            self._tree.__exit__()
            self._tree = Tree(root, shown=root)
        shown = os.path.join(root, file.path)
        there = self._tree.stamp(file.path) is not None
        if there:
            if self._tree.read(file.path) == data:
                return Placed(shown, file.format, "unchanged", len(data))
            if not self._order.force:
                return Placed(shown, file.format, "kept", len(data))
        self._tree.write(file.path, data, keep_mode=there)
        return Placed(shown, file.format, "written", len(data))


def _opened(data: bytes) -> Opened:
    from iconbuild.model.artifact import Payload
    from iconbuild.pictures.header import sniff_artwork
    from iconbuild.pictures.opened import Opened

    return Opened(Payload(data, sniff_artwork(data)))


def _stepped(opened: Opened, order: Order) -> tuple[Opened, tuple[str, ...]]:
    """The picture after all steps, and what they say of it where that may surprise."""
    from iconbuild.pictures.chain import stepped
    from iconbuild.pictures.opened import Opened

    if not order.steps:
        return opened, ()
    pictures, remarks = zip(*stepped(opened.whole(order.canvas), order.steps), strict=True)
    return Opened.made(pictures[-1]), tuple(filter(None, remarks))


def _pictures(opened: Opened, file: File) -> list[Picture]:
    """What a file holds: the picture at its size, an .ico at all that fit; without sizes as it is, if it fits."""
    if file.format != "ico":
        return [opened.at(file.sizes[0]) if file.sizes else opened.whole()]
    if sizes := sorted(size for size in file.sizes if size <= MAX_ICO):
        return [opened.at(size) for size in sizes]
    whole = opened.whole(MAX_ICO)
    return [whole if max(whole.size) <= MAX_ICO else opened.at(MAX_ICO)]


def _sweep(todo: Sequence[Retouch]) -> None:
    """Clear what runs that were killed left in the folders of the files."""
    for root, folder in sorted({(job.root, os.path.dirname(file.path)) for job in todo for file in job.files}):
        with Tree(root) as tree, suppress(FilesystemError):  # what is wrong with a folder is told with its pictures
            tree.sweep(folder)


def _to_text(order: Order) -> str:
    return json.dumps([[(step.name, params.data) for step, params in order.steps], *order[1:]])


def _from_text(text: str) -> Order:
    steps, *rest = json.loads(text)
    return Order([(STEPS[name], Params(data)) for name, data in steps], *rest)

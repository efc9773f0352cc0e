"""Steps on pictures that exist already, on one page: find -> pair with files -> decode, steps, sizes, encode -> write.

No manifest, no cache, no network. A picture is decoded once and goes through all steps in memory.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError, IconbuildError, PictureError
from iconbuild.model.ports import Step
from iconbuild.model.retouch import Asked, Done, File, Job, Made, Retouched, Told
from iconbuild.model.values import Params
from iconbuild.retoucher.find import find, read_picture
from iconbuild.retoucher.jobs import pair
from iconbuild.retoucher.pool import Crew, serve, work
from iconbuild.signals import heeding_signals
from iconbuild.steps.registry import STEPS

if TYPE_CHECKING:
    from iconbuild.pictures.opened import Opened

_CANVASES = 512, 1024
"""Pixels at which a drawing goes through steps: the larger where a file asks for more than the smaller."""
_ELSEWHERE = "from iconbuild.apply import work_for_another; work_for_another()"


class Order(NamedTuple):
    """What is done to every picture."""

    steps: Sequence[tuple[Step, Params]]
    canvas: int = _CANVASES[0]
    force: bool = False
    """Also write over files that hold something else."""
    allow_blank: bool = False


def apply(
    words: Sequence[str], asked: Asked, order: Order, told: Told, *, processes: int, keep_going: bool = True
) -> Retouched:
    """Find the pictures that `words` name, run the steps on each, and write the files.

    A picture that fails, fails alone. The first Ctrl-C lets the pictures in work end. Raises UsageError before anything
    is written; FilesystemError where files cannot be written, after the pictures in work.
    """
    found, links = find(words, asked.out_dir)
    todo = pair(found, asked)
    order = order._replace(canvas=_CANVASES[max(asked.sizes, default=0) > _CANVASES[0]])
    _sweep(todo)
    done: list[Done] = []
    halting: list[Done] = []
    told.begin(len(todo))
    try:
        with heeding_signals() as noted, _collecting(), Hand(order) as hand:
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

    def do(self, job: Job) -> Done:
        """All files of one picture, or none; failures are values."""
        try:
            made, remarks = self._made(job)
            files = tuple(self._put(job.root, file, data) for file, data in made)
            return Done(job.source, files, remarks=remarks)
        except FilesystemError as error:
            return Done(job.source, (), error.message, error.remedy, fatal=True)
        except IconbuildError as error:
            return Done(job.source, (), error.message, error.remedy)
        except Exception as error:  # a fault of ours in one picture must not take the others with it
            return Done(job.source, (), f"unexpected {type(error).__name__}: {error}", "please report this")

    def _made(self, job: Job) -> tuple[list[tuple[File, bytes]], tuple[str, ...]]:
        from iconbuild.pictures.blank import blank

        opened, remarks = _stepped(_opened(read_picture(job.source)), self._order)
        why = None if self._order.allow_blank else blank(opened.whole())
        if why:
            raise PictureError(f"the result {why}", remedy="use gentler steps, or --allow-blank")
        return [(file, _encoded(opened, file)) for file in job.files], remarks

    def _put(self, root: str, file: File, data: bytes) -> Made:
        """Write, unless the same bytes are there already, or others that nobody allowed to be replaced."""
        if root != self._tree.root:
            self._tree.__exit__()
            self._tree = Tree(root)
        shown = os.path.join(root, file.path)
        if self._tree.stamp(file.path) is not None:
            if self._tree.read(file.path) == data:
                return Made(shown, file.format, "unchanged", len(data))
            if not self._order.force:
                return Made(shown, file.format, "kept", len(data))
        self._tree.write(file.path, data)
        return Made(shown, file.format, "written", len(data))


def _opened(data: bytes) -> Opened:
    from iconbuild.model.artifact import SCENE, Payload
    from iconbuild.pictures.decode import sniff
    from iconbuild.pictures.opened import Opened

    media = sniff(data)
    if media == SCENE:  # drawn by ourselves, and not made for strangers' bytes
        raise PictureError("this is no picture that can be read", remedy="use SVG, PNG, WebP or JPEG")
    return Opened(Payload(data, media))


def _stepped(opened: Opened, order: Order) -> tuple[Opened, tuple[str, ...]]:
    """The picture after all steps, and what they say of it where that may surprise."""
    from iconbuild.pictures.chain import stepped
    from iconbuild.pictures.opened import Opened

    if not order.steps:
        return opened, ()
    pictures, remarks = zip(*stepped(opened.whole(order.canvas), order.steps), strict=True)
    return Opened.made(pictures[-1]), tuple(filter(None, remarks))


def _encoded(opened: Opened, file: File) -> bytes:
    from iconbuild.pictures.encode import encode_picture
    from iconbuild.pictures.ico import MAX_SIDE, encode_ico

    if file.format == "ico":
        held = sorted(size for size in file.sizes if size <= MAX_SIDE)
        return encode_ico([opened.at(size) for size in held] or [opened.whole()])
    return encode_picture(opened.at(file.sizes[0]) if file.sizes else opened.whole(), file.format)


def _sweep(todo: Sequence[Job]) -> None:
    """Clear what runs that were killed left in the folders of the files."""
    for root, folder in sorted({(job.root, os.path.dirname(file.path)) for job in todo for file in job.files}):
        with Tree(root) as tree:
            tree.sweep(folder)


@contextmanager
def _collecting() -> Iterator[None]:
    """With Python's cycle collector on, since pictures hold cycles."""
    was_on = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        if not was_on:
            gc.disable()


def _to_text(order: Order) -> str:
    return json.dumps([[(step.name, params.data) for step, params in order.steps], *order[1:]])


def _from_text(text: str) -> Order:
    steps, *rest = json.loads(text)
    return Order([(STEPS[name], Params(data)) for name, data in steps], *rest)

"""`iconbuild apply FILE... --step thickness=2 --out-dir D`: steps on pictures that exist."""

from __future__ import annotations

import argparse
import sys

from iconbuild.apply import Order, apply
from iconbuild.cli.options import jobs, switch, variable_text
from iconbuild.cli.speak import complain, note, remark, say_json
from iconbuild.cli.stepwords import bound
from iconbuild.errors import UsageError
from iconbuild.model.artifact import MEDIA
from iconbuild.model.retouch import Asked, Retouched
from iconbuild.report.applied import applied_json, applied_text, choose
from iconbuild.report.numbers import count

FORMATS = (*MEDIA, "ico")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `apply`."""
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="pictures, or folders of pictures (PNG, WebP, JPEG, SVG)")
    add("--step", action="append", default=[], metavar="NAME=VALUE", help="such as smooth=3,algorithm=contour; repeat")
    add("--out-dir", metavar="DIR", default=variable_text("OUT_DIR"), help="where the files go")
    add("--in-place", action="store_true", help="write over the pictures themselves (PNG and WebP)")
    add("--sizes", metavar="N,...", help="pixels a side (default: each picture's own size)")
    add("--formats", metavar="F,...", help=f"{', '.join(FORMATS)} (default: each picture's own, else png)")
    add("-j", "--jobs", metavar="N", default=variable_text("JOBS"), help="processes (default: the processors)")
    add("--force", action="store_true", help="also replace files that hold something else")
    add("--fail-fast", action="store_true", default=switch("FAIL_FAST"), help="stop at the first failure")
    allowed = switch("ALLOW_BLANK")
    add("--allow-blank", action="store_true", default=allowed, help="also write pictures that show nothing")


def run(options: argparse.Namespace) -> int:
    """Do it; 1 where a picture failed or a file was kept."""
    asked = _asked(options)
    steps = bound(options.step)
    if not (steps or asked.sizes or asked.formats):
        raise UsageError("there is nothing to do", remedy="give --step, --sizes or --formats")
    order = Order(steps, force=options.force or options.in_place, allow_blank=options.allow_blank)
    told = choose(options.progress, quiet=options.quiet, events=options.format == "ndjson")
    keep_going = not options.fail_fast
    came = apply(options.files, asked, order, told, processes=jobs(options.jobs), keep_going=keep_going)
    _say(came, options)
    _complain(came, options)
    return came.exit_code


def _asked(options: argparse.Namespace) -> Asked:
    if options.in_place:
        others = {"--sizes": options.sizes, "--formats": options.formats, "--out-dir": _own_out_dir(options)}
        for name in (name for name, given in others.items() if given):
            raise UsageError(f"--in-place and {name} contradict each other")
        return Asked(None)
    if not options.out_dir:
        raise UsageError("where are the files to go?", remedy="give --out-dir D, or --in-place to replace the pictures")
    from iconbuild.outputs import checks

    sizes = [int(word) if word.isdecimal() and len(word) < 9 else word for word in _listed(options.sizes)]
    try:
        asked = Asked(
            options.out_dir,
            checks.wholes(tuple(sizes), "--sizes", 1, checks.MAX_PIXELS) if options.sizes else (),
            checks.words(tuple(_listed(options.formats)), "--formats", FORMATS) if options.formats else (),
        )
        checks.drawable(asked.formats, asked.sizes or (1,))
    except ValueError as error:
        raise UsageError(str(error)) from None
    return asked


def _own_out_dir(options: argparse.Namespace) -> str | None:
    """The folder of --out-dir itself: that of its variable gives way to --in-place."""
    return options.out_dir if options.out_dir != variable_text("OUT_DIR") else None


def _listed(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",")]


def _say(came: Retouched, options: argparse.Namespace) -> None:
    if options.format == "json":
        say_json(applied_json(came))
    elif options.format == "ndjson":
        from iconbuild.report.progress import Events

        Events(sys.stdout).event("summary", **applied_json(came))
    else:
        sys.stdout.write(applied_text(came))


def _complain(came: Retouched, options: argparse.Namespace) -> None:
    """Failures with their remedies, and what steps said, on stderr; with -v all files."""
    for path in came.paths("written") if options.verbose else ():
        note(f"written: {path}", options)
    for done in came.done:
        for words in done.remarks:
            remark("warning", f"{done.source}: {words}", options)
    for done in came.failed:
        remark("error", f"{done.source}: {done.error}", options)
        if done.remedy:
            complain(f"  {done.remedy}")
    if left := came.pictures - len(came.done):
        begun = f"{count(left, 'picture')} {'was' if left == 1 else 'were'} not begun"
        if options.in_place:
            note(f"{begun}; the others are done: the same command would do them once more", options)
        else:
            note(f"{begun}; the same command goes on from there", options)

"""`iconbuild build`: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from decimal import Decimal, InvalidOperation

from iconbuild.build import build
from iconbuild.cli.options import (
    add_out_dir,
    add_strict,
    jobs,
    manifest_and_icons,
    out_dir,
    positional,
    switch,
    variable_text,
)
from iconbuild.cli.remember import remember
from iconbuild.cli.selection import check_names, chosen, output_paths
from iconbuild.cli.speak import note, remark, say_json, warn
from iconbuild.cli.spending import approve_spending
from iconbuild.errors import ProviderError, UsageError
from iconbuild.model.session import Built, Options, Preview, Workplace
from iconbuild.model.work import Delegate, Generate
from iconbuild.report.progress import choose
from iconbuild.report.result import build_text, said
from iconbuild.toolbox import workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `build`."""
    positional(parser, icons=True)
    add = parser.add_argument
    add("-n", "--dry-run", action="store_true", help="the same as `plan`")
    add("-j", "--jobs", metavar="N", default=variable_text("JOBS"), help="threads (default: the processors)")
    add("--offline", action="store_true", default=switch("OFFLINE"), help="open no socket")
    add("--locked", action="store_true", default=switch("LOCKED"), help="fail (3) if the lock would change")
    add("--check", action="store_true", help="write nothing; fail (3) if outputs differ")
    add_strict(parser)
    add("--max-tokens", metavar="N", default=variable_text("MAX_TOKENS"), help="fail (4) above this cost")
    add("-y", "--yes", action="store_true", default=switch("YES"), help="spend without asking on a terminal")
    allowed = switch("ALLOW_SPEND")
    add("--allow-spend", action="store_true", default=allowed, help="buy also where CI is set")
    add("--retry-unknown", action="store_true", help="buy again what may have been charged already")
    add("--buy-lost", action="store_true", help="buy again what was bought and whose picture is gone")
    add("--plan", metavar="FILE", help="build exactly this saved plan, or fail (3)")
    add_out_dir(parser)
    add("--stamp", metavar="PATH", help="touch this file when all is done, for Make and Ninja")
    add("--depfile", metavar="PATH", help="write what the stamp depends on, in Make's syntax")
    add("--fail-fast", action="store_true", default=switch("FAIL_FAST"), help="stop at the first failure")
    add("--force", action="store_true", help="also replace outputs that were edited by hand")
    allowed = switch("ALLOW_BLANK")
    add("--allow-blank", action="store_true", default=allowed, help="also write pictures that show nothing")
    add("--prune", action="store_true", help="remove outputs that are no longer asked for")
    parser.set_defaults(output=None, detailed_exitcode=False, refresh=False)


def run(options: argparse.Namespace) -> int:
    """Build; the exit code is that of the interface."""
    _refuse_contradictions(options)
    if options.dry_run:
        from iconbuild.cli.plan import run as plan

        return plan(options)
    path, icons = manifest_and_icons(options.words)
    place = workplace(options.providers)
    progress = choose(options.progress, quiet=options.quiet, events=options.format == "ndjson")
    asked = _options(options, icons)
    built = build(
        path,
        place,
        asked,
        progress,
        approve=lambda seen: _approve(seen, place, options, icons),
        tell=lambda sentence: note(sentence, options),
    )
    if options.format in ("json", "ndjson"):
        _say_data(built, place, options)
    else:
        sys.stdout.write(build_text(built))
    _complain(built, options)
    if built.exit_code == 0:
        if options.stamp:
            from iconbuild.report.depfile import write_stamp

            read = [path for path in built.preview.inputs if path not in place.witnesses]
            write_stamp(options.stamp, options.depfile, built.preview.manifest, read)
        remember(built, options, asked.out_dir)
    return built.exit_code


def _say_data(built: Built, place: Workplace, options: argparse.Namespace) -> None:
    from iconbuild.report.figures import build_json
    from iconbuild.report.progress import Events

    data = build_json(built, place.tools.providers[built.preview.plan.provider])
    if options.format == "json":
        say_json(data)
    else:
        Events(sys.stdout).event("summary", **data)


def _options(options: argparse.Namespace, icons: list[str]) -> Options:
    return Options(
        profile=options.profile,
        out_dir=out_dir(options),
        only=chosen(icons),
        jobs=jobs(options.jobs),
        keep_going=not options.fail_fast,
        force=options.force,
        prune=options.prune,
        check=options.check,
        locked=options.locked,
        strict=options.strict,
        allow_blank=options.allow_blank,
        retry_unknown=options.retry_unknown,
        buy_lost=options.buy_lost,
        max_tokens=_tokens(options.max_tokens),
    )


def _approve(seen: Preview, place: Workplace, options: argparse.Namespace, icons: list[str]) -> None:
    """The last look before anything is made."""
    check_names(seen, icons)
    drawn = any(isinstance(action.work, (Generate, Delegate)) for action in seen.worklist.todo)
    if (
        options.offline
        and drawn
        and not options.check
        and place.tools.providers[seen.plan.provider].limit("generation")
    ):
        raise ProviderError(
            f"--offline, and there is work that `{seen.plan.provider}` would have to do; nothing was spent",
            remedy="take --offline away, or build with `provider: local`",
        )
    if options.stamp:
        _check_side_files(seen, options)
    warn(seen.manifest.warnings, options)
    if options.plan:
        from iconbuild.report.saved import read_plan, refuse_stale

        refuse_stale(read_plan(options.plan), seen)
    if not options.check:
        approve_spending(seen, options)


def _check_side_files(seen: Preview, options: argparse.Namespace) -> None:
    from iconbuild.report.sidefiles import refuse_side_file

    targets = output_paths(seen, out_dir(options))
    refuse_side_file(options.stamp, seen.manifest, targets, "--stamp", seen.inputs)
    if options.depfile:
        refuse_side_file(options.depfile, seen.manifest, targets, "--depfile", seen.inputs)


def _complain(built: Built, options: argparse.Namespace) -> None:
    """Failures with their remedies, and what was said of pictures made now, on stderr; with -v all files."""
    for path in built.emitted.written if options.verbose else ():
        note(f"written: {path}", options)
    for failure in built.outcome.failures:
        remark("error", f"{failure.action.label}: {failure.error.message}", options, failure.error.remedy)
        if options.debug:
            import traceback

            traceback.print_exception(failure.error)
    for name, sentence in said(built):
        remark("warning", f"{name}: {sentence}", options)
    whole = sum(target.icon is None for target in built.preview.plan.targets)
    if whole and len(built.preview.worklist.verdicts) < len(built.preview.plan.icons):
        note(f"single icons were asked for: {whole} of the whole set's files were left as they are", options)
    if built.outcome.stopped:
        remark("error", built.outcome.stopped.message, options, built.outcome.stopped.remedy)
    if built.outcome.interrupted:
        note("interrupted; what was finished is kept, and the same command goes on from there", options)


def _refuse_contradictions(options: argparse.Namespace) -> None:
    for one, other in (("check", "force"), ("check", "prune"), ("check", "stamp"), ("check", "plan")):
        if getattr(options, one) and getattr(options, other):
            raise UsageError(f"--{one} and --{other} contradict each other")
    if options.stamp and options.depfile and os.path.realpath(options.stamp) == os.path.realpath(options.depfile):
        raise UsageError("--stamp and --depfile name the same file")
    if options.depfile and not options.stamp:
        raise UsageError("--depfile needs --stamp, the file that depends on the rest")


def _tokens(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise UsageError(f"--max-tokens {text}: a number of tokens is needed")
    return amount

"""`iconbuild validate`: check the manifest and plan it, and say every problem at once."""

from __future__ import annotations

import argparse

from iconbuild.build import preview
from iconbuild.cli.options import add_strict, manifest_and_icons, positional
from iconbuild.cli.speak import say_json, warn
from iconbuild.errors import ManifestError
from iconbuild.model.session import Options
from iconbuild.report.failure import problem_json
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count
from iconbuild.toolbox import workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `validate`."""
    positional(parser, icons=False)
    add_strict(parser)


def run(options: argparse.Namespace) -> int:
    """0 where the manifest can be built, 2 otherwise."""
    path, _ = manifest_and_icons([options.words] if options.words else [])
    place = workplace(options.providers, remember=False)
    try:
        seen = preview(path, place, Options(profile=options.profile, strict=options.strict))
    except ManifestError as error:
        if options.format != "json":
            raise
        say_json(_answer(path, [problem_json(problem) for problem in error.problems], error.exit_code))
        return error.exit_code
    warn(seen.manifest.warnings, options)
    if options.format == "json":
        say_json(_answer(path, [problem_json(problem) for problem in seen.manifest.warnings], 0))
    else:
        icons, files = count(len(seen.plan.icons), "icon"), count(len(seen.plan.targets), "file")
        print(f"{inert(path)}: valid, {icons}, {files}")
    return 0


def _answer(path: str, problems: list[dict[str, object]], code: int) -> dict[str, object]:
    return {
        "command": "validate",
        "manifest": path,
        "valid": code == 0,
        "problems": problems,
        "exit_code": code,
    }

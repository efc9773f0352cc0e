"""An expected failure becomes text for people, annotations for GitHub, or an object for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from iconbuild.errors import IconbuildError, ManifestError, Problem
from iconbuild.report.inert import for_github, for_github_property, inert


def option(arguments: Sequence[str], name: str) -> str | None:
    """The value of `--name VALUE` or `--name=VALUE` among raw arguments."""
    for position, word in enumerate(arguments):
        if word == name and position + 1 < len(arguments):
            return arguments[position + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def failure_text(error: IconbuildError, arguments: Sequence[str]) -> str:
    """What to print on stderr; the format is looked for in `arguments`, since options may not have been read."""
    chosen = option(arguments, "--format") or os.environ.get("ICONBUILD_FORMAT")
    if chosen == "github":
        marks = "\n".join(annotation(problem) for problem in _problems(error))
        return marks or remark("error", error.message, error.remedy)
    if chosen in ("json", "ndjson"):
        return json.dumps(failure_json(error))
    return "\n".join(inert(line, 400) for line in error.render().splitlines())


def failure_json(error: IconbuildError) -> dict[str, object]:
    """The error as data."""
    return {
        "error": type(error).__name__,
        "message": error.message,
        "remedy": error.remedy,
        "exit_code": error.exit_code,
        "problems": [problem_json(problem) for problem in _problems(error)],
    }


def problem_json(problem: Problem) -> dict[str, object]:
    """One finding as data."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.where.file,
        "line": problem.where.line,
        "column": problem.where.column,
        "remedy": problem.remedy,
    }


def _problems(error: IconbuildError) -> Sequence[Problem]:
    return error.problems if isinstance(error, ManifestError) else ()


def remark(level: str, text: str, remedy: str = "") -> str:
    """A workflow command of GitHub Actions without a place; `level` is `error` or `warning`."""
    return f"::{level}::{for_github(_with_remedy(text, remedy))}"


def annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions that marks the place of a finding."""
    place = f"file={for_github_property(problem.where.file)},line={problem.where.line},col={problem.where.column}"
    level = "warning" if problem.severity == "warning" else "error"
    return f"::{level} {place},title={problem.code}::{for_github(_with_remedy(problem.message, problem.remedy))}"


def _with_remedy(text: str, remedy: str) -> str:
    return f"{text}. {remedy}" if remedy else text

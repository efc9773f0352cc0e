"""The last question before money is spent: asked on a terminal, answered beforehand everywhere else."""

from __future__ import annotations

import argparse
import os
import sys

from iconbuild.errors import BudgetError
from iconbuild.model.session import Preview
from iconbuild.report.numbers import cost_words


def approve_spending(seen: Preview, options: argparse.Namespace) -> None:
    """Return where the build is free or may spend; raises BudgetError otherwise, with nothing spent.

    With CI set, --allow-spend has to be given. On a terminal somebody is asked, unless -y is given.
    """
    cost = seen.worklist.cost
    if not (cost.token or cost.usd or cost.unknown):
        return
    words = f"{cost_words(cost)} at {seen.plan.provider}"
    if _in_ci() and not options.allow_spend:
        raise BudgetError(
            f"this build costs {words}, and CI is set; nothing was spent",
            remedy="build it once where somebody sees the plan and commit icons.lock and .iconbuild/originals, "
            "or give --allow-spend",
        )
    if options.yes or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return
    sys.stderr.write(f"Spend {words}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise BudgetError("not confirmed; nothing was spent", remedy="-y spends without asking")


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")

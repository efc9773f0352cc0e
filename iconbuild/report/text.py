"""A preview becomes lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iconbuild.model.ports import Provider
from iconbuild.model.purchase import Balance
from iconbuild.model.session import Preview
from iconbuild.report.figures import Figures, figures, left_over
from iconbuild.report.inert import inert
from iconbuild.report.numbers import balance_words, cost_words, count, price, seconds_words, some

_LONG = 60


def plan_text(seen: Preview, provider: Provider, *, everything: bool = False, balance: Balance | None = None) -> str:
    """The plan: a line per icon that is touched (all of them where they are few), then the sums."""
    sums = figures(seen, provider)
    verdicts = [v for v in seen.worklist.verdicts if everything or v.action != "reuse" or len(seen.plan.icons) <= 20]
    rows = [(inert(v.name, 40), v.action, inert(_why(v.reason, v.reference), _LONG), price(v.cost)) for v in verdicts]
    head = f"{inert(seen.manifest.name)} · {provider.name} · {count(len(seen.plan.icons), 'icon')}"
    lines = [head, "", *table(("icon", "action", "why", "tokens"), rows), ""]
    hidden = len(seen.worklist.verdicts) - len(verdicts)
    if hidden:
        lines.append(f"({count(hidden, 'icon')} up to date, not shown; -v shows all)")
    lines += sum_lines(seen, sums, balance)
    return "\n".join(lines) + "\n"


def sum_lines(seen: Preview, sums: Figures, balance: Balance | None = None) -> list[str]:
    """What the plan comes to."""
    verbs = ", ".join(
        f"{sums.verbs[verb]} to {verb}" for verb in ("generate", "process", "restore") if sums.verbs[verb]
    )
    lines = [f"{verbs or 'nothing to do'} · {count(sums.files, 'file')} to write"]
    timing = f" · about {seconds_words(sums.seconds)} at the provider's limits" if sums.seconds else ""
    lines.append(f"cost: {cost_words(sums.cost)}{timing}")
    if balance is not None:
        lines.append(balance_words(balance, left_over(balance, sums.cost)))
    if sums.elsewhere is not None:
        lines.append(f"the whole set at {seen.plan.compared} would cost {cost_words(sums.elsewhere)}")
    if seen.kept:
        lines.append(f"{count(len(seen.kept), 'file')} edited by hand and left alone: {some(seen.kept)}")
    limit = seen.manifest.budget.tokens
    if limit is not None and sums.cost.token > limit:
        lines.append(f"over the budget of {limit} tokens: `build` will refuse")
    if seen.orphans:
        lines.append(f"{count(len(seen.orphans), 'file')} no longer asked for: {some(seen.orphans)} (--prune removes)")
    return lines


def _why(reason: str, reference: str | None) -> str:
    return f"{reason}, follows {reference}" if reference and reason == "new" else reason


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int | None = -1) -> list[str]:
    """Columns two spaces apart, left-aligned but for column `right` (counted as in a list; None: none)."""
    cells = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    aligned = None if right is None else range(len(head))[right]
    return [
        "  ".join(
            cell.rjust(width) if column == aligned else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]

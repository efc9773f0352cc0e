"""A preview becomes a Markdown report, for pull requests and CI summaries."""

from __future__ import annotations

from iconbuild.model.ports import Provider
from iconbuild.model.purchase import Balance
from iconbuild.model.session import Preview
from iconbuild.report.figures import figures
from iconbuild.report.inert import for_markdown
from iconbuild.report.numbers import price
from iconbuild.report.text import sum_lines


def plan_markdown(seen: Preview, provider: Provider, balance: Balance | None = None) -> str:
    """A heading, the sums, and a table of the icons that are touched."""
    lines = [f"### {for_markdown(seen.manifest.name)} · {provider.name}", ""]
    lines += [f"- {line}" for line in sum_lines(seen, figures(seen, provider), balance)]
    touched = [verdict for verdict in seen.worklist.verdicts if verdict.action != "reuse"]
    if touched:
        lines += ["", "| icon | action | why | tokens |", "|---|---|---|--:|"]
        lines += [
            f"| {for_markdown(verdict.name)} | {verdict.action} | {for_markdown(verdict.reason)} "
            f"| {price(verdict.cost)} |"
            for verdict in touched
        ]
    return "\n".join(lines) + "\n"

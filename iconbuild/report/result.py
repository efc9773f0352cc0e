"""What a build came to becomes a few lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from iconbuild.model.artifact import REMARKS, WARNINGS
from iconbuild.model.money import total
from iconbuild.model.session import Built
from iconbuild.report.inert import inert
from iconbuild.report.numbers import cost_words, count, some
from iconbuild.report.sizes import asked_for, sizes, sizes_line


def build_text(built: Built) -> str:
    """What a build came to, in a few lines."""
    emitted, outcome = built.emitted, built.outcome
    icons, _ = _asked_for(built)
    if built.differences:
        return f"{count(len(built.differences), 'file')} would change: {some(built.differences)}\n"
    if not (emitted.written or emitted.kept or emitted.missing or emitted.pruned or outcome.failures):
        lines = [nothing_words(built)]
    else:
        done = [f"{outcome.generated} generated" if outcome.generated else "", _restored(built)]
        parts = [part for part in done if part]
        lines = [
            f"{inert(built.preview.manifest.name)}: {icons}, {count(len(emitted.written), 'file')} written"
            + (f", {emitted.unchanged} unchanged" if emitted.unchanged else "")
            + (f" ({', '.join(parts)})" if parts else "")
        ]
    if emitted.written:
        lines.append(sizes_line(sizes(built)))
    spent = total(outcome.spent)
    if spent.token or spent.usd:
        lines.append(f"spent: {cost_words(spent)}")
    lines += [f"kept, because edited by hand: {inert(path)} (--force replaces it)" for path in emitted.kept]
    if emitted.missing:
        lines.append(f"not written: {some(emitted.missing)}")
    lines += [f"kept, because edited by hand: {inert(path)} (no longer asked for)" for path in emitted.stubborn]
    orphans = [path for path in emitted.orphans if path not in emitted.stubborn]
    if orphans:
        lines.append(f"no longer asked for: {some(orphans)} (--prune removes)")
    if emitted.pruned:
        lines.append(f"removed: {some(emitted.pruned)}")
    return "\n".join(lines) + "\n"


def nothing_words(built: Built) -> str:
    """The line of a build that had nothing to do."""
    icons, files = _asked_for(built)
    return f"{inert(built.preview.manifest.name)}: {icons}, {files} up to date"


def _asked_for(built: Built) -> tuple[str, str]:
    """How many icons and files the build was about."""
    return count(len(built.preview.worklist.verdicts), "icon"), count(len(asked_for(built)), "file")


def _restored(built: Built) -> str:
    restored = sum(verdict.action == "restore" for verdict in built.preview.worklist.verdicts)
    return f"{restored} restored" if restored else ""


def said(built: Built) -> Iterator[tuple[str, str]]:
    """What providers and steps said of pictures made now: the label of a picture and a sentence."""
    for key, artifact in built.outcome.results.items():
        action = built.preview.plan.actions[key]
        facts = {"generation": WARNINGS, "steps": REMARKS}.get(action.pool)
        words = artifact.facts.get(facts) if facts else None
        yield from ((action.label, str(word)) for word in (words if isinstance(words, (list, tuple)) else ()))

"""Icons in an order in which every reference comes before those that follow it."""

from __future__ import annotations

from collections.abc import Iterable

from iconbuild.model.manifest import IconSpec


def by_reference(icons: Iterable[IconSpec]) -> list[IconSpec]:
    """Manifest order, except that a reference moves before its first follower; the loader has refused cycles."""
    declared = {icon.name: icon for icon in icons}
    ordered: dict[str, IconSpec] = {}
    for icon in declared.values():
        waiting = [icon]
        while waiting:
            current = waiting[-1]
            ahead = declared.get(current.anchor) if isinstance(current.anchor, str) else None
            if ahead is not None and ahead.name not in ordered and current.name not in ordered:
                waiting.append(ahead)
            else:
                waiting.pop()
                ordered.setdefault(current.name, current)
    return list(ordered.values())

"""One icon or one file of a preview becomes an explanation, as data and as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from iconbuild.model.manifest import FileSource, IconSpec
from iconbuild.model.session import Preview
from iconbuild.model.work import Action, Apply, Delegate, Plan, Target
from iconbuild.planner.why import Change
from iconbuild.report.figures import quote_json
from iconbuild.report.inert import inert


def icon_json(seen: Preview, icon: IconSpec, changes: Sequence[Change]) -> dict[str, object]:
    """What will happen to an icon and why, its values with their origins, and the recipe behind its key."""
    verdict = next(each for each in seen.worklist.verdicts if each.name == icon.name)
    planned = next(each for each in seen.plan.icons if each.name == icon.name)
    action = seen.plan.actions[planned.source]
    return {
        "icon": icon.name,
        "declared": str(icon.where),
        "action": verdict.action,
        "reason": verdict.reason,
        "changes": [{"field": each.field, "before": each.before, "after": each.after} for each in changes],
        "reference": verdict.reference,
        "cost": quote_json(verdict.cost),
        "values": {name: _value(icon, name) for name in sorted(icon.origins)},
        "key": action.key,
        "recipe": json.loads(action.recipe_text()),
        "files": [
            {"path": target.path, "state": seen.found[target.path].state}
            for target in seen.plan.targets
            if target.icon == icon.name
        ],
    }


def _value(icon: IconSpec, name: str) -> dict[str, object]:
    origin = icon.origins[name]
    return {
        "value": _shown(icon, name),
        "from": origin.layer,
        "where": str(origin.where) if origin.where else None,
    }


def _shown(icon: IconSpec, name: str) -> object:
    """A field's value as JSON; `from` and `icon` are the manifest's names of `source` and `pinned`."""
    match name:
        case "look":
            return f"{icon.look.kind} {icon.look.name}"
        case "steps":
            return [f"{step.name} {step.params.text}" for step in icon.steps]
        case "from":
            return icon.source.path if icon.source else None
        case "icon":
            return icon.pinned
        case "refine" | "iconify" if icon.attached:
            return icon.attached.file.path if icon.attached.file else icon.attached.icon_id
        case "anchor":
            return icon.anchor.path if isinstance(icon.anchor, FileSource) else icon.anchor
    value = getattr(icon, name, None)
    return list(value) if isinstance(value, tuple) else value


def file_json(seen: Preview, target: Target) -> dict[str, object]:
    """What a file is made of and whether it is in place."""
    action = seen.plan.actions[target.key]
    return {
        "file": target.path,
        "output": target.kind,
        "icon": target.icon,
        "state": seen.found[target.path].state,
        "key": action.key,
        "recipe": json.loads(action.recipe_text()),
        "made of": [seen.plan.actions[key].label for key in action.inputs],
        "steps": _steps(seen.plan, action),
    }


def _steps(plan: Plan, action: Action) -> list[str]:
    """The steps between a file of one picture and that picture, first to last, those at a provider with its name."""
    found = []
    while len(action.inputs) == 1:
        action = plan.actions[action.inputs[0]]
        match action.work:
            case Delegate(provider=name, task=task, params=params):
                found.append(f"{task} {params.text} at {name}")
            case Apply(tool=tool, params=params):
                found.append(f"{tool} {params.text}")
            case _:
                break
    return found[::-1]


def lines(data: dict[str, object]) -> Iterator[str]:
    """The explanation for people: one `name: value` a line, values with their origins indented."""
    for name, value in data.items():
        if name == "values" and isinstance(value, dict):
            yield "values:"
            for field, entry in value.items():
                place = f" ({entry['where']})" if entry["where"] else ""
                yield f"  {field}: {inert(_plain(entry['value']))}  <- {inert(entry['from'])}{place}"
        elif name in ("files", "changes") and isinstance(value, list):
            if value:
                yield f"{name}:"
            for entry in value:
                yield f"  {inert('  '.join(_plain(item) for item in entry.values()))}"
        elif value is not None:
            yield f"{name}: {inert(_plain(value), 2000)}"


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

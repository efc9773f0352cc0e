"""A request becomes its price by the tariff, and a ceiling where that is open."""

from __future__ import annotations

from decimal import Decimal

from iconbuild.model.money import Quote
from iconbuild.model.values import Json, Params
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.providers.tariff import Tariff


def price(tariff: Tariff, request: Params, declared: Decimal | None) -> Quote:
    """Tokens for one request: an estimate, a lower bound, or unknown for a template of undeclared cost.

    `declared` is what the template costs with the standard model; the premium one costs as much more as ever.
    """
    model = str(request["model"])
    if "template_id" in request:
        if declared is None:
            return Quote(tariff.unit, None, "lower")
        return Quote(tariff.unit, declared + tariff.base[model] - tariff.base["low"], "estimate")
    flags, canvas, complete = _texts(request.get("flags")), None, True
    if "preset_id" in request:
        terms = tariff.presets.get(str(request["preset_id"]))
        complete = terms is not None and terms.flags is not None
        if terms and terms.flags is not None:
            flags, canvas = list(terms.flags), terms.canvas
    return tariff.price(model=model, flags=flags, canvas=canvas, complete=complete)


def ceiling(tariff: Tariff, action: Action) -> Decimal:
    """The most that an action can cost, in tokens."""
    work = action.work
    if isinstance(work, Generate):
        return tariff.most[str(work.request["model"])]
    task = tariff.tasks.get(work.task) if isinstance(work, Delegate) else None
    if task is None or task.quote.amount is None:
        raise ValueError(f"{action!r} is not done by {tariff.provider}")
    return task.quote.amount


def _texts(value: Json) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []

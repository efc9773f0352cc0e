"""Actions, prices and problems gather into the draft of a plan."""

from __future__ import annotations

from iconbuild.errors import Problem, Where
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import FREE, Quote
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Work


class Draft:
    """The graph while it grows; equal recipes fall together by their key."""

    def __init__(self) -> None:
        self.actions: dict[ActionKey, Action] = {}
        self.prices: dict[ActionKey, Quote] = {}
        self.problems: list[Problem] = []
        self.unheeded: dict[str, list[IconSpec]] = {}

    def add(
        self, work: Work, inputs: tuple[ActionKey, ...], label: str, pool: str, *, quote: Quote = FREE
    ) -> ActionKey:
        """The key of an action; its price is noted unless it is sure to cost nothing."""
        action = Action(work, inputs, label, pool)
        self.actions.setdefault(action.key, action)
        if quote.amount != 0 or quote.bound != "exact":
            self.prices.setdefault(action.key, quote)
        return action.key

    def refuse(self, code: str, message: str, where: Where, remedy: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(code, message, where, remedy=remedy))

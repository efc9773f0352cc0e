"""Iconly: an icon becomes the request that is sent, its price by the tariff, and an answer what it means; all pure.

Facts: the developer guide of February 2026 and the API reference. Nothing here opens a socket or knows a key; the wire
side is imported when something is bought.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from iconbuild.errors import ProviderError
from iconbuild.model.artifact import Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit, Task
from iconbuild.model.values import Json, Params
from iconbuild.model.work import Action
from iconbuild.providers.iconly.prices import ceiling, price
from iconbuild.providers.iconly.request import bind, unheeded
from iconbuild.providers.tariff import Tariff, load_tariff

if TYPE_CHECKING:
    from iconbuild.model.purchase import Balance, Judgement, Message, Reply
    from iconbuild.model.trade import Call


class IconlyProvider:
    """Requests and prices of `POST /api/generate-icon/` (Provider), and what goes over the wire (Remote)."""

    name = "iconly"
    witnesses: tuple[str, ...] = ()

    @property
    def tariff(self) -> Tariff:
        """Prices and limits, dated."""
        return load_tariff(self.name)

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """The body that would be sent; RefusedError for what Iconly cannot draw or does not document."""
        return bind(icon, self.tariff, reference=reference)

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """Tokens for one request: an estimate, a lower bound, or unknown for a template of undeclared cost."""
        return price(self.tariff, request, declared)

    def price(self, *, style: str | None = None, preset: str | None = None) -> Quote:
        """What a plain picture in a style or preset costs, without a reference."""
        look: dict[str, Json] = {"preset_id": preset} if preset else {"style": style}
        return self.quote(Params({**look, "model": "low"}))

    def limit(self, pool: str) -> Limit | None:
        """The documented limit of a pool."""
        return self.tariff.limits.get(pool)

    def task(self, name: str) -> Task | None:
        """A step at Iconly's own endpoints, or a save to the library."""
        return self.tariff.tasks.get(name)

    def check_task(self, name: str, params: Params) -> str:
        """Why a step with these settings cannot be done at Iconly, a sentence; "" where it can."""
        from iconbuild.providers.iconly.tasks import check_task

        return check_task(name, params)

    def equipped(self, root: str, packs: Sequence[str]) -> IconlyProvider:
        """Itself: artwork packs are for the local engine; ValueError where there are any."""
        if packs:
            raise ValueError("`packs` are artwork for `provider: local`; Iconly draws its own")
        return self

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """Never: it sends pixels."""
        return False

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """What the manifest says of an icon and is not sent, a sentence each."""
        return unheeded(icon)

    def doubt(self, request: Params) -> str | None:
        """None: it draws whatever is said."""
        return None

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Refused: its pictures are bought, in an order that loses none, and never drawn on the way."""
        del request, reference
        raise ProviderError(
            "pictures of `iconly` are bought, and this command buys none; nothing was spent",
            remedy="use `iconbuild build`, or see the cost with `iconbuild plan`",
        )

    def message(self, action: Action, inputs: Sequence[Payload]) -> Message:
        """The request for a picture or a step; raises PictureError for an input that cannot be sent."""
        from iconbuild.providers.iconly.messages import message_of

        return message_of(action, inputs)

    def judge(self, task: str, reply: Reply) -> Judgement:
        """What an answer means, by the same rules for every task; see `answers.judge`. An icon is to be square."""
        from iconbuild.model.purchase import GENERATE, Delivered
        from iconbuild.providers.iconly.answers import judge

        judgement = judge(reply)
        if task != GENERATE or not isinstance(judgement, Delivered):
            return judgement
        from iconbuild.providers.iconly.delivery import drawn

        return drawn(judgement)

    def save(self, action: Action, inputs: Sequence[Payload], call: Call, superseded: str = "") -> Payload:
        """Save a picture to the library unless it is there; see `library.save`."""
        from iconbuild.providers.iconly.library import save

        return save(action, inputs, call, superseded)

    def balance_message(self) -> Message:
        """The question for the account's tokens."""
        from iconbuild.providers.iconly.messages import BALANCE

        return BALANCE

    def balance(self, reply: Reply) -> Balance:
        """The account's tokens; raises CredentialError or ProviderError where the answer tells none."""
        from iconbuild.providers.iconly.account import balance_of

        return balance_of(reply)

    def ceiling(self, action: Action) -> Decimal:
        """The most that an action can cost by the tariff, in tokens."""
        return ceiling(self.tariff, action)

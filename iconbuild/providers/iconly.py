"""Iconly as far as planning goes: an icon becomes the request that would be sent, and its price by the tariff.

Facts: the developer guide of February 2026 and the API reference. Drawing (keys, sending, the ledger) is not built yet:
`generate` refuses with what to do instead, and nothing here opens a socket.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from iconbuild.errors import ProviderError
from iconbuild.model.artifact import Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit
from iconbuild.model.values import Json, Params
from iconbuild.providers.tariff import Tariff, load_tariff

ADAPTER = 1
"""Raised when the same icon would be sent as another request; it is part of every key."""


class IconlyProvider:
    """Requests and prices of `POST /api/generate-icon/`."""

    name = "iconly"

    @property
    def tariff(self) -> Tariff:
        """Prices and limits, dated."""
        return load_tariff(self.name)

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """The body that would be sent, with what decides its price; ValueError for an unknown base style."""
        sent: dict[str, Json] = {
            "adapter": ADAPTER,
            "subject": icon.subject,
            "model": "high" if reference else icon.model,
            "use_as_reference": reference,
            "take": icon.take,
        }
        if icon.look.kind == "preset":
            return Params({**sent, "preset_id": icon.look.name, "flags": icon.flags})
        template = icon.template
        if template and template.id:
            return Params({**sent, "template_id": template.id})
        if template:
            sent["subject"] = template.prompt.replace("{subject}", icon.subject or "")
        style = (template.style or "line") if template else icon.look.name
        if style in self.tariff.presets:
            # The API takes a preset's slug for a style; it is the same request by another name.
            return Params({**sent, "preset_id": style, "flags": icon.flags})
        if style not in self.tariff.styles:
            raise ValueError(f"Iconly has no base style `{style}`; it has {', '.join(self.tariff.styles)}")
        return Params({**sent, "style": style, "color": icon.color or "#000000", "flags": icon.flags})

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """Tokens for one request: an estimate, a lower bound, or unknown for a template of undeclared cost."""
        if "template_id" in request:
            return Quote("token", declared, "lower" if declared is None else "estimate")
        flags = _texts(request["flags"])
        canvas, complete = None, True
        if "preset_id" in request:
            terms = self.tariff.presets.get(str(request["preset_id"]))
            complete = terms is not None and terms.flags is not None
            if terms and terms.flags is not None:
                # Whether flags add to a preset's own is not documented: as if they did, one of each group.
                taken = {flag.partition("-")[0] for flag in flags}
                flags = sorted({*flags, *(flag for flag in terms.flags if flag.partition("-")[0] not in taken)})
                canvas = terms.canvas
        return self.tariff.price(model=str(request["model"]), flags=flags, canvas=canvas, complete=complete)

    def price(self, *, style: str | None = None, preset: str | None = None) -> Quote:
        """What a plain picture in a style or preset costs, without a reference."""
        look: dict[str, Json] = {"preset_id": preset} if preset else {"style": style}
        return self.quote(Params({**look, "model": "low", "flags": []}))

    def limit(self, pool: str) -> Limit | None:
        """The documented limit of a pool."""
        return self.tariff.limits.get(pool)

    witnesses: tuple[str, ...] = ()

    def equipped(self, root: str, packs: Sequence[str]) -> IconlyProvider:
        """Itself: artwork packs are for the local engine; ValueError where there are any."""
        if packs:
            raise ValueError("`packs` are artwork for `provider: local`; Iconly draws its own")
        return self

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """Never: it sends pixels."""
        return False

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """Artwork cannot be pinned where every picture is made."""
        return [f"`icon: {icon.pinned}` has no effect: Iconly draws its own"] if icon.pinned else []

    def doubt(self, request: Params) -> str | None:
        """None: it draws whatever is said."""
        return None

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Refused: this version plans for Iconly and does not buy from it."""
        del request, reference
        raise ProviderError(
            "this version of iconbuild can plan for `iconly` but not buy from it yet; nothing was spent",
            remedy="build with `provider: local`, or see the cost with `iconbuild plan`",
        )


def _texts(value: Json) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []

from __future__ import annotations

import socket
import subprocess
import sys
from decimal import Decimal
from typing import Literal

import pytest

from iconbuild.errors import ProviderError
from iconbuild.model.manifest import IconSpec, Look, TemplateSpec
from iconbuild.model.money import Quote, total
from iconbuild.model.ports import Limit
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.builders import icon, manifest, planned

ICONLY = IconlyProvider()
SAVED = "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"


def preset(name: str) -> Look:
    return Look(kind="preset", name=name)


def priced(made: IconSpec, *, reference: bool = False) -> Quote:
    declared = made.template.tokens if made.template else None
    return ICONLY.quote(ICONLY.request(made, reference=reference), declared)


def template(*, id: str | None = None, tokens: int | None = None, style: str | None = None) -> TemplateSpec:  # noqa: A002
    amount = None if tokens is None else Decimal(tokens)
    return TemplateSpec(name="brand", id=id, tokens=amount, style=style, prompt="{subject}, rounded")


@pytest.mark.parametrize(
    ("count", "look", "first", "each", "whole"), [(6, "duotone", 9, 23, 124), (15, "product", 11, 25, 361)]
)
def test_the_two_sums(count: int, look: str, first: int, each: int, whole: int) -> None:
    icons = [icon(f"i{place}", look=preset(look), anchor="i0" if place else None) for place in range(count)]
    plan = planned(manifest(*icons, provider="iconly"))
    assert [planned_icon.quote.amount for planned_icon in plan.icons] == [first, *[each] * (count - 1)]
    found = total(planned_icon.quote for planned_icon in plan.icons)
    assert (found.token, found.usd, found.unknown, found.bound) == (Decimal(whole), Decimal(0), 0, "estimate")


@pytest.mark.parametrize(
    ("flags", "amount", "bound"),
    [
        ((), 6, "estimate"),
        (("color",), 8, "estimate"),
        (("detail-low",), 6, "estimate"),
        (("detail-medium",), 7, "estimate"),
        (("detail-high",), 8, "estimate"),
        (("color", "detail-high"), 10, "estimate"),
        (("bias-blue",), 6, "lower"),
        (("allow-text",), 6, "lower"),
        (("ai-bg", "color"), 8, "lower"),
        (("keep-bg",), 6, "lower"),
    ],
)
def test_each_flag_has_its_price(flags: tuple[str, ...], amount: int, bound: Literal["estimate", "lower"]) -> None:
    plain = priced(icon("a", flags=flags))
    assert plain == Quote(unit="token", amount=Decimal(amount), bound=bound)
    high = priced(icon("a", flags=flags, model="high"))
    assert high == priced(icon("a", flags=flags), reference=True)
    assert high == Quote(unit="token", amount=Decimal(amount + 14), bound=bound)


def test_a_presets_own_flags_given_again_cost_nothing_more() -> None:
    assert priced(icon("a", look=preset("duotone"), flags=("color",))).amount == 9
    assert priced(icon("a", look=preset("product"), flags=("color", "detail-high")), reference=True).amount == 25


@pytest.mark.parametrize("name", ["neon", "glassmorphism", "clay-3d", "photorealistic", "no-such-preset"])
def test_a_preset_of_unknown_parts_is_a_lower_bound(name: str) -> None:
    assert priced(icon("a", look=preset(name))) == Quote(unit="token", amount=Decimal(6), bound="lower")
    assert priced(icon("a", look=preset(name)), reference=True).amount == 20


def test_a_saved_template_costs_what_is_declared_or_nobody_knows_and_never_zero() -> None:
    look = Look(kind="template", name="brand")
    declared = icon("a", look=look, template=template(id=SAVED, tokens=8))
    unknown = icon("b", look=look, template=template(id=SAVED))
    assert priced(declared) == Quote(unit="token", amount=Decimal(8), bound="estimate")
    assert priced(unknown) == Quote(unit="token", amount=None, bound="lower")
    found = total([priced(declared), priced(unknown)])
    assert (found.token, found.unknown, found.bound) == (Decimal(8), 1, "lower")


def test_a_template_of_ones_own_is_a_style_and_a_prompt() -> None:
    made = icon("a", subject="house", look=Look(kind="template", name="brand"), template=template(style="glyph"))
    request = ICONLY.request(made, reference=False)
    assert (request["subject"], request["style"]) == ("house, rounded", "glyph")
    assert ICONLY.quote(request).amount == 6
    unstyled = icon("a", look=Look(kind="template", name="brand"), template=template())
    assert ICONLY.request(unstyled, reference=False)["style"] == "line"


def test_a_preset_named_as_a_style_is_the_same_request() -> None:
    by_style = icon("a", look=Look(kind="style", name="duotone"))
    assert ICONLY.request(by_style, reference=False) == ICONLY.request(
        icon("a", look=preset("duotone")), reference=False
    )


def test_a_style_that_iconly_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(ValueError, match=r"no base style `sketchy`; it has line, glyph, outline, pixel, isometric"):
        ICONLY.request(icon("a", look=Look(kind="style", name="sketchy")), reference=False)


def test_a_reference_is_sent_and_needs_the_high_model() -> None:
    request = ICONLY.request(icon("a"), reference=True)
    assert (request["model"], request["use_as_reference"]) == ("high", True)
    assert ICONLY.request(icon("a"), reference=False)["model"] == "low"


def test_a_saved_template_costs_as_much_more_as_anything_else_with_the_premium_model() -> None:
    made = icon("a", look=Look(kind="template", name="brand"), template=template(id=SAVED, tokens=8))
    assert priced(made, reference=True).amount == priced(made._replace(model="high")).amount == 22


@pytest.mark.parametrize(
    "made",
    [
        icon("a"),
        icon("a", flags=("bias-blue",)),
        icon("a", look=preset("duotone")),
        icon("a", look=preset("no-such-preset")),
        icon("a", look=Look(kind="template", name="brand"), template=template(id=SAVED)),
        icon("a", look=Look(kind="template", name="brand"), template=template(id=SAVED, tokens=8)),
        icon("a", look=Look(kind="template", name="brand"), template=template(style="pixel")),
    ],
)
@pytest.mark.parametrize("reference", [False, True])
def test_every_price_is_in_tokens_and_never_exact_or_zero(made: IconSpec, reference: bool) -> None:
    quote = priced(made, reference=reference)
    assert quote.unit == "token"
    assert quote.bound != "exact"
    assert quote.amount is None or quote.amount > 0


def test_prices_for_people() -> None:
    assert ICONLY.price(style="line").amount == 6
    assert ICONLY.price(preset="duotone").amount == 9
    assert ICONLY.price(preset="product").amount == 11


def test_limits_are_those_documented() -> None:
    assert ICONLY.limit("generation") == Limit(calls=10, window=60.0, latency=10.0)
    assert (ICONLY.limit("processing") or Limit(0, 0, 0)).calls == 30
    assert (ICONLY.limit("upload") or Limit(0, 0, 0)).calls == 20
    assert ICONLY.limit("elsewhere") is None


def test_buying_is_refused_without_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "socket")
    with pytest.raises(ProviderError, match="nothing was spent") as caught:
        ICONLY.generate(ICONLY.request(icon("a"), reference=False), None)
    assert (caught.value.exit_code, bool(caught.value.remedy)) == (6, True)


def test_planning_imports_nothing_that_only_buying_needs() -> None:
    code = (
        "import sys; from tests.builders import icon; "
        "from iconbuild.providers.iconly.provider import IconlyProvider as P;"
        "before = set(sys.modules); p = P(); q = p.quote(p.request(icon('a'), reference=True)); p.task('crop');"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    code = "import sys, iconbuild.providers.iconly.provider; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    wire = {"PIL", "numpy", "requests", "base64", "iconbuild.model.purchase", "iconbuild.providers.iconly.answers"}
    assert wire.isdisjoint(loaded)

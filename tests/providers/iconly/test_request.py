from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.manifest import Attached, IconSpec, Look
from iconbuild.model.money import Quote
from iconbuild.model.ports import RefusedError
from iconbuild.model.work import Action, Generate
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.builders import icon, source
from tests.providers.iconly.replies import webp
from tests.providers.iconly.wishes import DUOTONE, ICON_ID, icons, own_template, saved_template

ICONLY = IconlyProvider()
FILE = source("old.webp")
BRAND = Look("template", "brand")


def preset(name: str, *flags: str) -> IconSpec:
    return icon("a", look=Look("preset", name), flags=flags)


def with_attached(kind: str, **where: object) -> IconSpec:
    return icon("a")._replace(attached=Attached(kind, **where))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "reference", "field", "why"),
    [
        (preset("duotone", "detail-high"), False, "flags", "its own are color, detail-medium"),
        (preset("duotone", "color", "bias-blue"), False, "flags", "`bias-blue` would add"),
        (preset("neon", "color"), False, "flags", "not documented"),
        (preset("not-known", "allow-text"), True, "flags", "not documented"),
        (preset("Duotone"), False, "look", "no preset"),
        (preset("a/b"), False, "look", "no preset"),
        (preset(""), False, "look", "no preset"),
        (icon("a", look=Look("style", "sketchy")), False, "look", "no base style `sketchy`"),
        (icon("a", look=BRAND, template=own_template("sketchy")), False, "look", "no base style `sketchy`"),
        (icon("a", look=BRAND, template=saved_template()._replace(style="line")), False, "look", "choose one"),
        (icon("a", look=BRAND, template=saved_template()._replace(id="studio")), False, "look", "a UUID"),
        (with_attached("refine", file=FILE), True, "refine", "with an anchor"),
        (with_attached("iconify", file=FILE), True, "iconify", "with an anchor"),
        (with_attached("iconify", icon_id=ICON_ID), False, "iconify", "library"),
        (with_attached("refine", icon_id=ICON_ID, file=FILE), False, "refine", "library"),
        (with_attached("refine", icon_id="home"), False, "refine", "a UUID"),
        (with_attached("refine", icon_id=ICON_ID + "\n"), False, "refine", "a UUID"),
        (icon("a")._replace(subject=None), False, "subject", "no subject"),
        (icon("a", subject=" \t"), True, "subject", "no subject"),
    ],
)
def test_what_iconly_does_not_document_is_refused(made: IconSpec, reference: bool, field: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why) as caught:
        ICONLY.request(made, reference=reference)
    assert caught.value.field == field


def test_flags_that_a_preset_brings_itself_are_not_sent() -> None:
    plain = ICONLY.request(preset("duotone"), reference=False)
    assert ICONLY.request(preset("duotone", "detail-medium"), reference=False) == plain
    assert ICONLY.request(preset("duotone", "color", "detail-medium"), reference=False) == plain
    assert "flags" not in plain


def test_a_preset_that_is_not_documented_may_exist_and_costs_at_least_the_base() -> None:
    request = ICONLY.request(preset("hand-drawn"), reference=False)
    assert request["preset_id"] == "hand-drawn"
    assert ICONLY.quote(request) == Quote("token", Decimal(6), "lower")


@pytest.mark.parametrize("made", [with_attached("refine", file=FILE), with_attached("iconify", file=FILE),
                                  with_attached("refine", icon_id=ICON_ID)])  # fmt: skip
def test_what_works_from_a_picture_costs_the_premium_model(made: IconSpec) -> None:
    request = ICONLY.request(made, reference=False)
    assert request["model"] == "high"
    assert ICONLY.quote(request).amount == 20


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (icon("a", color="#112233", flags=("color",)), []),
        (icon("a", pinned="ph:bell"), ["`icon: ph:bell` has no effect: Iconly draws its own"]),
        (icon("a", look=DUOTONE, flags=("color",)), []),
        (
            icon("a", look=DUOTONE, color="#112233"),
            ["`color` has no effect: a preset of Iconly has a palette of its own"],
        ),
        (icon("a", look=BRAND, template=own_template(), color="#112233"), []),
        (icon("a", look=BRAND, template=saved_template()), []),
        (
            icon("a", look=BRAND, template=saved_template(), color="#112233"),
            ["`color` has no effect: the template saved at Iconly settles that"],
        ),
        (
            icon("a", look=BRAND, template=saved_template(), color="#112233", flags=("color",)),
            ["`color` and `flags` have no effect: the template saved at Iconly settles that"],
        ),
    ],
)
def test_what_is_not_sent_is_told(made: IconSpec, said: list[str]) -> None:
    assert ICONLY.unheeded(made, reference=False) == ICONLY.unheeded(made, reference=True) == said


def tokens(made: IconSpec, *, premium: bool) -> Decimal | None:
    """The price by the documented sum, written out once more; None: unknown."""
    more = 14 if premium else 0
    if made.template and made.template.id:
        return None if made.template.tokens is None else made.template.tokens + more
    flags = {"duotone": 3, "product": 5}.get(made.look.name, 0)
    if made.look.kind != "preset":
        flags = sum({"color": 2, "detail-medium": 1, "detail-high": 2}.get(flag, 0) for flag in made.flags)
    return Decimal(6 + more + flags)


@given(icons())
def test_every_request_has_its_price_and_can_be_sent(made: IconSpec) -> None:
    for reference in (False, True):
        try:
            request = ICONLY.request(made, reference=reference)
        except RefusedError:
            assert made.flags or (reference and made.attached)  # nothing else of these icons is refused
            continue
        quote = ICONLY.quote(request, made.template.tokens if made.template else None)
        premium = reference or made.attached is not None or made.model == "high"
        assert quote.amount == tokens(made, premium=premium)
        assert quote.bound != "exact"
        action = Action(Generate("iconly", request), (), "x", "generation")
        assert ICONLY.ceiling(action) == (26 if premium else 14)
        inputs = [Payload(webp(), WEBP)] if request.get("attached_image") else []
        assert bool(inputs) == (reference or bool(made.attached and made.attached.file))
        assert ICONLY.message(action, inputs).body


@given(icons(), icons())
def test_what_is_sent_differs_where_requests_do(one: IconSpec, other: IconSpec) -> None:
    requests = []
    for made in (one, other._replace(take=one.take)):
        try:
            requests.append(ICONLY.request(made, reference=False))
        except RefusedError:
            return
    inputs = [[Payload(webp(), WEBP)] if request.get("attached_image") else [] for request in requests]
    actions = [Action(Generate("iconly", request), (), "x", "generation") for request in requests]
    bodies = [ICONLY.message(action, given).body for action, given in zip(actions, inputs, strict=True)]
    assert (bodies[0] == bodies[1]) == (requests[0] == requests[1])

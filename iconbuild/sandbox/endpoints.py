"""Iconly's endpoints: each turns the fields of a good request into a job, with what it costs and answers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple

from iconbuild.model.values import Json
from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.bodies import Fields
from iconbuild.sandbox.books import PLANS, Funds
from iconbuild.sandbox.house import House
from iconbuild.sandbox.shelf import Saved
from iconbuild.sandbox.wishes import read_wish


class Caller(NamedTuple):
    """Who asks: the account's fingerprint, what it holds, and the address by which it reached us."""

    account: str
    funds: Funds
    address: str


def _nothing() -> bytes:
    return b""


class Job(NamedTuple):
    """What a good request leads to: `draw` in a thread, then `tokens` are charged, then `reply` of the bytes drawn."""

    reply: Callable[[bytes, Funds], Mapping[str, Json]]
    draw: Callable[[], bytes] = _nothing
    tokens: int = 0
    subject: str = ""


class Endpoint(NamedTuple):
    """One path; `pool` is its rate class, "" where none is documented."""

    method: str
    path: str
    pool: str
    prepare: Callable[[House, Caller, Fields], Job]


def _balance(house: House, caller: Caller, fields: Fields) -> Job:
    del house, caller, fields

    def reply(_: bytes, funds: Funds) -> Mapping[str, Json]:
        return {"monthly_tokens": funds.monthly, "bonus_tokens": funds.bonus, "total_tokens": funds.total}

    return Job(reply)


def _generate(house: House, caller: Caller, fields: Fields) -> Job:
    wish = read_wish(fields, house.tariff, house.templates)
    if wish.purpose != "draw" and not PLANS[caller.funds.plan].paid:
        raise Refusal(403, "attached images and library icons need a paid plan")
    attached = wish.attached
    if wish.icon_id is not None:
        attached = house.shelf.data(caller.account, icon_id=wish.icon_id)
        if attached is None:
            raise Refusal(400, "unknown icon_id")

    def reply(picture: bytes, funds: Funds) -> Mapping[str, Json]:
        return {
            "image_data": _base64(picture),
            "remaining_tokens": funds.total,
            "monthly_tokens": funds.monthly,
            "bonus_tokens": funds.bonus,
            "token_cap": funds.cap,
        }

    return Job(reply, lambda: house.easel.draw(wish, attached), wish.tokens, wish.subject)


def _templates(house: House, caller: Caller, fields: Fields) -> Job:
    """The response's form is not documented: presets by `slug` and `name`, templates by `id` and `name`."""
    del caller, fields
    presets: list[Json] = [{"slug": slug, "name": terms.title} for slug, terms in house.tariff.presets.items()]
    templates: list[Json] = [{"id": number, "name": template.name} for number, template in house.templates.items()]
    return Job(lambda *_: {"presets": presets, "templates": templates})


Reader = Callable[[Fields], Json]


def _step(task: str, reader: Reader, *parameters: str) -> Callable[[House, Caller, Fields], Job]:
    """An endpoint that does one step, priced by the tariff; `smart-remove-bg` is played by `remove-bg`."""

    def prepare(house: House, caller: Caller, fields: Fields) -> Job:
        del caller
        fields.only(("image_data", *parameters))
        picture, value = fields.picture("image_data"), reader(fields)
        step = task.removeprefix("smart-")
        tokens = int(house.tariff.tasks[task].quote.amount or 0)
        return Job(
            lambda made, _: {"image_data": _base64(made)},
            lambda: house.easel.process(step, value, picture),
            tokens,
            task if tokens else "",
        )

    return prepare


_ALGORITHMS = ("selective", "gaussian", "morphological", "supersample", "contour")


def _smooth(fields: Fields) -> Json:
    return {
        "strength": fields.whole("strength", -10, 10),
        "algorithm": fields.choice("algorithm", _ALGORITHMS, "selective"),
    }


def _add(house: House, caller: Caller, fields: Fields) -> Job:
    fields.only(("name", "image_data", "style", "is_colored", "detail_level"))
    name, data = fields.text("name"), fields.picture("image_data")
    style, detail = fields.text("style", "line"), fields.text("detail_level", "none")
    colored = fields.truth("is_colored")
    storage = PLANS[caller.funds.plan].storage

    def reply(picture: bytes, _: Funds) -> Mapping[str, Json]:
        saved = house.shelf.add(
            caller.account, name, picture, style=style, colored=colored, detail=detail, storage=storage
        )
        return {
            "success": True,
            "css_class": saved.css_class,
            "icon_id": saved.id,
            "icon_type": "image",
            "url": _address(saved, caller),
        }

    return Job(reply, lambda: house.easel.webp(data))


def _list(house: House, caller: Caller, fields: Fields) -> Job:
    del fields
    icons: list[Json] = [
        {
            "id": saved.id,
            "name": saved.name,
            "slug": saved.slug,
            "css_class": saved.css_class,
            "url": _address(saved, caller),
            "style": saved.style,
            "created_at": saved.created,
            "is_colored": saved.colored,
            "detail_level": saved.detail,
            "icon_type": "image",
            "has_modifications": False,
        }
        for saved in house.shelf.icons(caller.account)
    ]
    return Job(lambda *_: {"icons": icons})


def _address(saved: Saved, caller: Caller) -> str:
    return f"{caller.address}/cdn/{saved.account}/{saved.slug}.webp"


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


ENDPOINTS = (
    Endpoint("GET", "/api/tokens/", "", _balance),
    Endpoint("POST", "/api/generate-icon/", "generation", _generate),
    Endpoint("GET", "/api/prompt-templates/", "", _templates),
    Endpoint("POST", "/api/recolor/", "processing", _step("recolor", lambda fields: fields.color("color"), "color")),
    Endpoint(
        "POST",
        "/api/adjust-thickness/",
        "processing",
        _step("thickness", lambda fields: fields.whole("thickness", -10, 10), "thickness"),
    ),
    Endpoint("POST", "/api/smooth-edges/", "processing", _step("smooth", _smooth, "strength", "algorithm")),
    Endpoint(
        "POST",
        "/api/crop-recenter/",
        "processing",
        _step("crop", lambda fields: fields.whole("crop_percent", 0, 50), "crop_percent"),
    ),
    Endpoint(
        "POST",
        "/api/remove-bg/",
        "processing",
        _step("remove-bg", lambda fields: fields.whole("strength", 0, 10), "strength"),
    ),
    Endpoint("POST", "/api/smart-remove-bg/", "generation", _step("smart-remove-bg", lambda _: 5)),
    Endpoint("POST", "/api/library/add/", "upload", _add),
    Endpoint("GET", "/api/library/list/", "", _list),
)

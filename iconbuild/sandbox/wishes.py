"""The body of a generation becomes a wish: what is to be drawn and what it costs, by the documented precedence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from iconbuild.model.manifest import Look
from iconbuild.providers.tariff import Tariff
from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.bodies import Fields
from iconbuild.sandbox.flags import check_flags
from iconbuild.sandbox.templates import Template

Purpose = Literal["draw", "follow", "refine", "iconify"]

CANVAS = 512
_PARAMETERS = (
    "subject", "style", "color", "flags", "model", "preset_id", "template_id", "attached_image", "icon_id", "iconify",
    "use_as_reference",
)  # fmt: skip


class Wish(NamedTuple):
    """One picture: `purpose` says what an attached picture (bytes, or an icon of the library) is for."""

    subject: str
    look: Look
    color: str | None
    flags: tuple[str, ...]
    canvas: int
    tokens: int
    purpose: Purpose = "draw"
    attached: bytes | None = None
    icon_id: str | None = None


def read_wish(fields: Fields, tariff: Tariff, templates: Mapping[str, Template]) -> Wish:
    """The wish of a body; raises Refusal (400) for what is wrong, and for all that the documentation leaves open."""
    fields.only(_PARAMETERS)
    subject = fields.text("subject")
    high = fields.choice("model", ("low", "high"), "low") == "high"
    style = fields.choice("style", (*tariff.styles, *tariff.presets), "line")
    color, flags = fields.color("color", "#000000"), _flags(fields)
    template = _template(fields, templates)
    if template and style in tariff.presets:
        raise Refusal(400, "style names a preset, which is not documented together with template_id")
    purpose, attached, icon_id = _attached(fields)
    preset = fields.choice("preset_id", tuple(tariff.presets), "") if "preset_id" in fields.data else ""
    preset = preset or (style if style in tariff.presets else "")
    settings = _settled(preset, template, Look("style", style), color, flags, tariff)
    tokens = settings.tokens
    if tokens is None:
        model = "high" if high or purpose != "draw" else "low"
        quote = tariff.price(model=model, flags=settings.flags, canvas=settings.canvas, complete=True)
        tokens = int(quote.amount or 0)
    return Wish(
        subject, settings.look, settings.color, settings.flags, settings.canvas, tokens, purpose, attached, icon_id
    )


class _Settings(NamedTuple):
    look: Look
    color: str | None
    flags: tuple[str, ...]
    canvas: int = CANVAS
    tokens: int | None = None


def _settled(
    preset: str, template: Template | None, look: Look, color: str, flags: Collection[str], tariff: Tariff
) -> _Settings:
    """A preset before a template, a template before the fields of the request."""
    if preset:
        terms = tariff.presets[preset]
        own = terms.flags or ()
        if not set(flags) <= set(own):
            raise Refusal(400, "whether flags add to those of a preset is not documented")
        return _Settings(Look("preset", preset), None, own, terms.canvas or CANVAS)
    if template:
        return _Settings(template.look, template.color, template.flags, template.canvas, template.tokens)
    return _Settings(look, color, tuple(flags))


def _flags(fields: Fields) -> list[str]:
    flags = fields.texts("flags")
    try:
        check_flags(flags)
    except ValueError as error:
        raise Refusal(400, str(error)) from error
    return flags


def _template(fields: Fields, templates: Mapping[str, Template]) -> Template | None:
    number = fields.uuid("template_id")
    if number is None:
        return None
    if number not in templates:
        raise Refusal(400, "unknown template_id")
    return templates[number]


def _attached(fields: Fields) -> tuple[Purpose, bytes | None, str | None]:
    iconify, follow = fields.truth("iconify"), fields.truth("use_as_reference")
    icon_id = fields.uuid("icon_id")
    attached = fields.picture("attached_image") if "attached_image" in fields.data else None
    if iconify and follow:
        raise Refusal(400, "iconify and use_as_reference together are not documented")
    if attached is not None and icon_id is not None:
        raise Refusal(400, "attached_image and icon_id together are not documented")
    if (iconify or follow) and attached is None:
        raise Refusal(400, f"{'iconify' if iconify else 'use_as_reference'} is documented with attached_image only")
    if attached is None and icon_id is None:
        return "draw", None, None
    return "iconify" if iconify else "follow" if follow else "refine", attached, icon_id

"""What work makes: bytes on their way (Payload) and bytes in a store (Artifact)."""

from __future__ import annotations

from typing import NamedTuple

from iconbuild.model.money import Quote
from iconbuild.model.values import Digest, Params

SVG, PNG, WEBP, JPEG = "image/svg+xml", "image/png", "image/webp", "image/jpeg"
AVIF, ICO = "image/avif", "image/vnd.microsoft.icon"
LOSSLESS = {"png": PNG, "webp": WEBP}
MEDIA = {**LOSSLESS, "avif": AVIF}
"""The media type of each format that is written and holds one picture of one size, by its name in manifests."""
MAX_ICO = 256
"""Pixels a side of a picture in a `.ico`: it is one byte in the file, and 256 is written as 0."""
SCENE = "application/vnd.iconbuild.scene+json"
"""A drawing with light in it, made of SVG layers; only this program can draw it."""

DRAWINGS = frozenset({SVG, SCENE})
"""What is drawn anew at each size, and has no size of its own."""

CSS, JSON, HTML = "text/css", "application/json", "text/html"

NO_FACTS = Params()
WARNINGS = "warnings"
"""The fact of what a provider has to say about a picture it drew: sentences."""
REMARKS = "remarks"
"""The fact of what steps have to say about a picture that they left alone: sentences."""
MISSHAPEN = "misshapen"
"""The fact that a provider drew something of another shape than an icon's: the end of a sentence."""
BLANK = "blank"
"""The fact that some inputs of a file show nothing, or are misshapen: their places, counted from 0, each with the end
of a sentence."""


class Payload(NamedTuple):
    """Bytes as a provider, a step or an output hands them back.

    `facts` are deterministic words about them: where the artwork comes from, its licence, `WARNINGS`.
    `spent` is what they cost in fact, None where nothing is charged.
    """

    data: bytes
    media: str
    facts: Params = NO_FACTS
    spent: Quote | None = None


class Artifact(NamedTuple):
    """Bytes in a store: their digest, media type, size in bytes, and the facts that came with them."""

    digest: Digest
    media: str
    size: int
    facts: Params = NO_FACTS

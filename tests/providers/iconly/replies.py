"""Answers of Iconly for tests: pictures as WebP, and replies around them."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from io import BytesIO

from PIL import Image

from iconbuild.model.purchase import Reply

JSON = "application/json"


@cache
def webp(width: int = 8, height: int = 8, *, frames: int = 1) -> bytes:
    """A WebP with a different red in every frame and a clear corner."""
    pictures = []
    for frame in range(frames):
        picture = Image.new("RGBA", (width, height), (255 - 9 * frame, 0, 0, 255))
        picture.putpixel((0, 0), (0, 0, 0, 0))
        pictures.append(picture)
    out = BytesIO()
    pictures[0].save(out, "webp", lossless=True, save_all=frames > 1, append_images=pictures[1:])
    return out.getvalue()


def png(width: int = 8, height: int = 8) -> bytes:
    """A PNG of one colour."""
    out = BytesIO()
    Image.new("RGBA", (width, height), (0, 128, 0, 255)).save(out, "png")
    return out.getvalue()


def text_of(data: bytes) -> str:
    """Plain base64."""
    return b64encode(data).decode()


def reply(body: object, status: int = 200, *, type_: str = JSON, **headers: str) -> Reply:
    """An answer with a JSON body; bytes are taken as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(
        status, {"content-type": type_, **{name.replace("_", "-"): value for name, value in headers.items()}}, data
    )


def drawn(**fields: object) -> Reply:
    """A good answer to a generation, with `fields` over it."""
    tokens = {"remaining_tokens": 293, "monthly_tokens": 280, "bonus_tokens": 13, "token_cap": 300}
    return reply({"image_data": text_of(webp()), **tokens, **fields})

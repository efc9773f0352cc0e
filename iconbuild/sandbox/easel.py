"""A wish becomes a picture by the embedded engine, and a picture another by a step; both leave as lossless WebP."""

from __future__ import annotations

from iconbuild.errors import NoMatchError, Where, WorkError
from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.manifest import IconSpec, Look
from iconbuild.model.values import Json
from iconbuild.providers.local.provider import LocalProvider
from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.wishes import Wish

_STANDS_IN = "ph:shapes"
"""What is drawn for a subject that the artwork has nothing for: Iconly draws whatever is said."""
_HEARD = 500
"""Characters of a subject that are looked at; how long one may be is not documented."""
_NEAREST = {"photorealistic": "product"}


class Easel:
    """Draws; shared by threads."""

    def __init__(self) -> None:
        self._engine = LocalProvider()

    def draw(self, wish: Wish, attached: bytes | None) -> bytes:
        """The picture of a wish, following the attached one; raises Refusal (400) where that cannot be followed."""
        from iconbuild.pictures.encode import encode_picture
        from iconbuild.pictures.opened import Opened

        reference = Payload(attached, WEBP) if attached is not None else None
        try:
            return encode_picture(Opened(self._drawing(wish, reference)).whole(wish.canvas), "webp")
        except WorkError as error:
            raise Refusal(400, error.message) from error

    def process(self, step: str, value: Json, picture: bytes) -> bytes:
        """A picture after one step; raises Refusal (400) where the step cannot be done on it."""
        from iconbuild.pictures.chain import run_step
        from iconbuild.pictures.encode import encode_picture
        from iconbuild.pictures.opened import Opened
        from iconbuild.steps.registry import STEPS

        tool = STEPS[step]
        try:
            return encode_picture(run_step(Opened(Payload(picture, WEBP)).whole(), tool, tool.bind(value)), "webp")
        except (WorkError, ValueError) as error:
            raise Refusal(400, str(error)) from error

    def webp(self, picture: bytes) -> bytes:
        """A picture as WebP, which it mostly is; raises Refusal (400) for a damaged one."""
        from iconbuild.pictures.decode import open_picture
        from iconbuild.pictures.encode import encode

        try:
            pixels = open_picture(Payload(picture, WEBP))
        except WorkError as error:
            raise Refusal(400, error.message) from error
        return picture if picture[8:12] == b"WEBP" else encode(pixels, "webp")

    def _drawing(self, wish: Wish, reference: Payload | None) -> Payload:
        try:
            return self._drawn(_spec(wish, None), reference)
        except NoMatchError:
            return self._drawn(_spec(wish, _STANDS_IN), reference)

    def _drawn(self, icon: IconSpec, reference: Payload | None) -> Payload:
        return self._engine.generate(self._engine.request(icon, reference=reference is not None), reference)


def _spec(wish: Wish, pinned: str | None) -> IconSpec:
    name = _NEAREST.get(wish.look.name, wish.look.name)
    return IconSpec(
        name="icon",
        where=Where("request", 1, 1),
        subject=wish.subject[:_HEARD],
        source=None,
        look=Look(wish.look.kind, name),
        template=None,
        color=wish.color if "color" not in wish.flags else None,
        flags=tuple(sorted(wish.flags)),
        model="low",
        steps=(),
        pinned=pinned,
        take=1,
        anchor=None,
        tags=(),
        origins={},
    )

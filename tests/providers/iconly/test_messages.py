from __future__ import annotations

import json
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, SVG, WEBP, Payload
from iconbuild.model.manifest import Attached, IconSpec, Look
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Generate
from iconbuild.providers.iconly import attach
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.providers.local.provider import LocalProvider
from tests.builders import icon, source
from tests.providers.iconly.replies import png, text_of, webp
from tests.providers.iconly.wishes import DUOTONE, ICON_ID, SAVED, saved_template

ICONLY = IconlyProvider()
PICTURE = Payload(webp(), WEBP)
REFINED = Attached("refine", file=source("old.webp"))


def generation(request: Params) -> Action:
    return Action(Generate("iconly", request), (), "x", "generation")


def sent(made: IconSpec, *inputs: Payload, reference: bool = False) -> dict[str, object]:
    """The body that is sent for an icon."""
    message = ICONLY.message(generation(ICONLY.request(made, reference=reference)), inputs)
    assert (message.method, message.path) == ("POST", "/generate-icon/")
    body = json.loads(message.body)
    assert isinstance(body, dict)
    return body


PLAIN = {"subject": "a home", "style": "line", "color": "#000000", "model": "low"}
ATTACHED = {"attached_image": text_of(webp()), "model": "high"}


@pytest.mark.parametrize(
    ("made", "inputs", "body"),
    [
        (icon("home"), (), PLAIN),
        (icon("home", take=7), (), PLAIN),
        (icon("home", color="#3b82f6", model="high"), (), {**PLAIN, "color": "#3b82f6", "model": "high"}),
        (icon("home", flags=("color", "detail-high")), (), {**PLAIN, "flags": ["color", "detail-high"]}),
        (icon("home", look=DUOTONE), (), {"subject": "a home", "preset_id": "duotone", "model": "low"}),
        (icon("home", template=saved_template(), look=Look("template", "brand")), (),
         {"subject": "a home", "template_id": SAVED, "model": "low"}),
        (icon("home")._replace(attached=REFINED), (PICTURE,), {**PLAIN, **ATTACHED}),
        (icon("home", look=DUOTONE)._replace(attached=Attached("iconify", file=source("a.png"))), (PICTURE,),
         {"subject": "a home", "preset_id": "duotone", "iconify": True, **ATTACHED}),
        (icon("home")._replace(attached=Attached("refine", icon_id=ICON_ID)), (),
         {**PLAIN, "model": "high", "icon_id": ICON_ID}),
    ],
)  # fmt: skip
def test_the_documented_fields_and_no_others(
    made: IconSpec, inputs: tuple[Payload, ...], body: dict[str, object]
) -> None:
    assert sent(made, *inputs) == body


def test_a_reference_is_attached() -> None:
    body = sent(icon("home", look=DUOTONE), PICTURE, reference=True)
    assert body == {"subject": "a home", "preset_id": "duotone", "use_as_reference": True, **ATTACHED}


def test_words_go_as_utf_8() -> None:
    made = icon("home", subject="maison à côté ☂ \u0007")
    message = ICONLY.message(generation(ICONLY.request(made, reference=False)), [])
    assert "maison à côté ☂".encode() in message.body
    assert json.loads(message.body)["subject"] == made.subject


@pytest.mark.parametrize("inputs", [(), (PICTURE, PICTURE)])
def test_a_reference_without_its_picture_is_not_sent(inputs: tuple[Payload, ...]) -> None:
    with pytest.raises(PictureError, match="nothing was spent"):
        sent(icon("home"), *inputs, reference=True)


def test_a_picture_without_a_use_is_not_sent() -> None:
    with pytest.raises(PictureError, match="nothing was spent"):
        sent(icon("home"), PICTURE)


def test_a_plan_of_another_version_is_not_sent() -> None:
    request = ICONLY.request(icon("home"), reference=False)
    with pytest.raises(PictureError, match="nothing was spent"):
        ICONLY.message(generation(request.merged({"adapter": 1})), [])


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    assert picture.format == "WEBP"
    return picture.convert("RGBA")


def attached(payload: Payload) -> bytes:
    return b64decode(str(sent(icon("home"), payload, reference=True)["attached_image"]), validate=True)


def test_pixels_are_sent_without_loss() -> None:
    data = png(21, 34)
    picture = opened(attached(Payload(data, PNG)))
    assert picture.size == (21, 34)
    assert picture.tobytes() == Image.open(BytesIO(data)).convert("RGBA").tobytes()


def test_drawings_are_drawn_at_512_pixels() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="12" height="24" fill="#f00"/></svg>'
    )
    picture = opened(attached(Payload(svg, SVG)))
    assert picture.size == (512, 512)
    assert picture.getpixel((10, 10)) == (255, 0, 0, 255)
    assert picture.getchannel("A").getpixel((500, 10)) == 0
    local = LocalProvider()
    scene = local.generate(local.request(icon("home", look=Look("preset", "clay-3d")), reference=False), None)
    assert opened(attached(scene)).size == (512, 512)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", webp()[:-1], webp(frames=2), webp(5000, 1), png(1, 4097), png()[:40]]
)
def test_what_cannot_be_sent_is_refused_before_anything_is_spent(data: bytes) -> None:
    with pytest.raises(PictureError, match="nothing was spent"):
        attached(Payload(data, WEBP))


def test_a_picture_may_have_eight_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert attach.MOST_BYTES == 8_000_000
    monkeypatch.setattr(attach, "MOST_BYTES", len(webp()))
    assert attached(PICTURE) == webp()
    monkeypatch.setattr(attach, "MOST_BYTES", len(webp()) - 1)
    with pytest.raises(PictureError, match=r"has \d+ bytes, the limit is .* nothing was spent"):
        attached(PICTURE)

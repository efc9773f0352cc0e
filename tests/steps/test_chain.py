"""A chain decodes once, runs its steps in order and gives back a PNG with the same facts."""

from __future__ import annotations

import numpy as np
import pytest

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, SVG, WEBP, Payload
from iconbuild.model.values import Json, Params
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode
from iconbuild.steps.chain import run_chain
from iconbuild.steps.registry import STEPS
from tests.steps.shapes import disc, run

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    b'<circle cx="9" cy="9" r="6" fill="none" stroke="#3b82f6" stroke-width="2"/></svg>'
)


def chain(*steps: tuple[str, Json], canvas: int = 96) -> Params:
    bound = [{"step": name, "version": STEPS[name].version, "params": STEPS[name].bind(value)} for name, value in steps]
    return Params({"canvas": canvas, "steps": bound})


def test_an_svg_is_drawn_at_the_canvas() -> None:
    facts = Params({"licence": "MIT"})
    result = run_chain(Payload(DRAWING, SVG, facts), chain(("crop", 10), ("recolor", "#0f172a")))
    image = open_picture(result)
    assert (result.media, result.facts, image.size) == (PNG, facts, (96, 96))
    pixels = np.asarray(image)
    assert (pixels[pixels[..., 3] > 0][:, :3] == (0x0F, 0x17, 0x2A)).all()


def test_a_raster_picture_keeps_its_size() -> None:
    payload = Payload(encode(disc(20, 64), "webp"), WEBP)
    result = open_picture(run_chain(payload, chain(("thickness", 10))))
    assert result.size == (64, 64)
    assert (
        np.asarray(result) == np.asarray(open_picture(Payload(encode(run("thickness", disc(20, 64), 10), "png"), PNG)))
    ).all()


def test_no_steps_only_draw() -> None:
    assert open_picture(run_chain(Payload(DRAWING, SVG), chain())).size == (96, 96)


def test_order_matters_and_results_repeat() -> None:
    steps: list[tuple[str, Json]] = [
        ("thickness", 8),
        ("crop", 50),
        ("smooth", {"strength": 9, "algorithm": "contour"}),
    ]
    there, back = chain(*steps), chain(*reversed(steps))
    payload = Payload(DRAWING, SVG)
    assert run_chain(payload, there).data == run_chain(payload, there).data
    assert run_chain(payload, there).data != run_chain(payload, back).data


def test_parameters_from_a_plan_file_do_too() -> None:
    params = chain(("crop", 10))
    plain = Params({"canvas": 96, "steps": [{"step": "crop", "version": 1, "params": {"percent": 10}}]})
    assert params == plain
    assert run_chain(Payload(DRAWING, SVG), params).data == run_chain(Payload(DRAWING, SVG), plain).data


@pytest.mark.parametrize("entry", [{"step": "crop", "version": 99}, {"step": "blur", "version": 1}])
def test_another_version_is_not_run(entry: dict[str, Json]) -> None:
    params = Params({"canvas": 96, "steps": [{**entry, "params": {}}]})
    with pytest.raises(PictureError, match="version"):
        run_chain(Payload(DRAWING, SVG), params)


def test_provider_steps_are_refused_here() -> None:
    with pytest.raises(PictureError, match="provider"):
        run_chain(Payload(DRAWING, SVG), chain(("smart-remove-bg", None)))

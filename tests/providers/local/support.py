"""What several tests of the embedded engine need: icons as the loader would hand them over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from iconbuild.errors import Where
from iconbuild.model.artifact import SVG, Payload
from iconbuild.model.manifest import IconSpec, Look, TemplateSpec
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.packs.artwork import Shape
from iconbuild.providers.local.vectors.geometry import Box, box_of, outline_points

HERE = Path(__file__).parent


def icon(
    subject: str | None = "house",
    look: str = "line",
    *,
    kind: Literal["style", "preset", "template"] = "style",
    name: str = "home",
    template: TemplateSpec | None = None,
    color: str | None = None,
    flags: tuple[str, ...] = (),
    model: Literal["low", "high"] = "low",
    pinned: str | None = None,
    take: int = 1,
    tags: tuple[str, ...] = (),
) -> IconSpec:
    return IconSpec(
        name,
        Where("icons.yaml", 1, 1),
        subject,
        None,
        Look(kind, look),
        template,
        color,
        flags,
        model,
        (),
        pinned,
        take,
        None,
        tags,
        {},
    )


def drawn(provider: LocalProvider, spec: IconSpec, reference: Payload | None = None) -> Payload:
    """What the provider draws for an icon."""
    return provider.generate(provider.request(spec, reference=reference is not None), reference)


def svg(body: str) -> Payload:
    """A drawing that the engine did not make."""
    return Payload(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">{body}</svg>'.encode(), SVG)


def bounds(shapes: Iterable[Shape]) -> Box:
    """The box around the geometry of some shapes."""
    return box_of([point for shape in shapes for point in outline_points(shape)])


def table(name: str) -> Mapping[str, list[str]]:
    """Subjects and the icons that show them."""
    data: Mapping[str, list[str]] = json.loads((HERE / name).read_bytes())
    return data

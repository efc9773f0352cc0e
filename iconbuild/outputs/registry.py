"""The words under `outputs:` become the outputs that make them."""

from __future__ import annotations

from iconbuild.model.publishing import Output
from iconbuild.outputs.files import Files
from iconbuild.outputs.html import Html
from iconbuild.outputs.library import Library
from iconbuild.outputs.sprite import Sprite

OUTPUTS: dict[str, Output] = {output.name: output for output in (Files(), Sprite(), Html(), Library())}

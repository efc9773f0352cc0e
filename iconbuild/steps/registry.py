"""The steps by the names they have in a manifest."""

from __future__ import annotations

from collections.abc import Mapping

from iconbuild.model.ports import Step
from iconbuild.steps.crop import Crop
from iconbuild.steps.recolor import Recolor
from iconbuild.steps.remove_bg import RemoveBg
from iconbuild.steps.smart_remove_bg import SmartRemoveBg
from iconbuild.steps.smooth import Smooth
from iconbuild.steps.thickness import Thickness

STEPS: Mapping[str, Step] = {
    "crop": Crop(),
    "recolor": Recolor(),
    "thickness": Thickness(),
    "smooth": Smooth(),
    "remove-bg": RemoveBg(),
    "smart-remove-bg": SmartRemoveBg(),
}

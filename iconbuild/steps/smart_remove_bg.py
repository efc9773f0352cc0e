"""A name for what only a provider can do: taking away a background that is not flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.errors import PictureError
from iconbuild.model.values import Json, Params
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class SmartRemoveBg(Usual):
    """`smart-remove-bg` is done by the provider and costs what its tariff says; it has no settings."""

    name = "smart-remove-bg"
    version = 1

    def bind(self, value: Json) -> Params:
        """Nothing, `true` or `{}`."""
        if value is None or value is True or value == {}:
            return Params()
        raise ValueError("smart-remove-bg has no settings")

    def run(self, picture: Picture, params: Params) -> Picture:
        """Never here: always raises PictureError."""
        raise PictureError(
            "smart-remove-bg can only be done by a provider",
            remedy="set `steps-on: provider`, or use remove-bg, which is free and works on flat backgrounds",
        )

"""What most steps answer to what may be asked of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Params

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class Usual:
    """The part of a step that it only writes itself where it differs from the others."""

    def remark(self, picture: Picture, params: Params) -> str:
        """Nothing."""
        return ""

    def shape(self, picture: Picture, params: Params) -> Picture | None:
        """No: it takes the whole work."""
        return None

    def paints_all(self, params: Params) -> bool:
        """No."""
        return False

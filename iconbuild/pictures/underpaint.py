"""What can be seen of a picture also colours what cannot, so that lossy files have nothing hidden to bleed."""

from __future__ import annotations

from PIL import Image

from iconbuild.pictures.plain import SEEN


def underpaint(image: Image.Image) -> Image.Image:
    """`image` (RGBA) with RGB under alpha 0 taken from what can be seen around it; alpha and all else as they are.

    An edge beside hidden black comes out of a lossy encoder darker. Halves of the picture are averaged over what can be
    seen in them, down to where nothing is hidden, and fill the gaps on the way back: smooth everywhere, and the same
    whatever was hidden. A picture of which nothing can be seen becomes black.
    """
    alpha = image.getchannel("A")
    hidden = alpha.histogram()[0]
    if hidden == image.width * image.height:
        return Image.new("RGBA", image.size)
    if not hidden:
        return image
    filled = _filled(image.convert("RGB"), alpha.point(SEEN))
    filled.putalpha(alpha)
    return filled


def _filled(colors: Image.Image, known: Image.Image) -> Image.Image:
    """`colors` (RGB) with its own pixels where `known` (L) is 255, and an average of near ones where it is 0."""
    if not known.histogram()[0]:
        return colors
    layer = colors.copy()
    layer.putalpha(known)
    half = layer.convert("RGBa").reduce(2).convert("RGBA")
    below = _filled(half.convert("RGB"), half.getchannel("A").point(SEEN))
    filled = below.resize(colors.size, Image.Resampling.BILINEAR)
    filled.paste(colors, mask=known)
    return filled

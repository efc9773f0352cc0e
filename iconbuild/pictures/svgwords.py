"""The words an SVG may use: a drawing's elements are listed, everything else is refused by name."""

from __future__ import annotations

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

_SHAPES = "path rect circle ellipse line polyline polygon"
_STRUCTURE = "svg g defs symbol use switch title desc metadata style"
_PAINT = "linearGradient radialGradient stop clipPath mask marker filter"
_FILTERS = (
    "feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feOffset"
)
FILTERS = frozenset(_FILTERS.split())
ELEMENTS = frozenset(f"{_SHAPES} {_STRUCTURE} {_PAINT} {_FILTERS}".split())
LAYERS = frozenset({"opacity", "mask", "clip-path", "filter", "mix-blend-mode", "isolation"})
"""Properties for which a renderer needs a picture of its own, as large as the whole."""
GRADIENTS = frozenset({"linearGradient", "radialGradient"})

TEXT = frozenset({"text", "tspan", "textPath", "tref", "font", "font-face", "altGlyph"})

REMEDIES = {
    "script": "scripts are not allowed: remove it",
    "foreignObject": "foreign content is not allowed: draw it as paths",
    "image": "pictures inside an SVG are not allowed: use the picture itself, or trace it",
    "feImage": "pictures inside an SVG are not allowed: use the picture itself, or trace it",
    "a": "links are not allowed: take its content out of it",
    "pattern": "a pattern's tile can take any amount of memory, whatever the size drawn: draw it as paths",
    "animate": "animation is not allowed: remove it",
    "animateColor": "animation is not allowed: remove it",
    "animateMotion": "animation is not allowed: remove it",
    "animateTransform": "animation is not allowed: remove it",
    "set": "animation is not allowed: remove it",
    "discard": "animation is not allowed: remove it",
}
"""Refused elements whose remedy is worth a sentence of its own."""

CSS_LOADERS = (
    "@import",
    "@font-face",
    "@namespace",
    "@document",
    "image-set(",
    "image(",
    "src(",
    "expression(",
    "javascript:",
    "behavior:",
    "-moz-binding",
)

EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://inkscape.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.serif.com/",
    "http://www.vectornator.io",
    "http://www.figma.com/",
)
"""Namespaces in which drawing programs keep notes to themselves; nothing of theirs is drawn."""

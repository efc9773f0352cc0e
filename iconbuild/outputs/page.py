"""A set of pictures and words about them becomes the markup of a contact sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import NamedTuple

from iconbuild.model.artifact import REMARKS, WARNINGS
from iconbuild.model.publishing import SetIcon
from iconbuild.model.values import Json
from iconbuild.outputs.contrast import ENOUGH, brings_its_ground, contrast
from iconbuild.outputs.embedded import Embedded

GROUNDS = {"light": "#ffffff", "dark": "#14171c"}
LARGE, FEW = 96, 12
"""The side of a specimen in CSS px; up to FEW icons the cards are wide."""

NOTHING = '<span class="none">none given</span>'
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class Entry(NamedTuple):
    """One icon and its finished pictures, one for each theme of the sheet."""

    icon: SetIcon
    pictures: tuple[Embedded, ...]


class Sheet(NamedTuple):
    """Everything a page says. `themes` holds "" alone where the set has none."""

    title: str
    notes: tuple[str, ...]
    themes: tuple[str, ...]
    sizes: tuple[int, ...]
    entries: tuple[Entry, ...]

    def shows(self) -> list[tuple[int, str]]:
        """What to show of each icon, as (place of the theme, ground): a set without themes on both grounds."""
        if self.themes == ("",):
            return [(0, "light"), (0, "dark")]
        return [(place, "dark" if "dark" in name.lower() else "light") for place, name in enumerate(self.themes)]


def render(sheet: Sheet) -> str:
    """The page; the same sheet gives the same text."""
    style = files("iconbuild.outputs").joinpath("page.css").read_text("utf-8")
    values = " ".join(f"--{name}: {color};" for name, color in GROUNDS.items()) + f" --cell: {max(sheet.sizes)}px;"
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(sheet.title)}</title>",
            f"<style>\n:root {{ {values} }}\n{style}</style>\n</head>\n<body>",
            *_header(sheet),
            "<main>",
            *_specimens(sheet),
            *_sizes(sheet),
            *_provenance(sheet),
            "</main>",
            "<footer>Built with iconbuild. This page is a single file: it loads nothing and runs nothing.</footer>",
            "</body>\n</html>\n",
        ]
    )


def text(value: object) -> str:
    """Any text as HTML, for content and attributes; what cannot be printed becomes a visible mark."""
    spaced = " ".join(str(value).split())
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in spaced)
    return escape(plain, quote=True)


def _header(sheet: Sheet) -> Iterator[str]:
    count = len(sheet.entries)
    yield f"<header>\n<h1>{text(sheet.title)}</h1>"
    yield f'<p class="count"><b>{count}</b> {"icon" if count == 1 else "icons"}</p>'
    if sheet.notes:
        yield '<ul class="notes">'
        yield from (f"<li>{text(note)}</li>" for note in sheet.notes)
        yield "</ul>"
    yield "</header>"


def _specimens(sheet: Sheet) -> Iterator[str]:
    yield '<section aria-labelledby="specimens"><h2 id="specimens">Specimens</h2>'
    yield f'<ul class="grid {"few" if len(sheet.entries) <= FEW else "many"}">'
    for entry in sheet.entries:
        yield '<li class="card">\n<div class="grounds">'
        for place, ground in sheet.shows():
            yield _specimen(entry, place, sheet.themes[place], ground)
        yield f"</div>\n<h3>{text(entry.icon.name)}</h3><p>{text(entry.icon.title)}</p>\n</li>"
    yield "</ul>\n</section>"


def _specimen(entry: Entry, place: int, theme: str, ground: str) -> str:
    embedded = entry.pictures[place]
    small = embedded.small
    ratio = ENOUGH if brings_its_ground(small) else contrast(small, GROUNDS[ground])
    label = f"<figcaption>{text(theme)}</figcaption>" if theme else ""
    # Rounded down, so that a picture just below the limit is not said to be at it.
    faint = f'<p class="faint">contrast {int(ratio * 10) / 10}:1</p>' if ratio < ENOUGH else ""
    picture = _img(embedded.large, LARGE, _alt(entry.icon.name, theme, ground))
    return f'<figure class="{ground}">{picture}{label}{faint}</figure>'


def _sizes(sheet: Sheet) -> Iterator[str]:
    yield '<section aria-labelledby="sizes"><h2 id="sizes">Real sizes</h2>\n<div class="sizes">'
    for size in sheet.sizes:
        yield f'<div class="size">\n<h3>{size} <span>px</span></h3>\n<div class="grounds">'
        for place, ground in sheet.shows():
            yield f'<div class="{ground}">'
            for entry in sheet.entries:
                alt = f"{_alt(entry.icon.name, sheet.themes[place], ground)}, {size} px"
                yield _img(entry.pictures[place].png(size), size, alt)
            yield "</div>"
        yield "</div>\n</div>"
    yield "</div>\n</section>"


def _provenance(sheet: Sheet) -> Iterator[str]:
    yield '<section aria-labelledby="provenance"><h2 id="provenance">Provenance</h2>\n<div class="scroll"><table>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Icon", "Subject", "Artwork", "Licence", "Note"))
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for entry in sheet.entries:
        facts = entry.pictures[0].facts
        source = _lines(facts.get("icon"), facts.get("artwork"))
        licence = _lines(facts.get("licence"), facts.get("author"))
        told = _lines(facts.get(WARNINGS), facts.get(REMARKS))
        notes = _lines(entry.icon.note) + [f'<b class="warning">{line}</b>' for line in told]
        cells = [[text(entry.icon.title)], source, licence, notes]
        yield f'<tr><th scope="row">{text(entry.icon.name)}</th>{"".join(map(_cell, cells))}</tr>'
    yield "</tbody></table></div>\n</section>"


def _cell(lines: list[str]) -> str:
    return f"<td>{'<br>'.join(lines) or NOTHING}</td>"


def _lines(*values: Json) -> list[str]:
    """Facts as escaped lines, each said once; a fact may be missing, a text or a list of texts."""
    flat: Iterable[Json] = (
        item for value in values for item in (value if isinstance(value, (list, tuple)) else [value])
    )
    return list(dict.fromkeys(text(item) for item in flat if item))


def _alt(name: str, theme: str, ground: str) -> str:
    return f"{name}, {theme}" if theme else f"{name} on {ground}"


def _img(uri: str, size: int, alt: str) -> str:
    return f'<img src="{uri}" width="{size}" height="{size}" alt="{text(alt)}">'

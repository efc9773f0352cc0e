"""Output `html`: the whole set becomes one self-contained page to look at, a contact sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from iconbuild.model.artifact import HTML, Payload
from iconbuild.model.publishing import IconSet, SetIcon, Source, Wanted
from iconbuild.model.values import Json, Params
from iconbuild.outputs import checks

FIELDS = ("file", "title", "sizes")
DEFAULT_SIZES = (16, 24, 32, 48)


class Html:
    """One file: pictures are data URIs, nothing is loaded and nothing runs."""

    name = "html"
    # Part of every key: to be raised with any change of the page's markup, style or pictures.
    version = 3
    speaks = True

    def bind(self, value: Json) -> Params:
        """`file`, `title` (None: the name of the set) and `sizes` (px, 8..256), the real sizes shown."""
        given = checks.table(value, kind=self.name, short="file", fields=FIELDS)
        title = given.get("title")
        if title is not None and (not isinstance(title, str) or not 0 < len(title.strip()) <= 200):
            raise ValueError(f"`title` must be a text of at most 200 characters, not {checks.shown(title)}")
        return Params(
            {
                "file": checks.file_path(given["file"], "file", ("html", "htm")),
                "title": title,
                "sizes": tuple(sorted(checks.wholes(given.get("sizes", DEFAULT_SIZES), "sizes", 8, 256))),
            }
        )

    def wanted(self, params: Params, icons: IconSet) -> Iterator[Wanted]:
        """One page; it takes every icon in the order of the manifest, each in all themes."""
        recipe: dict[str, Json] = {
            "title": params["title"] or icons.name,
            "sizes": params["sizes"],
            "themes": icons.themes,
            "notes": icons.notes,
            "icons": tuple({"name": i.name, "title": i.title, "note": i.note} for i in icons.icons),
        }
        inputs = tuple((icon.name, theme) for icon in icons.icons for theme in icons.themes)
        yield Wanted(cast("str", params["file"]), Params(recipe), inputs)

    def run(self, params: Params, inputs: Sequence[Source]) -> Payload:
        """The page as UTF-8."""
        from iconbuild.outputs import page
        from iconbuild.outputs.embedded import Embedded

        themes = cast("Sequence[str]", params["themes"])
        sizes = tuple(cast("Sequence[int]", params["sizes"]))
        pictures = tuple(Embedded(source, page.LARGE, sizes) for source in inputs)
        entries = [
            page.Entry(SetIcon(**icon), pictures[place * len(themes) : (place + 1) * len(themes)])
            for place, icon in enumerate(cast("Sequence[Mapping[str, Any]]", params["icons"]))
        ]
        sheet = page.Sheet(
            title=cast("str", params["title"]),
            notes=tuple(cast("Sequence[str]", params["notes"])),
            themes=tuple(themes),
            sizes=sizes,
            entries=tuple(entries),
        )
        return Payload(page.render(sheet).encode(), HTML)

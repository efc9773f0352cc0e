"""An Iconify package or file becomes a pack: names, tags, a licence, and the layers of each icon.

The format: https://iconify.design/docs/types/iconify-json.html. A package `@iconify-json/<prefix>` is a folder with
`icons.json`, `info.json`, `metadata.json` and `package.json`; only the first is needed, and a single file will do.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from iconbuild.errors import PictureError, ProviderError
from iconbuild.model.values import Json
from iconbuild.providers.local.packs.about import Record, about, table
from iconbuild.providers.local.packs.catalogue import MAX_BODY, Catalogue, open_catalogue
from iconbuild.providers.local.packs.jsontext import Text, read_text
from iconbuild.providers.local.packs.pack import Entry, Pack

if TYPE_CHECKING:
    from iconbuild.providers.local.packs.artwork import Artwork
    from iconbuild.providers.local.packs.body import Frame

_PREFIX = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BESIDE = ("info.json", "metadata.json", "package.json")
_MOST_BESIDE = 8 << 20  # bytes of a file beside the icons
_DEEPEST = 5  # aliases of aliases
_SMALLEST, _LARGEST = 0.01, 10_000.0
_DEFAULT_SIDE = 16.0
_TURNS = ("rotate", "hFlip", "vFlip")
_SIDES = ("left", "top", "width", "height")
_BRAND_PACKS = frozenset(
    {"logos", "simple-icons", "skill-icons", "devicon", "devicon-plain", "fa-brands", "fa6-brands"}
)
_BRAND = re.compile(r"\b(?:brand|logo)s?\b", re.IGNORECASE)


def open_pack(path: str, cache_dir: str | os.PathLike[str] | None) -> Pack:
    """The pack at `path`: a folder with `icons.json`, or one such file. Raises ProviderError for anything else.

    It may lie anywhere: in a workspace, `node_modules` is often above the manifest. What is needed to find an icon
    fast is kept in `cache_dir`; None keeps it in memory.
    """
    path = os.path.abspath(path)
    if os.path.isdir(path):
        icons = os.path.join(path, "icons.json")
        if not os.path.isfile(icons):
            raise ProviderError(
                f"{path} is no icon pack: it has no icons.json", remedy="name an `@iconify-json/...` package"
            )
        return IconifyPack(icons, path, cache_dir)
    if not os.path.isfile(path):
        raise ProviderError(f"there is no icon pack at {path}", remedy=_installing(path))
    return IconifyPack(path, None, cache_dir)


def _installing(path: str) -> str:
    above, package = os.path.split(path.rstrip("/"))
    scope = os.path.basename(above)
    if scope.startswith("@"):
        return f"run `npm install {scope}/{package}`, or correct `packs` in the manifest"
    return "correct `packs` in the manifest"


class IconifyPack:
    """One Iconify icon set; safe to share between threads."""

    def __init__(self, icons: str, folder: str | None, cache_dir: str | os.PathLike[str] | None) -> None:
        self._icons, self._folder = icons, folder
        self._catalogue: Catalogue = open_catalogue(icons, cache_dir)
        said = self._catalogue.said
        prefix = said.get("prefix")
        if not isinstance(prefix, str) or len(prefix) > 64 or not _PREFIX.fullmatch(prefix):
            raise ProviderError(f"{icons}: `prefix` is no name such as `lucide`", remedy="install the pack anew")
        self.prefix = prefix
        info = self._said("info.json") or table(said.get("info") or {}, "info", icons)
        self._about = about(info, self._said("package.json"), icons)
        self.title = self._about.title or prefix
        self.version = self._about.version or self._catalogue.digest[:8]
        self.licence, self.author = self._about.licence, self._about.author
        self._artwork = lru_cache(maxsize=256)(self._drawn)

    @cached_property
    def revision(self) -> str:
        """A digest of the icons, and of what is said beside them that changes how they are found or painted."""
        beside = self._beside("metadata.json")
        credited = [self.title, self.version, self.licence, self.author]  # they are kept with the pictures
        parts = [self._catalogue.digest, self.palette, self._about.category, beside.text if beside else "", *credited]
        return sha256(json.dumps(parts).encode()).hexdigest()[:16]

    @property
    def palette(self) -> bool:
        """As the set says; else whether fewer than half of its icons use the colour of the text around them."""
        if self._about.palette is None:
            return self._catalogue.inked * 2 < len(self._catalogue.icons)
        return self._about.palette

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The icons, and what is there beside them."""
        beside = [os.path.join(self._folder, name) for name in _BESIDE] if self._folder else []
        return (self._icons, *(path for path in beside if os.path.exists(path)))

    def has(self, name: str) -> bool:
        """Whether there is an icon or an alias of that name, hidden ones included."""
        return name in self._catalogue.icons or name in self._catalogue.aliases

    def entries(self) -> Sequence[Entry]:
        """Every icon that is not hidden, in the file's order, then the aliases that turn one or give it a new box.

        Other aliases are second names of their icon. What is damaged is left out: it cannot be drawn.
        """
        second: dict[str, list[str]] = {}
        turned = []
        for alias in self._catalogue.aliases:
            if alias in self._catalogue.icons:
                continue
            with _Forgiven():
                chain = self._chain(alias)
                if any(link.get("hidden") for link, _ in chain):
                    continue
                if any(key in link for link, _ in chain[:-1] for key in (*_TURNS, *_SIDES)):
                    turned.append(alias)
                else:
                    second.setdefault(chain[-1][1], []).append(alias.replace("-", " "))
        categories = self._categories()
        named = [name for name in self._catalogue.icons if self._shown(name)]
        return [self._entry(name, second.get(name, ()), categories.get(name, ())) for name in (*named, *turned)]

    def artwork(self, name: str) -> Artwork:
        """The layers of one icon; raises KeyError for a name the pack does not have, PictureError for bad artwork."""
        if not self.has(name):
            raise KeyError(name)
        try:
            return self._artwork(name)
        except PictureError as error:
            said = f"icon `{self.prefix}:{name}` of {self.title} cannot be used: {error.message}"
            raise PictureError(said, remedy=error.remedy) from None

    def _drawn(self, name: str) -> Artwork:
        chain = self._chain(name)
        body = chain[-1][0].get("body")
        if not isinstance(body, str):
            raise PictureError("it has no body")
        if len(body) > MAX_BODY:
            raise PictureError(f"its body has {len(body)} characters, the limit is {MAX_BODY}")
        frame = self._frame([link for link, _ in chain])
        if self.palette:
            from iconbuild.providers.local.packs.picture import picture_artwork

            return picture_artwork(name, body, frame)
        from iconbuild.providers.local.packs.body import plain_artwork

        artwork = plain_artwork(body, frame)
        if not any(artwork):
            raise PictureError("it shows nothing", remedy="give its shapes a fill or a stroke")
        return artwork

    def _chain(self, name: str) -> list[tuple[Record, str]]:
        """The record of an icon, or of an alias and of everything it stands for, each with its name."""
        chain = [(self._catalogue.read(name), name)]
        while chain[-1][1] not in self._catalogue.icons:
            parent = chain[-1][0].get("parent")
            if not isinstance(parent, str) or not self.has(parent):
                raise PictureError(f"its alias stands for `{str(parent)[:80]}`, which is not there")
            if len(chain) > _DEEPEST:
                raise PictureError(f"its alias runs in a circle, or over more than {_DEEPEST} others")
            chain.append((self._catalogue.read(parent), parent))
        return chain

    def _frame(self, chain: Sequence[Record]) -> Frame:
        """The box of the first that says something about it, and the turns and flips of all."""
        from iconbuild.providers.local.packs.body import Frame

        defaults = {"left": 0.0, "top": 0.0, "width": _DEFAULT_SIDE, "height": _DEFAULT_SIDE, **self._catalogue.said}
        box = [_number(next((link[s] for link in chain if s in link), defaults[s]), s) for s in _SIDES]
        if not all(_SMALLEST <= side <= _LARGEST for side in box[2:]) or max(map(abs, box[:2])) > _LARGEST:
            raise PictureError(f"its size is {box[2]:g} x {box[3]:g}, from {box[0]:g}, {box[1]:g}")
        turns = sum(_number(link.get("rotate", 0), "rotate") for link in chain)
        flip_x, flip_y = (sum(link.get(key) is True for link in chain) % 2 == 1 for key in ("hFlip", "vFlip"))
        left, top, width, height = box
        return Frame(left, top, width, height, int(turns) % 4, flip_x, flip_y)

    def _shown(self, name: str) -> bool:
        with _Forgiven():
            record = self._catalogue.read(name)
            return isinstance(record.get("body"), str) and not record.get("hidden")
        return False

    def _entry(self, name: str, tags: Sequence[str], categories: Sequence[str]) -> Entry:
        words = (name, *categories, self._about.category)
        brand = self.prefix in _BRAND_PACKS or any(_BRAND.search(word) for word in words)
        return Entry(name, tuple(tags), tuple(categories), brand)

    def _categories(self) -> Mapping[str, list[str]]:
        """The categories of each icon, from `metadata.json`."""
        found: dict[str, list[str]] = {}
        said = self._said("metadata.json").get("categories") or {}
        for category, names in table(said, "categories", self._icons).items():
            for name in names if isinstance(names, list) else ():
                found.setdefault(str(name), []).append(category)
        return found

    def _said(self, name: str) -> Record:
        """What a file beside the icons says; nothing where there is none."""
        beside = self._beside(name)
        return beside.value() if beside else {}

    def _beside(self, name: str) -> Text | None:
        path = os.path.join(self._folder or "", name)
        return read_text(path, _MOST_BESIDE) if self._folder is not None and os.path.exists(path) else None


class _Forgiven:
    """A bad icon spoils neither the others nor the search among them: it fails when it is drawn."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, PictureError)


def _number(value: Json, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e9:
        raise PictureError(f"its `{name}` is no usable number")
    return float(value)

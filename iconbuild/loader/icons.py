"""Icons as written become icons with the template's and the defaults' fields written out, and where each came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from iconbuild.errors import Where
from iconbuild.loader.attached import attached_picture, refuse_anchor
from iconbuild.loader.binding import INHERIT, StepBinder
from iconbuild.loader.files import project_file
from iconbuild.loader.flags import resolve_flags
from iconbuild.loader.looks import PLAIN_LOOK, Template, chosen_look, declared_templates, normal_color
from iconbuild.loader.places import mark_where
from iconbuild.loader.scope import BUILT_IN, Scope
from iconbuild.model.manifest import Attached, FileSource, Look, Origin, StepSpec
from iconbuild.model.values import Json

FIELDS = ("look", "color", "flags", "model", "steps", "take", "anchor", "tags", "icon")
_NO_FIELDS: Mapping[str, Json] = {}


class Fields(NamedTuple):
    """The fields of an icon that it may share with others."""

    look: Look = PLAIN_LOOK
    template: Template | None = None
    color: str | None = None
    flags: tuple[str, ...] = ()
    model: Literal["low", "high"] = "low"
    steps: tuple[StepSpec, ...] = ()
    pinned: str | None = None
    take: int = 1
    tags: tuple[str, ...] = ()
    anchor: Json = None
    """As declared on the icon or in the defaults; None where nothing was said."""
    origins: Mapping[str, Origin] = MappingProxyType(dict.fromkeys(FIELDS, BUILT_IN))


class Draft(NamedTuple):
    """An icon whose anchor is not settled yet; `own_anchor` tells its own choice from the defaults'."""

    name: str
    where: Where
    subject: str | None
    source: FileSource | None
    fields: Fields
    origin: Origin
    own_anchor: bool
    attached: Attached | None = None


class IconResolver:
    """Writes out the icons of one manifest."""

    def __init__(self, scope: Scope, steps: StepBinder) -> None:
        self.scope, self.steps = scope, steps
        self.templates = declared_templates(scope, steps)
        # Two layers: what the defaults say themselves, and that with the settings of the template they choose.
        self.base = self._layer(Fields(), scope.table("defaults"), ("defaults",), "defaults")
        self.plain = self._with_template(self.base, _NO_FIELDS, ())

    def drafts(self) -> Iterator[Draft]:
        """The usable icons in the order of the manifest."""
        file, plain = self.scope.places.file, self.plain
        icons = self.scope.table("icons")
        for name, (key, node) in self.scope.places.pairs("icons").items():
            value = icons.get(name)
            if isinstance(value, str):
                origin = Origin("icon", mark_where(file, node))
                yield Draft(name, mark_where(file, key), " ".join(value.split()), None, plain, origin, False)
            elif isinstance(value, dict):
                yield self._table(name, value, mark_where(file, key))

    def _table(self, name: str, value: Mapping[str, Json], where: Where) -> Draft:
        path = ("icons", name)
        origin_key = "from" if "from" in value else "subject"
        origin = Origin("icon", self.scope.places.value(*path, origin_key))
        if "from" in value:
            fields = self._imported(value, path)
            source = project_file(self.scope, str(value["from"]), (*path, "from"))
            return Draft(name, where, None, source, fields, origin, "anchor" in value)
        own = len(value) > 1
        fields = self._with_template(self._layer(self.base, value, path, "icon"), value, path) if own else self.plain
        subject = " ".join(str(value["subject"]).split())
        attached = attached_picture(self.scope, value, path)
        if attached:
            fields = fields._replace(
                origins={**fields.origins, attached.kind: self.scope.origin("icon", *path, attached.kind)}
            )
        return Draft(name, where, subject, None, fields, origin, "anchor" in value, attached)

    def _imported(self, value: Mapping[str, Json], path: tuple[str, ...]) -> Fields:
        """Existing artwork: of everything that says how to draw, nothing applies; steps and tags do."""
        base = self.base
        kept = {name: base.origins[name] for name in ("steps", "tags")}
        start = Fields(steps=base.steps, tags=base.tags, origins={**Fields().origins, **kept})
        refuse_anchor(self.scope, value, path, "existing artwork", "imported artwork follows nothing")
        only = {key: value[key] for key in ("steps", "tags") if key in value}
        return self._layer(start, only, path, "icon")

    def _layer(self, below: Fields, value: Mapping[str, Json], path: tuple[str, ...], layer: str) -> Fields:
        """`below` with the fields of one table over it, templates aside."""
        scope, origins = self.scope, dict(below.origins)
        chosen = chosen_look(scope, value, path)
        look, template = (chosen[0], self.templates.get(chosen[0].name)) if chosen else (below.look, below.template)
        if chosen:
            origins["look"] = scope.origin(layer, *path, chosen[1])
        for key in value:
            if key in origins:
                origins[key] = scope.origin(layer, *path, key)
        inherited = below.steps
        if layer == "icon" and look.kind == "template" and template and template.steps is not None:
            inherited = template.steps
        return Fields(
            look=look,
            template=template if look.kind == "template" else None,
            color=normal_color(value["color"]) if "color" in value else below.color,
            flags=resolve_flags(scope, value["flags"], (*path, "flags"), below.flags)
            if "flags" in value
            else below.flags,
            model=cast("Literal['low', 'high']", value.get("model", below.model)),
            steps=self.steps.bind(value["steps"], (*path, "steps"), inherited) if "steps" in value else below.steps,
            pinned=cast("str | None", value.get("icon", below.pinned)),
            take=int(cast("int", value.get("take", below.take))),
            tags=_tags(value["tags"], below.tags) if "tags" in value else below.tags,
            anchor=value.get("anchor", below.anchor),
            origins=origins,
        )

    def _with_template(self, fields: Fields, own: Mapping[str, Json], path: tuple[str, ...]) -> Fields:
        """The template's settings before an icon's own, as providers have it; its steps only before the defaults'."""
        template = fields.template
        if template is None:
            return fields
        origins = dict(fields.origins)
        layer = Origin(f"template {template.spec.name}", self.scope.places.key("templates", template.spec.name))
        for name, setting in (("color", template.color), ("flags", template.flags)):
            if setting is None:
                continue
            origins[name] = layer
            if name in own:
                message = f"`{name}` has no effect: template `{template.spec.name}` sets it"
                where = self.scope.places.key(*path, name)
                self.scope.findings.add("M033", message, where, remedy="delete one of the two", severity="warning")
        own_steps = "steps" in own
        if template.steps is not None and not own_steps:
            origins["steps"] = layer
        return fields._replace(
            color=fields.color if template.color is None else template.color,
            flags=fields.flags if template.flags is None else template.flags,
            steps=fields.steps if template.steps is None or own_steps else template.steps,
            origins=origins,
        )


def _tags(value: Json, inherited: tuple[str, ...]) -> tuple[str, ...]:
    entries = value if isinstance(value, (list, tuple)) else ()
    found = [tag for entry in entries for tag in (inherited if entry == INHERIT else (str(entry),))]
    return tuple(dict.fromkeys(found))

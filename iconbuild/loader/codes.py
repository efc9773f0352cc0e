"""The code of a manifest problem becomes its title and an explanation: what `iconbuild explain M012` prints."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A kind of problem: what it is in a few words, and why it is one and what to do."""

    title: str
    text: str


CODES: dict[str, Code] = {
    "M000": Code("more problems", "Only the first hundred problems are shown. Fix those and validate again."),
    "M001": Code(
        "the manifest cannot be read",
        "A manifest is one regular file of at most 1 MiB. Folders, pipes and devices are refused before they are "
        "opened, so that nothing can hang. Without a path, iconbuild looks for iconbuild.yaml, iconbuild.yml, "
        "icons.yaml or icons.yml in the working folder and above it, up to the repository's root.",
    ),
    "M002": Code("no icons", "A manifest needs at least one icon: `icons: {home: house}` is the smallest table."),
    "M003": Code(
        "not YAML",
        "The text breaks YAML's rules. The place is where the parser gave up; the cause is often a line above it: a "
        "missing space after a colon, a tab in the indentation, a quote that is never closed.",
    ),
    "M004": Code(
        "not UTF-8 text",
        "A manifest is UTF-8 text without control characters; the message names the byte. Editors can save a file "
        "again as UTF-8. Line separators such as U+2028 are refused, because programs do not agree on what they are.",
    ),
    "M005": Code("a tag", "YAML tags such as !!python/object or !include are never acted upon, only refused."),
    "M006": Code("more than one document", "A file holds one manifest. `---` may stand at its top only."),
    "M007": Code(
        "too deep or too many aliases",
        "Values nest at most 32 levels. Aliases (`*name`) may be used at most 100 times, never inside the value that "
        "they stand for, and may stand for at most 10,000 more values than are written.",
    ),
    "M008": Code(
        "a duplicate",
        "Two entries of one table have the same key, two icons the same name. Most YAML parsers silently take the "
        "last one; here it is an error, since one of the two was meant otherwise.",
    ),
    "M009": Code(
        "a merge key",
        "`<<` belongs to YAML 1.1 and is not supported. Use `defaults`, a template, or a plain alias (`*name`).",
    ),
    "M010": Code(
        "an empty value",
        "Nothing, `~` and `null` are YAML's null, which no field takes. An unquoted # begins a comment, so that "
        '`color: #3b82f6` is empty: write `color: "#3b82f6"`.',
    ),
    "M011": Code(
        "text in the wrong form",
        "Text fields take what is written: 000000, 0123, 1e3 and `no` are text and nothing else. Some have a form of "
        'their own, such as "#rrggbb" for a colour or pack:name for pinned artwork.',
    ),
    "M012": Code(
        "an unknown key",
        "The table has no field of that name. A misspelt field that were ignored would cost money later, so every "
        "unknown key is an error. The message names the nearest field; `iconbuild schema` prints all of them.",
    ),
    "M013": Code(
        "a path as a name",
        "An icon's name becomes a part of file names. It never holds a path separator, a drive letter, `~` or `..`.",
    ),
    "M014": Code(
        "a name that some system cannot hold",
        "Names are ASCII letters, digits, `_` and `-`, begin and end with a letter, a digit or `_`, have at most 100 "
        "characters, and are none of Windows' device names (CON, NUL, COM1 ...): one set builds on all systems.",
    ),
    "M015": Code(
        "the wrong type", "The field takes another type of value: text, a number, true or false, a list, a table."
    ),
    "M016": Code(
        "two outputs on one path",
        "Two files of the set would have the same path; paths are compared without case, as macOS and Windows do. "
        "Give the outputs different folders, or put {theme}, {size} and {format} into the pattern. In a provider's "
        "library two pictures cannot have one name either.",
    ),
    "M017": Code(
        "an output outside the project",
        "Outputs stay below the manifest's folder, and never lie in .git or in a store of iconbuild.",
    ),
    "M018": Code(
        "an unknown word",
        "The field takes words out of a list: steps, outputs, providers, styles, flags, names of icons and templates "
        "that are declared. The message names the nearest one.",
    ),
    "M019": Code(
        "artwork that cannot be used",
        "Files named by `from`, `refine`, `iconify` and `anchor: {file: ...}` are pictures below the manifest's "
        "folder, at most 25 MB, and no symbolic links out of the project.",
    ),
    "M020": Code(
        "artwork changed during the build",
        "A file was written while it was used. The bytes that were used are on record; the next build takes it up.",
    ),
    "M021": Code("something is missing", "A table lacks a field that it needs, or the manifest has no outputs."),
    "M022": Code(
        "out of range",
        "Numbers are written in plain decimal digits within the range that the message names: no .nan, no .inf, no "
        "exponents, no leading zeros, which YAML readers understand differently. Texts and lists have limits as well.",
    ),
    "M023": Code(
        "too much",
        "A manifest holds 10,000 icons unless `limits: {icons: N}` at the top level raises it, up to 100,000, and a "
        "bounded number of values that differ from icon to icon.",
    ),
    "M024": Code(
        "an API key",
        "A value looks like a key or a token, so it is not shown. A manifest is meant for version control: take the "
        "key out, revoke it at the provider, and give the new one by ICONBUILD_ICONLY_KEY or `iconbuild auth login`.",
    ),
    "M025": Code(
        "an address or a key",
        "A manifest never says where requests go or which key they carry, or a foreign manifest could send your key "
        "to a foreign host. Use ICONBUILD_ICONLY_URL and ICONBUILD_ICONLY_KEY, or the variables of your provider.",
    ),
    "M026": Code(
        "includes and variables",
        "A manifest includes no other file and fills in no ${VARIABLES}: what is written is what is built. Use "
        "profiles for what differs between places.",
    ),
    "M027": Code(
        "things that exclude each other",
        "Two fields or flags say different things about one matter: a look is one of preset, template and style; an "
        "icon has a subject or existing artwork; flags come one to a group.",
    ),
    "M028": Code(
        "another version", "The manifest is written for another version of the format than this program reads."
    ),
    "M029": Code(
        "a stale plan",
        "The manifest was changed between `plan` and `build --plan`. Make the plan again, and look at it.",
    ),
    "M030": Code(
        "a prompt without its subject", "A template's prompt holds {subject} exactly once, and no other braces."
    ),
    "M031": Code(
        "an orphan",
        "A file that an earlier build wrote is no longer asked for. It is kept until `build --prune` or "
        "`clean --orphans`; what was paid for stays in any case.",
    ),
    "M032": Code("a refused setting", "A step or an output does not take this value; the message is its own."),
    "M033": Code(
        "a field without effect",
        "A template's settings come before an icon's own, as they do at the providers. The icon's field does nothing.",
    ),
    "M034": Code("anchors in a circle", "Icons follow each other in a circle, so none of them could be drawn first."),
    "M035": Code(
        "a look the provider cannot draw", "`iconbuild presets` lists what each provider draws and what it costs."
    ),
    "M036": Code(
        "not done by this provider",
        "The manifest may say this, but the provider that it names does not do it. It is refused, because a setting "
        "that were dropped in silence would make other pictures than you asked for.",
    ),
    "M037": Code(
        "an uncertain subject",
        "With `strict`, every subject has to lead to one icon without doubt. Choose the icon with `icon:`, or say the "
        'subject in other words; `iconbuild match "subject"` shows what would be drawn.',
    ),
    "M038": Code(
        "a picture that is no drawing",
        "An SVG file holds the drawing as it was made. Steps, lit or filtered looks and artwork of pixels cannot leave "
        "as SVG; ask for png or webp, or for a look that `iconbuild presets` lists with svg.",
    ),
}
"""Numbers up to 31 are the rows of the list of bad inputs that each of them is tested with."""


def explain_code(code: str) -> Code | None:
    """The title and the explanation of a code in any case, None for an unknown one."""
    return CODES.get(code.upper())

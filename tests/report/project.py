"""Previews and builds of real manifests in a folder of their own."""

from __future__ import annotations

from pathlib import Path

from iconbuild.build import build, preview
from iconbuild.model.ports import Provider
from iconbuild.model.session import Built, Options, Preview
from iconbuild.report.progress import Silent
from iconbuild.toolbox import workplace

DASHBOARD = """\
provider: iconly
defaults: {preset: duotone}
anchor: analytics
icons:
  analytics: analytics dashboard with bar chart
  users: group of people, team users
  settings: gear cog settings
  billing: credit card billing payment
  support: chat bubble support help
  alerts: bell notification alert
outputs: dist/icons
"""
SHOP = """\
provider: iconly
defaults: {preset: product}
anchor: electronics
icons:
  electronics: laptop computer
  clothing: t-shirt
  home-garden: house with plant
  sports: basketball
  books: open book
  toys: toy building blocks
  dining: fork and knife
  beauty: lipstick
  automotive: car
  pets: paw print
  jewelry: diamond ring
  audio: headphones
  office: desk
  health: medical cross
  travel: airplane
outputs: dist/icons
"""
LOCAL = """\
name: Häuser | *neu*
icons:
  home: house
  cart: {subject: shopping cart, steps: [crop: 5]}
outputs: dist
"""


class Folder:
    """The working folder, with a manifest and a cache of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str, name: str = "icons.yaml") -> None:
        """The manifest."""
        (self.path / name).write_text(text, encoding="utf-8")

    def preview(self, text: str | None = None, *, only: frozenset[str] | None = None) -> Preview:
        """What a build would do."""
        if text is not None:
            self.write(text)
        return preview("icons.yaml", workplace(remember=False), Options(only=only))

    def build(self, text: str | None = None, options: Options | None = None) -> Built:
        """What a build does."""
        if text is not None:
            self.write(text)
        return build(
            "icons.yaml",
            workplace(),
            options or Options(),
            Silent(),
            approve=lambda _: None,
            tell=lambda _: None,
        )


def provider_of(seen: Preview) -> Provider:
    """Who draws."""
    return workplace(remember=False).tools.providers[seen.plan.provider]

"""What people and programs read: previews, progress and outcomes as text, JSON and Markdown."""

SCHEMA_VERSION = 1
"""Of every JSON answer; a change that does more than add fields raises it."""

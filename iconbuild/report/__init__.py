"""What people and programs read: previews, progress and outcomes as text, JSON and Markdown."""

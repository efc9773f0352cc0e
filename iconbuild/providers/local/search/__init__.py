"""Retrieval: from a subject to the icons that show it."""

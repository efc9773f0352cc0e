"""Iconly: icons for tokens, from `https://iconly.ai/api`."""

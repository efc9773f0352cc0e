"""Where keys come from, and why one is refused."""

"""The remote APIs, played on this machine."""

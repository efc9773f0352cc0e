"""Intention: a Manifest becomes a Plan, a Worklist and a price; pure."""

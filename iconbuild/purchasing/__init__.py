"""Paid calls: sent at most once, within the budget, in the order that loses no answer."""

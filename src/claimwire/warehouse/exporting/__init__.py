"""Flagged items on their way out, in a form that others read."""

"""The way out by page: queue, decide, web."""

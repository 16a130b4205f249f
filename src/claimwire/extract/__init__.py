"""An entry, or a page, to an article. Pure."""

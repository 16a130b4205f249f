"""Claims against registers, stories and earlier claims. Pure."""

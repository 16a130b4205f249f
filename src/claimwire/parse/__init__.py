"""Bytes to entries, one module a wire format. Pure."""

"""What the wire formats share: the sniffed bytes, XML, JSON, times."""

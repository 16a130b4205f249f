"""The world outside: polite HTTP and drop folders."""

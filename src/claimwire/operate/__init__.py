"""Starting, checking and describing an installation."""

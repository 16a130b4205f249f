"""The commands of `claimwire`, one file a group; `cli.py` loads them lazily."""

"""The only reader of `data/`: schemas, load, lint."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
"""The catalogue that ships with the package; `CLAIMWIRE_DATA_DIR` names another."""

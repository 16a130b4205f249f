"""Every exception that claimwire raises on purpose.

ClaimwireError                  shown to the user as one line, exit code 1
├── CatalogError                a data file is wrong: names file, key and line
├── SettingsError               the environment is wrong: names the variable
├── ParseError                  bytes are not the wire format they claim to be
│   └── RefusedBytes            bytes that would hurt the parser (attribute flood, bomb, too large)
├── FetchError                  a request failed; carries the `Outcome` it ends in
│   └── BlockedAddress          an address that must never be connected to
├── WarehouseError              the database refused, is locked, is lost, or is not migrated
│   ├── NotMigrated             the warehouse's schema is older or newer than the code
│   ├── StaleDecision           somebody else decided first (optimistic version)
│   └── RefusedDecision         the rules of the desk do not allow it
├── DeliveryError               a sink did not take a digest
└── NotFound                    a key, file or row that the user named does not exist

Expected bad luck in the flow of items is a value (`Outcome`, `Disposition`), not an exception.
"""

from pathlib import Path


class ClaimwireError(Exception):
    """Base of all; its text is for a person and says what to do next."""


class CatalogError(ClaimwireError):
    """A data file under `data/` is wrong.

    Args:
        path: the file.
        problem: what is wrong, in words.
        key: dotted path of the offending key, if known.
        line: 1-based line, if known.
    """

    def __init__(self, path: Path, problem: str, key: str = "", line: int | None = None) -> None:
        self.path, self.problem, self.key, self.line = path, problem, key, line
        place = f"{path.name}:{line}" if line else path.name
        super().__init__(f"{place}: {key + ': ' if key else ''}{problem}")


class SettingsError(ClaimwireError):
    """An environment variable has a value that cannot be used."""


class ParseError(ClaimwireError):
    """Bytes could not be read as any wire format, or not as the one they claim to be."""


class RefusedBytes(ParseError):
    """Bytes that a guard refused before any parser saw them."""


class FetchError(ClaimwireError):
    """A request failed; `outcome` is the name it ends in (an `Outcome` value)."""

    def __init__(self, message: str, outcome: str) -> None:
        self.outcome = outcome
        super().__init__(message)


class BlockedAddress(FetchError):
    """The address is private, reserved or otherwise never to be connected to."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "blocked_address")


class WarehouseError(ClaimwireError):
    """The database could not do what was asked; the text says what to do."""


class NotMigrated(WarehouseError):
    """The schema of the warehouse is not the one of this code: run `claimwire init`."""


class StaleDecision(WarehouseError):
    """The item was decided by somebody else since it was read."""


class RefusedDecision(WarehouseError):
    """The rules of the desk do not allow this decision; the text says which."""


class DeliveryError(ClaimwireError):
    """A sink refused or lost a digest; `is_permanent` says whether to try again."""

    def __init__(self, message: str, *, is_permanent: bool = False) -> None:
        self.is_permanent = is_permanent
        super().__init__(message)


class NotFound(ClaimwireError):
    """Something that the user named does not exist."""

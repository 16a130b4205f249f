"""Strict YAML: unknown keys are refused, and an error names file, key and line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from claimwire.errors import CatalogError


class Strict(BaseModel):
    """Base of every schema in the catalogue: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Schema = TypeVar("Schema", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> tuple[Any, yaml.Node | None]:
    """The file's value and its node tree (which knows lines); CatalogError where it is not YAML."""
    try:
        raw = path.read_text(encoding="utf-8")
        return yaml.load(raw, Loader=_Loader), yaml.compose(raw, Loader=_Loader)  # noqa: S506  # nosec B506  # a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise CatalogError(path, error.problem or "not YAML", line=line) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(path, f"cannot be read: {error}") from error


def load_strict(path: Path, schema: type[Schema]) -> Schema:
    """One file checked against its schema.

    Raises:
        CatalogError: with the dotted key and the line of the first fault.
    """
    value, root = read_yaml(path)
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        keys = [key for key in first["loc"] if not (isinstance(key, str) and key.startswith("function-"))]
        dotted = ".".join(map(str, keys))
        raise CatalogError(path, first["msg"], key=dotted, line=_line_of(root, keys)) from error


def _line_of(node: yaml.Node | None, keys: list[Any]) -> int | None:
    """1-based line of the deepest node that the keys lead to."""
    line = None
    for key in keys:
        child = None
        if isinstance(node, yaml.MappingNode):
            child = next(((k, v) for k, v in node.value if k.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            child = (node.value[key], node.value[key])
        if child is None:
            break
        line, node = child[0].start_mark.line + 1, child[1]
    return line if line is not None else (node.start_mark.line + 1 if node else None)

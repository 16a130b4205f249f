"""The notation in which linguists write phrases, turned into a pattern.

`(a|b)` is either, `[a]` may be missing, `{slot}` is something to be read, a space is any white space,
a backslash takes the next character to the letter.
There is no repetition, so that no phrase can ever take more than linear time.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

_SPECIAL = "([{|)]}\\"
_MOST_HEADS = 20_000
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a `{slot}` stands for: a pattern without groups, and with what it may begin."""

    pattern: str
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase compiled: `groups` names the slot and the group of each, `heads` are its possible beginnings."""

    pattern: str
    groups: tuple[tuple[str, str], ...]
    heads: frozenset[str]


_Part = tuple[str, "str | list[list[_Part]]"]  # ("text" | "slot", s) or ("any" | "maybe", alternatives)


def compile_template(say: str, slots: Mapping[str, Slot], prefix: str, *, space: str, head: int) -> Template:
    """One phrase.

    Args:
        say: the phrase in the notation above, already folded.
        slots: what may stand in braces.
        prefix: makes the names of its groups unique.
        space: the pattern of a space.
        head: by how many code points a phrase that may begin here is recognised.

    Raises:
        ValueError: where brackets do not match or a slot is unknown.
    """
    alternatives, rest = _read(say, 0, "")
    if rest != len(say):
        raise ValueError(f"unmatched bracket at {say[rest:]!r}")
    groups: list[tuple[str, str]] = []

    def group(slot: str) -> str:
        groups.append((slot, f"{prefix}_{len(groups)}"))
        return groups[-1][1]

    pattern = _pattern([("any", alternatives)], slots, group, space)
    heads = frozenset(islice(_heads([("any", alternatives)], slots, head), _MOST_HEADS))
    return Template(pattern, tuple(groups), frozenset(cut[0] for one in heads if (cut := _FIRST_WORD.match(one))))


def _read(say: str, at: int, closing: str) -> tuple[list[list[_Part]], int]:
    """Alternatives from `at` to the closing bracket (or the end) and where reading stopped."""
    alternatives: list[list[_Part]] = [[]]
    while at < len(say) and say[at] != (closing or "\0"):
        char = say[at]
        if char == "|":
            alternatives.append([])
            at += 1
        elif char == "\\":
            alternatives[-1].append(("text", say[at + 1 : at + 2]))
            at += 2
        elif char in "([":
            inner, end = _read(say, at + 1, ")" if char == "(" else "]")
            if end >= len(say):
                raise ValueError(f"unmatched {char!r}")
            alternatives[-1].append(("any" if char == "(" else "maybe", inner))
            at = end + 1
        elif char == "{":
            end = say.find("}", at)
            alternatives[-1].append(("slot", say[at + 1 : end]))
            at = end + 1 or len(say) + 1
        elif char in ")]}":
            return alternatives, at
        else:
            end = next((i for i in range(at, len(say)) if say[i] in _SPECIAL), len(say))
            alternatives[-1].append(("text", say[at:end]))
            at = end
    return alternatives, at


def _pattern(parts: list[_Part], slots: Mapping[str, Slot], name: Callable[[str], str], space: str) -> str:
    out = []
    for kind, value in parts:
        if kind == "slot":
            if value not in slots:
                raise ValueError(f"unknown slot {{{value}}}")
            out.append(f"(?P<{name(str(value))}>{slots[str(value)].pattern})")
        elif isinstance(value, str):
            out.append(space.join(map(re.escape, value.split(" "))))
        else:
            inner = "|".join(_pattern(alternative, slots, name, space) for alternative in value)
            out.append(f"(?:{inner})" + ("?" if kind == "maybe" else ""))
    return "".join(out)


def _heads(parts: list[_Part], slots: Mapping[str, Slot], room: int) -> Iterator[str]:
    """Every beginning of at most `room` code points."""
    if not parts or room <= 0:
        yield ""
        return
    (kind, value), rest = parts[0], parts[1:]
    if isinstance(value, str):
        for start in slots[value].heads if kind == "slot" else (value,):
            # Who knows how many digits follow a digit: it is a head by itself.
            tails = iter([""]) if start[:1].isdigit() else _heads(rest, slots, room - len(start))
            yield from (start[:room] + tail for tail in tails)
        return
    for alternative in [*value, []] if kind == "maybe" else value:
        yield from _heads([*alternative, *rest], slots, room)

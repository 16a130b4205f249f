"""Amounts as news writes them: figures or words, a unit, a rate, a comparator, a range."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimwire.catalog.units import Conversions, Units
from claimwire.model import Quantity
from claimwire.text.fold import fold
from claimwire.text.numerals import FIGURES, Reader, compile_reader
from claimwire.text.places import FIGURE, begins_amount, find_places

_BEFORE = 24  # code points in which a comparator or a currency is looked for
_MOST_WORDS = 12  # of one number
_COUNTED = frozenset({"", "bbl", "t", "short_ton", "bag", "bale", "vehicle"})  # hardly ever told to three decimals
_RANGE_GAP = 9


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as read: `is_big` where it had a scale or separators, so that it counts something."""

    value: float
    start: int
    end: int
    is_big: bool
    doubt: float | None = None  # the other reading of "1.466"
    has_scale: bool = False
    is_bare: bool = False  # "a", "hundred": no amount by itself


@dataclass(frozen=True, slots=True)
class _Amount:
    number: _Number
    start: int
    end: int
    unit: str


def find_quantities(text: str, language: str, units: Units) -> list[Quantity]:
    """Every amount with a unit, and every large number without (its unit is ""), in order of its place.

    Args:
        text: a sentence or more; offsets are code points into it.
        language: ISO 639-1; figures with common signs are found in any.
        units: of `load_units`.
    """
    reader = compile_reader(units.numerals_of(language), units.shared)
    folded = fold(text)
    amounts = list(_amounts(folded, reader))
    found = []
    skip = False
    for at, amount in enumerate(amounts):
        if skip:
            skip = False
            continue
        following = amounts[at + 1] if at + 1 < len(amounts) else None
        compared, start = _comparator(folded, amount, reader)
        skip = bool(following and compared != "from" and _is_range(folded, (amount, following), compared, reader))
        upper = following if skip else None
        if amount.number.is_bare and not (amount.unit and amount.number.has_scale):
            continue
        if amount.unit or amount.number.is_big or (upper and (upper.unit or upper.number.is_big)):
            found.append(_quantity(text, amount, upper, (compared, start), units.conversions))
    return found


def _amounts(folded: str, reader: Reader) -> Iterator[_Amount]:
    done = 0
    for start, head in find_places(folded, reader.heads, reader.starts):
        if start < done or not (begins_amount if head == FIGURE else reader.begins)(folded, start):
            continue
        number = _number(folded, start, reader)
        if number is None:
            continue
        amount = _with_unit(folded, number, reader)
        done = amount.end
        yield amount


def _number(folded: str, start: int, reader: Reader) -> _Number | None:
    """The number that begins here: figures and words are stacked, a scale multiplies what is smaller before it."""
    stack: list[float] = []
    end, is_big, has_scale, doubt = start, False, False, None
    if figures := FIGURES.match(folded, start):
        value, doubt, is_big = _figures(figures[0], reader.decimal)
        stack, end = [value], figures.end()
    for _ in range(_MOST_WORDS):
        if has_scale and (more := reader.more_figures.match(folded, end)):
            stack.append(_figures(more[0].strip(), reader.decimal)[0])
            end = more.end()
        match = reader.word.match(folded, end)
        if not match or (not stack and match[1]) or _is_letter(match, reader):
            break
        word, value = match[2], reader.words[match[2]]
        if word in reader.scales:
            smaller = 0.0
            while stack and stack[-1] < value:
                smaller += stack.pop()
            value *= smaller or 1.0
            is_big = has_scale = True
        elif figures and len(stack) == 1 and not has_scale:
            break  # "12 two" is two numbers
        stack.append(value)
        end = match.end()
    is_bare = not figures and len(stack) == 1 and folded[start:end] in (reader.scales if has_scale else reader.words)
    is_bare = is_bare and (has_scale or stack == [1.0])
    return _Number(sum(stack), start, end, is_big, doubt, has_scale, is_bare) if stack else None


def _is_letter(match: re.Match[str], reader: Reader) -> bool:
    """One letter is a scale only where it is stuck to its figures: "60m", not "60 m"."""
    return len(match[2]) == 1 and match[2] in reader.scales and match[2].isascii() and bool(match[1])


def _figures(figures: str, decimal: str) -> tuple[float, float | None, bool]:
    """The value, the other reading where there are two, and whether it had separators of thousands."""
    marks = [char for char in figures if not char.isdecimal()]
    bare = re.sub(r"\D", "", figures)
    if not marks:
        return float(bare), None, len(bare) > 4
    last, tail = marks[-1], re.split(r"\D", figures)[-1]
    if last not in ".,":
        return float(bare), None, True
    fraction = float(f"{bare[: -len(tail)]}.{tail}")
    if len(marks) > 1:
        return (fraction, None, True) if marks.count(last) == 1 else (float(bare), None, True)
    if len(tail) != 3 or figures[0] == "0":
        return fraction, None, False
    if last == decimal and tail != "000":
        return fraction, float(bare), False
    return float(bare), fraction, True


def _with_unit(folded: str, number: _Number, reader: Reader) -> _Amount:
    start, end, unit = number.start, number.end, ""
    if match := reader.unit.match(folded, end):
        unit, end = reader.codes["unit"][match[1]], match.end()
    elif match := reader.prefix.search(folded, max(0, start - _BEFORE), start):
        unit, start = reader.codes["prefix"][match[1]], match.start()
    if unit and "/" not in unit and (match := reader.per.match(folded, end, end + 40)):
        unit, end = f"{unit}/{reader.codes['per'][match[1]]}", match.end()
    if number.doubt is not None and not number.has_scale and unit.partition("/")[0] in _COUNTED and not number.is_big:
        number = replace(number, value=number.doubt, is_big=True)
    return _Amount(number, start, end, unit)


def _comparator(folded: str, amount: _Amount, reader: Reader) -> tuple[str, int]:
    found = reader.before.search(folded, max(0, amount.start - _BEFORE), amount.start)
    return (reader.codes["before"][found[1]], found.start()) if found else ("=", amount.start)


def _is_range(folded: str, ends: tuple[_Amount, _Amount], compared: str, reader: Reader) -> bool:
    one, two = ends
    gap = two.start - one.end
    joined = reader.to.fullmatch(folded, one.end, two.start) or (
        compared == "between" and reader.both.fullmatch(folded, one.end, two.start)
    )
    return 0 < gap <= _RANGE_GAP and one.unit in ("", two.unit) and two.number.value > one.number.value and bool(joined)


def _quantity(
    text: str, one: _Amount, two: _Amount | None, compared: tuple[str, int], conversions: Conversions
) -> Quantity:
    comparator, start = compared
    if comparator in ("between", "from"):
        comparator, start = "=", start if two else one.start
    value, upper, unit, end = one.number.value, None, one.unit, one.end
    if two:
        comparator, unit, upper, end = "range", two.unit, two.number.value, two.end
        if two.number.has_scale and not one.number.has_scale and value < 1000:  # "5 to 10 million"
            scale = 10 ** (len(str(int(upper))) - len(str(int(upper)).rstrip("0")))
            scale = next((s for s in (1e12, 1e9, 1e6, 1e3) if scale >= s), 1.0)
            value *= scale
    normal = conversions.normalise(value, unit)
    if upper is not None:
        normal = replace(normal, low=normal.value, high=conversions.normalise(upper, unit).value)
    return Quantity(value, unit, text[start:end], start, end, comparator, upper, normal)

"""Reference: who "the country", "the bloc", "the North" is, and where a capital is only a place.

Resolved within the article by what was named before; where that leaves two, nobody is named.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from claimwire.detect.context import Context, Kind, Mention, SentenceView

_REACH = 2  # sentences back in which "the country" may have been named
_NAMES = ("state", "metonym")
_DATELINE = 60  # code points at the start of a text in which a place is a dateline
_DATELINE_SIGNS = "(,–—"

Named = list[Mention]
_Resolve = Callable[[list[Named], Named, "Counter[str]"], str]


def resolve_references(context: Context) -> Context:
    """The context with references made actors where the article makes them clear, and dropped elsewhere."""
    told: list[Named] = []  # actors by sentence, in order
    everywhere = Counter(m.code for view in context.views for m in view.mentions if m.kind is Kind.ACTOR)
    views: list[SentenceView] = []
    for view in context.views:
        mentions = tuple(_resolve_sentence(view, told, everywhere))
        told.append([mention for mention in mentions if mention.kind in (Kind.ACTOR, Kind.ORGAN)])
        views.append(replace(view, mentions=mentions))
    return replace(context, views=tuple(views))


def _resolve_sentence(view: SentenceView, told: list[Named], everywhere: "Counter[str]") -> Iterator[Mention]:
    here: Named = []
    for mention in view.mentions:
        if mention.kind is Kind.REFERENCE:
            code = _WAYS.get(mention.code, _named_before(mention.code))(told, here, everywhere)
            if not code:
                continue
            resolved = replace(mention, concept="reference", kind=Kind.ACTOR, code=code)
        elif mention.concept == "metonym" and _is_place(mention, view):
            continue
        else:
            resolved = mention
        if resolved.kind in (Kind.ACTOR, Kind.ORGAN):
            here.append(resolved)
        yield resolved


def _country(told: list[Named], here: Named, everywhere: "Counter[str]") -> str:
    """The state named last in the sentence; else the only one, or the article's main one, shortly before."""
    names = [mention.code for mention in here if mention.concept in _NAMES]
    if names:
        return names[-1]
    for sentence in reversed(told[-_REACH:]):
        codes = {mention.code for mention in sentence if mention.concept in (*_NAMES, "reference")}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            first, second, *_ = [*everywhere.most_common(2), ("", 0)]
            return first[0] if first[0] in codes and first[1] >= 2 * second[1] else ""
    return ""


def _body(told: list[Named], here: Named, _everywhere: "Counter[str]") -> str:
    """The body that was named last."""
    return _last(told, here, lambda mention: mention.concept == "body")


def _council(told: list[Named], here: Named, _everywhere: "Counter[str]") -> str:
    """The council is that of the organ or body named last."""
    return _last(told, here, lambda mention: mention.concept == "body" or mention.kind is Kind.ORGAN)


def _named_before(code: str) -> _Resolve:
    """Who has a name of his own for short, once he was named in full."""
    return lambda told, here, _everywhere: _last(told, here, lambda mention: mention.code == code)


_WAYS: dict[str, _Resolve] = {"country": _country, "bloc": _body, "council": _council}
"""What the keys of `references` in a lexicon mean; any other key is the code of who is meant."""


def _last(told: list[Named], here: Named, fits: Callable[[Mention], bool]) -> str:
    return next((mention.code for named in (here, *reversed(told)) for mention in reversed(named) if fits(mention)), "")


def _is_place(mention: Mention, view: SentenceView) -> bool:
    """Whether a capital is where something happens: after "in", or in a dateline."""
    if any(other.code == "place" and 0 <= mention.start - other.end <= 1 for other in view.mentions):
        return True
    after = view.sentence.text[mention.end : mention.end + 2].strip()
    in_dateline = view.sentence.field == "text" and view.sentence.start + mention.start < _DATELINE
    return in_dateline and mention.start < 2 and after[:1] in tuple(_DATELINE_SIGNS)

"""A cap is said to be exceeded by an amount that is less than the cap."""

from claimwire.assess.matched import Matched, in_words
from claimwire.model import Act, Modality


def breach_below_cap(matched: Matched) -> str | None:
    """Refined products told as crude look like this: 760,000 barrels "over" a cap of four million."""
    claim, share, figure = matched.claim, matched.share, matched.figure
    if claim.act != Act.VIOLATE or claim.modality == Modality.DENIED or not share or not figure:
        return None
    if share.high >= 1 or figure.comparator not in {"=", "~", ">="} or not matched.quota:
        return None
    if matched.scene.setting.day < (matched.quota.valid_from or matched.scene.setting.day):
        return None
    return (
        f"said to break {in_words(matched.quota)}, but “{figure.text}” is only {share.high:.0%} of it:"
        " see whether other goods or another cap are meant"
    )

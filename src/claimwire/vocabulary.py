"""The closed vocabularies of the codebook and of the desk; `data/claims.yml` defines each word."""

from enum import StrEnum


class Category(StrEnum):
    """Of what kind the claim is; the first that fits, in this order."""

    UN_REQUEST = "un_request"
    TRADE_QUOTA = "trade_quota"
    SANCTION = "sanction"
    TRADE_RESTRICTION = "trade_restriction"


class Act(StrEnum):
    """What is done about the measure."""

    IMPOSE = "impose"
    TIGHTEN = "tighten"
    EXTEND = "extend"
    EASE = "ease"
    LIFT = "lift"
    REQUEST = "request"
    PROPOSE = "propose"
    THREATEN = "threaten"
    OPPOSE = "oppose"
    VIOLATE = "violate"
    EVADE = "evade"
    ENFORCE = "enforce"
    COMPLY = "comply"
    IN_FORCE = "in_force"


class Measure(StrEnum):
    """By what means."""

    SANCTIONS = "sanctions"
    EMBARGO = "embargo"
    ARMS_EMBARGO = "arms_embargo"
    EXPORT_BAN = "export_ban"
    IMPORT_BAN = "import_ban"
    ASSET_FREEZE = "asset_freeze"
    TRAVEL_BAN = "travel_ban"
    DESIGNATION = "designation"
    FINANCIAL = "financial"
    SHIPPING = "shipping"
    PRICE_CAP = "price_cap"
    EXPORT_CONTROL = "export_control"
    QUOTA = "quota"
    TARIFF = "tariff"
    OTHER = "other"
    NONE = "none"


class Modality(StrEnum):
    """The writer's stance on the act."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class ReviewStatus(StrEnum):
    """Where a flagged item stands on the desk."""

    NEW = "new"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    ESCALATED = "escalated"
    SOURCE_CHANGED = "source_changed"
    WITHDRAWN = "withdrawn"

"""Who is at the desk and what they may do. The surroundings (Airflow, or our own login) say who it is."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who is logged in and may read; `name` is what decisions are signed with."""

    name: str
    may_decide: bool = False
    may_operate: bool = False


def current_reviewer() -> Reviewer:
    """Stands for the dependency that `create_app` is handed; closed until then.

    That one answers 401 for nobody and 403 for somebody who may not even read.
    """
    raise HTTPException(401, "log in first")


Reader = Annotated[Reviewer, Depends(current_reviewer)]


def require_decider(reviewer: Reader) -> Reviewer:
    """The reviewer, who may decide; 403 otherwise."""
    if not reviewer.may_decide:
        raise HTTPException(403, "you may read here, not decide: ask for the role of a user")
    return reviewer


def require_operator(reviewer: Reader) -> Reviewer:
    """The reviewer, who may operate the feeds; 403 otherwise."""
    if not reviewer.may_operate:
        raise HTTPException(403, "you may not operate the feeds: ask for the role of an operator")
    return reviewer


Decider = Annotated[Reviewer, Depends(require_decider)]
Operator = Annotated[Reviewer, Depends(require_operator)]

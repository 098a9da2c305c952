"""Whom an administrator may appoint to what, and which posts need a second person."""

import re
from datetime import date

from motcua.agencies.rules.access_refusals import PostUnsound, UsernameTaken
from motcua.agencies.rules.roles import Role

_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LEAST, _MOST = 3, 80
BY_TWO = (Role.LEADER, Role.ADMINISTRATOR)
"""Who signs, and who gives posts."""


def needs_two(role: Role) -> bool:
    """Tell whether a post is given, and its holder reset, by two people."""
    return role in BY_TWO


def checked_name(username: str) -> str:
    """Return a user name as it is kept. Raises UsernameTaken for one that is none."""
    told = username.strip().lower()
    if not (_LEAST <= len(told) <= _MOST and _NAME.fullmatch(told)):
        raise UsernameTaken
    return told


def checked_days(first: date, end: date | None, today: date) -> None:
    """Let a post's days pass: it begins today or later and ends, if it does, after it began. Raises PostUnsound."""
    if first < today or (end is not None and end <= first):
        raise PostUnsound


_OF_KIND = {
    "commune_committee": (
        Role.FRONT_DESK,
        Role.REGISTRAR,
        Role.SOCIAL_OFFICER,
        Role.ECONOMIC_OFFICER,
    ),
    "commune_police": (Role.POLICE_OFFICER,),
    "social_insurance": (Role.INSURANCE_CLERK,),
}


def roles_at(kind: str) -> tuple[Role, ...]:
    """Return the roles there are in a kind of agency."""
    return (*_OF_KIND.get(kind, ()), *BY_TWO)

"""What the policy comes to for each kind of person: the expected answer of every address, and the page that shows it.

`docs/reference/permissions.md` is made from here (`python -m motcua permissions`); the matrix of tests asks
every address as every such person and compares (`tests/journeys/test_doors.py`).
"""

from dataclasses import dataclass
from enum import Enum

from motcua.agencies.rules.roles import Role
from motcua.config.policy import POLICY
from motcua.config.rows import LOOKING, OF_PAGES, Group, Reach, Rule, Who


class Answer(Enum):
    """How an address answers somebody."""

    IN = "in"
    LIST = "as far as their list shows"
    SIGN_IN = "to the sign-in"
    NO = "no"
    NO_SUCH_METHOD = "no such method"


class Near(Enum):
    """How near somebody is to the thing that an address names."""

    OWN = "own"
    UNIT = "same unit"
    LINKED = "agency that takes part"
    OTHER = "other agency"


@dataclass(frozen=True)
class Person:
    """Somebody who comes to an address; `role`: as an official; `level`: of a citizen's sign-in, None for none."""

    near: Near
    role: Role | None = None
    level: int | None = None


def answer(rule: Rule, method: str, person: Person) -> Answer:
    """Return what the policy says to this person, for an address whose thing and secret are real ones."""
    who = rule.who(method)
    if who is None:
        return Answer.NO_SUCH_METHOD
    if _signs_in_first(who, person):
        return Answer.SIGN_IN
    if who.group is Group.OFFICIAL:
        return _official(who, person)
    if who.group is Group.MACHINE or (_names_a_thing(who) and person.near is not Near.OWN):
        return Answer.NO
    return Answer.IN


def _signs_in_first(who: Who, person: Person) -> bool:
    if who.group is Group.OFFICIAL:
        return person.role is None
    return who.group is Group.CITIZEN and (person.level is None or person.level < who.level)


def _names_a_thing(who: Who) -> bool:
    return bool(who.gates) and who.group in (Group.HOLDER, Group.CITIZEN)


def _official(who: Who, person: Person) -> Answer:
    if who.roles and person.role not in who.roles:
        return Answer.NO
    near = {
        Reach.HOUSE: tuple(Near),
        Reach.OFFICE: (Near.OWN, Near.UNIT),
        Reach.PART: (Near.OWN, Near.UNIT, Near.LINKED),
        Reach.LIST: (Near.OWN, Near.UNIT, Near.LINKED),
        Reach.OWN: (Near.OWN,),
    }[who.reach]
    if person.near not in near:
        return Answer.NO
    partly = who.reach is Reach.LIST and person.near is Near.LINKED
    return Answer.LIST if partly else Answer.IN


LINKED_ROLES = (Role.POLICE_OFFICER, Role.INSURANCE_CLERK)
"""They work in agencies that take part in a dossier which another one has received."""


def unit(role: Role) -> Person:
    """Return an official of the agency whose thing it is, or of one that takes part."""
    return Person(Near.LINKED if role in LINKED_ROLES else Near.UNIT, role)


COLUMNS: dict[str, tuple[Person, ...]] = {
    "nobody": (Person(Near.OTHER),),
    "another citizen": (Person(Near.OTHER, level=0),),
    "the citizen": (Person(Near.OWN, level=2),),
    **{role.value: (unit(role), Person(Near.OTHER, role)) for role in Role},
}
"""The columns of the page: who comes; of officials, from the agency itself (or one that takes part) and from another."""

_LETTERS = {Answer.IN: "{}", Answer.LIST: "({})"}


def _may(rule: Rule, person: Person) -> str:
    told = [
        _LETTERS[found].format(letter)
        for letter, methods in (("r", LOOKING), ("w", {"POST"}))
        for method in sorted(methods & rule.methods)[:1]
        if (found := answer(rule, method, person)) in _LETTERS
    ]
    return "".join(told) or "–"


def _cell(rule: Rule, people: tuple[Person, ...]) -> str:
    return " / ".join(dict.fromkeys(_may(rule, person) for person in people))


def _words(who: Who | None) -> str:
    if who is None:
        return "–"
    level = f" (VNeID, level {who.level})" if who.level else ""
    roles = ", ".join(sorted(role.value for role in who.roles))
    reach = f"; {who.reach.value}" if who.reach is not Reach.HOUSE else ""
    return f"{who.group.value}{level}{f': {roles}' if roles else ''}{reach}"


def _besides(rule: Rule) -> str:
    """Return the methods that an address has beside those of pages."""
    return f" ({', '.join(rule.allowed)})" if rule.methods - OF_PAGES else ""


def _gates(rule: Rule) -> str:
    named = [gate for who in (rule.read, rule.write) if who for gate in who.gates]
    told = (f"`{gate.__module__.removeprefix('motcua.')}.{gate.__name__}`" for gate in named)
    return ", ".join(dict.fromkeys(told))


def _address(route: str) -> str:
    return f"`/{route}`".replace("|", "\\|")


def reference() -> str:
    """Return the page of all permissions."""
    declared = [
        f"| {_address(route)} | {_words(rule.read)} | {_words(rule.write)}{_besides(rule)} | {_gates(rule)} |"
        for route, rule in POLICY.items()
    ]
    table = [
        f"| {_address(route)} | {' | '.join(_cell(rule, people) for people in COLUMNS.values())} |"
        for route, rule in POLICY.items()
    ]
    heads = f"| address | {' | '.join(COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 1)}"
    return "\n".join([_HEAD, *declared, "", _MATRIX, heads, *table, ""])


_HEAD = """# Permissions

Made by `python -m motcua permissions` from the one policy of the house, `motcua/config/policy.py`
([why so](../why/0031-one-policy-and-two-walls.md)); a test keeps it fresh, and another asks every address as every person below and
compares the answers.

## Who may

*Reads* is GET and HEAD, *writes* is POST, and where files arrive piece by piece what stands beside it; any other method is
answered 405 with `Allow`, to everybody, before anything else is asked. What is decided before a view runs – the method, who is signed in, what the
roles of their posts are – stands in the first columns; whether this person may have this thing, the gates of the last column
decide.

| address | reads | writes | decided by |
|---|---|---|---|"""
_MATRIX = """## What comes of it

`r` reads, `w` writes, `–` neither: turned away, or led to the sign-in. *The citizen*: whose draft, dossier or secret address
it is; *another citizen* knows neither. Of officials: from the agency whose thing it is – for police and insurance, from an agency that
takes part – and, after `/`, from another agency where that differs. `(r)`: as far as the list of their leg shows. What somebody made
themselves (`reports`' files) is shown to nobody else, so to no column.
"""

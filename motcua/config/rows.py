"""What a row of the policy can say: for whom an address is, how far they reach, by which methods, through which gates."""

from dataclasses import dataclass
from enum import Enum

from motcua.agencies.rules.roles import Role
from motcua.toolkit.gates import Gate

LOOKING = frozenset({"GET", "HEAD"})
OF_PAGES = LOOKING | {"POST"}
"""What browsers do with pages and forms. No other method reaches a view that does not declare it."""


class Group(Enum):
    """Which people an address is for. Officials are nobody outside /can-bo/, citizens nobody inside."""

    EVERYBODY = "everybody"
    HOLDER = "whoever holds its key"
    CITIZEN = "a citizen who is signed in"
    OFFICIAL = "an official who is signed in"
    MACHINE = "another system that signs"


class Reach(Enum):
    """How far an official's posts reach at an address that names a thing."""

    HOUSE = "anywhere"
    OFFICE = "things of their own agency"
    PART = "dossiers in which their agency takes part"
    LIST = "dossiers in which their agency takes part, as far as its list shows"
    OWN = "what they made themselves"


@dataclass(frozen=True)
class Who:
    """For whom something is: the group, and what more must be true.

    `gates`: the functions that let this person have this thing; each of them must have done so before an answer
    leaves. `roles`: officials need a post of one of these; empty: any official. `level`: of a citizen's sign-in.
    `beyond`: an official needs to look beyond the dossiers of their agencies; the second wall is not raised.
    `emergency`: the wall lets through the one dossier that the address names, if the official has opened it in an emergency.
    """

    group: Group
    gates: tuple[Gate, ...] = ()
    roles: frozenset[Role] = frozenset()
    reach: Reach = Reach.HOUSE
    level: int = 0
    beyond: bool = False
    emergency: bool = False


@dataclass(frozen=True)
class Rule:
    """Who reads at an address (GET, HEAD), and who writes (POST and what else it has); None: nobody."""

    read: Who | None = None
    write: Who | None = None
    methods: frozenset[str] = OF_PAGES

    @property
    def anybody(self) -> Who:
        """Whom the address is for at all."""
        found = self.read or self.write
        if found is None:
            raise LookupError("a rule for nobody")
        return found

    def who(self, method: str) -> Who | None:
        """Return whom this method is for; None where the address does not have it."""
        if method not in self.methods:
            return None
        if method == "OPTIONS":
            return self.anybody
        return self.read if method in LOOKING else self.write

    @property
    def allowed(self) -> list[str]:
        """The methods that the address has."""
        return sorted(method for method in self.methods if self.who(method))


def shown(who: Who) -> Rule:
    """Return the rule of an address where nothing is changed."""
    return Rule(read=who)


def done(who: Who) -> Rule:
    """Return the rule of a deed behind a button: nothing to be seen there."""
    return Rule(write=who)


def both(who: Who) -> Rule:
    """Return the rule of an address where the same people read and write."""
    return Rule(who, who)


def begun(who: Who) -> Rule:
    """Return the rule of an address where files begin to arrive (tus): asked what it takes, and begun."""
    return Rule(write=who, methods=frozenset({"OPTIONS", "POST"}))


def arriving(who: Who) -> Rule:
    """Return the rule of a file that arrives piece by piece: how far it is, the next piece, taken back."""
    return Rule(who, who, frozenset({"OPTIONS", "HEAD", "POST", "PATCH", "DELETE"}))


def holder(*gates: Gate) -> Who:
    """Return whoever holds the key of a thing: a cookie, an account, a secret address."""
    return Who(Group.HOLDER, gates)


def citizen(*gates: Gate, level: int = 0) -> Who:
    """Return a citizen who is signed in at least at this level."""
    return Who(Group.CITIZEN, gates, level=level)


def machine(*gates: Gate) -> Who:
    """Return another system that proves itself by what it sends."""
    return Who(Group.MACHINE, gates)


def official(*gates: Gate, roles: frozenset[Role] = frozenset(), reach: Reach = Reach.HOUSE) -> Who:
    """Return an official in a post of one of these roles."""
    return Who(Group.OFFICIAL, gates, roles, reach)

"""Who a person says to be, and who an identity provider has proved them to be."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What a person tells about themselves; nothing here is proved."""

    full_name: str
    birth_date: str = ""
    """Partial ISO text: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    sex: str = ""
    """`male`, `female` or empty."""
    personal_number: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ProvenOrganisation:
    """The organisation that an electronic identity account belongs to (NĐ 69/2024)."""

    code: str
    """Its tax or enterprise code."""
    name: str
    capacity: str = ""
    """In which capacity the person acts for it, in VNeID's words [U]; empty when it does not say."""


@dataclass(frozen=True, kw_only=True)
class ProvenIdentity:
    """What the identity provider vouches for."""

    subject: str
    """The provider's stable pseudonym of the person (TechID)."""
    personal_number: str
    full_name: str
    level: int
    """How strongly this sign-in was made: 1, or 2 with the passcode (NĐ 69/2024)."""
    account_level: int = 0
    """What the account is, 1 or 2; as the sign-in where the provider does not say."""
    birth_date: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    organisation: ProvenOrganisation | None = None
    """Whom the person acts for in this sign-in; None for themselves."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person in front of us, as this sign-in knows them."""

    sign_in_id: int
    account_id: int
    accounts: frozenset[int]
    """The accounts whose drafts and dossiers this sign-in opens: all of the person's that are no stronger than it;
    of an organisation, all of the organisation's."""
    person_id: int
    kind: str
    """How they came in: `vneid` or `phone`."""
    level: int
    """0 nothing proved but the phone; 1 and 2 as VNeID's levels."""
    full_name: str
    phone: str
    """E.164, or empty."""
    email: str
    personal_number: str
    """As told by the person; proved only when `verified`."""
    verified: bool
    since: datetime
    """When they came in."""
    organisation: str = ""
    """The name of the organisation they act for; empty for themselves."""
    capacity: str = ""
    hidden: int = 0
    """How many of the person's accounts a stronger sign-in would open as well."""

"""How results are to reach the person: chosen before filing, with the postage where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.deliveries import operations as deliveries
from motcua.deliveries.ports import Quote
from motcua.deliveries.rules import PostAway
from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import mark
from motcua.journeys import planning, refusals
from motcua.journeys.case import Case, read
from motcua.journeys.filing import declared
from motcua.kernel import phone

LONGEST_NAME = 120
LONGEST_DETAIL = 200


@dataclass(frozen=True)
class PostAddress:
    """Where the post brings results."""

    name: str = ""
    phone: str = ""
    commune: str = ""
    detail: str = ""

    @property
    def complete(self) -> bool:
        """Tell whether a postman would find it."""
        return all((self.name, self.phone, self.commune, self.detail))


def choose_ways(
    *,
    draft: Draft,
    ways: Mapping[str, str],
    address: PostAddress,
    was: str = "",
    at: datetime,
) -> Case:
    """Keep how each result is to come; `was` is the mark of what the page was made with.

    Raises WaysChanged when something else was chosen elsewhere since, DraftChanged at the same moment; WayUnknown,
    AddressIncomplete, AddressTooLong, PhoneUnreadable, DraftFiled.
    """
    case = read(draft, at)
    for result in case.definition.results(case.settled.values):
        if ways.get(result.id) not in result.ways:
            raise refusals.WayUnknown(result=result.name)
    _refuse_address(case, address, by_post="post" in ways.values())
    kept = {"results": dict(ways), "address": vars(address)}
    if was and was != mark(draft.ways) and kept != draft.ways:
        raise refusals.WaysChanged
    drafts.save(found=draft, changes={}, ways=kept, at=at)
    return read(draft, at)


def _refuse_address(case: Case, address: PostAddress, *, by_post: bool) -> None:
    """Refuse what no envelope and no order to the post has room for, and a place that is none."""
    if len(address.name) > LONGEST_NAME or len(address.detail) > LONGEST_DETAIL:
        raise refusals.AddressTooLong(name=LONGEST_NAME, detail=LONGEST_DETAIL)
    known = not address.commune or case.world.commune(address.commune) is not None
    if (by_post and not address.complete) or not known:
        raise refusals.AddressIncomplete
    if address.phone:
        phone.read_contact(address.phone)


def chosen_ways(case: Case) -> dict[str, str]:
    """Return result → way, the first offered where nothing was chosen."""
    return planning.chosen_ways(declared(case), case.draft.ways.get("results", {}))


def address_of(case: Case) -> PostAddress:
    """Return where the post is to go: as chosen, else the applicant's own address."""
    kept = case.draft.ways.get("address")
    if kept:
        return PostAddress(**kept)
    names, answers = case.published.procedure.applicant, case.settled.answers
    home = answers.get(names.address) if names.address else None
    place = home if isinstance(home, dict) else {}
    return PostAddress(
        name=str(answers.get(names.name, "")),
        phone=str(answers.get(names.phone, "")),
        commune=place.get("commune", ""),
        detail=place.get("detail", ""),
    )


def postage(case: Case, commune: str) -> Quote | None:
    """Return what the post asks for the way to a commune; None when it is not known."""
    if not commune:
        return None
    try:
        return deliveries.quote(
            from_place=case.draft.agency.place_code, to_place=commune, at=case.at
        )
    except PostAway:
        return None

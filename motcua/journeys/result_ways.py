"""How results are to reach the person: chosen before filing, with the postage where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.deliveries import operations as deliveries
from motcua.deliveries.ports import Quote
from motcua.deliveries.rules import PostAway
from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.journeys import planning, refusals
from motcua.journeys.case import Case, read
from motcua.journeys.filing import declared


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
    *, draft: Draft, ways: Mapping[str, str], address: PostAddress, at: datetime
) -> Case:
    """Keep how each result is to come. Raises WayUnknown, AddressIncomplete, DraftFiled."""
    case = read(draft, at)
    for result in case.definition.results(case.settled.values):
        if ways.get(result.id) not in result.ways:
            raise refusals.WayUnknown(result=result.name)
    if "post" in ways.values() and not address.complete:
        raise refusals.AddressIncomplete
    kept = {"results": dict(ways), "address": vars(address)}
    drafts.save(found=draft, changes={}, ways=kept, at=at)
    return read(draft, at)


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

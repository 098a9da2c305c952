"""Two hundred dossiers filed for one office, to be received by one batch."""

from django.test import Client

from motcua.agencies.models import Agency, Official, Post
from motcua.dossiers.models import Work
from motcua.dossiers.operations import Called, Filing, submit
from motcua.dossiers.rules.clock import Law
from motcua.kernel.working_time import Calendar
from motcua.procedures.models import Version
from motcua.procedures.rules.catalogue import canonical, digest
from motcua.toolkit.clock import now
from tests import cast
from tests.rules import heart
from tests.signing_in import as_official

MANY = 200
KINDS = ((cast.COMMUNE, "commune_committee"), (cast.POLICE, "commune_police"), (cast.INSURANCE, "social_insurance"))  # fmt: skip


def prepared() -> tuple[Client, dict[str, object]]:
    """Return a browser at the office's front desk, and the form that receives them all."""
    at = now()
    for code, kind in KINDS:
        Agency.objects.create(
            code=code, name=code, kind=kind, place_code="11284", province_code="31", works_in="motcua",
            address="–", support_name="–", support_phone="–", support_hours="–", valid_from=at.date(),
        )  # fmt: skip
    office = Agency.objects.get(code=cast.COMMUNE)
    content, law = canonical(heart.PROCEDURE), heart.PROCEDURE
    version = Version.objects.create(
        digest=digest(content), code=law.code, slug=law.slug, content=content, published_at=at,
        effective_from=law.effective.since,
    )  # fmt: skip
    for number in range(MANY):
        _file(office, version, str(number))
    official = Official.objects.create(username="nhieu", full_name="Vũ Thị Hạnh")
    Post.objects.create(official=official, agency=office, role="front_desk", valid_from=at.date())
    client = Client(HTTP_HOST="localhost")
    as_official(client, official)
    works = Work.objects.filter(agency=office).select_related("dossier")
    ticked = [f"{work.pk}~{work.dossier.code}" for work in works]
    return client, {"viec": "tiep-nhan", "chac": "1", "chon": ticked}


def _file(office: Agency, version: Version, key: str) -> None:
    act = heart.submission().model_copy(update={"code": "", "version": version.digest})
    filing = Filing(
        agency=office, version_id=version.pk, answers={}, circumstances={}, ways={},
        called=Called("Bé", cast.MAI.name),
    )  # fmt: skip
    law = Law(heart.PROCEDURE, Calendar({}))
    submit(law=law, filing=filing, act=act, by=cast.MOTHER, key=key, at=now())

"""Where citizens' files arrive: at a paper of their draft, at a paper that a supplement asks for."""

from uuid import UUID

from django.http import HttpRequest

from motcua.dossiers.rules.refusals import NotAsked
from motcua.journeys import uploading
from motcua.journeys.assurance import Act
from motcua.journeys.uploading import Place
from motcua.portal.following.reading import told
from motcua.portal.following.stepping_up import must_have_proved
from motcua.portal.following.waiting import DESK
from motcua.portal.helping.present import note_save
from motcua.portal.pages import MOST_UPLOADS, draft_of
from motcua.portal.tus.serving import tus
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake


@tus
def of_draft(request: HttpRequest, draft_id: UUID, paper: str) -> Place:
    """Find a paper of a draft, for whom the draft belongs to. Raises DraftUnknown, DraftFiled, PaperUnknown."""
    draft = draft_of(request, draft_id)
    place = uploading.in_draft(draft, paper)
    if request.method == "POST":
        brake(request, "files", MOST_UPLOADS)
        uploading.refuse_unneeded(draft, paper, now())
        note_save(request, draft)
    return place


@tus
def of_supplement(request: HttpRequest, code: str, leg: str, paper: str) -> Place:
    """Find a paper of a request for a supplement, for whose the dossier is, at the level that sending it asks for.

    Raises UnknownDossier, LevelTooLow, NotAsked.
    """
    found = told(request, code)
    must_have_proved(request, Act.SUPPLEMENT, found.row)
    asked = found.dossier.requests.get("" if leg == DESK else leg)
    if asked is None:
        raise NotAsked
    if request.method == "POST":
        brake(request, "files", MOST_UPLOADS)
    return uploading.in_supplement(found.code, asked, paper)

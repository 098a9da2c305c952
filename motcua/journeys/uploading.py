"""Where a file that arrives piece by piece belongs: to a paper of a draft, or of a supplement."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from motcua.documents.models import Upload
from motcua.documents.rules.refusals import PaperUnknown
from motcua.documents.uploads import Keep
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.dossier import Request
from motcua.dossiers.rules.refusals import NotAsked
from motcua.journeys import gathering, supplementing
from motcua.journeys.case import read
from motcua.journeys.own_dossier import supplement_owner


@dataclass(frozen=True)
class Place:
    """Whose upload it is, for which paper, and what is done with the whole file."""

    owner: str
    paper: str
    keep: Keep


def in_draft(draft: Draft, paper: str) -> Place:
    """Return the place of a file for a paper of an open draft. Raises DraftFiled."""

    def keep(upload: Upload, content: bytes, at: datetime) -> None:
        file = (upload.name, BytesIO(content))
        if paper == gathering.HEAP:
            return gathering.add_many(draft=draft, files=[file], at=at)
        old = next((kept for kept in gathering.kept(draft) if kept.key == paper), None)
        if old and upload.replaces in {page.id for page in old.page_list}:
            return gathering.replace(
                draft=draft, document=old, page=upload.replaces, file=file, at=at
            )
        return gathering.add(draft=draft, paper=paper, files=[file], at=at)

    return Place(gathering.open_owner(draft), paper, keep)


def refuse_unneeded(draft: Draft, paper: str, at: datetime) -> None:
    """Refuse a file for a paper that the draft's case does not call for. Raises PaperUnknown."""
    case = read(draft, at)
    needed = {item.paper.id for item in case.definition.papers(case.settled.values)}
    if paper not in needed | {gathering.HEAP}:
        raise PaperUnknown(document=paper)


def in_supplement(code: str, request: Request, paper: str) -> Place:
    """Return the place of a file that a request for a supplement asks for. Raises NotAsked."""
    if paper not in request.papers:
        raise NotAsked

    def keep(upload: Upload, content: bytes, at: datetime) -> None:
        file = (upload.name, BytesIO(content))
        supplementing.bring(code=code, request=request, paper=paper, files=[file], at=at)

    return Place(supplement_owner(code, request), paper, keep)

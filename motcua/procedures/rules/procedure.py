"""A procedure as its author writes it (thủ tục hành chính)."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.procedures.rules.form import Effective, Form, Option
from motcua.procedures.rules.plan import AgencyKind, Plan
from motcua.procedures.rules.texts import Declared, Expression, FieldId, Grounds, Id, Text

Way = Literal["online", "counter", "post"]
Channel = Literal["online", "counter", "post"]


_ENGLISH = {
    "Điều": "Article",
    "khoản": "clause",
    "điểm": "point",
    "sửa đổi bởi": "amended by",
    "Nghị định": "Decree",
    "Thông tư": "Circular",
    "/NĐ-CP": "/ND-CP",
}


def article_words(article: str, language: str) -> str:
    """Return articles of an instrument, written in Vietnamese, as readers of a language cite them."""
    if language == "en":
        for vietnamese, english in _ENGLISH.items():
            article = article.replace(vietnamese, english)
    return article


class LegalBasis(Declared):
    """An instrument the procedure rests on."""

    id: Id
    title: Text
    articles: str = ""


class Exit(Declared):
    """Where a person goes who cannot use this service."""

    why: Text
    instead: Text


class Eligibility(Declared):
    """A question before the form, so that nobody types in vain."""

    id: FieldId
    question: Text
    hint: Text | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    exits: dict[str, Exit] = Field(default_factory=dict)


class Signing(Grounds):
    """What somebody signs on a paper that we make from the answers, and how: where the law allows it, on the phone.

    `phone` – by the code sent to the applicant, who alone can sign so; `paper` – printed, signed by hand, photographed.
    """

    ways: Annotated[tuple[Literal["phone", "paper"], ...], Field(min_length=1)]
    title: Text
    by: FieldId
    says: Text
    shows: Annotated[tuple[FieldId, ...], Field(min_length=1)]


class Paper(Grounds):
    """A required paper (thành phần hồ sơ) and the cases that call for it."""

    id: Id
    name: Text
    help: Text | None = None
    when: Expression = "true"
    required: bool | Expression = True
    replaced_when: Expression | None = None
    replaced_by: Text | None = None
    pages: int = 10
    sign: Signing | None = None


class Rate(Grounds):
    """An amount for a channel, a province and a time; the first that fits counts."""

    amount: Annotated[int, Field(ge=0)]
    channel: Channel | None = None
    province: str | None = None
    effective: Effective | None = None


class Exemption(Grounds):
    """Who pays nothing."""

    when: Expression
    name: Text


class Fee(Declared):
    """A fee or charge (phí, lệ phí) as a function of channel, date, province and exemption."""

    id: Id
    name: Text
    rates: Annotated[tuple[Rate, ...], Field(min_length=1)]
    when: Expression = "true"
    count: Expression = "1"
    exemptions: tuple[Exemption, ...] = ()
    blocks: tuple[Id, ...] = ()


class Result(Declared):
    """What a person gets (kết quả), with its code in the national catalogue."""

    id: Id
    code: Annotated[str, Field(pattern=r"^(KQ\.[A-Z]\d{2}\.\d{6})?$")] = ""
    """Empty while the national catalogue names none for it."""
    name: Text
    stage: Id
    when: Expression = "true"
    template: str
    fills: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    """Place in the template → source, or several of which the first answered one counts."""
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]


SignInLevel = Literal["none", "account", "level_1", "level_2"]
LaterAct = Literal["supplement", "confirm_draft", "withdraw", "see_result"]


class Start(Declared):
    """What happens before the form."""

    sign_in: SignInLevel
    acts: dict[LaterAct, SignInLevel] = Field(default_factory=dict)
    """What a later act on the dossier asks for, where that is not what filing asks for."""
    organisations: bool = False
    """Whether an organisation may file by its own electronic identity account (NĐ 69/2024)."""
    confirmation: Literal["code", "pledge"] = "code"
    receiving: AgencyKind = "commune_committee"
    place_question: Text
    somebody_else: Option | None = None
    relations: Id | None = None


class Applicant(Declared):
    """The fields that say who files, where to reach them, and what they are to whom it is about."""

    name: FieldId
    phone: FieldId
    email: FieldId | None = None
    address: FieldId | None = None
    relation: FieldId | None = None


class Stumble(Declared):
    """A question that people get wrong, and how to get it right: told on leaflets, before they sit down."""

    field: FieldId
    say: Text


class OldCode(Declared):
    """A code the procedure had before."""

    code: str
    until: str
    note: str = ""


class Procedure(Declared):
    """One version of one procedure: law, form, papers, fees, plan, results."""

    code: Annotated[str, Field(pattern=r"^\d\.\d{6}$")]
    codes_before: tuple[OldCode, ...] = ()
    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: Text
    short: Text
    fields_of_law: Annotated[tuple[Id, ...], Field(min_length=1)]
    life_events: Annotated[tuple[Id, ...], Field(min_length=1)]
    linked: bool = False
    level: Literal["full", "partial"]
    level_reason: Text | None = None
    decision: str
    effective: Effective
    audience: Text
    keywords: tuple[str, ...] = ()
    minutes_to_fill: int
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    start: Start
    eligibility: tuple[Eligibility, ...] = ()
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: Annotated[tuple[Result, ...], Field(min_length=1)]
    plan: Plan
    pledge: Text
    applicant: Applicant
    subject: FieldId
    """The field that names whom the dossier is about (chủ hồ sơ)."""
    retention: Text
    keeps: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")] = ""
    """The class of `catalogue/personal.yaml` by which its answers and papers are erased."""
    stumbles: tuple[Stumble, ...] = ()
    form: Form

    def basis(self, basis_id: str) -> LegalBasis:
        """Return the instrument; KeyError when it is not declared."""
        return {item.id: item for item in self.legal_basis}[basis_id]

    def cited(self, grounds: Grounds, language: str = "vi") -> str:
        """Return article and instrument as lawyers cite them."""
        title = self.basis(grounds.basis).title.to(language)
        return ", ".join(part for part in (article_words(grounds.article, language), title) if part)

"""What a leaflet tells: who, when, papers by case, fees of the province, steps, stumbles, whom to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.models import Agency
from motcua.agencies.rules.places import Unit
from motcua.journeys.case import TodaysWorld
from motcua.journeys.leaflets.pictures import picture_names
from motcua.journeys.limits_in_words import limit_words, plan_words
from motcua.kernel import money
from motcua.kernel.refusal import Refusal, noop
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Published
from motcua.procedures.rules.cases import case_words
from motcua.procedures.rules.fees import fits
from motcua.procedures.rules.procedure import Fee, Paper, Rate


class NoLeafletHere(Refusal):
    """A commune that has no agency receiving this service: a leaflet would lead people astray."""

    code: ClassVar[str] = "journeys.no-leaflet-here"
    text: ClassVar[str] = noop(
        "Chưa có cơ quan nào của xã, phường này nhận dịch vụ trên hệ thống. Hãy chọn xã, phường khác."
    )


@dataclass(frozen=True)
class Office:
    """Who receives the service here, and whom to ask."""

    name: str
    unit: str
    support_name: str
    support_phone: str
    support_hours: str
    address: str


@dataclass(frozen=True)
class Link:
    """Something to scan: what it is, and its address."""

    title: str
    url: str


@dataclass(frozen=True)
class PaperLine:
    """A paper to have at hand."""

    name: str
    help: str
    replaced_by: str


@dataclass(frozen=True)
class Papers:
    """The papers of one case; `case` is empty for what everybody needs, "?" where words fail."""

    case: str
    items: tuple[PaperLine, ...]


@dataclass(frozen=True)
class FeeLine:
    """What a fee comes to in this province, online and at the counter."""

    name: str
    online: str
    counter: str
    case: str
    notes: tuple[str, ...]
    exempt: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it costs the same by either road."""
        return self.online == self.counter


@dataclass(frozen=True)
class Step:
    """One step on the telephone, with a picture of this portal where there is one."""

    title: str
    text: str
    picture: str


@dataclass(frozen=True)
class Facts:
    """All that the leaflets of one service tell the people of one commune, in one language."""

    code: str
    slug: str
    name: str
    short: str
    audience: str
    commune_code: str
    commune: str
    place: str
    office: Office
    whole: bool
    level_note: str
    linked_agencies: bool
    limit: str
    supplement: str
    minutes: int
    results: tuple[str, ...]
    stages: tuple[str, ...]
    papers: tuple[Papers, ...]
    fees: tuple[FeeLine, ...]
    steps: tuple[Step, ...]
    stumbles: tuple[str, ...]
    service: Link
    account: Link
    linked: tuple[Link, ...]
    sign_in: str
    language: str
    day: date


def facts(name: str, commune: str, *, language: str, at: datetime) -> Facts:
    """Return what the leaflets of a service (slug or code) tell a commune, in the active language.

    Raises ProcedureUnknown, UnknownPlace, NoLeafletHere.
    """
    published = procedures.current(name, localtime(at).date())
    unit = agencies.place_now(commune, at)
    office = agencies.find_agency(published.procedure.start.receiving, unit.code, at)
    if office is None:
        raise NoLeafletHere
    telling = _Telling(published, office, language, at)
    return telling.facts(unit, agencies.full_name(unit.code, at))


@dataclass(frozen=True)
class _Telling:
    published: Published
    office: Agency
    language: str
    at: datetime

    @property
    def day(self) -> date:
        return localtime(self.at).date()

    def facts(self, unit: Unit, place: str) -> Facts:
        law, spoken = self.published.procedure, self.language
        return Facts(
            code=law.code,
            slug=law.slug,
            name=law.name.to(spoken),
            short=law.short.to(spoken),
            audience=law.audience.to(spoken),
            commune_code=unit.code,
            commune=f"{unit.full_name[:1].lower()}{unit.full_name[1:]}",
            place=place,
            office=self._office(),
            whole=law.level == "full",
            linked_agencies=law.linked,
            level_note=law.level_reason.to(spoken) if law.level_reason else "",
            limit=plan_words(law.plan),
            supplement=limit_words(law.plan.supplement.within),
            minutes=law.minutes_to_fill,
            results=tuple(result.name.to(spoken) for result in law.results),
            stages=tuple(stage.name.to(spoken) for stage in law.plan.stages),
            papers=tuple(self._papers()),
            fees=tuple(self._fee(fee) for fee in law.fees),
            steps=tuple(self._steps()),
            stumbles=tuple(stumble.say.to(spoken) for stumble in law.stumbles),
            service=Link(law.name.to(spoken), service_url(law.slug)),
            account=Link(gettext("Tạo tài khoản, đăng nhập"), account_url()),
            linked=tuple(self._linked()),
            sign_in=_sign_in_words(law.start.sign_in),
            language=spoken,
            day=self.day,
        )

    def _office(self) -> Office:
        told = self.office
        return Office(
            name=told.name,
            unit=told.unit_name,
            support_name=told.support_name,
            support_phone=told.support_phone,
            support_hours=told.support_hours,
            address=told.address,
        )

    def _words(self, condition: bool | str) -> str:
        told = case_words(self.published.definition, condition, TodaysWorld(self.at), self.language)
        return "?" if told is None else told

    def _papers(self) -> Iterator[Papers]:
        """Yield the papers grouped by the case that calls for them; what all need comes first."""
        cases: dict[str, list[PaperLine]] = {}
        for paper in self.published.procedure.papers:
            cases.setdefault(self._words(paper.when), []).append(self._paper(paper))
        for case in sorted(cases, key=lambda case: (case != "", case == "?")):
            yield Papers(case, tuple(cases[case]))

    def _paper(self, paper: Paper) -> PaperLine:
        spoken = self.language
        return PaperLine(
            paper.name.to(spoken),
            paper.help.to(spoken) if paper.help else "",
            paper.replaced_by.to(spoken) if paper.replaced_by else "",
        )

    def _fee(self, fee: Fee) -> FeeLine:
        rates = {road: self._rate(fee, road) for road in ("online", "counter")}
        notes = dict.fromkeys(
            rate.note.to(self.language) for rate in rates.values() if rate and rate.note
        )
        return FeeLine(
            name=fee.name.to(self.language),
            online=_amount(rates["online"], fee),
            counter=_amount(rates["counter"], fee),
            case=self._words(fee.when),
            notes=tuple(notes),
            exempt=tuple(item.name.to(self.language) for item in fee.exemptions),
        )

    def _rate(self, fee: Fee, road: str) -> Rate | None:
        province = self.office.province_code
        return next((rate for rate in fee.rates if fits(rate, road, province, self.day)), None)

    def _steps(self) -> Iterator[Step]:
        law = self.published.procedure
        there = picture_names(law.slug)
        for title, text, *pictures in _way(
            law.minutes_to_fill, law.start.sign_in, bool(law.papers)
        ):
            yield Step(title, text, next((name for name in pictures if name in there), ""))

    def _linked(self) -> Iterator[Link]:
        """Yield the other linked services, which stand in front everywhere."""
        for row in procedures.offered():
            if row.linked and row.code != self.published.procedure.code:
                yield Link(row.name[self.language], service_url(row.slug))


def service_url(slug: str) -> str:
    """Return the short address of a service, as its QR code carries it."""
    return f"{settings.BASE_URL}/q/{slug}"


def account_url() -> str:
    """Return where an account begins: by telephone and VNeID, or by VNeID alone."""
    return (
        f"{settings.BASE_URL}/{'dang-ky-tai-khoan' if settings.PORTAL_ACCOUNTS else 'dang-nhap'}/"
    )


def _amount(rate: Rate | None, fee: Fee) -> str:
    if rate is None:
        return ""
    if rate.amount == 0:
        return gettext("không mất tiền")
    shown = money.show(rate.amount).replace(" ", "\u00a0")
    return (
        shown if fee.count == "1" else gettext("{amount}, tính theo số lượng").format(amount=shown)
    )


def _sign_in_words(wanted: str) -> str:
    return {
        "none": gettext("không cần tài khoản"),
        "account": gettext("bằng VNeID, hoặc bằng số điện thoại"),
        "level_1": gettext("bằng VNeID"),
        "level_2": gettext("bằng VNeID mức 2"),
    }[wanted]


def _way(minutes: int, sign_in: str, papers: bool) -> Iterable[tuple[str, ...]]:
    """Return the steps on the telephone: title, text, the pictures that show it, best first."""
    told = gettext("Khoảng {n} phút. Mỗi trang hỏi một việc; khai đến đâu lưu đến đó.")
    gathered = (
        gettext("Chụp giấy tờ"),
        gettext("Chụp cả tờ, đủ sáng, đọc rõ chữ. Rồi chọn cách nhận kết quả."),
        "papers",
        "ways",
    )
    chosen = (
        gettext("Chọn cách nhận"),
        gettext("Bản điện tử, tại quầy, hoặc bưu điện mang đến nhà."),
        "ways",
    )
    entered = gettext("Quét mã QR, bấm “Bắt đầu khai”, đăng nhập {how}.")
    return (
        (
            gettext("Mở dịch vụ"),
            entered.format(how=_sign_in_words(sign_in))
            if sign_in != "none"
            else gettext("Quét mã QR, bấm “Bắt đầu khai”. Không cần tài khoản."),
            "service",
        ),
        (gettext("Khai từng trang"), told.format(n=minutes), "form"),
        gathered if papers else chosen,
        (
            gettext("Kiểm tra rồi nộp"),
            gettext("Xem lại từng dòng, cam đoan, nhập mã gửi về điện thoại."),
            "check",
        ),
        (
            gettext("Giữ mã hồ sơ"),
            gettext("Dùng mã đó để xem hồ sơ đang ở đâu và nhận kết quả."),
            "receipt",
        ),
    )

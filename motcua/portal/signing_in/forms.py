"""The three small forms of signing in: number, details, code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar, cast

from django.utils.translation import gettext

from motcua.identity.rules.people import PersonDetails
from motcua.kernel import email, names, partial_date, personal_number, phone
from motcua.kernel.partial_date import PartialDate
from motcua.kernel.personal_number import PersonalNumber, Sex
from motcua.kernel.refusal import Refusal
from motcua.ui.fields import DateValue, ErrorLink, FieldView, Option, Why, error_links
from motcua.ui.refusals import refusal_text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Posted = Mapping[str, Any]


@dataclass(frozen=True)
class Form(Generic[T_co]):
    """Fields as shown, and what they say when nothing is wrong."""

    fields: Sequence[FieldView]
    value: T_co | None = None

    @property
    def errors(self) -> list[ErrorLink]:
        return error_links(self.fields)


def _read(read: Callable[[str], T], typed: str) -> tuple[T | None, list[str]]:
    try:
        return read(typed), []
    except Refusal as refusal:
        return None, [refusal_text(refusal)]


def _typed(posted: Posted, name: str) -> str:
    return str(posted.get(name, "")).strip()


def phone_form(posted: Posted | None = None) -> Form[str]:
    """Ask for a mobile number; the value is E.164."""
    view = FieldView(
        id="phone",
        name="phone",
        widget="phone",
        label=gettext("Số điện thoại di động"),
        hint=gettext("Chúng tôi sẽ gửi một mã 6 số vào số này."),
        example="0912 345 678",
        attributes={"autocomplete": "tel"},
    )
    if posted is None:
        return Form([view])
    typed = _typed(posted, "phone")
    value, errors = _read(phone.read, typed)
    return Form([replace(view, value=typed, errors=errors)], value)


def code_form(typed: str = "", error: str = "") -> Form[str]:
    """Ask for the code."""
    view = FieldView(
        id="code",
        name="code",
        widget="code",
        label=gettext("Mã 6 số trong tin nhắn"),
        attributes={"maxlength": 12},
        value=typed,
        errors=[error] if error else [],
    )
    return Form([view])


def birth_date_form(posted: Posted | None = None, *, today: date, error: str = "") -> Form[str]:
    """Ask for a birth date; the value is partial ISO text."""
    birth, errors = _birth(posted or {}, today)
    wrong = errors or ([error] if error else [])
    field = _birth_field(posted or {}, wrong if posted is not None else [])
    return Form([field], birth.iso() if birth and posted is not None and not error else None)


def details_form(posted: Posted | None = None, *, today: date) -> Form[PersonDetails]:
    """Ask who the person is (domain §12 R19).

    A personal number that does not fit sex or year is asked about once, with a warning beside it; sent
    again unchanged it is taken, because such a number can look odd and be right.
    """
    asked = posted or {}
    name, name_errors = _read(names.read, _typed(asked, "full_name"))
    birth, birth_errors = _birth(asked, today)
    sex = _typed(asked, "sex") if _typed(asked, "sex") in {"male", "female"} else ""
    number, number_errors, doubts = _number(asked, sex, birth)
    address, address_errors = _optional(email.read, _typed(asked, "email"))
    fields = [
        _name_field(asked, name_errors),
        _birth_field(asked, birth_errors),
        _sex_field(sex, [] if sex else [gettext("Hãy chọn giới tính.")]),
        _number_field(asked, number_errors, doubts),
        _email_field(asked, address_errors),
        FieldView(id="accepted", name="accepted", widget="hidden", label="", value=number),
    ]
    if posted is None:
        return Form([replace(view, errors=[]) for view in fields])
    if doubts or any(view.errors for view in fields):
        return Form(fields)
    details = PersonDetails(
        full_name=str(name),
        birth_date=birth.iso() if birth else "",
        sex=sex,
        personal_number=number,
        email=address,
    )
    return Form(fields, details)


def _optional(read: Callable[[str], str], typed: str) -> tuple[str, list[str]]:
    value, errors = _read(read, typed) if typed else ("", [])
    return str(value or ""), errors


def _birth(asked: Posted, today: date) -> tuple[PartialDate | None, list[str]]:
    typed = _date_value(asked)
    parts = [part for part in (typed.day, typed.month, typed.year) if part]
    if not parts:
        return None, [gettext("Hãy nhập ngày sinh; nếu không nhớ ngày tháng, chỉ cần năm.")]
    if typed.day and not typed.month:
        return None, [gettext("Hãy nhập cả tháng sinh, hoặc bỏ trống ngày.")]
    birth, errors = _read(partial_date.read, "/".join(parts))
    if birth and birth.earliest > today:
        return None, [gettext("Ngày sinh không thể ở sau hôm nay. Hãy kiểm tra lại.")]
    return birth, errors


def _date_value(asked: Posted) -> DateValue:
    return DateValue(*(_typed(asked, f"birth_date__{part}") for part in ("day", "month", "year")))


def _number(asked: Posted, sex: str, birth: PartialDate | None) -> tuple[str, list[str], list[str]]:
    """Return the number, what is wrong with it, and what is odd and not yet accepted."""
    number, errors = _optional(personal_number.read, _typed(asked, "personal_number"))
    if not number or _typed(asked, "accepted") == number:
        return number, errors, []
    declared = cast("Sex", sex) if sex else None
    found = personal_number.doubts(PersonalNumber(number), declared, birth)
    return number, errors, [gettext(doubt.text) for doubt in found]


def _name_field(asked: Posted, errors: list[str]) -> FieldView:
    return FieldView(
        id="full_name",
        name="full_name",
        widget="name",
        label=gettext("Họ, chữ đệm và tên"),
        hint=gettext("Viết như trong giấy tờ của quý vị."),
        value=_typed(asked, "full_name"),
        errors=errors,
        attributes={"autocomplete": "name"},
    )


def _birth_field(asked: Posted, errors: list[str]) -> FieldView:
    return FieldView(
        id="birth_date",
        name="birth_date",
        widget="date",
        label=gettext("Ngày sinh"),
        value=_date_value(asked),
        errors=errors,
        partial=True,
    )


def _sex_field(sex: str, errors: list[str]) -> FieldView:
    return FieldView(
        id="sex",
        name="sex",
        widget="radio",
        label=gettext("Giới tính"),
        inline=True,
        errors=errors,
        options=[
            Option("female", gettext("Nữ"), selected=sex == "female"),
            Option("male", gettext("Nam"), selected=sex == "male"),
        ],
    )


def _number_field(asked: Posted, errors: list[str], doubts: list[str]) -> FieldView:
    if doubts:
        doubts = [*doubts, gettext("Nếu số đã đúng, hãy bấm “Tiếp tục” lần nữa.")]
    return FieldView(
        id="personal_number",
        name="personal_number",
        widget="personal_number",
        label=gettext("Số định danh cá nhân"),
        hint=gettext("12 chữ số trên thẻ căn cước hoặc trong VNeID."),
        value=_typed(asked, "personal_number"),
        errors=errors,
        warnings=doubts,
        required=False,
        why=Why(gettext("Để điền sẵn vào hồ sơ. Số này chưa được coi là đã xác thực.")),
    )


def _email_field(asked: Posted, errors: list[str]) -> FieldView:
    return FieldView(
        id="email",
        name="email",
        widget="email",
        label=gettext("Thư điện tử"),
        value=_typed(asked, "email"),
        errors=errors,
        required=False,
    )

"""The screens a person meets: number and password, OTP, passcode, consent."""

import sqlite3

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.organisations import Organisation, served_by
from sandbox.pages import Markup, each, fill, notice, options, page, problem
from sandbox.people import Person
from sandbox.store import fault, set_fault
from sandbox.vneid import accounts, flow
from sandbox.vneid.accounts import Check
from sandbox.vneid.client import UnknownClientError, answer, read
from sandbox.vneid.flow import Otp
from sandbox.vneid.provider import issuer
from sandbox.web import Box, box_of, form_of, go

FAULTS = {"none": "Chạy tốt", "down": "Ngừng hoạt động (503)"}
_WRONG = "Số định danh hoặc mật khẩu không đúng. Hãy nhập lại."
_LOCKED = "Tài khoản tạm khóa vì nhập sai quá nhiều lần. Hãy thử lại sau 15 phút."
_OTP = {
    Otp.WRONG: "Mã OTP không đúng. Hãy xem lại tin nhắn mới nhất.",
    Otp.LATE: "Mã OTP đã hết hạn. Hãy bấm “Gửi lại mã”.",
    Otp.TOO_MANY: "Bạn đã nhập sai quá 5 lần. Hãy bấm “Gửi lại mã” để nhận mã mới.",
}
_TOO_SOON = "Vừa gửi mã. Hãy đợi 10 giây rồi gửi lại; mỗi lần đăng nhập gửi nhiều nhất 5 mã."


async def authorize(request: Request) -> Response:
    """Begin a sign-in; only a registered client is ever answered by redirect."""
    box = box_of(request)
    if fault(box.store, "vneid") == "down":
        return notice(
            "VNeID đang bảo trì",
            "VNeID is down",
            "Hãy thử lại sau ít phút.",
            status=503,
            back=box.settings.motcua_url,
        )
    try:
        asked = read(request.query_params, box.settings.motcua_url)
    except UnknownClientError as error:
        return notice("Yêu cầu không hợp lệ", "Bad request", str(error), status=400)
    if asked.error:
        return RedirectResponse(
            answer(asked.redirect_uri, issuer(box), error=asked.error, state=asked.state), 302
        )
    return go("/vneid/sign-in?flow=" + flow.begin(box.store, asked))


async def screen(request: Request) -> Response:
    """Show the step the sign-in has reached."""
    box = box_of(request)
    row = flow.find(box.store, request.query_params.get("flow", ""))
    if row is None:
        return _over(box)
    if request.query_params.get("step") == "password":
        return _show(box, row, "password")
    return _show(box, row, row["step"])


def _over(box: Box) -> Response:
    return notice(
        "Phiên đăng nhập đã hết",
        "This sign-in is over",
        "Hãy quay lại trang dịch vụ công và đăng nhập lại.",
        status=410,
        back=box.settings.motcua_url,
    )


def _show(box: Box, row: sqlite3.Row, step: str, wrong: str = "") -> Response:
    title, english = _TITLES[step]
    values = {"flow": row["id"], "problem": problem(wrong)} | _values(box, row, step)
    return page(title, english, fill(f"vneid_{step}", **values), status=422 if wrong else 200)


_TITLES = {
    "password": ("Đăng nhập VNeID", "Sign in with VNeID"),
    "otp": ("Nhập mã OTP", "Enter the one-time code"),
    "passcode": ("Nhập passcode", "Enter your passcode"),
    "consent": ("Đồng ý chia sẻ thông tin", "Agree to share your details"),
    "too_low": ("Tài khoản chưa đủ mức độ", "This account's level is too low"),
}


def _values(box: Box, row: sqlite3.Row, step: str) -> dict[str, object]:
    if step == "password":
        return {"people": _people(box)}
    person = box.people[row["personal_number"]]
    if step == "otp":
        return {"phone": "*******" + person.phone[-3:], "inbox": person.phone}
    if step == "consent":
        return {
            "name": person.name,
            "number": person.personal_number,
            "birth": person.birth_date.strftime("%d/%m/%Y"),
            "sex": person.sex_words,
            "address": person.address,
            "phone": person.phone,
            "email": person.email,
            "officer": each("vneid_officer", (_officer(one, person) for one in served_by(person))),
        }
    return {}


def _officer(organisation: Organisation, person: Person) -> dict[str, object]:
    capacity = organisation.officers[person.personal_number]
    return {"code": organisation.code, "name": organisation.name, "capacity": capacity}


def _people(box: Box) -> Markup:
    return each("vneid_person", (_row(box, person) for person in box.people.values()))


def _row(box: Box, person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "number": person.personal_number,
        "password": person.password,
        "passcode": person.passcode,
        "phone": person.phone,
        "level": accounts.level(box.store, person),
        "locked": "đang khóa" if accounts.is_locked(box.store, person) else "",
    }


async def step(request: Request) -> Response:
    """One screen was sent."""
    box = box_of(request)
    form = await form_of(request)
    row = flow.find(box.store, form.get("flow", ""))
    if row is None:
        return _over(box)
    wanted = form.get("step", "")
    if wanted == "password":
        return _password(box, row, form)
    if row["step"] != wanted or wanted not in _STEPS:
        return go(f"/vneid/sign-in?flow={row['id']}")  # an old screen, sent again
    return _STEPS[wanted](box, row, form)


def _password(box: Box, row: sqlite3.Row, form: dict[str, str]) -> Response:
    number = "".join(form.get("so_dinh_danh", "").split())
    person = box.people.get(number)
    wanted = person.password if person else ""
    found = accounts.check(box.store, person, form.get("mat_khau", ""), wanted)
    if person is None or found is not Check.RIGHT:
        return _show(box, row, "password", _LOCKED if found is Check.LOCKED else _WRONG)
    if row["level"] > accounts.level(box.store, person):
        return _next(box, row, "too_low", person)
    flow.send_otp(box.store, row, person)
    return _next(box, row, "otp", person)


def _next(box: Box, row: sqlite3.Row, to: str, person: Person | None = None) -> Response:
    with box.store.transaction() as db:
        flow.move(db, row["id"], to)
        if person:
            db.execute(
                "update signin set personal_number = ? where id = ?",
                (person.personal_number, row["id"]),
            )
    return go(f"/vneid/sign-in?flow={row['id']}")


def _otp(box: Box, row: sqlite3.Row, form: dict[str, str]) -> Response:
    if "resend" in form:
        sent = flow.send_otp(box.store, row, box.people[row["personal_number"]])
        return _next(box, row, "otp") if sent else _show(box, row, "otp", _TOO_SOON)
    found = flow.check_otp(box.store, row, "".join(form.get("otp", "").split()))
    if found is not Otp.RIGHT:
        return _show(box, row, "otp", _OTP[found])
    return _next(box, row, "passcode" if row["level"] > 1 else "consent")


def _passcode(box: Box, row: sqlite3.Row, form: dict[str, str]) -> Response:
    person = box.people[row["personal_number"]]
    found = accounts.check(box.store, person, form.get("passcode", "").strip(), person.passcode)
    if found is Check.RIGHT:
        return _next(box, row, "consent")
    return _show(box, row, "passcode", _LOCKED if found is Check.LOCKED else "Passcode không đúng.")


def _consent(box: Box, row: sqlite3.Row, form: dict[str, str]) -> Response:
    decision, person = form.get("decision", ""), box.people[row["personal_number"]]
    if decision == "agree" or decision in {one.code for one in served_by(person)}:
        organisation = "" if decision == "agree" else decision
        return _back(box, row, code=flow.grant(box.store, row, organisation))
    flow.give_up(box.store, row)
    return _back(box, row, error="access_denied")


def _too_low(box: Box, row: sqlite3.Row, _form: dict[str, str]) -> Response:
    flow.give_up(box.store, row)
    return _back(box, row, error="unmet_authentication_requirements")


def _back(box: Box, row: sqlite3.Row, **values: str) -> Response:
    where = answer(row["redirect_uri"], issuer(box), state=row["state"], **values)
    return RedirectResponse(where, 303)


_STEPS = {"otp": _otp, "passcode": _passcode, "consent": _consent, "too_low": _too_low}


async def overview(request: Request) -> Response:
    box = box_of(request)
    body = fill(
        "vneid",
        accounts=each("vneid_account", (_row(box, person) for person in box.people.values())),
        modes=options(FAULTS, fault(box.store, "vneid")),
    )
    return page("VNeID", "Accounts of the invented people", body)


async def change(request: Request) -> Response:
    """Lock, unlock or change the level of an account; or stop the whole provider."""
    box = box_of(request)
    form = await form_of(request)
    if form.get("mode") in FAULTS:
        set_fault(box.store, "vneid", form["mode"])
        return go("/vneid/")
    person = box.people.get(form.get("number", ""))
    act = form.get("act", "")
    if person is None or act not in {"lock", "unlock", "level1", "level2"}:
        raise HTTPException(400, "Wanted: number, act=lock|unlock|level1|level2; or mode.")
    if act.startswith("level"):
        accounts.set_level(box.store, person, int(act[-1]))
    else:
        accounts.lock(box.store, person, locked=act == "lock")
    return go("/vneid/")


ROUTES = [
    Route("/vneid/", overview),
    Route("/vneid/accounts", change, methods=["POST"]),
    Route("/vneid/authorize", authorize),
    Route("/vneid/sign-in", screen),
    Route("/vneid/sign-in", step, methods=["POST"]),
]

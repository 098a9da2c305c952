"""VNeID of the box: an OpenID Connect provider with the screens people know."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.sandbox_box import PEOPLE, SECRETS, RunningBox, SmallMotcua, running


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    yield from running(tmp_path_factory.mktemp("box"))


@pytest.fixture
def box(world: tuple[RunningBox, SmallMotcua]) -> RunningBox:
    for person in PEOPLE.values():
        number = person["personal_number"]
        world[0].form("/vneid/accounts", number=number, act="unlock")
        world[0].form("/vneid/accounts", number=number, act=f"level{person['level']}")
    return world[0]


@dataclass
class SignIn:
    """A browser and a relying party in one sign-in."""

    box: RunningBox
    level: int = 1
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    return_to: str = "http://127.0.0.1:8000/dang-nhap/vneid/tro-ve"
    flow: str = ""

    def asked(self, **changed: str) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        values = {
            "response_type": "code",
            "client_id": "motcua",
            "redirect_uri": self.return_to,
            "scope": "openid",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "acr_values": f"LoA{self.level}",
        } | changed
        return "/vneid/authorize?" + urlencode({k: v for k, v in values.items() if v})

    def begin(self) -> "SignIn":
        found = self.box.get(self.asked())
        self.flow = parse_qs(urlsplit(found.headers["location"]).query)["flow"][0]
        return self

    def page(self) -> str:
        return self.box.get(f"/vneid/sign-in?flow={self.flow}").data.decode()

    def send(self, step: str, **fields: str):
        return self.box.form("/vneid/sign-in", flow=self.flow, step=step, **fields)

    def password(self, person: str, wrong: str = ""):
        who = PEOPLE[person]
        return self.send(
            "password", so_dinh_danh=who["personal_number"], mat_khau=wrong or who["password"]
        )

    def otp(self, person: str):
        return self.send("otp", otp=self.box.otp_of(person))

    def agree(self) -> dict[str, list[str]]:
        return returned(self.send("consent", decision="agree"))

    def tokens(self, code: str, **changed: str):
        pair = f"motcua:{changed.pop('secret', SECRETS['SANDBOX_VNEID_CLIENT_SECRET'])}"
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.return_to,
            "code_verifier": self.verifier,
        } | changed
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(form).encode()
        return self.box.call("POST", "/vneid/token", body=body, headers=headers)


def returned(answer) -> dict[str, list[str]]:
    assert answer.status == 303
    assert "/dang-nhap/vneid/tro-ve" in answer.headers["location"]
    return parse_qs(urlsplit(answer.headers["location"]).query)


def signed_in(box: RunningBox, person: str = "mother", level: int = 1) -> tuple[SignIn, str]:
    """Go through all screens and return the code."""
    visit = SignIn(box, level).begin()
    visit.password(person)
    visit.otp(person)
    if level == 2:
        visit.send("passcode", passcode=PEOPLE[person]["passcode"])
    answer = visit.agree()
    assert answer["state"] == [visit.state]
    return visit, answer["code"][0]


def test_the_provider_describes_itself(box):
    found = box.get("/vneid/.well-known/openid-configuration").json()
    assert found["issuer"] == box.url + "/vneid"
    assert found["code_challenge_methods_supported"] == ["S256"]


def test_number_password_code_and_consent_bring_signed_claims(box):
    visit, code = signed_in(box)
    told = visit.tokens(code).json()
    keys = KeySet.import_key_set(box.get("/vneid/jwks.json").json())
    claims = jwt.decode(told["id_token"], keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"]) == (box.url + "/vneid", "motcua")
    assert claims["nonce"] == visit.nonce
    assert claims["sub"] == claims["TechID"]
    assert claims["HoVaTen"] == "Nguyễn Thị Mai"
    assert claims["NgaySinh"] == "12/04/1996"


def test_userinfo_says_the_same_person_and_only_to_the_bearer(box):
    visit, code = signed_in(box)
    token = visit.tokens(code).json()["access_token"]
    found = box.get("/vneid/userinfo", Authorization=f"Bearer {token}").json()
    assert (found["SoDinhDanh"], found["GioiTinh"]) == ("030196001234", "Nữ")
    assert box.get("/vneid/userinfo", Authorization="Bearer x").status == 401


def test_level_two_asks_for_the_passcode_too(box):
    visit, code = signed_in(box, "father", level=2)
    token = visit.tokens(code).json()["access_token"]
    found = box.get("/vneid/userinfo", Authorization=f"Bearer {token}").json()
    assert (found["loAs"], found["acr"]) == ("2", "LoA2")


def test_a_wrong_passcode_is_asked_again(box):
    visit = SignIn(box, 2).begin()
    visit.password("father")
    visit.otp("father")
    assert visit.send("passcode", passcode="000000").status == 422
    assert "Passcode" in visit.page()


def test_a_level_one_account_is_told_that_level_two_is_needed(box):
    visit = SignIn(box, 2).begin()
    visit.password("student")
    assert "mức độ 2" in visit.page()
    assert returned(visit.send("too_low"))["error"] == ["unmet_authentication_requirements"]


def test_a_wrong_password_is_asked_again_without_saying_which_part_was_wrong(box):
    visit = SignIn(box).begin()
    wrong = visit.password("bride", wrong="khong-dung")
    unknown = visit.send("password", so_dinh_danh="001200000000", mat_khau="gi-do")
    assert wrong.status == unknown.status == 422
    problems = [re.search(r'class="problem".*?</p>', a.data.decode())[0] for a in (wrong, unknown)]
    assert problems[0] == problems[1]


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(box):
    visit = SignIn(box).begin()
    for _ in range(5):
        visit.password("groom", wrong="khong-dung")
    assert "tạm khóa" in visit.password("groom").data.decode()


def test_an_account_can_be_locked_on_the_page(box):
    box.form("/vneid/accounts", number=PEOPLE["bride"]["personal_number"], act="lock")
    assert "tạm khóa" in SignIn(box).begin().password("bride").data.decode()


def test_a_wrong_otp_does_not_let_in_and_the_right_one_still_does(box):
    visit = SignIn(box).begin()
    visit.password("grandmother")
    right = box.otp_of("grandmother")
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert visit.send("otp", otp=wrong).status == 422
    assert visit.send("consent", decision="agree").headers["location"].startswith("/vneid/")
    visit.send("otp", otp=right)
    assert "code" in visit.agree()


def test_after_five_wrong_codes_even_the_right_one_is_refused(box):
    visit = SignIn(box).begin()
    visit.password("stranger")
    right = box.otp_of("stranger")
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        visit.send("otp", otp=wrong)
    assert "quá 5 lần" in visit.send("otp", otp=right).data.decode()


def test_a_second_code_is_not_sent_at_once(box):
    visit = SignIn(box).begin()
    visit.password("stranger")
    before = len(box.messages(PEOPLE["stranger"]["phone"]))
    assert "đợi" in visit.send("otp", resend="1").data.decode()
    assert len(box.messages(PEOPLE["stranger"]["phone"])) == before


def test_refused_consent_goes_back_as_access_denied(box):
    visit = SignIn(box).begin()
    visit.password("mother")
    visit.otp("mother")
    answer = returned(visit.send("consent", decision="refuse"))
    assert answer["error"] == ["access_denied"]
    assert answer["state"] == [visit.state]
    assert "code" not in answer


def test_a_code_works_once_and_its_second_use_ends_the_first_token(box):
    visit, code = signed_in(box)
    token = visit.tokens(code).json()["access_token"]
    assert visit.tokens(code).json()["error"] == "invalid_grant"
    assert box.get("/vneid/userinfo", Authorization=f"Bearer {token}").status == 401


def test_a_code_without_its_verifier_is_refused(box):
    visit, code = signed_in(box)
    wrong = visit.tokens(code, code_verifier=secrets.token_urlsafe(48))
    assert (wrong.status, wrong.json()["error"]) == (400, "invalid_grant")


def test_a_client_with_a_wrong_secret_is_refused(box):
    visit, code = signed_in(box)
    wrong = visit.tokens(code, secret="doan-mo")
    assert (wrong.status, wrong.json()["error"]) == (401, "invalid_client")


def test_a_request_without_pkce_goes_back_as_an_error(box):
    found = box.get(SignIn(box).asked(code_challenge=""))
    assert "error=invalid_request" in found.headers["location"]


@pytest.mark.parametrize(
    "address",
    ["https://example.com/dang-nhap/vneid/tro-ve", "http://127.0.0.1:8000/khac", ""],
)
def test_an_unregistered_return_address_is_never_redirected_to(box, address):
    found = box.get(SignIn(box).asked(redirect_uri=address))
    assert found.status == 400
    assert "location" not in found.headers


def test_the_same_path_on_another_port_of_this_machine_is_registered(box):
    address = "http://localhost:4567/dang-nhap/vneid/tro-ve"
    assert box.get(SignIn(box).asked(redirect_uri=address)).status == 303


def test_a_provider_that_is_down_says_so_and_comes_back(box):
    box.form("/vneid/accounts", mode="down")
    assert box.get(SignIn(box).asked()).status == 503
    box.form("/vneid/accounts", mode="none")
    assert box.get(SignIn(box).asked()).status == 303


def test_a_sign_in_survives_a_killed_box(tmp_path):
    for own, _ in running(tmp_path):
        visit = SignIn(own).begin()
        visit.password("mother")
        own.kill()
        own.start()
        visit.otp("mother")
        code = visit.agree()["code"][0]
        own.kill()
        own.start()
        assert "id_token" in visit.tokens(code).json()

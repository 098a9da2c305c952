"""The real protocol against the real provider of the sandbox, in a process of its own."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from motcua.adapters.vneid.provider import Vneid
from motcua.identity.models import Account
from motcua.journeys.provider_watch import look_and_tell
from motcua.toolkit import wiring
from motcua.toolkit.clock import now
from tests.sandbox_box import PEOPLE, SECRETS, RunningBox

HOST = "127.0.0.1:8000"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    running = RunningBox(tmp_path_factory.mktemp("box"), f"http://{HOST}")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _vneid(box, monkeypatch):
    secret = SECRETS["SANDBOX_VNEID_CLIENT_SECRET"]
    provider = Vneid(issuer=f"{box.url}/vneid", client_id="motcua", client_secret=secret)
    monkeypatch.setattr(wiring, "made", lambda _path: provider)


class Fields(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given["name"]] = given.get("value", "")


def follow(box, answer):
    while answer.status in {302, 303} and "/tro-ve" not in answer.headers["Location"]:
        answer = box.get(answer.headers["Location"])
    return answer


def send(box, page, **typed):
    hidden = Fields(page.data.decode()).found
    return follow(box, box.form("/vneid/sign-in", **{**hidden, **typed}))


def depart(client, box, **asked):
    answer = client.post("/dang-nhap/vneid/", asked, headers={"host": HOST})
    return follow(box, box.get(answer["Location"]))


def to_consent(box, page, who, level):
    person = PEOPLE[who]
    page = send(box, page, so_dinh_danh=person["personal_number"], mat_khau=person["password"])
    page = send(box, page, otp=box.otp_of(who))
    return send(box, page, passcode=person["passcode"]) if level > 1 else page


def come_back(client, answer):
    place = urlsplit(answer.headers["Location"])
    return client.get(place.path, dict(parse_qsl(place.query)), headers={"host": HOST})


def sign_in(client, box, who="mother", level=1):
    page = to_consent(box, depart(client, box, level=level), who, level)
    return come_back(client, send(box, page, decision="agree"))


def test_a_mother_signs_in_with_number_password_otp_and_consent(client, box):
    assert sign_in(client, box)["Location"] == "/dang-nhap/vneid/da-nhan/"
    person = Account.objects.get().person
    assert person.full_name == PEOPLE["mother"]["name"]
    assert person.personal_number == PEOPLE["mother"]["personal_number"]
    assert person.birth_date == str(PEOPLE["mother"]["birth_date"])


def test_level_two_is_reached_with_the_passcode(client, box):
    sign_in(client, box, "father", level=2)
    page = client.get("/dang-nhap/?level=2&next=/viec")
    assert page["Location"] == "/viec"


def test_a_director_signs_in_for_his_cooperative(client, box):
    page = to_consent(box, depart(client, box), "father", 1)
    come_back(client, send(box, page, decision="0200123456"))
    account = Account.objects.select_related("organisation", "person").get()
    assert account.organisation.name == "Hợp tác xã Gốm Nam Thanh Miện"
    assert (account.person.full_name, account.capacity) == (PEOPLE["father"]["name"], "Giám đốc")


def test_the_watch_sees_the_box_well_and_down(box, settings, tmp_path):
    settings.HOME = tmp_path
    assert look_and_tell(now()).why == ""
    box.form("/vneid/accounts", mode="down")
    assert look_and_tell(now()).why == "silent"
    box.form("/vneid/accounts", mode="none")
    assert look_and_tell(now()).why == ""


def test_who_refuses_to_share_is_told_the_other_way_in(client, box):
    page = to_consent(box, depart(client, box), "mother", 1)
    answer = come_back(client, send(box, page, decision="refuse"))
    assert answer.status_code == 403
    assert "chưa đồng ý chia sẻ" in answer.content.decode()


def test_a_level_too_low_is_said_at_our_door(client, box):
    low = next(key for key, person in PEOPLE.items() if person["level"] == 1)
    person = PEOPLE[low]
    page = depart(client, box, level=2)
    page = send(box, page, so_dinh_danh=person["personal_number"], mat_khau=person["password"])
    answer = come_back(client, send(box, page))
    assert "VNeID mức 2" in answer.content.decode()


def test_a_code_carried_back_twice_signs_in_once(client, box):
    page = to_consent(box, depart(client, box), "mother", 1)
    back = send(box, page, decision="agree")
    come_back(client, back)
    client.cookies.clear()
    assert come_back(client, back).status_code == 400


def test_a_provider_that_is_down_is_said_kindly(client, box):
    box_page = to_consent(box, depart(client, box), "mother", 1)
    back = send(box, box_page, decision="agree")
    box.form("/vneid/accounts", mode="down")
    answer = come_back(client, back)
    box.form("/vneid/accounts", mode="none")
    assert answer.status_code == 503
    assert "VNeID đang không trả lời" in answer.content.decode()


def test_a_provider_that_is_gone_is_said_kindly(client, monkeypatch):
    gone = Vneid(issuer="http://127.0.0.1:9/vneid", client_id="motcua", client_secret="x")
    monkeypatch.setattr(wiring, "made", lambda _path: gone)
    assert client.post("/dang-nhap/vneid/").status_code == 503


def test_a_wrong_client_secret_signs_nobody_in(client, box, monkeypatch):
    wrong = Vneid(issuer=f"{box.url}/vneid", client_id="motcua", client_secret="sai")
    monkeypatch.setattr(wiring, "made", lambda _path: wrong)
    assert sign_in(client, box).status_code == 403
    assert not Account.objects.exists()

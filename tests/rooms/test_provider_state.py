"""Whether VNeID can be used, seen before people notice; told 30, 7 and 1 days before its certificate ends."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.adapters.vneid.provider import Vneid
from motcua.adapters.vneid.standing import CertificateRefused, clock_ahead, first_end
from motcua.identity import provider_state
from motcua.identity.provider_state import ProviderState
from motcua.journeys.provider_watch import alarms, look_and_tell
from motcua.notices.models import Notice
from motcua.toolkit import wiring
from motcua.toolkit.clock import now
from tests.fake_vneid import FakeVneid

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def vneid(monkeypatch, own_home):
    made = FakeVneid()
    monkeypatch.setattr(wiring, "made", lambda _path: made)
    return made


def said(**found):
    return [alarm.key for alarm in alarms(ProviderState(looked_at=AT, **found))]


@pytest.mark.parametrize(
    ("left", "days"),
    [(timedelta(days=31), None), (timedelta(days=30), 30), (timedelta(days=8), 30),
     (timedelta(days=7), 7), (timedelta(hours=25), 7), (timedelta(hours=24), 1)],
)  # fmt: skip
def test_alarms_come_thirty_seven_and_one_day_before_the_end(left, days):
    ends = AT + left
    wanted = [f"vneid:certificate:{ends:%Y%m%d}:{days}"] if days else []
    assert said(certificate_ends=ends) == wanted


def test_ten_minutes_of_silence_wake_the_operator_and_less_does_not():
    assert said(why="silent", down_since=AT - timedelta(minutes=9)) == []
    assert said(why="silent", down_since=AT - timedelta(minutes=10)) == ["vneid:down:202611260850"]


def test_clocks_ten_minutes_apart_are_borne_and_more_is_told():
    assert said(clock_ahead_seconds=600) == []
    assert said(clock_ahead_seconds=-601) == ["vneid:clock:20261126"]


def test_since_when_it_is_silent_is_kept_until_it_answers_again(vneid):
    vneid.down = True
    provider_state.look(AT)
    assert provider_state.look(AT + timedelta(minutes=2)).down_since == AT
    vneid.down = False
    assert provider_state.look(AT + timedelta(minutes=4)).down_since is None


@pytest.mark.django_db
def test_each_alarm_is_written_once_to_each_operator(vneid, settings):
    settings.ALARM_EMAIL = ["van-hanh@vidu.vn", "truc@vidu.vn"]
    vneid.certificate_ends = AT + timedelta(days=5)
    for minutes in (0, 2):
        look_and_tell(AT + timedelta(minutes=minutes))
    assert {notice.to for notice in Notice.objects.all()} == set(settings.ALARM_EMAIL)
    assert Notice.objects.count() == 2


def test_the_health_page_says_what_the_worker_found(vneid, client):
    assert client.get("/healthz/vneid").json()["why"] == "not-looked-at"
    provider_state.look(now())
    assert client.get("/healthz/vneid").status_code == 200
    vneid.down = True
    provider_state.look(now())
    answer = client.get("/healthz/vneid")
    assert (answer.status_code, answer.json()["why"]) == (503, "silent")


def test_a_worker_that_fell_silent_is_not_believed(vneid, client):
    provider_state.look(now() - timedelta(minutes=11))
    assert client.get("/healthz/vneid").json()["why"] == "not-looked-at"


def certificate(folder, ends):
    """A certificate of 127.0.0.1 with its key, trusted by whoever trusts this very file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vneid")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1).not_valid_before(ends - timedelta(days=90))
        .not_valid_after(ends).add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    kind, shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    place = folder / "vneid.pem"
    plain = key.private_bytes(kind, shape, serialization.NoEncryption())
    place.write_bytes(made.public_bytes(kind) + plain)
    return place


@pytest.fixture
def tls(tmp_path):
    """Start a real TLS server whose certificate ends then; return its address and who trusts it."""
    running = []

    def start(ends):
        place = certificate(tmp_path, ends)
        server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(place)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        running.append(server)
        return f"https://127.0.0.1:{server.server_port}", ssl.create_default_context(cafile=place)

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_the_end_of_a_certificate_is_read_over_tls(tls):
    ends = now().replace(microsecond=0) + timedelta(days=20)
    address, trusted = tls(ends)
    assert first_end([address, "http://127.0.0.1:1/"], trusted) == ends


def test_a_certificate_that_has_ended_or_leads_nowhere_is_refused(tls):
    address, trusted = tls(now() - timedelta(days=1))
    for context in (trusted, None):
        with pytest.raises(CertificateRefused):
            first_end([address], context)


def test_the_clock_is_read_from_the_answer():
    ahead = clock_ahead("Thu, 26 Nov 2026 09:00:07 GMT", AT)
    assert (ahead, clock_ahead("", AT)) == (timedelta(seconds=7), timedelta())


def test_a_provider_that_is_gone_is_silent(own_home):
    gone = Vneid(issuer="http://127.0.0.1:9/vneid", client_id="motcua", client_secret="x")
    assert gone.standing(AT).why == "silent"

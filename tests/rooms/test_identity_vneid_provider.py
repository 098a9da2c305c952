"""The adapter against a provider that misbehaves: a real HTTP server that can be told how."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from motcua.adapters.vneid.provider import Vneid
from motcua.identity.rules.refusals import (
    ProviderDistrusted,
    ProviderRefused,
    ProviderSilent,
    SignInLost,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
BACK = "http://127.0.0.1/dang-nhap/vneid/tro-ve"
HOA = {"sub": "tech-hoa", "SoDinhDanh": "030194000001", "HoVaTen": "Nguyễn Thị Hoa", "loAs": "1"}


class Provider(BaseHTTPRequestHandler):
    """Discovery, keys, token and userinfo; `server.says` replaces an answer by its path."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, told = self.server.says.get(self.path) or (200, self.answer(self.path))
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.forms.append((parse_qs(form), self.headers["Authorization"]))
        self.do_GET()

    def answer(self, path):
        base = self.server.base
        return {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/jwks",
            },
            "/jwks": {"keys": [self.server.key.as_dict(private=False)]},
            "/token": {"access_token": "at", "id_token": self.server.token()},
            "/userinfo": HOA,
        }[path]

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Provider)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.says, self.asked, self.forms, self.nonce = {}, [], [], ""
        self.key = ECKey.generate_key("P-256", {"kid": "mot"})

    def token(self):
        at = int(NOON.timestamp())
        times = {"iat": at, "exp": at + 300, "nonce": self.nonce}
        claims = {**HOA, **times, "iss": self.base, "aud": "motcua"}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def vneid(server):
    return Vneid(issuer=server.base, client_id="motcua", client_secret="bí mật")


def depart(vneid, server, at=NOON):
    departure = vneid.depart(return_to=BACK, level=1, at=at)
    server.nonce = departure.nonce
    return departure


def arrive(vneid, departure, at=NOON, **answer):
    told = {"state": departure.state, "code": "c-1", **answer}
    return vneid.arrive(departure=departure, answer=told, return_to=BACK, at=at)


def test_a_provider_that_behaves_lets_her_in(vneid, server):
    assert arrive(vneid, depart(vneid, server)).full_name == "Nguyễn Thị Hoa"


def test_the_browser_carries_the_hash_and_the_server_the_secret(vneid, server):
    departure = depart(vneid, server)
    asked = parse_qs(urlsplit(departure.address).query)
    arrive(vneid, departure)
    form, authorization = server.forms[0]
    assert asked["code_challenge_method"] == ["S256"]
    assert form["code_verifier"] == [departure.verifier]
    assert departure.verifier not in departure.address
    assert authorization.startswith("Basic ")


def test_every_departure_is_its_own(vneid, server):
    one, two = depart(vneid, server), depart(vneid, server)
    assert not {one.state, one.nonce, one.verifier} & {two.state, two.nonce, two.verifier}


def test_discovery_is_read_once_an_hour(vneid, server):
    for minutes in (0, 30, 59, 61):
        depart(vneid, server, NOON + timedelta(minutes=minutes))
    assert server.asked.count("/.well-known/openid-configuration") == 2


def test_a_new_key_is_fetched_when_it_is_first_seen(vneid, server):
    departure = depart(vneid, server)
    server.key = ECKey.generate_key("P-256", {"kid": "hai"})
    assert arrive(vneid, departure, at=NOON + timedelta(minutes=1)).subject == "tech-hoa"


def test_a_forged_key_is_not_asked_for_again_and_again(vneid, server):
    departure = depart(vneid, server)
    server.says["/jwks"] = (200, {"keys": [server.key.as_dict(private=False)]})
    server.key = ECKey.generate_key("P-256", {"kid": "giả"})
    for _ in range(3):
        with pytest.raises(ProviderDistrusted):
            arrive(vneid, departure, at=NOON + timedelta(minutes=1))
    assert server.asked.count("/jwks") == 2


def test_another_persons_userinfo_is_refused(vneid, server):
    server.says["/userinfo"] = (200, {**HOA, "sub": "tech-binh"})
    with pytest.raises(ProviderDistrusted):
        arrive(vneid, depart(vneid, server))


def test_a_token_for_another_sign_in_is_refused(vneid, server):
    departure = depart(vneid, server)
    server.nonce = "another"
    with pytest.raises(ProviderDistrusted):
        arrive(vneid, departure)


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ({"state": "another"}, SignInLost),
        ({"state": ""}, SignInLost),
        ({"code": ""}, SignInLost),
        ({"iss": "https://evil.example"}, ProviderDistrusted),
        ({"error": "server_error"}, ProviderSilent),
        ({"error": "invalid_request"}, ProviderRefused),
    ],
)
def test_an_answer_that_does_not_fit_asks_nobody(vneid, server, answer, refusal):
    departure = depart(vneid, server)
    with pytest.raises(refusal):
        arrive(vneid, departure, **answer)
    assert server.forms == []


@pytest.mark.parametrize(
    ("path", "says", "refusal"),
    [
        ("/token", (500, {}), ProviderSilent),
        ("/token", (200, b"<html>"), ProviderSilent),
        ("/token", (200, []), ProviderSilent),
        ("/token", (400, {"error": "invalid_grant"}), SignInLost),
        ("/token", (401, {"error": "invalid_client"}), ProviderRefused),
        ("/token", (200, {"access_token": "at"}), ProviderDistrusted),
        ("/token", (200, {"access_token": "at", "id_token": "không.phải.thẻ"}), ProviderDistrusted),
        ("/userinfo", (503, {}), ProviderSilent),
        ("/userinfo", (200, {}), ProviderDistrusted),
    ],
)
def test_whatever_the_provider_says_the_person_gets_a_refusal(vneid, server, path, says, refusal):
    server.says[path] = says
    with pytest.raises(refusal):
        arrive(vneid, depart(vneid, server))


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ((200, {"issuer": "https://evil.example"}), ProviderDistrusted),
        ((200, b"<html>"), ProviderSilent),
        ((503, {}), ProviderSilent),
    ],
)
def test_a_broken_discovery_is_told_at_departure(vneid, server, says, refusal):
    server.says["/.well-known/openid-configuration"] = says
    with pytest.raises(refusal):
        depart(vneid, server)


def test_a_discovery_without_its_parts_is_told_at_departure(vneid, server):
    server.says["/.well-known/openid-configuration"] = (200, {"issuer": server.base})
    with pytest.raises(ProviderSilent):
        depart(vneid, server)

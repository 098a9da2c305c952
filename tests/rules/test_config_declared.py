import pytest

from motcua.config.declared import SETTINGS, WrongSetting, checked, problems
from motcua.config.environment import Environment

WRONG = {
    "MOTCUA_PORT": ["", "0", "70000", "eight", "-1", "８０"],
    "MOTCUA_URL": ["localhost", "ftp://x", "http://"],
    "MOTCUA_HOME": ["relative/folder"],
    "MOTCUA_WEB_WORKERS": ["0", "65", "two"],
    "MOTCUA_SANDBOX": ["yes", "1"],
    "MOTCUA_PORTAL_ACCOUNTS": ["on"],
    "MOTCUA_LOG_LEVEL": ["loud"],
    "MOTCUA_EMAIL_FROM": ["nobody"],
    "MOTCUA_HOSTS": ["a b", "a,,b"],
    "MOTCUA_EXCHANGE_PARTIES": ["[]", "{", '{"a": {"name": "x"}}'],
    "DATABASE_URL": ["mysql://x/y", "postgresql://host"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_refused_with_its_name_and_what_is_right(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        checked(name, value)
    assert name in str(wrong.value)
    assert SETTINGS[name].kind.right in str(wrong.value)


def test_a_secret_is_not_repeated_in_the_refusal() -> None:
    with pytest.raises(WrongSetting) as wrong:
        checked("MOTCUA_SMS_TOKEN", "my token")
    assert "my token" not in str(wrong.value)


def test_a_misspelt_variable_is_told() -> None:
    (sentence,) = problems({"MOTCUA_PROT": "8000", "PATH": "/bin"})
    assert sentence.startswith("MOTCUA_PROT is not a setting")


def test_an_installation_without_variables_has_no_problems() -> None:
    assert problems({}) == []


def test_one_port_moves_every_address_that_depends_on_it() -> None:
    moved = Environment({"MOTCUA_PORT": "9000", "MOTCUA_SANDBOX_PORT": "9100"})
    assert moved.base_url == "http://127.0.0.1:9000"
    assert moved.vneid_issuer == "http://127.0.0.1:9100/vneid"
    assert moved.form_targets == ["http://127.0.0.1:9100"]


def test_the_host_of_the_public_address_is_answered() -> None:
    assert "motcua.example.vn" in Environment({"MOTCUA_URL": "https://motcua.example.vn"}).hosts


def test_the_application_connects_as_a_role_that_does_not_own_the_tables() -> None:
    own = Environment({"MOTCUA_HOME": "/x"})
    assert own.app_role == "motcua_app"
    assert own.database["USER"] == "motcua_app"
    assert own.owner_database_url == "postgresql://postgres@/motcua?host=/x/postgres"


def test_an_owner_command_connects_as_the_owner_and_still_knows_the_role() -> None:
    urls = {
        "DATABASE_URL": "postgresql://app@h/d",
        "MOTCUA_OWNER_DATABASE_URL": "postgresql://o@h/d",
    }
    owner = Environment(urls | {"MOTCUA_AS_OWNER": "1"})
    assert owner.database["USER"] == "o"
    assert owner.app_role == "app"


def test_a_database_address_keeps_its_options_and_escapes() -> None:
    url = "postgresql://a%40b:p%2Fw@db.example:6432/motcua?sslmode=verify-full"
    found = Environment({"DATABASE_URL": url}).database
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("a@b", "p/w", "db.example")
    assert (found["PORT"], found["OPTIONS"]["sslmode"]) == ("6432", "verify-full")

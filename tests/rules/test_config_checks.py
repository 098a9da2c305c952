from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from motcua.config.checks import TAG, is_loopback


def found() -> set[str | None]:
    return {message.id for message in run_checks(tags=[TAG])} - {"motcua.W004"}


def test_the_demonstration_on_one_machine_is_in_order() -> None:
    assert found() == set()


@override_settings(BASE_URL="http://motcua.example.vn")
def test_a_public_address_without_tls_is_unwise() -> None:
    assert "motcua.W001" in found()


@override_settings(BASE_URL="https://motcua.example.vn")
def test_a_public_address_with_sign_in_on_the_own_machine_is_unwise() -> None:
    assert found() == {"motcua.W002"}


@override_settings(ALLOWED_HOSTS=["*"])
def test_answering_to_any_host_is_unwise() -> None:
    assert found() == {"motcua.W003"}


@override_settings(DEBUG=True)
def test_debugging_is_an_error() -> None:
    assert found() == {"motcua.E001"}


def test_secrets_in_the_source_tree_are_an_error(settings: object) -> None:
    with override_settings(HOME=Path(settings.ROOT) / "data"):  # type: ignore[attr-defined]
        assert found() == {"motcua.E002"}


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
        ("https://motcua.example.vn", False),
        ("http://10.0.0.4", False),
    ],
)
def test_addresses_of_this_machine_are_known(url: str, answer: bool) -> None:
    assert is_loopback(url) is answer


def test_own_answers_with_a_slip_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "chung.yaml").write_text("questions:\n  - id: Sai\n", encoding="utf-8")
    with override_settings(HOME=tmp_path):
        assert found() == {"motcua.W005"}

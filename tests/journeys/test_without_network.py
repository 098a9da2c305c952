"""What a phone takes along of a draft: all that can be filled in without network, and nothing else."""

import pytest
from django.test import Client

from motcua.journeys import filing
from motcua.toolkit.clock import now
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai(office):
    """A browser that is signed in, and the address of its draft."""
    client = Client()
    account = as_phone_holder(client, phone="+84912345001", name="Nguyễn Thị Mai")
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=0,
        at=now(),
    )  # fmt: skip
    return client, f"/khai/{draft.pk}/"


def test_every_page_that_can_be_filled_in_comes_in_one_answer(mai, office):
    client, there = mai
    taken = client.get(f"{there}mang-theo.json").json()
    pages = {f"{there}trang/{page.id}/" for page in office.linked.procedure.form.pages}
    assert pages | {there, f"{there}nhan-ket-qua/"} <= taken["pages"].keys()
    assert not any(name in href for href in taken["pages"] for name in ("kiem-tra", "xac-nhan"))
    assert f'action="{there}trang/child/"' in taken["pages"][f"{there}trang/child/"]


def test_the_papers_of_another_case_come_alone(mai):
    client, there = mai
    taken = client.get(f"{there}mang-theo.json?giay-to").json()
    assert all(href.startswith(f"{there}giay-to/") for href in taken["pages"])
    assert f"{there}giay-to/birth_note/" in taken["pages"]
    assert taken["plan"]["papers"].split()[0] == "birth_note"


def test_a_draft_of_long_pages_costs_few_questions_to_the_database(
    mai, django_assert_max_num_queries
):
    client, there = mai
    with django_assert_max_num_queries(60):
        client.get(f"{there}mang-theo.json")

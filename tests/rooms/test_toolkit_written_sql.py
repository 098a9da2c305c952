"""Rows by written-out SQL are the rows the ORM would give."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from motcua.agencies import operations
from motcua.agencies.models import Agency, Official, Post
from motcua.dossiers.models import Draft
from motcua.toolkit import written_sql

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
POSTS = "from agencies_post p join agencies_agency a on a.id = p.agency_id where p.id = any(%s) order by p.id"


@pytest.fixture
def posts():
    operations.load_demo_agencies(settings.CATALOGUE / "agencies", at=AT)
    hoa = Official.objects.create(username="hoa", full_name="Lê Thị Hoa")
    for agency in Agency.objects.order_by("code")[:2]:
        Post.objects.create(official=hoa, agency=agency, role="leader", valid_from=date(2026, 1, 1))
    return list(Post.objects.select_related("agency").order_by("pk"))


def test_rows_come_as_the_models_they_are_of(posts):
    found = written_sql.rows({"p": Post, "a": Agency}, POSTS, [[post.pk for post in posts]])
    assert found == [(post, post.agency) for post in posts]
    assert [vars(post)["role"] for post, _ in found] == [post.role for post in posts]


def test_nothing_found_is_no_row():
    assert written_sql.rows({"o": Official}, "from agencies_official o where o.id = %s", [0]) == []


def test_what_is_sealed_is_opened():
    made = Official.objects.create(username="hoa", full_name="Lê Thị Hoa", totp_secret="JBSW")
    [(found,)] = written_sql.rows(
        {"o": Official}, "from agencies_official o where o.id = %s", [made.pk]
    )
    assert found.totp_secret == "JBSW"


def test_a_model_that_is_converted_after_reading_is_left_to_the_orm():
    with pytest.raises(ValueError, match="Draft"):
        written_sql.rows({"d": Draft}, "from dossiers_draft d", [])

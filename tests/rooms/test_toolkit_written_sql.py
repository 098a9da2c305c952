"""Rows by written-out SQL are the rows the ORM would give."""

import pytest

from motcua.agencies.models import Agency, Official, Post
from motcua.dossiers.models import Draft
from motcua.toolkit import written_sql

pytestmark = pytest.mark.django_db
POSTS = "from agencies_post p join agencies_agency a on a.id = p.agency_id where p.id = any(%s) order by p.id"


def test_rows_come_as_the_models_they_are_of(demonstration):
    posts = list(Post.objects.select_related("agency").order_by("pk")[:5])
    found = written_sql.rows({"p": Post, "a": Agency}, POSTS, [[post.pk for post in posts]])
    assert found == [(post, post.agency) for post in posts]
    assert [vars(post)["role"] for post, _ in found] == [post.role for post in posts]


def test_nothing_found_is_no_row(demonstration):
    assert written_sql.rows({"o": Official}, "from agencies_official o where o.id = %s", [0]) == []


def test_a_model_that_is_converted_after_reading_is_left_to_the_orm(demonstration):
    with pytest.raises(ValueError, match="Draft"):
        written_sql.rows({"d": Draft}, "from dossiers_draft d", [])

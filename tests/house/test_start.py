import pytest


@pytest.mark.django_db
def test_the_house_has_a_database_that_answers():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)

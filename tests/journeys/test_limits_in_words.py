"""How long a service takes, as its page and its leaflet say it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from motcua.journeys.limits_in_words import limit_words, plan_words
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.plan import TimeLimit
from motcua.procedures.rules.procedure import article_words


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("cu-tru/dang-ky-thuong-tru", "7 ngày làm việc"),
        ("cu-tru/xac-nhan-cu-tru", "1 đến 3 ngày làm việc"),
        ("ho-tich/khai-sinh-lien-thong", "1 đến 8 ngày làm việc"),
        ("chung-thuc/chung-thuc-chu-ky", "ngay trong ngày làm việc"),
        ("chung-thuc/chung-thuc-ban-sao", "trong ngày, lâu nhất 2 ngày làm việc"),
        ("bao-tro/ho-ngheo-can-ngheo", "15 ngày"),
    ],
)
def test_a_service_names_its_limit_or_its_shortest_and_longest_case(folder, words):
    law = read_folder(Path(settings.CATALOGUE) / "procedures" / folder).procedure
    assert plan_words(law.plan) == words


def test_one_day_is_one_day_in_english_and_its_article_an_article():
    with override("en"):
        assert (
            limit_words(TimeLimit(amount=1, unit="working_days", basis="luat", article="Điều 5"))
            == "1 working day"
        )
    cited = article_words("Điều 5, 34; sửa đổi bởi Nghị định 301/2026/NĐ-CP", "en")
    assert cited == "Article 5, 34; amended by Decree 301/2026/ND-CP"


def test_where_there_is_no_limit_nothing_is_said():
    assert limit_words(None) == ""

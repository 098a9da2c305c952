import csv
import time
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from motcua.agencies import caches, operations, queries, search
from motcua.agencies.models import Place, Succession
from motcua.agencies.rules.refusals import UnknownPlace

TODAY = date(2026, 11, 23)
BEFORE = date(2025, 6, 30)
FOLDER = settings.CATALOGUE / "places"


@pytest.fixture(scope="module", autouse=True)
def _places(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        caches.PLACES.forget()
        operations.load_places(FOLDER)
        yield
        Place.objects.all().delete()
        Succession.objects.all().delete()
        from motcua.agencies.models import Loaded

        Loaded.objects.all().delete()
        caches.PLACES.forget()


pytestmark = pytest.mark.django_db


def names(found):
    return [one.full_name for one in found]


def test_today_there_are_34_provinces_and_3321_communes():
    today = queries.provinces(TODAY)
    assert len(today) == 34
    assert sum(len(queries.communes(unit.code, TODAY)) for unit in today) == 3321


def test_before_the_reform_there_were_63_provinces_and_10040_communes():
    assert len(queries.provinces(BEFORE)) == 63
    old = Place.objects.filter(kind="commune", valid_to="2025-07-01", valid_from__lt="2025-07-01")
    assert old.count() == 10040


def test_seven_provinces_became_nine_cities_in_the_year_2026():
    def cities(day):
        return {unit.name for unit in queries.provinces(day) if unit.type == "Thành phố"}

    assert len(cities(date(2025, 7, 1))) == 6
    assert cities(TODAY) - cities(date(2025, 7, 1)) == {"Đồng Nai", "Quảng Ninh", "Bắc Ninh"}


def test_471_old_communes_were_divided_and_every_old_one_became_something():
    with connection.cursor() as cursor:
        cursor.execute(
            "select n, count(*) from (select count(*) n from agencies_succession "
            "where length(old_code) > 2 and old_valid_from < '2025-07-01' "
            "group by old_code) s group by n order by n"
        )
        assert cursor.fetchall() == [(1, 9569), (2, 397), (3, 58), (4, 15), (5, 1)]


def test_a_code_means_something_only_together_with_a_day():
    assert queries.full_name("11284", TODAY) == "Xã Nam Thanh Miện, Thành phố Hải Phòng"
    before = "Xã Chi Lăng Nam, Huyện Thanh Miện, Tỉnh Hải Dương"
    assert queries.full_name("11284", BEFORE) == before


def test_a_code_of_nothing_is_refused():
    with pytest.raises(UnknownPlace):
        queries.place("99999", TODAY)


def test_the_commune_of_the_broadcast_became_nam_thanh_mien():
    became = queries.successors("11287", BEFORE, TODAY)
    assert [(one.unit.code, one.default) for one in became] == [("11284", True)]


def test_a_divided_commune_has_several_successors_and_one_default():
    became = queries.successors("11251", BEFORE, TODAY)
    assert [(one.unit.name, one.default) for one in became] == [
        ("Nguyễn Lương Bằng", True),
        ("Thượng Hồng", False),
    ]


def test_a_succession_is_followed_through_later_changes():
    old = Place.objects.get(name="Trảng Bom", type="Thị trấn")
    became = queries.successors(old.code, BEFORE, TODAY)
    assert "Phường Trảng Bom" in {one.unit.full_name for one in became}


def test_hai_duong_is_hai_phong_today():
    assert [one.unit.full_name for one in queries.successors("30", BEFORE, TODAY)] == [
        "Thành phố Hải Phòng"
    ]


def test_provinces_stand_in_the_order_of_the_vietnamese_alphabet():
    listed = [unit.name for unit in queries.provinces(TODAY)]
    assert listed[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert listed.index("Đà Nẵng") > listed.index("Cần Thơ")
    assert listed.index("Hà Nội") < listed.index("Hải Phòng")


@pytest.mark.parametrize(
    "typed",
    [
        "Nam Thanh Miện, Hải Phòng", "nam thanh mien", "xa nam thanh mien tp hai phong",
        "Nam Thnah Miện", "nam thah mien hai phong", "Nam Thanh Mien, TP. Hải Phòng",
    ],
)  # fmt: skip
def test_a_place_is_found_without_diacritics_shortened_or_mistyped(typed):
    assert names(queries.search_places(typed, TODAY))[0] == "Xã Nam Thanh Miện, Thành phố Hải Phòng"


@pytest.mark.parametrize(
    "typed",
    [
        "Thanh Giang, Thanh Miện, Hải Dương",
        "xã Thanh Giang huyện Thanh Miện tỉnh Hải Dương",
        "thanh giang thanh mien",
    ],
)
def test_an_old_name_leads_to_what_it_became(typed):
    first = queries.search_places(typed, TODAY)[0]
    assert first.unit.code == "11284"
    assert first.formerly == "trước đây là xã Thanh Giang, huyện Thanh Miện, tỉnh Hải Dương"
    assert not first.split


def test_an_old_name_alone_is_found_before_the_same_words_elsewhere():
    found = queries.search_places("thanh giang", TODAY, limit=8, kind="commune")
    assert "Xã Nam Thanh Miện, Thành phố Hải Phòng" in names(found)[:3]


def test_an_old_name_that_was_divided_gives_every_part_to_choose_from():
    found = queries.search_places("xã Đoàn Tùng, Thanh Miện, Hải Dương", TODAY)[:2]
    assert {one.unit.name for one in found} == {"Nguyễn Lương Bằng", "Thượng Hồng"}
    assert all(one.split and "một phần" in one.formerly for one in found)


def test_an_old_province_is_found_by_its_name():
    first = queries.search_places("Hải Dương", TODAY, kind="province")[0]
    assert (first.unit.name, first.formerly) == ("Hải Phòng", "trước đây là tỉnh Hải Dương")


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "'", "\\", "a & b | !", "%_" * 300])
def test_nonsense_finds_nothing_bad_and_breaks_nothing(typed):
    assert isinstance(queries.search_places(typed, TODAY), list)


def test_typing_errors_are_forgiven_without_the_extension_too(monkeypatch):
    monkeypatch.setattr(search, "has_trigrams", lambda: False)
    found = queries.search_places("nam thanh mienj hai phong", TODAY)
    assert names(found)[0] == "Xã Nam Thanh Miện, Thành phố Hải Phòng"


def test_a_day_before_the_reform_knows_nothing_of_it():
    first = queries.search_places("Thanh Giang, Thanh Miện", BEFORE)[0]
    assert (first.unit.code, first.formerly) == ("11287", "")


def test_the_same_files_are_not_loaded_twice(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert operations.load_places(FOLDER) is False


def test_all_places_load_within_a_few_seconds(tmp_path):
    for name in ("units.csv", "successions.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes() + b"")
    with (tmp_path / "units.csv").open("a", encoding="utf-8") as file:
        file.write("99998,commune,Xã,Thử Nghiệm,31,,2026-01-01,,\n")
    began = time.perf_counter()
    assert operations.load_places(tmp_path) is True
    assert time.perf_counter() - began < 15  # some 2 s where nobody else works
    assert queries.full_name("99998", TODAY) == "Xã Thử Nghiệm, Thành phố Hải Phòng"


def test_reading_a_place_again_asks_the_database_nothing(django_assert_num_queries):
    queries.full_name("11284", TODAY)
    with django_assert_num_queries(0):
        queries.full_name("11284", TODAY)


def test_every_succession_names_units_that_exist():
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["code"], row["valid_from"]) for row in csv.DictReader(file)}
    with (FOLDER / "successions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert (row["old_code"], row["old_valid_from"]) in known
            assert (row["new_code"], row["new_valid_from"]) in known


def test_a_search_asks_no_question_per_row(django_assert_max_num_queries):
    caches.PLACES.forget()
    with django_assert_max_num_queries(7):
        assert len(queries.search_places("Thah Giang, Hai Duong", TODAY)) > 5


def test_an_old_leaflets_commune_leads_to_what_it_became():
    ended = Place.objects.filter(kind="commune", valid_to="2025-07-01", district="Huyện Thanh Miện")
    old = ended.exclude(code__in=Place.objects.filter(valid_to=None).values("code")).first()
    assert old is not None
    became = queries.place_now(old.code, TODAY)
    assert became.valid_on(TODAY)
    assert became in [one.unit for one in queries.successors(old.code, BEFORE, TODAY)]


def test_a_code_that_nobody_ever_had_leads_nowhere():
    with pytest.raises(UnknownPlace):
        queries.place_now("99999", TODAY)

"""Records of the national catalogue become pages: thousands, again without change, a bad one told."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from motcua.config.cli import main
from motcua.procedures.models import Listing, Record
from motcua.procedures.queries import record_of, records_before
from motcua.procedures.records import import_records
from motcua.toolkit.clock import now
from tests import shelf
from tests.national_records import record, write, write_one

pytestmark = pytest.mark.django_db


def test_records_become_rows_of_the_list_that_only_inform(tmp_path: Path) -> None:
    write(tmp_path, range(12))
    outcome = import_records(places=[tmp_path], at=now())
    assert (outcome.new, outcome.changed, outcome.same, outcome.bad) == (12, 0, 0, [])
    assert Listing.objects.filter(level="info", slug="").count() == 12


def test_a_second_time_nothing_changes(tmp_path: Path) -> None:
    write(tmp_path, range(5))
    import_records(places=[tmp_path], at=now())
    before = list(Record.objects.order_by("pk").values())
    outcome = import_records(places=[tmp_path], at=now())
    assert (outcome.new, outcome.changed, outcome.same) == (0, 0, 5)
    assert list(Record.objects.order_by("pk").values()) == before


def test_a_changed_record_replaces_the_page_and_the_earlier_one_is_kept(tmp_path: Path) -> None:
    write(tmp_path, range(2))
    first = now()
    import_records(places=[tmp_path], at=first)
    write_one(tmp_path, record(1) | {"so_quyet_dinh": "9/QĐ-BTP", "ten_thu_tuc": "Cấp giấy mới"})
    outcome = import_records(places=[tmp_path], at=first + timedelta(days=1))
    assert (outcome.new, outcome.changed, outcome.same) == (0, 1, 1)
    code = record(1)["ma_thu_tuc"]
    assert record_of(code).page.name == "Cấp giấy mới"
    assert [row.decision for row in records_before(code)] == [record(1)["so_quyet_dinh"]]
    assert Listing.objects.get(code=code).name["vi"] == "Cấp giấy mới"


def test_a_record_that_goes_back_to_what_it_said_is_a_change_again(tmp_path: Path) -> None:
    for name in ("Một", "Hai", "Một"):
        write_one(tmp_path, record(1) | {"ten_thu_tuc": name})
        import_records(places=[tmp_path], at=now())
    assert Record.objects.count() == 3
    assert record_of(record(1)["ma_thu_tuc"]).page.name == "Một"


BAD = {
    "not JSON": b"{",
    "JSON object": b"[]",
    "ma_thu_tuc is missing": json.dumps(record(1) | {"ma_thu_tuc": ""}).encode(),
    "ten_thu_tuc is missing": json.dumps(record(1) | {"ten_thu_tuc": "Không có thông tin"}).encode(),
    "no procedure code": json.dumps(record(1) | {"ma_thu_tuc": "../1.0"}).encode(),
    "must be a text": json.dumps(record(1) | {"linh_vuc": ["Hộ tịch"]}).encode(),
    "markup or a script": json.dumps(record(1) | {"ket_qua_xu_ly": "<script>x</script>"}).encode(),
    "holds markup": json.dumps(record(1) | {"trinh_tu_thuc_hien": "a <img src=x onerror=y>"}).encode(),
    "more than 300000": json.dumps(record(1) | {"trinh_tu_thuc_hien": "a" * 300_001}).encode(),
    "a record has at most": b'"' + b"a" * 1_100_000 + b'"',
    "letters that are no text": b'{"ma_thu_tuc": "1.000001", "ten_thu_tuc": "a\\ud800"}',
    "not JSON:": b"\xff\xfe\x00",
    "maximum recursion": b"[" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize(("cause", "content"), BAD.items(), ids=list(BAD))
def test_a_bad_record_is_told_and_does_not_stop_the_others(
    tmp_path: Path, cause: str, content: bytes
) -> None:
    (tmp_path / "0-bad.json").write_bytes(content)
    write(tmp_path, range(2, 4))
    outcome = import_records(places=[tmp_path], at=now())
    assert outcome.new == 2
    assert [bad.file.name for bad in outcome.bad] == ["0-bad.json"]
    assert cause in outcome.bad[0].cause


def test_the_same_code_twice_in_one_run_is_told(tmp_path: Path) -> None:
    write_one(tmp_path, record(1), "a.json")
    write_one(tmp_path, record(1) | {"ten_thu_tuc": "Khác"}, "b.json")
    outcome = import_records(places=[tmp_path], at=now())
    assert outcome.new == 1
    assert [(bad.file.name, bad.cause) for bad in outcome.bad] == [
        ("b.json", f"{record(1)['ma_thu_tuc']} was read already, from a.json")
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    outcome = import_records(places=[tmp_path / "none.json"], at=now())
    assert len(outcome.bad) == 1


def test_a_service_offered_here_keeps_its_row_when_its_record_comes(tmp_path: Path) -> None:
    shelf.fill("dang-ky-ket-hon")
    write_one(tmp_path, record(1) | {"ma_thu_tuc": "1.000894"})
    import_records(places=[tmp_path], at=now())
    assert Listing.objects.get(code="1.000894").slug == "dang-ky-ket-hon"
    assert record_of("1.000894").page.code == "1.000894"


def test_a_record_gives_its_row_to_the_service_that_is_published_later(tmp_path: Path) -> None:
    write_one(tmp_path, record(1) | {"ma_thu_tuc": "1.000894"})
    import_records(places=[tmp_path], at=now())
    shelf.fill("dang-ky-ket-hon")
    assert Listing.objects.get(code="1.000894").slug == "dang-ky-ket-hon"


def test_the_database_keeps_one_present_record_a_code() -> None:
    row = {"code": "1.000001", "digest": "a", "content": "{}", "imported_at": now()}
    Record.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.create(**row)


def test_the_command_tells_what_it_did_and_ends_with_one_when_a_record_was_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, range(3))
    assert main(["import-records", str(tmp_path)]) == 0
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert main(["import-records", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "3 new, 0 changed, 0 same, 0 bad",
        "0 new, 0 changed, 3 same, 1 bad",
    ]
    assert told.err.startswith(f"{tmp_path / 'bad.json'}: not JSON")

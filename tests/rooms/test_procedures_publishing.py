"""Publishing: nothing red goes through, and what is published is never changed."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from motcua.config import announce
from motcua.config.cli import main
from motcua.config.management.commands import load_catalogue
from motcua.journeys import publishing
from motcua.procedures.models import Version
from motcua.procedures.operations import publish_folder
from motcua.procedures.queries import by_digest, current, named
from motcua.procedures.rules.reading import Problem, Unreadable
from motcua.procedures.rules.refusals import ProcedureUnknown
from motcua.procedures.rules.versions import (
    VersionEnded,
    VersionOfThatDay,
    VersionReplaced,
    VersionsOverlap,
)
from motcua.toolkit.clock import now
from tests.rules.procedure_sample import LAW, write
from tests.rules.test_procedures_upgrading import OLD

CODE = "9.000002"
FROM = 'effective: {from: "2026-01-01"}'

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(tmp_path):
    """Write a law into a folder and publish it."""

    def publishing_it(*changes, correcting=False):
        law = LAW
        for before, after in changes:
            assert before in law
            law = law.replace(before, after)
        return publishing.publish(write(tmp_path / "thu", law=law), at=now(), correcting=correcting)

    return publishing_it


def begins(since, until=None):
    told = f'from: "{since}"' + (f', until: "{until}"' if until else "")
    return FROM, f"effective: {{{told}}}"


MARRIED = "procedures/ho-tich/xac-nhan-tinh-trang-hon-nhan"
ANOTHER = ("minutes_to_fill: 3", "minutes_to_fill: 4")


def digests():
    return list(Version.objects.order_by("pk").values_list("digest", "effective_until"))


def test_a_sound_procedure_is_published_once(publish):
    first, again = publish(), publish()
    assert (first.new, again.new) == (True, False)
    assert first.version.digest == again.version.digest
    assert Version.objects.count() == 1


def test_a_red_line_keeps_everything_out(publish):
    with pytest.raises(Unreadable, match=r"procedure.yaml:\d+: `childs.copies"):
        publish(("count: child.copies", "count: childs.copies"))
    assert Version.objects.count() == 0


def test_an_example_that_comes_out_otherwise_keeps_it_out(publish, tmp_path):
    examples = write(tmp_path / "thu") / "examples"
    examples.mkdir()
    (examples / "a.yaml").write_text(
        'title: "Thử"\nbefore: {commune: "11284", answers: {check.case: other}}\n', encoding="utf-8"
    )
    with pytest.raises(Unreadable, match="leads out"):
        publish()


def test_a_successor_ends_the_earlier_version_the_day_before(publish):
    first = publish()
    second = publish(begins("2026-12-01"), ANOTHER)
    assert [row.pk for row in second.ended] == [first.version.pk]
    assert f"{second.ended[0].effective_until}" == "2026-11-30"


def test_each_day_has_its_version(publish):
    first, second = publish(), publish(begins("2026-12-01"), ANOTHER)
    days = [current(CODE, day).digest for day in _days("2026-11-30", "2026-12-01")]
    assert days == [first.version.digest, second.version.digest]


def _days(*texts):
    from datetime import date

    return [date.fromisoformat(text) for text in texts]


def test_an_end_written_later_is_no_new_version(publish):
    first = publish()
    ended = publish(begins("2026-01-01", "2026-11-30"))
    assert not ended.new
    assert [row.digest for row in ended.ended] == [first.version.digest]


def test_an_end_is_set_once(publish):
    publish(begins("2026-01-01", "2026-11-30"))
    with pytest.raises(VersionEnded):
        publish(begins("2026-01-01", "2026-12-31"))


def test_a_version_inside_the_days_of_another_is_refused(publish):
    publish(begins("2026-01-01", "2026-11-30"))
    with pytest.raises(VersionsOverlap):
        publish(begins("2026-11-30"), ANOTHER)
    assert Version.objects.count() == 1


def test_another_content_of_the_same_day_is_refused(publish):
    publish()
    with pytest.raises(VersionOfThatDay):
        publish(ANOTHER)


def test_a_correction_takes_over_from_the_same_day(publish):
    publish()
    correction = publish(ANOTHER, correcting=True)
    assert current(CODE, localdate()).digest == correction.version.digest


def test_what_a_correction_replaced_does_not_come_back_on_the_same_day(publish):
    publish()
    correction = publish(ANOTHER, correcting=True)
    with pytest.raises(VersionReplaced):
        publish(correcting=True)
    assert current(CODE, localdate()).digest == correction.version.digest


def test_a_correction_ends_when_the_version_it_replaces_ends(publish):
    publish()
    publish(begins("2026-12-01"), ("slug: thu", "slug: thu-hai"))
    correction = publish(ANOTHER, correcting=True)
    assert f"{correction.version.effective_until}" == "2026-11-30"


def test_an_older_version_may_be_added_later(publish):
    publish()
    older = publish(begins("2025-01-01", "2025-12-31"), ANOTHER)
    assert current(CODE, _days("2025-06-01")[0]).digest == older.version.digest


def test_a_code_that_changed_is_the_same_procedure_by_its_slug(publish):
    publish(begins("2025-01-01", "2026-02-01"), (f'code: "{CODE}"', 'code: "9.000009"'))
    with pytest.raises(VersionsOverlap):
        publish()


@pytest.mark.parametrize(
    "change",
    [
        {"content": "{}"},
        {"digest": "0" * 64},
        {"code": "9.000003"},
        {"slug": "khac"},
        {"effective_from": "2026-02-01"},
        {"published_at": now()},
    ],
)
def test_the_database_refuses_to_change_a_version(publish, change):
    published = publish().version
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Version.objects.filter(pk=published.pk).update(**change)


def test_the_database_refuses_to_delete_a_version(publish):
    published = publish().version
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Version.objects.filter(pk=published.pk).delete()


def test_the_database_lets_a_version_end_once(publish):
    published = publish().version
    rows = Version.objects.filter(pk=published.pk)
    rows.update(effective_until="2026-11-30")
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic():
        rows.update(effective_until=None)


def test_words_of_help_may_be_mended(publish, tmp_path):
    published = publish().version
    (tmp_path / "thu/guide.vi.md").write_text("## Ai làm được?\n", encoding="utf-8")
    publish()
    assert Version.objects.get(pk=published.pk).guides == {"vi": "## Ai làm được?\n"}


def test_a_version_of_the_first_release_still_opens():
    Version.objects.create(
        digest="4a713f09", code="1.004873", slug="xac-nhan", effective_from="2025-07-01", content=OLD,
        published_at=now(),
    )  # fmt: skip
    assert current("1.004873", localdate()).procedure.life_events == ("marriage",)
    by_digest.cache_clear()


def test_the_catalogue_of_today_takes_over_from_a_version_of_the_first_release():
    old = Version.objects.create(
        digest="4a713f09", code="1.004873", slug="xac-nhan-tinh-trang-hon-nhan",
        effective_from="2025-07-01", content=OLD, published_at=now(),
    )  # fmt: skip
    new = publish_folder(folder=settings.CATALOGUE / MARRIED, at=now())
    assert current("1.004873", localdate()).digest == new.digest
    assert named(old.digest, localdate()).procedure.code == new.code


def test_a_version_is_named_by_digest_code_day_or_slug(publish):
    first = publish().version.digest
    second = publish(begins("2026-12-01"), ANOTHER).version.digest
    today = _days("2026-12-01")[0]
    names = [first, first[:8], f"{CODE}@2026-03-01", "thu@2026-03-01", CODE, "thu"]
    assert [named(name, today).digest for name in names] == [first] * 4 + [second] * 2


@pytest.mark.parametrize("name", ["9.999998", "thu@hôm qua", "0" * 64])
def test_a_name_of_nothing_is_refused(name):
    with pytest.raises(ProcedureUnknown):
        named(name, localdate())


def test_loading_the_catalogue_checks_only_what_is_new(monkeypatch, tmp_path):
    write(tmp_path / "procedures/thu")
    looked_at = []
    monkeypatch.setattr(publishing, "must_be_sound", looked_at.append)
    for _ in range(2):
        publishing.publish_catalogue(tmp_path, at=now())
    assert looked_at == [tmp_path / "procedures/thu"]


RED = LAW.replace("count: child.copies", "count: childs.copies")


def test_a_red_procedure_of_the_catalogue_is_kept_out_and_stops_nobody_else(tmp_path):
    write(tmp_path / "do", law=RED.replace("slug: thu", "slug: do").replace(CODE, "9.000003"))
    write(tmp_path / "thu")
    (tmp_path / "hong").mkdir()
    (tmp_path / "hong/procedure.yaml").write_text("code: [", encoding="utf-8")
    kept_out = publishing.publish_catalogue(tmp_path, at=now())
    assert {item.folder.name for item in kept_out} == {"do", "hong"}
    assert [row.code for row in Version.objects.all()] == [CODE]


def test_what_is_kept_out_is_shown_at_every_start(tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path
    red = tmp_path / "do"
    why = Unreadable([Problem("do/procedure.yaml", 7, "đỏ")])
    monkeypatch.setattr(
        load_catalogue, "publish_catalogue", lambda *_, **__: [publishing.KeptOut(red, why)]
    )
    call_command("load_catalogue", stderr=StringIO())
    assert announce._unwise(tmp_path) == ["  ! do/procedure.yaml:7: đỏ", ""]


def test_what_was_published_goes_on_while_its_new_text_is_red(tmp_path):
    write(tmp_path / "thu")
    publishing.publish_catalogue(tmp_path, at=now())
    before = current(CODE, localdate()).digest
    write(tmp_path / "thu", law=RED)
    assert publishing.publish_catalogue(tmp_path, at=now())
    assert current(CODE, localdate()).digest == before


def test_the_catalogue_is_loaded_from_the_oldest_version_on(tmp_path):
    write(tmp_path / "thu", law=LAW.replace(*ANOTHER).replace(*begins("2026-12-01")))
    write(tmp_path / "thu/versions/2026")
    assert publishing.publish_catalogue(tmp_path, at=now()) == []
    ends = Version.objects.order_by("effective_from").values_list("effective_until", flat=True)
    assert [f"{end}" for end in ends] == ["2026-11-30", "None"]


def test_the_command_says_digest_and_day(tmp_path, capsys):
    assert main(["publish", str(write(tmp_path / "thu"))]) == 0
    [version] = Version.objects.all()
    told = capsys.readouterr().out
    assert told == f"Đã công bố {CODE}, có hiệu lực từ 01/01/2026. Mã bản: {version.digest}\n"


def test_the_command_says_how_to_mend_what_it_refuses(tmp_path, capsys):
    folder = str(write(tmp_path / "thu"))
    main(["publish", folder])
    write(tmp_path / "thu", law=LAW.replace(*ANOTHER))
    assert main(["publish", folder]) == 1
    assert "muộn hơn" in capsys.readouterr().err


def test_the_measurements_own_procedure_is_still_loaded():
    publishing.publish_unlisted(settings.ROOT / "bench/procedure", at=now())
    assert Version.objects.filter(code="9.999999").exists()

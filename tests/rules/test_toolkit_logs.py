import json
import logging
import sys

from motcua.toolkit.logs import JobLines, JsonLines, request_named


def record(message: str, *args: object, level: int = logging.INFO, **extra: object):
    made = logging.getLogger("t").makeRecord("t", level, "f", 1, message, args, None)
    vars(made).update(extra)
    return made


def line(made: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = json.loads(JsonLines().format(made))
    return found


def test_a_line_is_json_with_the_fields_of_its_record() -> None:
    found = line(record("request", route="/ho-so/<code>/", ms=3.2))
    assert found["message"] == "request"
    assert found["route"] == "/ho-so/<code>/"
    assert found["level"] == "info"


def test_a_line_carries_the_id_of_the_request_around_it() -> None:
    with request_named("ABCD2345"):
        assert line(record("x"))["request"] == "ABCD2345"
    assert "request" not in line(record("x"))


def test_numbers_of_people_and_phones_never_reach_the_log() -> None:
    found = line(record("sent to %s for %s", "0912345678", "031099001234"))
    assert found["message"] == "sent to …78 for …34"


def test_numbers_in_a_trace_are_cut_too() -> None:
    made = record("fault")
    try:
        int("số 031099001234")
    except ValueError:
        made.exc_info = sys.exc_info()
    assert "031099001234" not in str(line(made)["trace"])


def test_arguments_of_a_failed_job_are_not_logged() -> None:
    made = record(
        "Job notices.send[7](to='mẹ', text='x(1)') ended with status: Error", level=logging.ERROR
    )
    assert JobLines().filter(made)
    assert line(made)["message"] == "Job notices.send[7] ended with status: Error"

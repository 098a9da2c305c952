"""Anyone who holds a paper learns whether it is genuine; whoever does not learns nothing."""

from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.documents import issuing, queries
from motcua.documents.rules.kinds import FILE_LIMIT
from motcua.documents.rules.tokens import grouped

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 10, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OWNER = "dossier:H31.284-261120-0007"


def issued(key="1"):
    return issuing.issue(
        owner=OWNER,
        kind="birth-certificate",
        key=key,
        template="giay-khai-sinh",
        title="Giấy khai sinh",
        data={"child": {"name": "Nguyễn Minh An", "personal_number": "031326000284"}},
        number="284/2026",
        agency="Ủy ban nhân dân xã Nam Thanh Miện",
        signer_name="Trần Văn Bình",
        signer_title="Chủ tịch",
        subject="Nguyễn Minh An",
        at=AT,
    )


def words(response) -> str:
    return unescape(response.content.decode())


def sent(content: bytes):
    return {"tep": SimpleUploadedFile("giay.pdf", content, "application/pdf")}


def test_a_valid_paper_says_what_it_is_who_issued_it_and_for_whom(client):
    text = words(client.get(f"/xac-thuc/{issued().token}"))
    for shown in (
        "là thật và còn giá trị", "Giấy khai sinh", "284/2026", "xã Nam Thanh Miện",
        "Trần Văn Bình, Chủ tịch", "10:42 ngày 23/11/2026", "Nguyễn M", queries.issued_for(OWNER)[0].blob_id,
    ):  # fmt: skip
        assert shown in text


def test_neither_full_name_nor_number_of_the_person_is_shown(client):
    text = words(client.get(f"/xac-thuc/{issued().token}"))
    assert "Minh An" not in text
    assert "031326000284" not in text
    assert OWNER.removeprefix("dossier:") not in text


def test_a_revoked_paper_says_so_with_its_reason(client):
    paper = issued()
    issuing.revoke(owner=OWNER, paper=paper.id, reason="Ghi sai ngày sinh", at=AT)
    text = words(client.get(f"/xac-thuc/{paper.token}"))
    assert "đã bị thu hồi" in text
    assert "Ghi sai ngày sinh" in text
    assert "là thật và còn giá trị" not in text


def test_a_replaced_paper_says_so_without_leading_to_the_new_one(client):
    old, new = issued("1"), issued("2")
    issuing.replace(owner=OWNER, paper=old.id, by=new.id, reason="Cải chính", at=AT)
    text = words(client.get(f"/xac-thuc/{old.token}"))
    assert "đã được thay bằng bản khác" in text
    assert new.token not in text


def test_the_very_file_is_recognised_and_a_changed_one_is_not(client):
    paper = issued()
    content = queries.content_of(paper)
    same = words(client.post(f"/xac-thuc/{paper.token}", sent(content)))
    assert "đúng là bản cơ quan đã ký" in same
    other = words(client.post(f"/xac-thuc/{paper.token}", sent(content + b" ")))
    assert "không phải là giấy tờ này" in other


def test_a_file_alone_leads_to_its_paper(client):
    text = words(client.post("/xac-thuc/tep", sent(queries.content_of(issued()))))
    assert "284/2026" in text


@pytest.mark.parametrize("content", [b"%PDF-1.7 something else", b"", b"x" * (FILE_LIMIT + 1)])
def test_a_file_that_is_no_issued_paper_gets_a_calm_answer(client, content):
    response = client.post("/xac-thuc/tep", sent(content))
    assert response.status_code == 404
    assert "không trùng với giấy tờ nào" in words(response)


def test_an_unknown_and_a_mistyped_code_get_the_same_answer_after_the_same_work(
    client, django_assert_num_queries
):
    with django_assert_num_queries(2):  # the brake, and the look-up
        unknown = client.get("/xac-thuc/" + "0" * 20)
    with django_assert_num_queries(2):
        mistyped = client.get("/xac-thuc/khong-phai-ma")
    assert unknown.status_code == mistyped.status_code == 404
    assert _without_address(unknown) == _without_address(mistyped)


def _without_address(response) -> str:
    return response.content.decode().replace("0" * 20, "").replace("khong-phai-ma", "")


def test_a_file_changed_after_signing_is_told_from_one_that_was_never_signed(client):
    content = queries.content_of(issued())
    changed = content.replace(b"/Lang", b"/Lanx", 1)
    told = words(client.post("/xac-thuc/tep", sent(changed)))
    assert "đã bị thay đổi sau khi ký" in told
    assert "Trần Văn Bình" in told
    longer = words(client.post("/xac-thuc/tep", sent(content + b"\n% later")))
    assert "đã bị thay đổi sau khi ký" in longer


def test_a_scanned_address_leads_to_the_page_without_its_seal(client):
    token = issued().token
    response = client.get("/xac-thuc/", {"ma": f"https://example.vn/xac-thuc/{token}#{'7' * 500}"})
    assert response["Location"] == f"/xac-thuc/{token}"


def test_whoever_looks_up_too_many_codes_must_wait(client, settings, monkeypatch):
    monkeypatch.setattr("motcua.openness.verification.LOOKS", 2)
    answers = [client.get("/xac-thuc/" + "0" * 20).status_code for _ in range(3)]
    assert answers == [404, 404, 429]


def test_a_code_typed_by_hand_leads_to_its_page(client):
    paper = issued()
    response = client.get("/xac-thuc/", {"ma": grouped(paper.token).lower()})
    assert response["Location"] == f"/xac-thuc/{paper.token}"


def test_a_code_that_cannot_be_one_is_asked_for_again_with_what_was_typed(client):
    response = client.get("/xac-thuc/", {"ma": "<b>ABC"})
    assert response.status_code == 400
    assert 'value="&lt;b&gt;ABC"' in response.content.decode()
    assert "20 chữ và số" in words(response)


@pytest.mark.parametrize("address", ["/xac-thuc/", "/xac-thuc/" + "0" * 20])
def test_codes_stay_out_of_search_engines_and_cookies(client, address):
    response = client.get(address)
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies

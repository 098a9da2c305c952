"""Hỏi đáp, from the help of a page, from a search and from a refusal to an answer and what to do next."""

from uuid import uuid4

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def read(client, path: str, language: str = "vi") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(path).content.decode()


def test_a_page_of_a_form_leads_to_the_questions_of_its_step(commune, client):
    begun = client.post("/nop/thu/", {"place__province": "31", "place__commune": "11284"})
    page = read(client, f"{begun.url}trang/applicant/")
    address = "/hoi-dap/?dich-vu=thu&amp;buoc=form&amp;noi=11284"
    assert address in page
    near = read(client, address.replace("&amp;", "&"))
    assert "Hay được hỏi ở bước này" in near
    assert '<a href="/hoi-dap/mat-mang/?dich-vu=thu&amp;buoc=form&amp;noi=11284">' in near


def test_an_answer_ends_with_what_to_do_and_whom_to_call(commune, client):
    page = read(client, "/hoi-dap/mat-ma-ho-so/?noi=11284")
    after = page.partition("Việc làm tiếp theo")[2]
    assert 'href="/ho-so-cua-toi/"' in after
    assert 'href="tel:' in after.partition("Vẫn chưa được?")[2]


def test_a_search_in_the_home_page_finds_questions_too(commune, client):
    assert 'href="/hoi-dap/khong-nhan-duoc-ma/"' in read(client, "/tim/?q=khong+nhan+duoc+ma")


def test_a_refusal_leads_to_the_answer_that_explains_it(commune, client):
    page = read(client, f"/khai/{uuid4()}/")
    assert 'href="/hoi-dap/khai-tiep-may-khac/"' in page


def test_a_wrong_answer_on_a_page_leads_to_what_explains_it(commune, client):
    begun = client.post("/nop/thu/", {"place__province": "31", "place__commune": "11284"})
    born = {
        f"child.birth_date__{part}": told
        for part, told in (("day", "31"), ("month", "2"), ("year", "2026"))
    }
    page = client.post(f"{begun.url}trang/child/", born).content.decode()
    assert 'href="/hoi-dap/ngay-sinh-khong-nho/"' in page


def test_a_question_nobody_asked_is_not_found(commune, client):
    assert client.get("/hoi-dap/khong-co/").status_code == 404


def test_khmer_goes_through_the_citizens_side_and_says_what_is_still_vietnamese(commune, client):
    page = read(client, "/", "km")
    assert '<html lang="km"' in page
    assert "ច្រកតែមួយសម្រាប់ឯកសារគ្រប់យ៉ាង" in page
    assert "រង់ចាំអ្នកនិយាយភាសាខ្មែរពីកំណើត" in page
    start = read(client, "/nop/thu/", "km")
    assert '<span lang="vi">' in start


def test_khmer_is_understood_by_the_search(commune, client):
    page = read(client, "/tim/?q=%E1%9E%9F%E1%9F%86%E1%9E%94%E1%9E%BB%E1%9E%8F%E1%9F%92%E1%9E%9A%E1%9E%80%E1%9F%86%E1%9E%8E%E1%9E%BE%E1%9E%8F", "km")  # fmt: skip
    assert 'class="card' in page


def test_a_desk_speaks_its_working_languages_only(commune, client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "km"
    assert client.get("/can-bo/dang-nhap/")["Content-Language"] == "vi"

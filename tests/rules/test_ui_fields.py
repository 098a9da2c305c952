import re
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.utils.translation import override

from motcua.ui.fields import (
    WIDGETS,
    DateValue,
    FacilityValue,
    FieldView,
    FilePage,
    Option,
    PlaceValue,
    Row,
    Why,
    error_links,
)

SEXES = (Option("nam", "Nam"), Option("nu", "Nữ", selected=True))
TEMPLATE = "{% load ui %}{% field view %}"


class Elements(HTMLParser):
    """The elements of a piece of HTML, to be asked by attribute; what waits in a template is not there yet."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(re.sub(r"<template\b.*?</template>", "", html, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.all.append((tag, dict(attrs)))

    def with_(self, **wanted):
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [a for _, a in self.all if all(a.get(n) == v for n, v in wanted.items())]

    @property
    def ids(self):
        return [a["id"] for _, a in self.all if "id" in a]


def show(view):
    with override("vi"):
        return engines["django"].from_string(TEMPLATE).render({"view": view})


def a_field(widget, **given):
    values = {
        "date": DateValue("23", "11", "2026"),
        "place": PlaceValue("31", "11284", communes=(Option("11284", "Xã Nam Thanh Miện"),)),
        "facility": FacilityValue(),
    }
    usual = {
        "id": "f",
        "name": "f",
        "widget": widget,
        "label": "Nhãn",
        "hint": "Gợi ý",
        "errors": ["Chưa đúng."],
        "options": SEXES,
        "value": values.get(widget, ""),
        "pages": (FilePage("p1", "a.jpg", 1000),) if widget == "file" else (),
        "rows": (Row(0, (FieldView("r", "f__0__r", "text", "Hàng"),)),)
        if widget == "group"
        else (),
    }
    return FieldView(**{**usual, **given})


VISIBLE = sorted(WIDGETS - {"hidden"})


@pytest.mark.parametrize("widget", VISIBLE)
def test_every_error_is_tied_to_its_control_and_said_with_a_word(widget):
    html = show(a_field(widget))
    found = Elements(html)
    described = [a for _, a in found.all if "f-error" in a.get("aria-describedby", "")]
    assert "f-error" in found.ids
    assert described
    assert "Lỗi:" in html


@pytest.mark.parametrize("widget", VISIBLE)
def test_the_error_link_leads_to_something_on_the_page(widget):
    view = a_field(widget)
    (link,) = error_links([view])
    assert link.href.removeprefix("#") in Elements(show(view)).ids


@pytest.mark.parametrize("widget", VISIBLE)
def test_every_described_and_labelled_id_exists_once(widget):
    found = Elements(show(a_field(widget, why=Why("Vì cần", "Điều 16"), warnings=["Xem lại"])))
    assert len(found.ids) == len(set(found.ids))
    for _, attributes in found.all:
        for name in ("aria-describedby", "for", "aria-controls", "aria-labelledby"):
            assert set(attributes.get(name, "").split()) <= set(found.ids), attributes


@pytest.mark.parametrize("widget", VISIBLE)
def test_every_control_has_a_label_and_a_name(widget):
    found = Elements(show(a_field(widget)))
    labelled = {a["for"] for tag, a in found.all if tag == "label"}
    for tag, attributes in found.all:
        if tag in {"input", "select", "textarea"} and attributes.get("type") != "hidden":
            assert attributes["id"] in labelled
            assert attributes["name"].startswith("f")


@pytest.mark.parametrize("widget", sorted(WIDGETS))
def test_no_field_carries_inline_style_or_script(widget):
    html = show(a_field(widget, asks=True, why="Vì sao", warnings=["Xem lại"]))
    assert not re.search(r"<(script|style)|\s(style|on\w+)=", html)


@pytest.mark.parametrize("widget", sorted(WIDGETS))
def test_what_people_typed_is_shown_escaped(widget):
    nasty = '"><script>x</script>'
    options = (Option(nasty, nasty, nasty),)
    view = a_field(widget, label=nasty, hint=nasty, errors=[nasty], options=options, value=nasty)
    assert "<script>" not in show(view)


def test_only_what_is_optional_is_marked():
    assert "(không bắt buộc)" in show(a_field("text", required=False))
    assert "(không bắt buộc)" not in show(a_field("text", required=True))


def test_a_required_control_says_so_to_screen_readers():
    (control,) = Elements(show(a_field("text"))).with_(name="f")
    assert control["aria-required"] == "true"
    (control,) = Elements(show(a_field("text", required=False))).with_(name="f")
    assert "aria-required" not in control


def test_a_control_without_error_is_not_called_wrong():
    (control,) = Elements(show(a_field("text", errors=()))).with_(name="f")
    assert "aria-invalid" not in control


def test_a_date_is_three_boxes_with_their_own_labels():
    html = show(a_field("date"))
    boxes = {a["name"]: a["value"] for a in Elements(html).with_(type="text")}
    assert boxes == {"f__day": "23", "f__month": "11", "f__year": "2026"}
    assert all(f">{word}</label>" in html for word in ("Ngày", "Tháng", "Năm"))


def test_the_phone_fills_in_a_birthday_box_by_box():
    html = show(FieldView("b", "b", "date", "Ngày sinh", attributes={"autocomplete": "bday"}))
    assert re.findall('autocomplete="([a-z-]+)"', html) == ["bday-day", "bday-month", "bday-year"]


def test_the_chosen_option_is_the_one_checked():
    found = Elements(show(a_field("radio")))
    assert [a["value"] for a in found.with_(type="radio") if "checked" in a] == ["nu"]


def test_options_of_a_group_stand_under_its_heading():
    options = (Option("a", "A", group="Bệnh viện"), Option("b", "B", group="Trạm y tế"))
    found = Elements(show(a_field("select", options=options)))
    assert [a["label"] for tag, a in found.all if tag == "optgroup"] == ["Bệnh viện", "Trạm y tế"]


def test_a_place_works_without_scripts_by_two_buttons():
    found = Elements(show(a_field("place")))
    assert found.with_(name="_ask", value="f")
    assert found.with_(name="_search", value="f")


def test_a_paper_can_be_photographed_or_chosen():
    camera, library = Elements(show(a_field("file"))).with_(type="file")
    assert camera["capture"] == "environment"
    assert "application/pdf" in library["accept"]
    assert camera["name"] == library["name"] == "f"


def test_rows_are_added_and_removed_by_buttons():
    found = Elements(show(a_field("group")))
    assert found.with_(name="_add", value="f")
    assert found.with_(name="_remove", value="f__0")
    assert found.with_(name="f__rows", value="1")


def test_a_code_is_offered_by_the_phone_and_typed_on_digits():
    (control,) = Elements(show(a_field("code"))).with_(name="f")
    assert control["autocomplete"] == "one-time-code"
    assert control["inputmode"] == "numeric"


def test_the_procedures_own_attributes_replace_the_usual_ones():
    (control,) = Elements(show(a_field("name", attributes={"autocapitalize": "none"}))).with_(
        name="f"
    )
    assert control["autocapitalize"] == "none"


@pytest.mark.parametrize("name", ["onclick", "style", "formaction", "x y"])
def test_an_attribute_that_could_carry_a_script_is_refused(name):
    with pytest.raises(ValueError, match="not allowed"):
        show(a_field("text", attributes={name: "x"}))


def test_a_widget_the_house_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no such widget"):
        FieldView("f", "f", "slider", "Nhãn")


def test_why_we_ask_tells_the_article_and_who_sees_it():
    html = show(
        a_field("text", why=Why("Để nhận đúng người.", "Luật Hộ tịch, Điều 16", "công an xã"))
    )
    assert "Vì sao hỏi?" in html
    assert "Luật Hộ tịch, Điều 16" in html
    assert "công an xã" in html


def test_one_question_on_a_page_is_its_heading():
    assert show(a_field("text", legend_as_heading=True)).count("<h1") == 1
    assert show(a_field("radio", legend_as_heading=True)).count("<h1") == 1


def test_errors_inside_rows_are_in_the_summary_too():
    inner = FieldView("r", "f__0__r", "text", "Hàng", errors=["Thiếu tên."])
    view = a_field("group", errors=(), rows=(Row(0, (inner,)),))
    assert [(e.text, e.href) for e in error_links([view])] == [("Thiếu tên.", "#r")]


def test_the_same_error_of_two_questions_names_each():
    views = [FieldView(n, n, "radio", f"Câu {n}", errors=["Hãy chọn."]) for n in ("1", "2")]
    assert [e.text for e in error_links(views)] == ["Câu 1 – Hãy chọn.", "Câu 2 – Hãy chọn."]


def test_how_much_room_is_left_is_not_taken_for_somebody_who_left():
    """`data-left` says that somebody signed out: scripts then forget what the phone keeps, in every tab."""
    html = show(FieldView("w", "w", "long_text", "Lời", counted=300))
    assert "data-left" not in html
    assert Elements(html).with_(data_room="Còn # ký tự", data_count_of="w")

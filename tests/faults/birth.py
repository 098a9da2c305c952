"""Two hundred invented births: what their mothers declare."""

from typing import Any

GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Khánh",
    "Linh",
    "Minh",
    "Ngọc",
    "Phúc",
    "Quân",
)
ELIGIBLE = {
    "check.born_in": "viet_nam",
    "check.parents_citizens": "both",
    "check.age": "under_6",
    "check.registered": "no",
    "check.case": "normal",
}
COMMUNE = "11284"
HOME = {
    "province": "31", "commune": COMMUNE, "detail": "Thôn Đông",
    "text": "Thôn Đông, Xã Nam Thanh Miện, Thành phố Hải Phòng",
}  # fmt: skip
FACILITY = {
    "code": "31003",
    "text": "Bệnh viện Trẻ em Hải Phòng, 138 đường Việt Đức, Phường Kiến An, Thành phố Hải Phòng",
}


def phone_of(number: int) -> str:
    """Return the mother's mobile number."""
    return f"+8491{number:07d}"


def answers_of(number: int) -> dict[str, Any]:
    """Return a whole declaration, every one a little different."""
    given = GIVEN[number % len(GIVEN)]
    return {
        "residence.wanted": True,
        "insurance.wanted": True,
        "identity_card.wanted": False,
        "applicant.relation": "mother",
        "applicant.full_name": f"Nguyễn Thị {given}",
        "applicant.birth_date": "1996-04-12",
        "applicant.sex": "female",
        "applicant.personal_number": f"030196{number:06d}",
        "applicant.paper_kind": "can_cuoc",
        "applicant.paper_issued_on": "2024-08-01",
        "applicant.paper_issued_by": "Bộ Công an",
        "applicant.phone": phone_of(number),
        "applicant.email": f"me{number}@example.vn",
        "applicant.residence_kind": "permanent",
        "applicant.residence": HOME,
        "child.full_name": f"Trần {given} Số {number}",
        "child.birth_date": "2026-11-02",
        "child.sex": "female" if number % 2 else "male",
        "child.birth_place_kind": "facility",
        "child.birth_facility": FACILITY,
        "birth_note.kind": "paper",
        "mother.ethnic_group": "01",
        "father.full_name": "Trần Văn Nam",
        "father.birth_date": "1994",
        "father.personal_number": f"030094{number:06d}",
        "father.ethnic_group": "01",
        "father.same_residence": True,
        "marriage.registered": True,
        "marriage.registered_at": "Ủy ban nhân dân xã Nam Thanh Miện",
        "child.home_town": HOME,
        "residence.case": "with_mother",
        "household_head.who": "mother",
        "residence.consent": "declarant",
        "dwelling_owner.other": False,
        "insurance.facility": FACILITY,
        "insurance.poor_household": False,
        "copies.count": 0,
        "fee.exemption": "none",
    }

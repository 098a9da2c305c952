"""What the invented families of the tests know about themselves, by field id."""

from datetime import date, timedelta
from typing import Any

NAM_THANH_MIEN = "31/11284"
THANH_MIEN = "31/11239"
AT_HOME = (NAM_THANH_MIEN, "Thôn Đông")
HOSPITAL = "31021"
BORN = date.today() - timedelta(days=3)  # noqa: DTZ011 - any recent day will do

BEGINNING: dict[str, Any] = {
    "place": (NAM_THANH_MIEN,),
    "for_whom": "self",
    "check.born_in": "viet_nam",
    "check.parents_citizens": "both",
    "check.age": "under_6",
    "check.registered": "no",
    "check.case": "normal",
}

MAI_FILES: dict[str, Any] = {
    "residence.wanted": True,
    "insurance.wanted": True,
    "identity_card.wanted": False,
    "applicant.relation": "mother",
    "applicant.paper_kind": "can_cuoc",
    "applicant.paper_issued_on": "12/05/2021",
    "applicant.paper_issued_by": "Bộ Công an",
    "applicant.residence_kind": "permanent",
    "applicant.residence": AT_HOME,
    "child.full_name": "Trần Minh An",
    "child.birth_date": BORN.strftime("%d/%m/%Y"),
    "child.sex": "female",
    "child.birth_place_kind": "facility",
    "child.birth_facility": HOSPITAL,
    "birth_note.kind": "paper",
    "mother.ethnic_group": "01",
    "father.full_name": "Trần Văn Nam",
    "father.birth_date": "02/09/1994",
    "father.personal_number": "030094002345",
    "father.ethnic_group": "01",
    "father.same_residence": True,
    "marriage.registered": True,
    "marriage.registered_at": "UBND xã Thanh Giang, huyện Thanh Miện, tỉnh Hải Dương",
    "child.home_town": AT_HOME,
    "residence.case": "with_mother",
    "household_head.who": "father",
    "residence.consent": "paper",
    "dwelling_owner.other": False,
    "insurance.facility": HOSPITAL,
    "insurance.poor_household": False,
    "copies.count": "0",
    "fee.exemption": "none",
}


# ── Giấy xác nhận tình trạng hôn nhân (1.004873): Bình needs one to borrow money ────────────────────

BINH: dict[str, Any] = {
    "phone": "0987654321",
    "email": "",
    "details": {
        "full_name": "Lê Văn Bình",
        "birth_date": "15/03/1990",
        "sex": "male",
    },
}
WALKER: dict[str, Any] = {
    "phone": "0900000799",
    "email": "",
    "details": {"full_name": "Hoàng Thị Sen", "birth_date": "20/10/1985", "sex": "female"},
}
"""Whose telephone the robot holds where a service asks for an account."""
OTHERS: dict[str, dict[str, Any]] = {"binh": BINH, "walker": WALKER}
STATUS_BEGINNING: dict[str, Any] = {
    "place": (NAM_THANH_MIEN,),
    "for_whom": "self",
    "check.citizen": "resident",
}
BINH_FILES: dict[str, Any] = {
    "applicant.personal_number": "030090001122",
    "applicant.email": "binh@example.com",
    "subject.ethnic_group": "01",
    "subject.paper_kind": "can_cuoc",
    "subject.paper_issued_on": "10/10/2022",
    "subject.residence_kind": "permanent",
    "subject.residence": AT_HOME,
    "period.here": True,
    "period.from": "03/2015",
    "status.kind": "never_married",
    "purpose.kind": "loan",
    "earlier.issued": False,
    "fee.exemption": "none",
}
BY_POST: dict[str, Any] = {
    "way.giay_xac_nhan": "post",
    "post_name": "Lê Văn Bình",
    "post_phone": "0987654321",
    "post": AT_HOME,
}

# ── Đăng ký kết hôn (1.000894): Cúc and Minh ────────────────────────────────────────────────────────

MARRIAGE_BEGINNING: dict[str, Any] = {
    "place": (NAM_THANH_MIEN,),
    "check.citizens": "both",
    "check.free": "yes",
    "check.both_come": "yes",
}


def _side(side: str, **more: str) -> dict[str, Any]:
    return {
        f"{side}.paper_kind": "can_cuoc",
        f"{side}.paper_issued_on": "10/10/2022",
        f"{side}.residence_kind": "permanent",
        f"{side}.residence": AT_HOME,
        f"{side}.status": "never_married",
        f"{side}.marriage_count": "1",
        **{f"{side}.{name}": value for name, value in more.items()},
    }


CUC_FILES: dict[str, Any] = {
    "applicant.side": "wife",
    **_side("wife", ethnic_group="02"),
    **_side(
        "husband",
        full_name="Đặng Văn Minh",
        birth_date="30/06/1998",
        personal_number="031098005678",
        ethnic_group="01",
    ),
    "copies.count": "0",
}

# ── In the neighbour commune everybody works in motcua itself ───────────────────────────────────────

NEXT_DOOR = (THANH_MIEN, "Thôn Phượng Hoàng")
BEGINNING_NEXT_DOOR = {**BEGINNING, "place": (THANH_MIEN,)}
MAI_FILES_NEXT_DOOR = {**MAI_FILES, "applicant.residence": NEXT_DOOR, "child.home_town": NEXT_DOOR}

# ── A grandmother files for her daughter ────────────────────────────────────────────────────────────

BEGINNING_FOR_ANOTHER = {**BEGINNING, "for_whom": "other", "relation": "grandmother"}
LAN_FILES: dict[str, Any] = {
    **{name: value for name, value in MAI_FILES.items() if name != "applicant.relation"},
    "mother.full_name": "Nguyễn Thị Mai",
    "mother.birth_date": "12/04/1996",
    "mother.personal_number": "030196001234",
    "mother.same_residence": True,
    "insurance.guardian": "Nguyễn Thị Mai",
}

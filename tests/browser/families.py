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

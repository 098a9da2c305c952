"""A procedure small enough to read at a glance, for tests of the language."""

from pathlib import Path

from motcua.procedures.rules.catalogue import Folder, read_folder
from motcua.procedures.rules.world import Commune

LAW = """\
code: "9.000002"
slug: thu
name: {vi: "Thử", en: "Trial"}
short: {vi: "Thử", en: "Trial"}
fields_of_law: [civil_status]
life_events: [other]
level: full
decision: "1/QĐ"
effective: {from: "2026-01-01"}
audience: {vi: "Mọi người", en: "Everybody"}
minutes_to_fill: 3
legal_basis:
  - {id: luat, title: {vi: "Luật", en: "Law"}}
start: {sign_in: none, place_question: {vi: "Ở đâu?", en: "Where?"}}
eligibility:
  - id: check.case
    question: {vi: "Trường hợp nào?", en: "Which case?"}
    options:
      - {value: plain, label: {vi: "Thường", en: "Plain"}}
      - {value: special, label: {vi: "Đặc biệt", en: "Special"}}
      - {value: other, label: {vi: "Khác", en: "Other"}}
    exits:
      other: {why: {vi: "Không.", en: "No."}, instead: {vi: "Nơi khác.", en: "Elsewhere."}}
papers:
  - {id: note, name: {vi: "Giấy", en: "Note"}, basis: luat, replaced_when: 'child.code != ""'}
  - {id: proof, name: {vi: "Minh chứng", en: "Proof"}, basis: luat, when: 'check.case == "special"'}
fees:
  - id: fee
    name: {vi: "Lệ phí", en: "Fee"}
    count: child.copies
    when: child.copies > 0
    rates:
      - {amount: 0, channel: online, province: "31", basis: luat, effective: {from: "2026-06-01"}}
      - {amount: 5000, channel: online, basis: luat}
      - {amount: 8000, basis: luat}
    exemptions:
      - {when: child.poor, name: {vi: "Nghèo", en: "Poor"}, basis: luat}
plan:
  limit: {amount: 3, basis: luat}
  supplement: {within: {amount: 7, basis: luat}}
  stages:
    - id: one
      name: {vi: "Một", en: "One"}
      agency: receiving
      steps:
        - {id: sign, kind: sign, role: leader, name: {vi: "Ký", en: "Sign"}}
results:
  - id: paper
    code: KQ.G15.000031
    name: {vi: "Giấy", en: "Paper"}
    stage: one
    template: ket-qua
    ways: [online]
    fills:
      number: leg.one.number
      child.name: child.full_name
      child.born: child.birth_date
      child.born_words: child.birth_date|words
      child.year: child.birth_date|year
      child.sex: child.sex
      child.sex_code: child.sex|raw
      words: "=Giấy của {child.full_name}, sinh ngày {child.birth_date|show}"
      where: [child.home, "={child.code}", "=không rõ"]
pledge: {vi: "Cam đoan.", en: "Pledge."}
applicant: {name: mother.full_name, phone: mother.phone}
subject: child.full_name
retention: {vi: "5 năm", en: "5 years"}
"""

FORM = """\
pages:
  - id: mother
    section: {vi: "Mẹ", en: "Mother"}
    title: {vi: "Mẹ", en: "Mother"}
    fields:
      - {id: mother.full_name, type: person_name, label: {vi: "Tên mẹ", en: "Mother's name"}, why: {basis: luat}}
      - {id: mother.phone, type: phone, label: {vi: "Điện thoại", en: "Phone"}, why: {basis: luat}}
      - id: mother.relation
        type: choice
        codes: relations
        take: [{from: filing.relation, when: 'filing.relation != ""'}]
        label: {vi: "Quan hệ", en: "Relation"}
        why: {basis: luat}
  - id: child
    section: {vi: "Con", en: "Child"}
    title: {vi: "Con", en: "Child"}
    fields:
      - {id: child.full_name, type: person_name, label: {vi: "Tên", en: "Name"}, why: {basis: luat}}
      - {id: child.birth_date, type: date, not_after: today, label: {vi: "Ngày sinh", en: "Born"}, why: {basis: luat}}
      - {id: child.sex, type: choice, codes: sexes, label: {vi: "Giới tính", en: "Sex"}, why: {basis: luat}}
      - {id: child.home, type: place, required: false, label: {vi: "Quê", en: "Home"}, why: {basis: luat}}
      - id: child.guardian
        type: person_name
        take: [{from: mother.full_name, when: 'check.case == "plain"'}]
        label: {vi: "Giám hộ", en: "Guardian"}
        why: {basis: luat}
      - {id: child.kind, type: text, compute: '"child of " + check.case', label: {vi: "Loại", en: "Kind"}, why: {basis: luat}}
      - {id: child.reason, type: text, when: 'check.case == "special"', label: {vi: "Lý do", en: "Reason"}, why: {basis: luat}}
    checks:
      - that: '!full_date(child.birth_date) || years_between(child.birth_date, today) < 6'
        say: {vi: "Đã 6 tuổi.", en: "Is 6."}
      - that: '!known(child.full_name) || first_word(child.full_name) == first_word(mother.full_name)'
        level: confirm
        say: {vi: "Khác họ.", en: "Other name."}
  - id: rest
    section: {vi: "Khác", en: "Rest"}
    title: {vi: "Khác", en: "Rest"}
    fields:
      - {id: child.code, type: text, required: false, pattern: '[A-Z]{3}', example: "ABC", label: {vi: "Mã", en: "Code"}, why: {basis: luat}}
      - {id: child.copies, type: number, least: 0, most: 20, label: {vi: "Bản sao", en: "Copies"}, why: {basis: luat}}
      - {id: child.poor, type: yes_no, label: {vi: "Nghèo?", en: "Poor?"}, why: {basis: luat}}
"""

CODES = {
    "fields_of_law": {"civil_status": "Hộ tịch"},
    "life_events": {"other": "Việc khác"},
    "sexes": {"male": "Nam", "female": "Nữ"},
    "relations": {"mother": "Mẹ", "aunt": "Cô"},
    "health_facilities": {"1": "Trạm y tế xã", "2": "Bệnh viện"},
}
OPEN_TO_CHILDREN = {"1"}


class SmallWorld:
    """Two communes and three lists."""

    def commune(self, code: str) -> Commune | None:
        """Return one of the two."""
        known = {"11284": "Xã Nam Thanh Miện", "11239": "Xã Thanh Miện"}
        return Commune(code, "31", f"{known[code]}, Hải Phòng") if code in known else None

    def label(self, code_list: str, code: str, language: str) -> str | None:
        """Return the words, the same in each language."""
        return CODES[code_list].get(code)

    def codes(self, code_list: str, only: str = "") -> tuple[str, ...]:
        """Return the codes; `only` narrows to what is open to children."""
        return tuple(c for c in CODES[code_list] if not only or c in OPEN_TO_CHILDREN)

    def address(self, code_list: str, code: str) -> str:
        """Return where the station is."""
        return "Xã Thanh Miện, Hải Phòng" if code == "1" else ""


WORLD = SmallWorld()


def write(folder: Path, *, law: str = LAW, form: str = FORM) -> Path:
    """Write the procedure into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "procedure.yaml").write_text(law, encoding="utf-8")
    (folder / "form.yaml").write_text(form, encoding="utf-8")
    return folder


def sample(folder: Path, *, law: str = LAW, form: str = FORM) -> Folder:
    """Return the procedure as read from a folder."""
    return read_folder(write(folder, law=law, form=form), shown="thu")

"""The people of our tests. All invented; their numbers follow the rules and belong to nobody."""

from dataclasses import dataclass

from motcua.dossiers.rules.facts import SYSTEM, Actor

COMMUNE = "H24.284"
POLICE = "CA.284"
INSURANCE = "BH.284"
ELSEWHERE = "H24.287"


@dataclass(frozen=True)
class Citizen:
    """Somebody with a phone."""

    name: str
    number: str
    born: str
    sex: str
    phone: str
    email: str = ""


MAI = Citizen(
    "Nguyễn Thị Mai", "030196004321", "1996-04-12", "female", "0912345001", "mai@example.vn"
)
NAM = Citizen("Trần Văn Nam", "030094007654", "1994-09-02", "male", "0912345002", "nam@example.vn")
LAN = Citizen("Phạm Thị Lan", "030158001234", "1958-01-20", "female", "0912345003")
STRANGER = Citizen("Lê Văn Lạ", "030090009999", "1990-07-07", "male", "0912345009")

MOTHER = Actor(kind="applicant", id="account:1", name=MAI.name)
NOBODY = Actor(kind="applicant", id="account:9", name=STRANGER.name)
FRONT_DESK = Actor(kind="official", id="1", name="Vũ Thị Hạnh", role="front_desk", agency=COMMUNE)
REGISTRAR = Actor(kind="official", id="2", name="Đỗ Văn Tài", role="registrar", agency=COMMUNE)
LEADER = Actor(kind="official", id="3", name="Bùi Thị Hòa", role="leader", agency=COMMUNE)
POLICE_OFFICER = Actor(
    kind="official", id="4", name="Ngô Văn Dũng", role="police_officer", agency=POLICE
)
CLERK = Actor(kind="official", id="5", name="Lý Thị Sen", role="insurance_clerk", agency=INSURANCE)
OTHER_DESK = Actor(kind="official", id="6", name="Hà Thị Thu", role="front_desk", agency=ELSEWHERE)
REGISTRY = Actor(kind="agency", id="civil-registry", name="civil-registry")
POPULATION = Actor(kind="agency", id="population", name="population")
CLOCKWORK = SYSTEM

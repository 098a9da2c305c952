"""What an official may be in an agency."""

from enum import StrEnum

from motcua.kernel.refusal import noop


class Role(StrEnum):
    """A role is held in one agency, through a post."""

    FRONT_DESK = "front_desk"
    REGISTRAR = "registrar"
    SOCIAL_OFFICER = "social_officer"
    ECONOMIC_OFFICER = "economic_officer"
    LEADER = "leader"
    POLICE_OFFICER = "police_officer"
    INSURANCE_CLERK = "insurance_clerk"
    ADMINISTRATOR = "administrator"


NAMES = {
    Role.FRONT_DESK: noop("Bộ phận một cửa"),
    Role.REGISTRAR: noop("Công chức tư pháp – hộ tịch"),
    Role.SOCIAL_OFFICER: noop("Công chức văn hóa – xã hội"),
    Role.ECONOMIC_OFFICER: noop("Công chức kinh tế"),
    Role.LEADER: noop("Lãnh đạo"),
    Role.POLICE_OFFICER: noop("Cán bộ công an"),
    Role.INSURANCE_CLERK: noop("Viên chức bảo hiểm xã hội"),
    Role.ADMINISTRATOR: noop("Quản trị"),
}

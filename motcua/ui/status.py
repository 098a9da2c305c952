"""The words and shapes of states that the components share.

The ten national statuses have their shapes here; their words belong to the dossiers.
"""

from django.utils.translation import gettext_lazy as _

# A step of a timeline; whatever is not named here is still to come.
STEP_WORDS = {
    "done": _("Đã xong"),
    "now": _("Đang làm"),
    "action": _("Chờ quý vị"),
    "stopped": _("Đã dừng"),
    "next": _("Sắp tới"),
}

# A section of a form: its words and the shape of its tag.
TASK_TAGS = {
    "done": (_("Đã xong"), "done"),
    "started": (_("Đang khai"), "running"),
    "wrong": (_("Cần sửa"), "action"),
    "locked": (_("Làm sau"), "paused"),
    "todo": (_("Chưa khai"), "new"),
    "absent": (_("Chưa có"), "new"),
    "optional": (_("Nếu có"), "paused"),
}

# What a screen reader says before the title of a notice.
NOTICE_WORDS = {
    "info": _("Thông tin:"),
    "success": _("Thành công:"),
    "warning": _("Lưu ý:"),
    "error": _("Lỗi:"),
}

# Codes of the national portal, 1–10, and the shape each is shown with.
_SHAPES = {
    1: "new",
    2: "running",
    3: "stopped",
    4: "running",
    5: "action",
    6: "action",
    7: "paused",
    8: "stopped",
    9: "done",
    10: "done",
}


def shape_of(code: int | str) -> str:
    """Return the tag's kind of a national status code; unknown ones look new."""
    return _SHAPES.get(int(code), "new")

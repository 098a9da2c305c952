"""What the pieces of two versions are called: a label for every id, of the new version where both have it."""

from collections.abc import Iterator
from typing import Protocol

from motcua.procedures.rules.form import FormField, Option
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.texts import Text


class Labels(Protocol):
    """The code lists, for saying `male` as “Nam”."""

    def label(self, name: str, code: str, language: str) -> str | None:
        """Return the words of a code of the named list, None when it is not known."""


def quoted(text: Text) -> Text:
    """Return the text in the quotation marks of prose."""
    return Text(vi=f"“{text.vi}”", en=f"“{text.en}”")


def same(text: str) -> Text:
    """Return what is written alike in both languages."""
    return Text(vi=text, en=text)


def raw(text: object) -> Text:
    """Return something of the language itself, as it is written there."""
    return same(f"`{text}`")


ALWAYS: dict[str, tuple[Text, dict[str, Text]]] = {
    "today": (Text(vi="ngày nộp", en="day of filing"), {}),
    "channel": (
        Text(vi="kênh nộp", en="channel"),
        {
            "online": Text(vi="trực tuyến", en="online"),
            "counter": Text(vi="tại quầy", en="at the counter"),
            "post": Text(vi="qua bưu điện", en="by post"),
        },
    ),
    "filing.for_whom": (
        Text(vi="nộp cho ai", en="for whom"),
        {
            "self": Text(vi="chính mình", en="oneself"),
            "other": Text(vi="người khác", en="somebody else"),
        },
    ),
    "filing.relation": (Text(vi="quan hệ của người nộp", en="relation of who files"), {}),
    "filing.place.province": (Text(vi="mã tỉnh nơi nộp", en="province of filing"), {}),
    "filing.place.commune": (Text(vi="mã xã nơi nộp", en="commune of filing"), {}),
    "filing.signed_in_level": (Text(vi="mức độ đăng nhập", en="level of the sign-in"), {}),
}
"""What conditions may name besides questions, and the values of each."""

_PARTS = {
    "province": Text(vi="tỉnh", en="province"),
    "commune": Text(vi="xã", en="commune"),
    "detail": Text(vi="địa chỉ chi tiết", en="detail"),
    "code": Text(vi="mã", en="code"),
    "text": Text(vi="tên", en="name"),
}


class Names:
    """Looks up what a question, a paper, a stage, an instrument or an answer is called."""

    def __init__(self, old: Procedure, new: Procedure, labels: Labels | None = None) -> None:
        """Gather the names of both; the new one's count."""
        self._labels = labels
        self._texts: dict[str, Text] = {}
        self._pieces: dict[tuple[str, str], Text] = {}
        self._options: dict[str, tuple[Option, ...]] = {}
        self._lists: dict[str, str] = {}
        for law in (old, new):
            self._pieces.update(_pieces(law))
            self._texts.update({asked.id: asked.question for asked in law.eligibility})
            for field in _all_fields(law):
                self._texts[field.id] = field.label
                self._options[field.id] = field.options
                self._lists[field.id] = field.codes or ""
            self._options.update({asked.id: asked.options for asked in law.eligibility})

    def of(self, name: str) -> Text:
        """Return the label of an id in quotation marks, the id itself when it is not known."""
        if name in ALWAYS:
            return ALWAYS[name][0]
        if name in self._texts:
            return quoted(self._texts[name])
        around, _, part = name.rpartition(".")
        if around in self._texts and part in _PARTS:
            words = _PARTS[part]
            whole = self._texts[around]
            return Text(vi=f"{words.vi} ở “{whole.vi}”", en=f"{words.en} in “{whole.en}”")
        return raw(name)

    def piece(self, kind: str, name: str) -> Text:
        """Return what a paper, a stage or an instrument is called; ids of different kinds may be alike."""
        known = self._pieces.get((kind, name))
        return quoted(known) if known else raw(name)

    def code(self, list_name: str, code: str) -> Text:
        """Return the words of a code, the code itself when nobody knows it."""
        vi, en = (
            self._labels.label(list_name, code, to) if self._labels else None for to in ("vi", "en")
        )
        return Text(vi=f"“{vi}”", en=f"“{en}”") if vi and en else same(f"“{code}”")

    def answer(self, name: str, value: str) -> Text:
        """Return a possible answer to a question in words."""
        if name in ALWAYS and value in ALWAYS[name][1]:
            return quoted(ALWAYS[name][1][value])
        for option in self._options.get(name, ()):
            if option.value == value:
                return quoted(option.label)
        known = self._lists.get(name, "")
        return self.code(known, value) if known else same(f"“{value}”")


def _pieces(law: Procedure) -> dict[tuple[str, str], Text]:
    found = {("instrument", basis.id): basis.title for basis in law.legal_basis}
    found.update({("paper", paper.id): paper.name for paper in law.papers})
    found.update({("stage", stage.id): stage.name for stage in law.plan.stages})
    return found


def _all_fields(law: Procedure) -> Iterator[FormField]:
    for page in law.form.pages:
        for field in page.fields:
            yield field
            yield from field.fields

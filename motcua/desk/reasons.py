"""Coded reasons: chosen first, then read as the applicant will read them, then sent – all in one request."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext

from motcua.agencies.rules.codes import Code
from motcua.desk.act_forms import ActForm, How
from motcua.desk.pages import language
from motcua.desk.telling import stage_words
from motcua.dossiers.rules.clock import leg_return_until, return_until
from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.offers import Doing
from motcua.journeys import checking, handling, looking, reasons
from motcua.journeys.checking import Checking, Part
from motcua.journeys.looking import Target
from motcua.procedures.rules.plan import Reopen
from motcua.procedures.rules.procedure import Procedure
from motcua.ui.words import moment_words

LONGEST = 1000


@dataclass(frozen=True)
class Choice:
    """One reason that may be chosen for a target."""

    code: str
    label: str
    selected: bool = False


@dataclass(frozen=True)
class Row:
    """A field or paper that may be ticked, with the reasons that fit it."""

    key: str
    label: str
    value: str
    ticked: bool
    choices: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True)
class Item:
    """One reason as the applicant will read it, to be mended before it is sent."""

    key: str
    title: str
    text: str
    how: str
    basis: str
    error: str = ""


class Reasons(ActForm):
    """The common part: choose, look over, send."""

    template: ClassVar[str] = "reasons"
    mend: ClassVar[str] = "next_vi"
    stage = "choose"

    @property
    def procedure(self) -> Procedure:
        """The procedure, whose laws say which reasons there are."""
        return self.opened.published.procedure

    @cached_property
    def rows(self) -> dict[str, Code]:
        """The reasons for which this may be done."""
        return {row.code: row for row in reasons.to_refuse(self.procedure)}

    def ready(self) -> bool:
        """Go from choosing to looking over; ready only when looked over and sent."""
        asked = self.posted.one("_stage")
        if asked == "choose":
            return False
        keys = self.keys()
        if not keys and "reasons" not in self.wrong:
            self.wrong["reasons"] = gettext("Hãy chọn ít nhất một lý do.")
        if self.wrong:
            return False
        self.stage = "review"
        if asked != "send":
            return False
        for number, item in enumerate(self.items(), start=1):
            if item.error:
                self.wrong[f"text-{number}"] = item.error
        return not self.wrong

    def keys(self) -> list[str]:
        """Return what was chosen, as `kind:target:code`."""
        listed = self.posted.many("item")
        picked = listed if self.posted.one("_stage") in ("send", "choose") else self._picked()
        return [key for key in dict.fromkeys(picked) if self._known(key)]

    def _picked(self) -> list[str]:
        return [f"reason::{code}" for code in self.posted.many("pick")]

    def _known(self, key: str) -> bool:
        kind, _, code = key.split(":", 2) if key.count(":") >= 2 else ("", "", "")  # noqa: PLR2004 - kind:target:code
        return kind == "reason" and code in self.rows

    def items(self) -> list[Item]:
        """Return the chosen reasons, with words from the code list where none were typed yet."""
        return [self._item(key) for key in self.keys()]

    def _item(self, key: str) -> Item:
        row = self._row(key)
        typed = self.posted.one("_stage") == "send"
        target = self._target_words(key)
        text = self.posted.one(f"text:{key}") if typed else self._usual(key, row)
        how = self.posted.one(f"how:{key}") if typed else self._usual_mending(key, row)
        title = f"{target} – {row.label(language())}" if target else row.label(language())
        missing = gettext("Hãy ghi lý do và việc người dân cần làm.")
        complete = bool(text.strip() and how.strip())
        error = missing if typed and not complete else ""
        return Item(key, title, text[:LONGEST], how[:LONGEST], self._basis(key, row), error)

    def _usual(self, key: str, row: Code) -> str:
        """Return the words a reason comes with; “another reason” has none."""
        target = self._target_words(key)
        if row.code == "other":
            return ""
        return f"{target}: {row.vi}" if target else row.vi

    def _usual_mending(self, key: str, row: Code) -> str:
        del key
        return row[self.mend]

    def _basis(self, key: str, row: Code) -> str:
        del key
        return reasons.basis(self.procedure, row)

    def _row(self, key: str) -> Code:
        return self.rows[key.split(":", 2)[2]]

    def _target_words(self, key: str) -> str:
        del key
        return ""

    def faults(self) -> tuple[Fault, ...]:
        """Return the reasons as the heart takes them."""
        return tuple(self._fault(item) for item in self.items())

    def _fault(self, item: Item) -> Fault:
        kind, target, code = item.key.split(":", 2)
        return Fault(
            code=code, text=item.text, how=item.how, basis=item.basis,
            field=target if kind == "field" else "", paper=target if kind == "paper" else "",
        )  # fmt: skip

    def sections(self) -> list[tuple[str, list[Row]]]:
        """Return what may be chosen, in sections."""
        chosen = {key.split(":", 2)[2] for key in self.keys()}
        rows = [
            Row(row.code, row.label(language()), self._basis("", row), row.code in chosen, ())
            for row in self.rows.values()
        ]
        return [("", rows)]

    def context(self) -> dict[str, Any]:
        return {
            "stage": self.stage,
            "sections": self.sections() if self.stage == "choose" else [],
            "items": self.items() if self.stage == "review" else [],
            "pick_error": self.wrong.get("reasons", ""),
        }


def in_time_words(until: datetime | None, at: datetime) -> str:
    """Say until when a return after appraisal is in time; later it may be done, and is kept as late."""
    if until is None:
        return ""
    words = gettext("Trả vì không đủ điều kiện là đúng hạn đến {until}.")
    if at > until:
        words = gettext(
            "Đã quá 03 ngày làm việc kể từ ngày tiếp nhận (đến {until}): "
            "vẫn trả được, nhưng hồ sơ ghi là trả muộn."
        )
    return words.format(until=moment_words(until))


class Decline(Reasons):
    """Do not take the dossier in (form 03)."""

    doing = "decline"
    kind = "danger"

    def lead(self) -> str:
        words = gettext("Hồ sơ khép lại. Người dân nhận lý do, căn cứ và hướng dẫn làm tiếp.")
        dossier = self.opened.dossier
        if dossier.clock.received_at is None:
            return words
        return f"{words} {in_time_words(return_until(self.opened.law, dossier), self.opened.at)}"

    def do(self, how: How) -> None:
        handling.decline(
            code=self.code, post=how.post, faults=self.faults(), key=how.key, seen=how.seen,
            at=how.at,
        )  # fmt: skip


class Refuse(Reasons):
    """Refuse one agency's part."""

    doing = "refuse"
    kind = "danger"

    def lead(self) -> str:
        words = gettext("Chỉ phần “{leg}” bị từ chối; các phần khác của hồ sơ vẫn tiếp tục.")
        stage = self.opened.published.procedure.plan.stage(self.part)
        if isinstance(stage.on_refusal, Reopen) and not self._was_reopened():
            words = gettext(
                "Đây là lần từ chối đầu của phần “{leg}”: người dân được sửa một lần theo lý do dưới đây. "
                "Lần từ chối sau là cuối cùng; các phần khác vẫn tiếp tục."
            )
        if stage.on_refusal == "stop":
            words = gettext("Khi phần “{leg}” bị từ chối, các phần chưa bắt đầu cũng dừng lại.")
        said = words.format(leg=stage_words(self.opened, self.part))
        leg = self.opened.dossier.legs.get(self.part)
        until = leg_return_until(self.opened.law, self.opened.dossier, leg) if leg else None
        return f"{said} {in_time_words(until, self.opened.at)}"

    def _was_reopened(self) -> bool:
        leg = self.opened.dossier.legs.get(self.part)
        return leg is not None and leg.reopened

    def do(self, how: How) -> None:
        handling.refuse_leg(
            code=self.code, post=how.post, leg=self.part, faults=self.faults(), key=how.key,
            seen=how.seen, at=how.at,
        )  # fmt: skip


class Stop(Reasons):
    """Stop processing (form 05)."""

    doing = "stop"
    kind = "danger"

    def lead(self) -> str:
        return gettext("Mọi phần chưa xong dừng lại và hồ sơ khép lại.")

    def do(self, how: How) -> None:
        handling.stop(
            code=self.code, post=how.post, faults=self.faults(), key=how.key, seen=how.seen,
            at=how.at,
        )  # fmt: skip


class AskSupplement(Reasons):
    """Ask once, completely (form 02): what was marked faulty is in it, each tied to a field or a paper."""

    doing: ClassVar[Doing] = "supplement"
    mend = "mend_vi"

    def lead(self) -> str:
        prepared = self.opened.dossier.to_approve.get(self.part)
        if prepared:
            return gettext(
                "{who} trình yêu cầu này. Duyệt thì gửi ngay cho người dân; bộ chỉ số theo Quyết định "
                "766/QĐ-TTg tính hồ sơ bị yêu cầu bổ sung lần hai là trễ hạn."
            ).format(who=prepared.by.name)
        if self.asked_before:
            return gettext(
                "Đây là yêu cầu lần hai: bộ chỉ số theo Quyết định 766/QĐ-TTg tính hồ sơ này là trễ hạn."
            )
        return gettext(
            "Chọn tất cả những gì cần sửa trong một lần: pháp luật chỉ cho yêu cầu bổ sung một lần. "
            "Thời hạn tạm dừng đến khi người dân bổ sung."
        )

    @cached_property
    def checked(self) -> Checking:
        """The dossier as this office has checked it."""
        return checking.checking(self.opened, language(), self.post)

    @property
    def asked_before(self) -> bool:
        """Tell whether this office has asked the applicant already."""
        return bool(self.opened.dossier.requests_made.get(self.post.agency.code))

    @cached_property
    def marked(self) -> dict[str, Fault]:
        """What is to be asked, by key: what a colleague prepared, or what was found when checking."""
        prepared = self.opened.dossier.to_approve.get(self.part)
        faults = prepared.faults if prepared else self.checked.faults
        found = {_key(fault): fault for fault in faults}
        return {key: fault for key, fault in found.items() if self._known(key)}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The fields and papers that may be asked for."""
        return {f"{t.kind}:{t.id}": t for t in looking.targets(self.opened, language())}

    @cached_property
    def fitting(self) -> dict[str, dict[str, Code]]:
        """The reasons that fit each target."""
        return {
            name: {row.code: row for row in reasons.to_supplement(self.procedure, **_place(target))}
            for name, target in self.targets.items()
        }

    def keys(self) -> list[str]:
        if not self.posted.one("_stage"):
            return list(self.marked)
        return super().keys()

    def ready(self) -> bool:
        """Also ask whether what nobody has looked at may be left out: there is no second request."""
        ready = super().ready()
        if ready and self.unseen() and not self.posted.one("unseen_ok"):
            self.wrong["unseen-ok"] = gettext(
                "Còn mục chưa kiểm tra. Hãy kiểm tra nốt, hoặc đánh dấu xác nhận rồi gửi."
            )
        return ready and not self.wrong

    def unseen(self) -> list[Part]:
        """Return the parts that were neither checked nor are asked for."""
        return self.checked.unseen(self.faults())

    def _picked(self) -> list[str]:
        picked = self.posted.many("pick")
        chosen = [(pick, self.posted.one(f"reason:{pick}")) for pick in picked]
        if any(not code for _, code in chosen):
            self.wrong["reasons"] = gettext("Hãy chọn lý do cho từng mục đã đánh dấu.")
        return [f"{pick}:{code}" for pick, code in chosen if code]

    def _known(self, key: str) -> bool:
        target, _, code = key.rpartition(":")
        return code in self.fitting.get(target, {})

    def _row(self, key: str) -> Code:
        target, _, code = key.rpartition(":")
        return self.fitting[target][code]

    def _target_words(self, key: str) -> str:
        return self.targets[key.rpartition(":")[0]].label

    def _usual(self, key: str, row: Code) -> str:
        return self.marked[key].text if key in self.marked else super()._usual(key, row)

    def _usual_mending(self, key: str, row: Code) -> str:
        return self.marked[key].how if key in self.marked else super()._usual_mending(key, row)

    def _basis(self, key: str, row: Code) -> str:
        target = self.targets[key.rpartition(":")[0]]
        return reasons.basis(self.procedure, row, **_place(target))

    def sections(self) -> list[tuple[str, list[Row]]]:
        """Return fields by section of the form, and the papers, each with the reasons that fit."""
        found: dict[str, list[Row]] = {}
        chosen = dict(key.rsplit(":", 1) for key in self.keys())
        ticked = set(self.posted.many("pick")) | set(chosen)
        for name, target in self.targets.items():
            reason = chosen.get(name) or self.posted.one(f"reason:{name}")
            row = Row(
                name,
                target.label,
                target.value,
                name in ticked,
                self._choices(name, reason),
                self._unreasoned(name, reason, ticked),
            )
            found.setdefault(target.section or gettext("Giấy tờ"), []).append(row)
        return list(found.items())

    def _unreasoned(self, name: str, reason: str, ticked: set[str]) -> str:
        missing = bool(self.wrong) and name in ticked and not reason
        return gettext("Hãy chọn lý do.") if missing else ""

    def _choices(self, name: str, chosen: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(row.code, row.label(language()), row.code == chosen)
            for row in self.fitting[name].values()
        )

    def context(self) -> dict[str, Any]:
        if not self.posted.one("_stage") and self.marked:
            self.stage = "review"  # what was found when checking stands ready to be read over
        review = self.stage == "review"
        return {
            **super().context(),
            "unseen": [part.title for part in self.unseen()] if review else [],
            "unseen_ok": bool(self.posted.one("unseen_ok")),
            "unseen_error": self.wrong.get("unseen-ok", ""),
            "checks": True,
            "from_marks": bool(self.marked),
        }

    def do(self, how: How) -> None:
        handling.ask_supplement(
            code=self.code, post=how.post, leg=self.part, faults=self.faults(), key=how.key,
            seen=how.seen, at=how.at,
        )  # fmt: skip


def _key(fault: Fault) -> str:
    place = f"field:{fault.field}" if fault.field else f"paper:{fault.paper}"
    return f"{place}:{fault.code}"


def _place(target: Target) -> dict[str, str]:
    return {target.kind: target.id}

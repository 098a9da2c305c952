"""What a rehearsed transition says: one sentence a dossier, and the sum of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from motcua.journeys.transition import Finding, Kind, Outcome
from motcua.kernel import money
from motcua.procedures.rules.texts import Text

FINDINGS: dict[Kind, Text] = {
    "answer-missing": Text(vi="thiếu câu trả lời `{what}`", en="answer missing: `{what}`"),
    "answer-not-valid": Text(
        vi="câu trả lời `{what}` không còn hợp lệ", en="answer no longer valid: `{what}`"
    ),
    "check-fails": Text(vi="trang `{what}` phải sửa", en="page `{what}` must be mended"),
    "paper-missing": Text(vi="thiếu giấy tờ `{what}`", en="paper missing: `{what}`"),
    "fee": Text(vi="phí `{what}` {old} → {new}", en="fee `{what}` {old} → {new}"),
    "due": Text(vi="hẹn trả {old} → {new}", en="due {old} → {new}"),
    "leg-due": Text(vi="hạn nhánh `{what}` {old} → {new}", en="stage `{what}` due {old} → {new}"),
    "leg-new": Text(vi="thêm nhánh `{what}`", en="stage `{what}` would be added"),
    "leg-dropped": Text(vi="bớt nhánh `{what}`", en="stage `{what}` would be dropped"),
    "result-new": Text(vi="thêm kết quả `{what}`", en="result `{what}` would be added"),
    "result-dropped": Text(vi="bớt kết quả `{what}`", en="result `{what}` would be dropped"),
    "way-gone": Text(
        vi="kết quả `{what}` không còn nhận {old}", en="result `{what}` no longer by {old}"
    ),
    "stage-gone": Text(
        vi="nhánh đang làm `{what}` không còn", en="stage at work `{what}` would be gone"
    ),
    "step-gone": Text(
        vi="bước đang chờ `{what}` không còn", en="present step `{what}` would be gone"
    ),
    "step-other": Text(
        vi="bước đang chờ `{what}` thành việc khác ({old} → {new})",
        en="present step `{what}` would be another ({old} → {new})",
    ),
    "done-gone": Text(
        vi="nhánh đã giải quyết `{what}` không còn", en="decided stage `{what}` would be gone"
    ),
    "order": Text(
        vi="nhánh `{what}` đã bắt đầu trước `{new}`", en="stage `{what}` began before `{new}`"
    ),
    "returned-gone": Text(
        vi="kết quả đã trả `{what}` không còn", en="returned result `{what}` would be gone"
    ),
    "not-eligible": Text(
        vi="không còn thuộc đối tượng (`{what}`)", en="not eligible any more (`{what}`)"
    ),
    "nobody-serves": Text(
        vi="chưa có cơ quan làm nhánh `{what}`", en="nobody serves stage `{what}`"
    ),
}
_VERDICTS = {
    "unchanged": Text(vi="không đổi", en="unchanged"),
    "needs": Text(vi="cần", en="needs"),
    "cannot": Text(vi="không chuyển được", en="cannot move"),
}
_PAID = Text(vi=" (đã nộp)", en=" (paid)")
_SUM = Text(
    vi="{all} hồ sơ: {unchanged} không đổi, {needs} cần thêm, {cannot} không chuyển được.",
    en="{all} dossiers: {unchanged} unchanged, {needs} need something, {cannot} cannot move.",
)


@dataclass
class Totals:
    """What all dossiers come to; kept while they pass by."""

    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[Kind, str]] = field(default_factory=Counter)

    def count(self, outcome: Outcome) -> None:
        """Add one dossier."""
        self.verdicts[outcome.verdict] += 1
        self.findings.update({(found.kind, found.what) for found in outcome.findings})

    def told(self, language: str) -> Iterator[str]:
        """Yield the sum, then what was found how often."""
        known = {name: self.verdicts[name] for name in _VERDICTS}
        yield _SUM.to(language).format(all=self.verdicts.total(), **known)
        for (kind, what), count in sorted(self.findings.items(), key=lambda item: -item[1]):
            name = f"{kind} `{what}`" if what else kind
            yield f"  {count:>6} × {name}"


def sentence(outcome: Outcome, language: str) -> str:
    """Return one line about a dossier: its code, and field ids, amounts and dates only."""
    verdict = _VERDICTS[outcome.verdict].to(language)
    found = "; ".join(_said(finding, language) for finding in outcome.findings)
    return f"{outcome.code}: {verdict}" + (f": {found}" if found else "")


def _said(finding: Finding, language: str) -> str:
    gaps = {"what": finding.what, "old": finding.old or "–", "new": finding.new or "–"}
    if finding.kind == "fee":
        gaps |= {side: money.show(money.vnd(int(gaps[side]))) for side in ("old", "new")}
    if finding.kind in ("due", "leg-due"):
        gaps |= {side: _day(gaps[side]) for side in ("old", "new")}
    said = FINDINGS[finding.kind].to(language).format(**gaps)
    return said + (_PAID.to(language) if finding.paid else "")


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%H:%M %d/%m/%Y}" if moment != "–" else moment

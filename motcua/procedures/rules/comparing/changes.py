"""A change as a sentence, and the headings under which changes are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motcua.procedures.rules.texts import Text

GROUPS: dict[str, Text] = {
    "citizen": Text(vi="Đối với người dân", en="For the citizen"),
    "official": Text(vi="Đối với cán bộ", en="For the official"),
    "law": Text(vi="Về pháp lý", en="In law"),
}
TOPICS: dict[str, Text] = {
    "citizen.about": Text(vi="Giới thiệu dịch vụ", en="About the service"),
    "citizen.start": Text(vi="Mức độ và cách bắt đầu", en="Level, and how one begins"),
    "citizen.eligibility": Text(vi="Ai làm được", en="Who may use it"),
    "citizen.questions": Text(vi="Câu hỏi", en="Questions"),
    "citizen.papers": Text(vi="Giấy tờ", en="Papers"),
    "citizen.fees": Text(vi="Phí, lệ phí", en="Fees"),
    "citizen.time": Text(vi="Thời hạn", en="Time"),
    "citizen.results": Text(vi="Kết quả và cách nhận", en="Results and ways to receive them"),
    "official.stages": Text(vi="Các nhánh và các bước", en="Stages and steps"),
    "official.values": Text(vi="Điều cán bộ phải nhập", en="What officials enter"),
    "official.sight": Text(vi="Cơ quan được xem gì", en="What an agency sees"),
    "official.results": Text(vi="Nội dung in trên kết quả", en="What results say"),
    "law.codes": Text(vi="Mã thủ tục", en="Codes"),
    "law.effect": Text(vi="Hiệu lực và lưu trữ", en="Effect and retention"),
    "law.basis": Text(vi="Căn cứ pháp lý", en="Legal basis"),
}
"""`group.topic` → its heading, in the order of telling."""


@dataclass(frozen=True)
class Change:
    """One difference: where it belongs, where it stands in the procedure, what it says."""

    topic: str
    place: str
    said: Text

    @property
    def group(self) -> str:
        """Whom it concerns: `citizen`, `official` or `law`."""
        return self.topic.split(".")[0]


def told(changes: Iterable[Change], language: str) -> Iterator[str]:
    """Yield the lines of a report: headings, and one sentence a line."""
    found = list(changes)
    for group, heading in GROUPS.items():
        if any(change.group == group for change in found):
            yield ""
            yield heading.to(language)
        for topic in (topic for topic in TOPICS if topic.startswith(f"{group}.")):
            sentences = [change.said.to(language) for change in found if change.topic == topic]
            if sentences:
                yield f"  {TOPICS[topic].to(language)}"
                yield from (f"    – {sentence}" for sentence in sentences)

"""How every key of the language is called in a sentence, and under which heading its changes are told."""

from dataclasses import dataclass

from pydantic import BaseModel

from motcua.procedures.rules import form as f
from motcua.procedures.rules import plan as p
from motcua.procedures.rules import procedure as q
from motcua.procedures.rules.texts import Grounds, Text


@dataclass(frozen=True)
class Noun:
    """A key's name; without a topic its changes stand where the piece around it stands."""

    vi: str
    en: str
    topic: str = ""

    @property
    def text(self) -> Text:
        """The name in both languages."""
        return Text(vi=self.vi, en=self.en)


def noun_of(owner: type[BaseModel], key: str) -> Noun:
    """Return how a key is called; a key without words is called by itself."""
    for kind in owner.__mro__:
        if key in NOUNS.get(kind, {}):
            return NOUNS[kind][key]
    return Noun(f"`{key}`", f"`{key}`")


_WHEN = Noun("điều kiện áp dụng", "condition")
_MARK = Noun("mã mục", "name in the system")
_NAME = Noun("tên", "name")
_HINT = Noun("lời gợi ý", "hint")

NOUNS: dict[type, dict[str, Noun]] = {
    q.Procedure: {
        "code": Noun("mã thủ tục", "procedure code", "law.codes"),
        "codes_before": Noun("các mã trước đây", "earlier codes", "law.codes"),
        "slug": Noun("địa chỉ trang", "address of the page", "citizen.about"),
        "name": Noun("tên thủ tục", "name of the procedure", "citizen.about"),
        "short": Noun("dòng giới thiệu", "introduction", "citizen.about"),
        "fields_of_law": Noun("lĩnh vực", "field of law", "citizen.about"),
        "life_events": Noun("sự kiện trong đời", "life event", "citizen.about"),
        "linked": Noun("dịch vụ liên thông", "linked service", "citizen.about"),
        "level": Noun("mức độ dịch vụ", "level of the service", "citizen.start"),
        "level_reason": Noun(
            "lý do chưa toàn trình", "reason why it is not fully online", "citizen.start"
        ),
        "decision": Noun("quyết định công bố", "publishing decision", "law.effect"),
        "effective": Noun("hiệu lực", "effect", "law.effect"),
        "audience": Noun("đối tượng phục vụ", "audience", "citizen.eligibility"),
        "keywords": Noun("từ để tìm", "search words", "citizen.about"),
        "minutes_to_fill": Noun("số phút điền tờ khai", "minutes to fill in", "citizen.time"),
        "legal_basis": Noun("văn bản căn cứ", "instruments", "law.basis"),
        "start": Noun("phần mở đầu", "beginning", "citizen.start"),
        "eligibility": Noun("câu hỏi điều kiện", "eligibility questions", "citizen.eligibility"),
        "papers": Noun("giấy tờ", "papers", "citizen.papers"),
        "fees": Noun("các khoản phí, lệ phí", "fees", "citizen.fees"),
        "results": Noun("kết quả", "results", "citizen.results"),
        "plan": Noun("quy trình", "plan", "official.stages"),
        "pledge": Noun("lời cam đoan", "pledge", "citizen.questions"),
        "applicant": Noun("người nộp", "applicant", "citizen.questions"),
        "subject": Noun(
            "câu hỏi nêu chủ hồ sơ", "question that names whom it is about", "citizen.questions"
        ),
        "retention": Noun("thời hạn lưu hồ sơ", "retention", "law.effect"),
        "keeps": Noun("loại thời hạn lưu", "class of retention", "law.effect"),
        "stumbles": Noun("những điều hay khai sai", "what people get wrong", "citizen.questions"),
        "form": Noun("tờ khai", "form", "citizen.questions"),
    },
    q.OldCode: {
        "code": Noun("mã", "code"),
        "until": Noun("ngày thôi dùng", "last day"),
        "note": Noun("ghi chú", "note"),
    },
    q.LegalBasis: {
        "id": _MARK,
        "title": Noun("tên văn bản", "title"),
        "articles": Noun("các điều", "articles"),
    },
    q.Eligibility: {
        "id": _MARK,
        "question": Noun("câu hỏi", "question"),
        "hint": _HINT,
        "options": Noun("các lựa chọn", "options"),
        "exits": Noun("lối ra khi trả lời", "way out when answered"),
    },
    q.Exit: {
        "why": Noun("lý do không làm được ở đây", "reason why it cannot be done here"),
        "instead": Noun("điều nên làm thay", "what to do instead"),
    },
    q.Paper: {
        "id": _MARK,
        "name": _NAME,
        "help": Noun("cách chụp", "how to photograph it"),
        "when": _WHEN,
        "required": Noun("phải nộp", "obligatory"),
        "replaced_when": Noun("điều kiện không cần nộp", "condition under which it is not needed"),
        "replaced_by": Noun("dữ liệu thay giấy tờ", "data that replace it"),
        "pages": Noun("số trang nhiều nhất", "pages at most"),
        "sign": Noun("cách ký", "how it is signed"),
    },
    q.Signing: {
        "ways": Noun("các cách ký", "ways of signing"),
        "title": Noun("tên tờ ký", "title of the sheet"),
        "by": Noun("người ký", "who signs"),
        "says": Noun("lời người ký", "what is signed"),
        "shows": Noun("phần in ra", "what is printed"),
    },
    q.Fee: {
        "id": _MARK,
        "name": _NAME,
        "rates": Noun("các mức", "rates"),
        "when": _WHEN,
        "count": Noun("số lần tính", "how often it is counted"),
        "exemptions": Noun("các trường hợp miễn", "exemptions"),
        "blocks": Noun("nhánh chờ nộp tiền", "stages that wait for it", "official.stages"),
    },
    q.Rate: {
        "amount": Noun("số tiền", "amount"),
        "channel": Noun("kênh nộp", "channel"),
        "province": Noun("tỉnh", "province"),
        "effective": Noun("thời gian áp dụng", "time it holds"),
    },
    q.Exemption: {"when": Noun("điều kiện miễn", "condition"), "name": _NAME},
    q.Result: {
        "id": _MARK,
        "code": Noun("mã kết quả", "result code", "law.codes"),
        "name": _NAME,
        "stage": Noun("nhánh trả kết quả", "stage that brings it", "official.stages"),
        "when": _WHEN,
        "template": Noun("mẫu in", "template", "official.results"),
        "fills": Noun("chỗ điền", "place", "official.results"),
        "ways": Noun("cách nhận", "ways to receive it"),
    },
    q.Start: {
        "sign_in": Noun("đăng nhập", "sign-in"),
        "acts": Noun("đăng nhập cho việc sau khi nộp", "sign-in for later acts"),
        "organisations": Noun("tổ chức được nộp", "organisations may file"),
        "confirmation": Noun("cách xác nhận khi nộp", "confirmation when filing"),
        "receiving": Noun("cơ quan tiếp nhận", "receiving agency"),
        "place_question": Noun("câu hỏi về nơi nộp", "question about the place"),
        "somebody_else": Noun("nộp giúp người khác", "filing for somebody else"),
        "relations": Noun("danh mục quan hệ", "list of relations"),
    },
    q.Applicant: {
        "relation": Noun("câu hỏi về quan hệ với người được nộp thay", "question on the relation to whom it is for"),
        "name": Noun("mục ghi họ tên", "question with the name"),
        "phone": Noun("mục ghi số điện thoại", "question with the phone"),
        "email": Noun("mục ghi thư điện tử", "question with the email"),
        "address": Noun("mục ghi địa chỉ", "question with the address"),
    },
    q.Stumble: {"field": Noun("câu hỏi", "question"), "say": Noun("lời nhắc", "advice")},
    f.Form: {"pages": Noun("các trang", "pages")},
    f.Page: {
        "id": _MARK,
        "section": Noun("phần", "section"),
        "title": Noun("tên trang", "title"),
        "intro": Noun("lời dẫn", "introduction"),
        "when": _WHEN,
        "fields": Noun("câu hỏi", "questions"),
        "checks": Noun("điều kiểm tra", "checks"),
    },
    f.Check: {
        "that": Noun("điều phải đúng", "what must hold"),
        "say": Noun("lời báo", "message"),
        "level": Noun("mức độ", "strength"),
    },
    f.FormField: {
        "id": _MARK,
        "type": Noun("kiểu trả lời", "type of answer"),
        "label": Noun("lời hỏi", "wording"),
        "hint": _HINT,
        "example": Noun("ví dụ", "example"),
        "why": Noun("căn cứ", "legal basis", "law.basis"),
        "when": _WHEN,
        "required": Noun("bắt buộc", "obligatory"),
        "options": Noun("các lựa chọn", "options"),
        "codes": Noun("danh mục lựa chọn", "list of options"),
        "prefill": Noun("điền sẵn từ tài khoản", "filled in from the account"),
        "take": Noun("câu trả lời lấy từ chỗ khác", "answers taken from elsewhere"),
        "compute": Noun("cách tính", "computation"),
        "partial": Noun("được ghi ngày không đủ", "incomplete dates allowed"),
        "not_after": Noun("không được sau", "not after"),
        "longest": Noun("số ký tự nhiều nhất", "characters at most"),
        "pattern": Noun("dạng phải theo", "pattern"),
        "least": Noun("số nhỏ nhất", "least"),
        "most": Noun("số lớn nhất", "most"),
        "only": Noun("phần danh mục được chọn", "part of the list"),
        "sensitive": Noun("được che khi hiện", "shown masked"),
        "personal": Noun("loại dữ liệu cá nhân", "kind of personal data"),
        "keeps": Noun("loại thời hạn lưu", "class of retention"),
        "fields": Noun("câu hỏi của mỗi dòng", "questions of a row"),
        "rows": Noun("số dòng nhiều nhất", "rows at most"),
    },
    f.Option: {
        "value": Noun("giá trị", "value"),
        "label": Noun("lời", "wording"),
        "hint": _HINT,
    },
    f.Take: {"source": Noun("nguồn", "source"), "when": _WHEN},
    f.Effective: {
        "since": Noun("ngày bắt đầu", "first day"),
        "until": Noun("ngày hết", "last day"),
        "note": Noun("ghi chú", "note"),
    },
    p.Plan: {
        "limit": Noun("thời hạn giải quyết", "time limit", "citizen.time"),
        "limit_by": Noun("cách tính thời hạn giải quyết", "what the time limit counts", "citizen.time"),
        "supplement": Noun("bổ sung hồ sơ", "supplements", "citizen.time"),
        "stages": Noun("các nhánh", "stages"),
    },
    p.SupplementRule: {
        "within": Noun("thời hạn", "time limit"),
        "clock": Noun("cách tính thời hạn sau khi bổ sung", "clock after a supplement"),
    },
    p.Stage: {
        "id": _MARK,
        "name": _NAME,
        "agency": Noun("cơ quan", "agency"),
        "when": _WHEN,
        "after": Noun("nhánh phải xong trước", "stages that come before"),
        "limit": Noun("thời hạn", "time limit"),
        "sees": Noun("phần hồ sơ được xem", "what it sees", "official.sight"),
        "steps": Noun("các bước", "steps"),
        "on_refusal": Noun("khi bị từ chối", "on refusal"),
    },
    p.Step: {
        "id": _MARK,
        "kind": Noun("loại việc", "kind"),
        "name": _NAME,
        "role": Noun("người làm", "who does it"),
        "party": Noun("hệ thống được hỏi", "system that is asked"),
        "task": Noun("việc được yêu cầu", "task"),
        "within": Noun("thời hạn", "time limit"),
        "of": Noun("nhóm người phải đồng ý", "people who must agree"),
        "paper": Noun("giấy tờ thay cho đồng ý trực tuyến", "paper instead of agreeing online"),
        "asks": Noun("điều phải nhập", "what must be entered", "official.values"),
        "sees": Noun("phần hồ sơ được gửi", "what it is sent", "official.sight"),
        "signs_as": Noun("chức danh trên chữ ký", "title above the signature", "official.results"),
        "book": Noun("sổ phải ghi", "book that is written", "official.values"),
    },
    p.BookRule: {
        "kind": Noun("loại sổ", "kind of book"),
        "number": Noun("chỗ ghi số", "place of the number"),
        "volume": Noun("chỗ ghi quyển", "place of the volume"),
        "each": Noun("nhóm mà mỗi dòng lấy một số", "group whose rows each take a number"),
    },
    p.ResultValue: {
        "id": _MARK,
        "label": Noun("lời", "wording"),
        "type": Noun("kiểu", "type"),
        "required": Noun("bắt buộc", "obligatory"),
    },
    p.AgencyRule: {
        "kind": Noun("loại cơ quan", "kind of agency"),
        "place": Noun("nơi quyết định cơ quan", "place that decides the agency"),
    },
    p.Sees: {"fields": Noun("câu trả lời", "answers"), "papers": Noun("giấy tờ", "papers")},
    p.Reopen: {"fields": Noun("câu hỏi mở lại", "reopened questions"),
               "papers": Noun("giấy tờ mở lại", "reopened papers")},
    p.TimeLimit: {"amount": Noun("số", "amount"), "unit": Noun("đơn vị", "unit")},
    Grounds: {
        "basis": Noun("văn bản", "instrument", "law.basis"),
        "article": Noun("điều", "article", "law.basis"),
        "note": Noun("ghi chú", "note", "law.basis"),
    },
}  # fmt: skip

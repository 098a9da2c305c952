"""Why the heart says no."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class NotNow(Refusal):
    """The act does not fit where the dossier stands."""

    code: ClassVar[str] = "dossiers.not-now"
    text: ClassVar[str] = noop(
        "Hồ sơ đang ở trạng thái “{status}” nên không làm được việc này. "
        "Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


class NotYours(Refusal):
    """The act belongs to another role or agency."""

    code: ClassVar[str] = "dossiers.not-yours"
    text: ClassVar[str] = noop(
        "Việc này thuộc thẩm quyền của người khác hoặc cơ quan khác. Hãy nhờ người phụ trách làm."
    )
    status: ClassVar[int] = 403


class LegNotOpen(Refusal):
    """The leg is over, not begun, or at another step."""

    code: ClassVar[str] = "dossiers.leg-not-open"
    text: ClassVar[str] = noop(
        "Bước “{leg}” không còn chờ việc này. Hãy tải lại trang để xem ai đã xử lý."
    )
    status: ClassVar[int] = 409


class ReasonMissing(Refusal):
    """A refusal or request without a coded reason."""

    code: ClassVar[str] = "dossiers.reason-missing"
    text: ClassVar[str] = noop(
        "Hãy chọn ít nhất một lý do và nêu cách khắc phục để người dân biết phải làm gì."
    )


class SecondRequest(Refusal):
    """A second supplement request: the law allows one, complete."""

    code: ClassVar[str] = "dossiers.second-request"
    text: ClassVar[str] = noop(
        "Hồ sơ đã được yêu cầu bổ sung một lần. Yêu cầu lần hai tính hồ sơ là trễ hạn, "
        "nên hãy nhờ lãnh đạo xem và gửi."
    )
    status: ClassVar[int] = 409


class AlreadyExtended(Refusal):
    """A date is promised anew once at most (NĐ 61/2018 Đ19.9)."""

    code: ClassVar[str] = "dossiers.already-extended"
    text: ClassVar[str] = noop(
        "Hồ sơ đã được gia hạn một lần, pháp luật không cho hẹn lại lần nữa. "
        "Hãy ưu tiên giải quyết ngay và báo lãnh đạo."
    )
    status: ClassVar[int] = 409


class ClockStands(Refusal):
    """There is no date to move while the clock stands still."""

    code: ClassVar[str] = "dossiers.clock-stands"
    text: ClassVar[str] = noop(
        "Thời hạn đang tạm dừng nên chưa có ngày hẹn để gia hạn. "
        "Ngày hẹn được tính lại khi thời hạn tính tiếp; lúc đó hãy xem còn cần gia hạn không."
    )
    status: ClassVar[int] = 409


class TooLateToExtend(Refusal):
    """The apology must reach the applicant at least one day before the date (NĐ 61/2018 Đ19.9)."""

    code: ClassVar[str] = "dossiers.too-late-to-extend"
    text: ClassVar[str] = noop(
        "Chỉ được gia hạn trước ngày hẹn ít nhất 1 ngày, mà ngày hẹn là {due}. "
        "Hãy giải quyết ngay; nếu vẫn trễ, hãy xin lỗi người dân và cho biết khi nào có kết quả."
    )
    status: ClassVar[int] = 409


class TooManyDays(Refusal):
    """An extension of no days, or of more than anybody means."""

    code: ClassVar[str] = "dossiers.too-many-days"
    text: ClassVar[str] = noop("Hãy chọn số ngày gia hạn từ 1 đến {most} ngày làm việc.")


class QuestionMissing(Refusal):
    """An opinion is asked for, or given, without words."""

    code: ClassVar[str] = "dossiers.question-missing"
    text: ClassVar[str] = noop("Hãy viết rõ nội dung rồi gửi lại.")


class ConsultationDate(Refusal):
    """The date of an answer lies behind us, or beyond the asker's own (NĐ 61/2018 Đ19.5)."""

    code: ClassVar[str] = "dossiers.consultation-date"
    text: ClassVar[str] = noop(
        "Hạn trả lời phải sau lúc này và không muộn hơn hạn của phần việc ({due}). Hãy chọn lại."
    )


class ConsultationClosed(Refusal):
    """The question was answered, or is nobody's work any more."""

    code: ClassVar[str] = "dossiers.consultation-closed"
    text: ClassVar[str] = noop(
        "Câu hỏi này đã được trả lời hoặc không còn cần trả lời. Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


class PartsDone(Refusal):
    """A dossier with results is not returned as a whole."""

    code: ClassVar[str] = "dossiers.parts-done"
    text: ClassVar[str] = noop(
        "Hồ sơ đã có phần việc xong nên không trả lại cả hồ sơ được. Hãy từ chối từng phần còn lại."
    )
    status: ClassVar[int] = 409


class NoteEmpty(Refusal):
    """A note without words."""

    code: ClassVar[str] = "dossiers.note-empty"
    text: ClassVar[str] = noop("Hãy viết nội dung ghi chú rồi lưu lại.")


class NotAsked(Refusal):
    """The supplement touches what was not asked for, or leaves out what was."""

    code: ClassVar[str] = "dossiers.not-asked"
    text: ClassVar[str] = noop(
        "Chỉ sửa được những mục cơ quan đã yêu cầu bổ sung. Hãy tải lại trang để xem các mục đó."
    )


class ValueMissing(Refusal):
    """The step needs a value, such as a registration number."""

    code: ClassVar[str] = "dossiers.value-missing"
    text: ClassVar[str] = noop("Còn thiếu “{label}”. Hãy nhập rồi thực hiện lại.")


class ConsentNotAwaited(Refusal):
    """This person is not asked (any more): they answered, or the step is over."""

    code: ClassVar[str] = "dossiers.consent-not-awaited"
    text: ClassVar[str] = noop(
        "Việc này không còn chờ quý vị đồng ý: quý vị đã trả lời, hoặc bước này đã qua. "
        "Hãy tải lại trang “Việc chờ quý vị đồng ý”."
    )
    status: ClassVar[int] = 409


class NothingToReturn(Refusal):
    """The result is not there, or was handed over already."""

    code: ClassVar[str] = "dossiers.nothing-to-return"
    text: ClassVar[str] = noop(
        "Kết quả này chưa có hoặc đã được trả. Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


class FeeFirst(Refusal):
    """A result is handed over before what is due for it was paid."""

    code: ClassVar[str] = "dossiers.fee-first"
    text: ClassVar[str] = noop("Còn khoản chưa nộp: {fees}. Hãy thu trước rồi trả kết quả.")
    status: ClassVar[int] = 409


class ChangedMeanwhile(Refusal):
    """Somebody else acted first."""

    code: ClassVar[str] = "dossiers.changed-meanwhile"
    text: ClassVar[str] = noop(
        "{who} vừa xử lý hồ sơ này lúc {when}. Việc vừa làm chưa được ghi. "
        "Hãy xem thay đổi rồi làm lại nếu vẫn cần."
    )
    status: ClassVar[int] = 409


class UnknownDossier(Refusal):
    """No such dossier for this person."""

    code: ClassVar[str] = "dossiers.unknown"
    text: ClassVar[str] = noop(
        "Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ trên giấy tiếp nhận hoặc tin nhắn."
    )
    status: ClassVar[int] = 404


class DraftUnknown(Refusal):
    """No such draft for this person, or it is over."""

    code: ClassVar[str] = "dossiers.draft-unknown"
    text: ClassVar[str] = noop(
        "Bản nháp này không còn, hoặc thuộc về người khác. Hãy mở lại từ “Hồ sơ của tôi”."
    )
    status: ClassVar[int] = 404


class DraftChanged(Refusal):
    """The draft was saved elsewhere since this page was opened."""

    code: ClassVar[str] = "dossiers.draft-changed"
    text: ClassVar[str] = noop(
        "Bản nháp vừa được sửa ở thẻ hoặc máy khác. Những gì quý vị vừa gõ vẫn còn trên trang này: "
        "hãy xem lại rồi lưu lần nữa."
    )
    status: ClassVar[int] = 409


class DraftFiled(Refusal):
    """The draft has become a dossier."""

    code: ClassVar[str] = "dossiers.draft-filed"
    text: ClassVar[str] = noop("Hồ sơ này đã được nộp, mã {code}. Không cần nộp lại.")
    status: ClassVar[int] = 409


class NothingMoves(Refusal):
    """The dossier is as it would be: no date moves, no office has become another."""

    code: ClassVar[str] = "dossiers.nothing-moves"
    text: ClassVar[str] = noop("Hồ sơ này không có gì phải đổi. Không cần làm thêm.")
    status: ClassVar[int] = 409

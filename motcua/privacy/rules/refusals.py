"""Why the room says no."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class WordsMissing(Refusal):
    """A request that asks for nothing."""

    code: ClassVar[str] = "privacy.words-missing"
    text: ClassVar[str] = noop(
        "Hãy ghi điều quý vị yêu cầu, ví dụ mục nào sai và phải sửa thành gì."
    )
    status: ClassVar[int] = 400


class RequestUnknown(Refusal):
    """No such request is this person's, or this office's."""

    code: ClassVar[str] = "privacy.request-unknown"
    text: ClassVar[str] = noop("Không tìm thấy yêu cầu này. Hãy mở lại từ danh sách yêu cầu.")
    status: ClassVar[int] = 404


class SubjectUnknown(Refusal):
    """The dossier, or the office, is none that this account may ask about."""

    code: ClassVar[str] = "privacy.subject-unknown"
    text: ClassVar[str] = noop("Hãy chọn một hồ sơ của quý vị, hoặc chọn “Mọi dữ liệu của tôi”.")
    status: ClassVar[int] = 404


class AnsweredAlready(Refusal):
    """Somebody has answered meanwhile; an answer is never changed."""

    code: ClassVar[str] = "privacy.answered-already"
    text: ClassVar[str] = noop("Yêu cầu này đã được trả lời. Hãy tải lại trang để xem.")
    status: ClassVar[int] = 409


class AnswerMissing(Refusal):
    """No outcome was chosen, or nothing was written."""

    code: ClassVar[str] = "privacy.answer-missing"
    text: ClassVar[str] = noop("Hãy chọn kết quả và ghi câu trả lời bằng lời dễ hiểu.")
    status: ClassVar[int] = 400


class GroundMissing(Refusal):
    """A refusal, whole or in part, without its coded ground."""

    code: ClassVar[str] = "privacy.ground-missing"
    text: ClassVar[str] = noop("Chưa đồng ý, hoặc chỉ đồng ý một phần: hãy chọn căn cứ.")
    status: ClassVar[int] = 400


class TooManyRequests(Refusal):
    """More open requests of one account than one person can mean."""

    code: ClassVar[str] = "privacy.too-many-requests"
    text: ClassVar[str] = noop(
        "Quý vị đang có {most} yêu cầu chờ trả lời. Hãy chờ câu trả lời rồi gửi thêm."
    )
    status: ClassVar[int] = 429


class CopyUnknown(Refusal):
    """No such copy is this account's, or its time is over."""

    code: ClassVar[str] = "privacy.copy-unknown"
    text: ClassVar[str] = noop(
        "Bản sao dữ liệu này không còn: mỗi bản chỉ giữ 72 giờ. Hãy xin một bản mới."
    )
    status: ClassVar[int] = 404


class CopyNotReady(Refusal):
    """The copy is still being made."""

    code: ClassVar[str] = "privacy.copy-not-ready"
    text: ClassVar[str] = noop("Bản sao dữ liệu đang được làm. Hãy mở lại sau ít phút.")
    status: ClassVar[int] = 409


class DossierHeld(Refusal):
    """Something of the dossier must not be erased: a complaint, a lawsuit, an inspection."""

    code: ClassVar[str] = "privacy.dossier-held"
    text: ClassVar[str] = noop(
        "Hồ sơ này đang được giữ lại, chưa xóa được: {reason}. Xin yêu cầu lại khi không còn giữ."
    )
    status: ClassVar[int] = 409


class AnswersNotYours(Refusal):
    """Requests about data are answered by the front desk and the leaders."""

    code: ClassVar[str] = "privacy.answers-not-yours"
    text: ClassVar[str] = noop(
        "Yêu cầu về dữ liệu do bộ phận một cửa và lãnh đạo trả lời. Hãy nhờ những người đó."
    )
    status: ClassVar[int] = 403


class StillUnderWay(Refusal):
    """What is being handled cannot be erased yet. Data: `codes`, the dossiers."""

    code: ClassVar[str] = "privacy.still-under-way"
    text: ClassVar[str] = noop(
        "Hồ sơ {codes} đang được giải quyết, chưa xóa được. Hãy chờ hồ sơ kết thúc hoặc để người dân rút hồ sơ, "
        "rồi trả lời; nếu phải trả lời ngay, hãy chọn “Đồng ý một phần” để xóa ở các hồ sơ khác, "
        "hoặc “Chưa đồng ý” với căn cứ."
    )
    status: ClassVar[int] = 409


class NothingToErase(Refusal):
    """Nothing of the dossiers concerned may go: a law keeps it, they are under way, held, or erased already."""

    code: ClassVar[str] = "privacy.nothing-to-erase"
    text: ClassVar[str] = noop(
        "Không còn gì xóa được ở các hồ sơ này: đã xóa rồi, luật buộc giữ, hoặc hồ sơ đang giải quyết. "
        "Hãy chọn “Chưa đồng ý” với căn cứ, và ghi rõ cho người dân."
    )
    status: ClassVar[int] = 409


class NothingToRestrict(Refusal):
    """The office keeps no dossier of this person."""

    code: ClassVar[str] = "privacy.nothing-to-restrict"
    text: ClassVar[str] = noop(
        "Cơ quan không có hồ sơ nào của người này để hạn chế. Hãy chọn “Chưa đồng ý” với căn cứ."
    )
    status: ClassVar[int] = 409

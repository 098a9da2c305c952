"""Why a file or a paper is not taken, in words that say what to do instead."""

from motcua.kernel.refusal import Refusal, noop


class FileEmpty(Refusal):
    """Nothing arrived: 0 bytes."""

    code = "documents.file-empty"
    status = 422
    text = noop("Tệp “{name}” không có nội dung. Xin chọn lại tệp hoặc chụp lại giấy tờ.")


class FileTooLarge(Refusal):
    """More bytes than one file may have; `limit` in megabytes."""

    code = "documents.file-too-large"
    status = 413
    text = noop(
        "Tệp “{name}” lớn hơn {limit} MB. Xin chụp lại ảnh ở cỡ nhỏ hơn, hoặc tách tệp thành nhiều phần."
    )


class FileNotUnderstood(Refusal):
    """The first bytes are of no kind that we take, whatever the name says."""

    code = "documents.file-not-understood"
    status = 415
    text = noop(
        "Tệp “{name}” không phải là ảnh (JPEG, PNG, HEIC, WebP) hay tệp PDF. "
        "Xin chụp ảnh giấy tờ bằng điện thoại rồi tải ảnh lên."
    )


class FileDamaged(Refusal):
    """It begins like a known kind but cannot be read to its end."""

    code = "documents.file-damaged"
    status = 422
    text = noop("Tệp “{name}” bị hỏng hoặc chưa gửi hết. Xin gửi lại, hoặc chụp lại giấy tờ.")


class FileInfected(Refusal):
    """The scanner found a harmful program in it; the file was put into quarantine."""

    code = "documents.file-infected"
    status = 422
    text = noop(
        "Tệp “{name}” có mã độc nên không được nhận. Xin đừng gửi lại tệp này: "
        "hãy dùng điện thoại chụp ảnh giấy tờ rồi gửi ảnh."
    )


class NotHeld(Refusal):
    """No such file lies in quarantine: never did, went back, or its time was over."""

    code = "documents.not-held"
    status = 404
    text = noop("Tệp này không còn trong khu cách ly. Hãy quay lại danh sách.")


class StillHeld(Refusal):
    """The scanner, asked again, still finds something. Data: `finding`."""

    code = "documents.still-held"
    status = 422
    text = noop(
        "Quét lại vẫn thấy {finding}. Tệp ở lại khu cách ly; hãy đề nghị người nộp gửi lại giấy tờ."
    )


class NobodyToScan(Refusal):
    """No scanner answers, so nothing leaves the quarantine."""

    code = "documents.nobody-to-scan"
    status = 503
    text = noop(
        "Bộ kiểm tra mã độc không trả lời, nên tệp ở lại khu cách ly. "
        "Hãy thử lại sau ít phút, hoặc báo người vận hành."
    )


class FileNotChecked(Refusal):
    """The scanner does not answer, and no file is taken unseen; nothing is wrong with the file."""

    code = "documents.file-not-checked"
    status = 503
    text = noop(
        "Tệp “{name}” đang chờ kiểm tra mã độc, vì bộ kiểm tra đang bận. "
        "Xin gửi lại sau ít phút; những gì quý vị đã khai vẫn còn."
    )


class FileTooCostly(Refusal):
    """Reading it would take more memory or time than any paper needs."""

    code = "documents.file-too-costly"
    status = 422
    text = noop(
        "Tệp “{name}” quá nặng nên không đọc được. "
        "Xin chụp lại giấy tờ bằng điện thoại ở chế độ thường rồi gửi ảnh."
    )


class PdfLocked(Refusal):
    """An encrypted PDF: nobody at the office could open it."""

    code = "documents.pdf-locked"
    status = 422
    text = noop(
        "Tệp PDF “{name}” có mật khẩu nên cơ quan không mở được. "
        "Xin bỏ mật khẩu rồi tải lại, hoặc chụp ảnh từng trang."
    )


class PdfTooIntricate(Refusal):
    """A PDF whose inner structure would cost more work than any scanned paper needs."""

    code = "documents.pdf-too-intricate"
    status = 422
    text = noop(
        "Tệp PDF “{name}” quá rắc rối nên không đọc được. "
        "Xin in ra PDF lại (chọn “In → Lưu thành PDF”), hoặc chụp ảnh từng trang."
    )


class TooManyPixels(Refusal):
    """A picture whose size unpacked would exhaust the machine; `limit` in megapixels."""

    code = "documents.too-many-pixels"
    status = 422
    text = noop(
        "Ảnh “{name}” có kích thước quá lớn (hơn {limit} triệu điểm ảnh). "
        "Xin chụp lại bằng máy ảnh của điện thoại ở chế độ thường."
    )


class HeicNotReadHere(Refusal):
    """This installation has no HEIC reader."""

    code = "documents.heic-not-read"
    status = 415
    text = noop(
        "Ảnh “{name}” ở dạng HEIC, nơi đây chưa đọc được. Trên iPhone, xin vào Cài đặt → Camera → "
        "Định dạng → chọn “Tương thích nhất”, rồi chụp lại; ảnh mới sẽ ở dạng JPEG."
    )


class TooManyPages(Refusal):
    """The owner's papers together would have more than `limit` pages."""

    code = "documents.too-many-pages"
    status = 422
    text = noop(
        "Hồ sơ chỉ nhận tối đa {limit} trang giấy tờ. Xin bỏ bớt trang không cần, rồi tải lại “{name}”."
    )


class TooMuchInAll(Refusal):
    """The owner's papers together would have more than `limit` megabytes."""

    code = "documents.too-much-in-all"
    status = 413
    text = noop(
        "Giấy tờ của hồ sơ đã gần đến mức tối đa {limit} MB. "
        "Xin bỏ bớt trang không cần, rồi tải lại “{name}”."
    )


class PaperUnknown(Refusal):
    """There is no such paper, or it is somebody else's: both look the same."""

    code = "documents.paper-unknown"
    status = 404
    text = noop("Không tìm thấy giấy tờ này. Có thể giấy tờ đã được bỏ; xin tải lại trang.")


class PageUnknown(Refusal):
    """The paper has no such page (any more)."""

    code = "documents.page-unknown"
    status = 404
    text = noop("Không tìm thấy trang này. Có thể trang đã được bỏ; xin tải lại trang.")


class TurnNotUnderstood(Refusal):
    """A turn other than 90, 180 or 270 degrees."""

    code = "documents.turn-not-understood"
    status = 400
    text = noop("Chỉ xoay được 90, 180 hoặc 270 độ. Hãy chọn một trong ba góc đó.")


class UploadGone(Refusal):
    """There is no such upload: never begun, somebody else's, taken back, or not gone on with for a day."""

    code = "documents.upload-gone"
    status = 410
    text = noop("Phần tệp gửi dở không còn. Xin gửi lại tệp từ đầu.")


class OffsetDiffers(Refusal):
    """A piece for another place than the end of what has arrived; `offset` is that end."""

    code = "documents.offset-differs"
    status = 409
    text = noop(
        "Phần vừa gửi không nối tiếp phần đã nhận. Xin tải lại trang; tệp sẽ được gửi tiếp."
    )


class UploadTooLong(Refusal):
    """More bytes than were announced."""

    code = "documents.upload-too-long"
    status = 413
    text = noop("Tệp dài hơn cỡ đã báo. Xin bỏ tệp này rồi chọn lại.")


class UploadNotUnderstood(Refusal):
    """The sending program says wrongly what it sends; `about` names the header."""

    code = "documents.upload-not-understood"
    status = 400
    text = noop("Hệ thống không hiểu cách gửi tệp ({about}). Xin tải lại trang rồi chọn lại tệp.")


class PieceDiffers(Refusal):
    """A piece is not what its check sum says (460: tus, checksum)."""

    code = "documents.piece-differs"
    status = 460
    text = noop(
        "Một phần của tệp bị sai trên đường truyền. Xin gửi tiếp; phần này sẽ được gửi lại."
    )


class DigestDiffers(Refusal):
    """The whole is not the file that the sender has: damaged on the way."""

    code = "documents.digest-differs"
    status = 422
    text = noop("Tệp “{name}” đến nơi không còn nguyên vẹn. Xin gửi lại tệp.")


class LookNotUnderstood(Refusal):
    """A look that this page cannot be given."""

    code = "documents.look-not-understood"
    status = 400
    text = noop("Trang này không đổi cách hiện như vậy được. Hãy tải lại trang rồi chọn lại.")


class SheetNotOurs(Refusal):
    """A code in the form of ours whose seal is broken: altered, or of another installation."""

    code = "documents.sheet-not-ours"
    text = noop(
        "Mã trên tờ ký không đúng nên ảnh chưa được nhận. Hãy in lại tờ ký từ bản khai này rồi ký và chụp."
    )
    status = 422


class SheetOfAnotherDraft(Refusal):
    """A sheet printed from another declaration."""

    code = "documents.sheet-of-another-draft"
    text = noop(
        "Tờ ký này thuộc một bản khai khác. Hãy gửi ảnh ở bản khai đó, hoặc in tờ ký của bản khai này."
    )
    status = 422


class SheetOutdated(Refusal):
    """A sheet printed before its answers were changed."""

    code = "documents.sheet-outdated"
    text = noop(
        "Bản khai đã được sửa sau khi in tờ ký này. Hãy in lại tờ ký “{title}”, ký rồi chụp tờ mới."
    )
    status = 422


class IssuedPaperUnknown(Refusal):
    """There is no such issued paper, or the code was misread: both look the same."""

    code = "documents.issued-paper-unknown"
    status = 404
    text = noop(
        "Không tìm thấy giấy tờ nào có mã xác thực này. Xin xem lại mã in trên giấy, "
        "hoặc hỏi cơ quan đã cấp."
    )


class AlreadyWithdrawn(Refusal):
    """A paper that is revoked or replaced cannot be revoked or replaced once more."""

    code = "documents.already-withdrawn"
    status = 409
    text = noop(
        "Giấy tờ này đã bị thu hồi hoặc đã được thay thế từ trước. Hãy tải lại trang để xem bản hiện nay."
    )


class AlreadyReplaced(Refusal):
    """A paper in whose place another one stands does not come back."""

    code = "documents.already-replaced"
    status = 409
    text = noop(
        "Giấy tờ này đã được thay bằng bản khác nên không khôi phục được. Hãy tải lại trang để xem bản hiện nay."
    )

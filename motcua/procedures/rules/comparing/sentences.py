"""The sentences of a comparison; `Spot.says` fills their gaps."""

from motcua.procedures.rules.texts import Text

CHANGED = Text(
    vi="{of}{noun} đổi từ {old} thành {new}.", en="{of}{noun} changed from {old} to {new}."
)
SET = Text(vi="{of}thêm {noun}: {new}.", en="{of}{noun} added: {new}.")
CLEARED = Text(vi="{of}bỏ {noun}: {old}.", en="{of}{noun} dropped: {old}.")
ADDED = Text(vi="thêm {piece}.", en="{piece} added.")
REMOVED = Text(vi="bỏ {piece}.", en="{piece} dropped.")
ADDED_WITH = Text(vi="thêm {piece} ({more}).", en="{piece} added ({more}).")
REMOVED_WITH = Text(vi="bỏ {piece} ({more}).", en="{piece} dropped ({more}).")
ORDER = Text(vi="{of}thứ tự {noun} thay đổi: {new}.", en="{of}order of {noun} changed: {new}.")
ARROW = Text(vi="{of}{old} → {new}.", en="{of}{old} → {new}.")
REWORDED = Text(vi="câu hỏi {old} nay viết là {new}.", en="question {old} now reads {new}.")
RENAMED = Text(
    vi="{piece} mang mã mục mới {new} thay cho {old}.",
    en="{piece} has a new name in the system: {new}, was {old}.",
)
MOVED = Text(vi="{piece} chuyển từ {old} sang {new}.", en="{piece} moved from {old} to {new}.")
ONLY = Text(
    vi="{piece} nay chỉ áp dụng khi {new} (trước: {old}).",
    en="{piece} now applies only when {new} (before: {old}).",
)
EVERY_TIME = Text(
    vi="{piece} nay luôn áp dụng (trước: khi {old}).",
    en="{piece} now always applies (before: when {old}).",
)
MUST = Text(
    vi="{piece} nay bắt buộc (trước: {old}).", en="{piece} is now obligatory (before: {old})."
)
MAY = Text(
    vi="{piece} nay không bắt buộc (trước: {old}).", en="{piece} is now optional (before: {old})."
)
MUST_WHEN = Text(
    vi="{piece} nay bắt buộc khi {new} (trước: {old}).",
    en="{piece} is now obligatory when {new} (before: {old}).",
)
SEES_MORE = Text(vi="{of}nay được xem thêm {new}.", en="{of}now also sees {new}.")
SEES_LESS = Text(vi="{of}không còn được xem {old}.", en="{of}no longer sees {old}.")
GROUNDS = Text(vi="căn cứ của {piece}: {old} → {new}.", en="legal basis of {piece}: {old} → {new}.")
GUIDE = Text(vi="trang hướng dẫn {new} được viết lại.", en="the guide {new} was rewritten.")
LANGUAGES = {
    "vi": Text(vi="tiếng Việt", en="in Vietnamese"),
    "en": Text(vi="tiếng Anh", en="in English"),
}

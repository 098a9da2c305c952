"""How the house says no: one class per reason, with a stable code and words for the person."""

from typing import Any, ClassVar


def noop(text: str) -> str:
    """Mark a Vietnamese source text for translation without translating it here."""
    return text


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A request that the rules do not allow, said so that the person knows what to do next.

    Subclasses set `code` (stable, `room.reason-with-dashes`), `text` (Vietnamese source text with
    `{placeholders}` filled from the keyword data) and, where it differs, `status` (HTTP).
    Faces translate and show it; nothing else may catch it and stay silent.
    """

    code: ClassVar[str] = "kernel.refused"
    text: ClassVar[str] = noop("Yêu cầu chưa thực hiện được. Hãy thử lại, hoặc gọi hỗ trợ.")
    status: ClassVar[int] = 400

    def __init__(self, **data: Any) -> None:
        """Keep the data that fills the text's placeholders."""
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        """Return code and data, for logs; the words for people come from `text`."""
        return f"{self.code} {self.data}" if self.data else self.code

"""What we tell people: which words a message needs, how long it may be, where it can go."""

from datetime import timedelta

from motcua.kernel import email as emails
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal

CODE_LIVES = timedelta(minutes=5)
MOST_SMS_PARTS = 3

# Every message to the applicant says which dossier, where to look and whom to ask; the rest depends on the news.
COMMON = frozenset({"code", "tracking_url", "support"})
_DATA_REQUEST = frozenset({"number", "agency", "deadline", "url", "support"})
_MANDATE = frozenset({"name", "what", "until", "url"})
WORDS: dict[str, frozenset[str]] = {
    "submitted": COMMON | {"procedure"},
    "received": COMMON | {"procedure", "promised"},
    "declined": COMMON | {"procedure", "reason"},
    "returned": COMMON | {"procedure", "reason"},
    "supplement_asked": COMMON | {"what", "deadline"},
    "supplement_received": COMMON,
    "fee_due": COMMON | {"amount", "title"},
    "fee_paid": COMMON | {"amount", "receipt"},
    "draft_to_confirm": COMMON | {"paper", "deadline"},
    "leg_done": COMMON | {"what", "agency"},
    "leg_refused": COMMON | {"what", "agency", "reason"},
    "leg_reopened": COMMON | {"what", "agency", "reason", "deadline"},
    # To others than the applicant: not even which dossier, before they have shown who they are.
    "consent_asked": frozenset({"url", "deadline", "support"}),
    "result_ready": COMMON | {"what", "how"},
    "result_sent_by_post": COMMON | {"what", "tracking_number"},
    "extended": COMMON | {"was", "due", "reason", "text"},
    "recounted": COMMON | {"was", "due", "reason"},
    "more_time": COMMON | {"what", "was", "due", "reason"},
    "transferred": COMMON | {"was", "agency", "decision"},
    "result_corrected": COMMON | {"what", "agency", "reason"},
    "result_revoked": COMMON | {"what", "agency", "reason", "decision"},
    "result_reinstated": COMMON | {"what", "agency", "reason", "decision"},
    "withdrawn": COMMON,
    "stopped": COMMON | {"reason"},
    # Of a booked time: whoever holds the address may move and cancel it.
    "visit_booked": frozenset({"when", "where", "pin", "url", "support"}),
    "visit_reminder": frozenset({"when", "where", "pin", "url", "support"}),
    "visit_place_changed": frozenset({"when", "where", "address", "was", "pin", "url", "support"}),
    "visit_day_closed": frozenset({"when", "where", "reason", "url", "support"}),
    # Of help by a code: whoever gets it may end the help by its address.
    "helper_entered": frozenset({"name", "who", "url", "support"}),
    # Of a mandate: at its address one answers, looks at it, ends it.
    "mandate_asked": _MANDATE,
    "mandate_offered": _MANDATE,
    "mandate_confirmed": _MANDATE,
    "mandate_ended": _MANDATE,
    "mandate_filed": _MANDATE | {"code"},
    # Of one's ways of signing in: at its address one looks, and undoes it.
    "way_joined": frozenset({"until", "url"}),
    "way_parted": frozenset({"url"}),
    "number_replaced": frozenset({"ending", "url"}),
    # Of an account opened again at a counter: the old number learns it first, and stops it at the address.
    "recovery_begun": frozenset({"ending", "until", "url"}),
    "recovery_moved": frozenset({"ending", "url"}),
    "recovery_stopped": frozenset({"ending", "url"}),
    # Of a request about one's own data, and of a copy of them: what they say is read at the address, signed in.
    "data_request_asked": _DATA_REQUEST,
    "data_request_answered": _DATA_REQUEST,
    "data_request_moved": _DATA_REQUEST | {"was", "reason"},
    "data_copy_ready": frozenset({"until", "url"}),
    # Of a file that lies in quarantine: at the address the paper is sent anew.
    "paper_asked_anew": frozenset({"paper", "procedure", "url", "support"}),
    # To officials: that something waits at their desk and until when; what it is about is read there.
    "desk_waiting": frozenset({"what", "agency", "deadline", "url"}),
    "desk_emergency": frozenset({"what", "agency", "when", "url"}),
    # To whoever runs the installation.
    "provider_alarm": frozenset({"what", "todo", "url"}),
    "call_booked": frozenset({"when", "topic", "url", "support"}),
    "opinion_asked": COMMON | {"procedure", "url"},
    # Of a draft: its code opens nothing without a one-time code.
    "draft_kept": frozenset({"draft_code", "url", "until", "procedure", "support"}),
    "draft_ending": frozenset({"draft_code", "url", "until", "days", "procedure", "support"}),
    "code": frozenset({"one_time_code"}),
}

_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


class UnknownNewsError(ValueError):
    """No template has this name: a fault of the caller, seen in its tests."""


class WordsMissingError(ValueError):
    """The caller did not give every word the template needs."""


def check_words(template: str, given: set[str]) -> None:
    """Refuse a message with a hole in it. Raises UnknownNewsError, WordsMissingError."""
    if template not in WORDS:
        raise UnknownNewsError(template)
    missing = WORDS[template] - given
    if missing:
        raise WordsMissingError(f"{template} needs {', '.join(sorted(missing))}")


def sms_parts(text: str) -> int:
    """Return how many short messages the text takes (160/153 GSM letters, 70/67 others)."""
    alone, together = (160, 153) if set(text) <= _GSM else (70, 67)
    units = len(text.encode("utf-16-be")) // 2
    return 1 if units <= alone else -(-units // together)


def phone(given: str) -> str | None:
    """Return a mobile number as +84…, or None when no short message can reach it."""
    try:
        return phones.read(given)
    except Refusal:
        return None


def email(given: str) -> str | None:
    """Return an address a letter can be sent to, or None."""
    try:
        return emails.read(given)
    except Refusal:
        return None

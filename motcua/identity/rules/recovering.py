"""Who gets back to an account whose number is lost, at a counter, with a card (docs/why/0028).

VNeID is the way back for whoever it has proved; this one is for those who sign in by a number only. What an account
told about itself opens nothing: an official must have seen the same card before, with a dossier of this account.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.identity.rules.holding import Known, must_be_one_person
from motcua.identity.rules.refusals import AnotherPerson
from motcua.kernel import names
from motcua.kernel.refusal import Refusal, noop

COOLING = timedelta(days=3)
"""Between the second official's word and the move: so long the old number may say no."""
WAITS = timedelta(days=3)
"""How long a recovery waits for its code and for the second official."""
MOST_A_DAY = 20
"""Recoveries that one official may begin in a day, found or not."""
MOST_OF_ONE = 3
"""Recoveries of one person in a day."""


class NotAtRecovery(Refusal):
    """The official stands at no counter and leads no office."""

    code = "identity.not-at-recovery"
    text = noop(
        "Chỉ cán bộ một cửa và lãnh đạo mở lại được tài khoản mất số. Hãy nhờ người ở bộ phận một cửa."
    )
    status = 403


class RecoveryUnknown(Refusal):
    """A recovery of another office, or one that never was: always the same words."""

    code = "identity.recovery-unknown"
    text = noop(
        "Không tìm thấy lần mở lại tài khoản này. Hãy mở lại đường dẫn trong tin nhắn, hoặc xem danh sách."
    )
    status = 404


class RecoveryOver(Refusal):
    """It was stopped, has run out, or the number has moved already."""

    code = "identity.recovery-over"
    text = noop("Lần mở lại tài khoản này đã kết thúc. Nếu vẫn cần, hãy làm lại từ đầu.")
    status = 409


class CardNotCompared(Refusal):
    """The official has not said that the card in hand is that of the person in front of them."""

    code = "identity.card-not-compared"
    text = noop("Hãy đối chiếu căn cước bản gốc với người trước mặt, rồi đánh dấu ô xác nhận.")
    status = 422


class NobodyByCard(Refusal):
    """No dossier of this office leads from the card to an account that told the same."""

    code = "identity.nobody-by-card"
    text = noop(
        "Không có tài khoản nào khớp với căn cước này trong hồ sơ của cơ quan. Hãy xem lại số, họ tên, ngày "
        "sinh; nếu hồ sơ nộp ở nơi khác, hãy đến bộ phận một cửa nơi ấy."
    )
    status = 404


class NeverSeen(Refusal):
    """The account is known, but no official has ever seen this card with one of its dossiers."""

    code = "identity.never-seen"
    text = noop(
        "Tài khoản này chưa từng được đối chiếu với căn cước tại quầy, nên không đổi số được. Hãy hướng dẫn "
        "người dân đăng nhập bằng VNeID."
    )
    status = 409


class VneidIsTheWay(Refusal):
    """VNeID has proved the person: they come back by it, and by nothing weaker."""

    code = "identity.vneid-is-the-way"
    text = noop(
        "Tài khoản này đã nối với VNeID. Hãy hướng dẫn người dân đăng nhập bằng VNeID rồi tự đổi số trong “Tài khoản "
        "của tôi”; mất VNeID thì đến cơ quan công an."
    )
    status = 409


class SeveralAccounts(Refusal):
    """The card leads to more than one account; a dossier's code tells which."""

    code = "identity.several-accounts"
    text = noop("Căn cước này có nhiều tài khoản. Hãy nhập thêm mã một hồ sơ của tài khoản cần mở.")
    status = 409


class SameNumber(Refusal):
    """The number is the account's already: nothing is lost."""

    code = "identity.same-number"
    text = noop(
        "Số này đang là số của tài khoản. Hãy hướng dẫn người dân đăng nhập bằng chính số này."
    )
    status = 409


class RecoveryThere(Refusal):
    """One is under way for this account or to this number."""

    code = "identity.recovery-there"
    text = noop(
        "Tài khoản hoặc số này đang có một lần mở lại chưa xong. Hãy xem trong danh sách, hoặc dừng lần ấy trước."
    )
    status = 409


class SecondOfficial(Refusal):
    """Whoever began it confirms it: two people must have seen the card."""

    code = "identity.second-official"
    text = noop(
        "Người đã lập không tự xác nhận được. Hãy nhờ một cán bộ khác xem căn cước và xác nhận."
    )
    status = 403


@dataclass(frozen=True)
class Card:
    """What stands on the identity card in the official's hand; `birth_date` is partial ISO text."""

    number: str
    full_name: str
    birth_date: str

    @property
    def known(self) -> Known:
        """It as the rules compare it."""
        return Known(
            full_name=self.full_name, birth_date=self.birth_date, personal_number=self.number, verified=True
        )  # fmt: skip


def is_of_card(told: Known, card: Card) -> bool:
    """Tell whether what an account told of itself is what stands on the card: its name, and its number or birth date."""
    if names.match_key(told.full_name) != names.match_key(card.full_name):
        return False
    try:
        must_be_one_person(told, card.known)
    except AnotherPerson:
        return False
    return True


def moves_at(checked_at: datetime) -> datetime:
    """Return when the number moves, if nobody says no before."""
    return checked_at + COOLING

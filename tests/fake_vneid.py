"""An identity provider in the test's own process, with the behaviour of the real one.

A test sends the browser away, lets a person act there (`agree`, `refuse`), and follows back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from motcua.identity.ports import Departure, Standing
from motcua.identity.rules.people import ProvenIdentity
from motcua.identity.rules.refusals import ConsentRefused, ProviderSilent, SignInLost

HOA = ProvenIdentity(
    subject="tech-hoa",
    personal_number="030194000001",
    full_name="Nguyễn Thị Hoa",
    level=2,
    birth_date="1994-05-02",
    sex="female",
    phone="+84912345678",
    email="hoa@vi-du.vn",
    address="Thôn Đông, xã Nam Thanh Miện, thành phố Hải Phòng",
)


@dataclass
class FakeVneid:
    """People who have agreed, by the code their browser carries back; each code works once."""

    down: bool = False
    agreed: dict[str, tuple[str, ProvenIdentity]] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=count)
    asked_level: int = 0
    certificate_ends: datetime | None = None

    def standing(self, at: datetime) -> Standing:
        return Standing(why="silent" if self.down else "", certificate_ends=self.certificate_ends)

    def depart(self, *, return_to: str, level: int, at: datetime) -> Departure:
        if self.down:
            raise ProviderSilent
        self.asked_level = level
        state = f"state-{next(self.numbers)}"
        address = f"https://vneid.example/authorize?state={state}&back={return_to}"
        return Departure(address=address, state=state, nonce="nonce", verifier="verifier")

    def agree(self, state: str, person: ProvenIdentity = HOA) -> dict[str, str]:
        """Let a person sign in and agree; return what the browser carries back."""
        code = f"code-{next(self.numbers)}"
        self.agreed[code] = (state, person)
        return {"state": state, "code": code}

    def refuse(self, state: str) -> dict[str, str]:
        """Let a person say no."""
        return {"state": state, "error": "access_denied"}

    def arrive(
        self, *, departure: Departure, answer: Mapping[str, str], return_to: str, at: datetime
    ) -> ProvenIdentity:
        if self.down:
            raise ProviderSilent
        if "error" in answer:
            raise ConsentRefused
        state, person = self.agreed.pop(answer["code"], ("", None))
        if person is None or state != departure.state or departure.verifier != "verifier":
            raise SignInLost
        return person

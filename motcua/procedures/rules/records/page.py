"""What is told about a procedure of the national catalogue: the page, ready to be shown."""

from typing import Literal

from motcua.procedures.rules.texts import Declared

Channel = Literal["online", "post", "counter"]
Unit = Literal["working_days", "days", "working_hours", "hours", "months", "unsaid"]
AgencyLevel = Literal["commune", "province", "ministry", "other"]


class Block(Declared):
    """A paragraph, a step with its label, or a list."""

    kind: Literal["text", "step", "list"]
    text: str = ""
    label: str = ""
    items: tuple[str, ...] = ()


class Way(Declared):
    """How it is filed: by which channel, how long it takes, what it costs.

    `fee` is in the currency, None where the record gives no figure that can be believed; then
    `fee_note` is all that is known.
    """

    channel: Channel
    time: int | None = None
    unit: Unit = "unsaid"
    fee: int | None = None
    currency: str = "VND"
    fee_note: str = ""
    note: tuple[Block, ...] = ()


class PaperRow(Declared):
    """A paper with how many originals and copies; `form` is the name of its form where it has one."""

    name: str
    originals: int
    copies: int
    form: str = ""


class Case(Declared):
    """A case and its papers; `notes` are rows that ask for no paper."""

    title: str = ""
    papers: tuple[PaperRow, ...] = ()
    notes: tuple[Block, ...] = ()


class Instrument(Declared):
    """A legal instrument the procedure rests on."""

    title: str
    number: str


class Outcome(Declared):
    """A result with its code in the national catalogue."""

    name: str
    code: str


class RecordPage(Declared):
    """One record as people read it. Where a table could not be read, its text stands beside it."""

    code: str
    name: str
    decision: str = ""
    field: str = ""
    kind: str = ""
    levels: tuple[AgencyLevel, ...] = ()
    audience: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    deciding: str = ""
    helping: str = ""
    reception: tuple[Block, ...] = ()
    ways: tuple[Way, ...] = ()
    ways_text: tuple[Block, ...] = ()
    cases: tuple[Case, ...] = ()
    papers_text: tuple[Block, ...] = ()
    steps: tuple[Block, ...] = ()
    conditions: tuple[Block, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    outcomes_text: tuple[Block, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    instruments_text: tuple[Block, ...] = ()
    address: str = ""
    """Where the national portal shows it."""

    @property
    def online(self) -> bool:
        """Tell whether it can be filed online somewhere."""
        return any(way.channel == "online" for way in self.ways)

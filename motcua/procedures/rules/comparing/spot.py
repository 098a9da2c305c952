"""Where a comparison stands, and how it says what it finds there."""

from dataclasses import dataclass, replace

from motcua.procedures.rules.comparing.changes import Change
from motcua.procedures.rules.comparing.conditions import filled
from motcua.procedures.rules.comparing.nouns import Noun
from motcua.procedures.rules.texts import Text

_CONTENT = Noun("nội dung", "content")


@dataclass(frozen=True)
class Spot:
    """The heading, the way there, the piece that is spoken of, and what is spoken of in it."""

    topic: str
    place: tuple[str, ...] = ()
    piece: Text | None = None
    noun: Noun = _CONTENT

    def at(self, key: str, noun: Noun | None = None) -> "Spot":
        """Return the spot of a key of the piece."""
        noun = noun or self.noun
        return replace(self, topic=noun.topic or self.topic, place=(*self.place, key), noun=noun)

    def about(self, what: Text) -> "Spot":
        """Return the spot of a piece inside this one."""
        inside = Text(vi="{a} của {b}", en="{a} of {b}")
        return replace(self, piece=filled(inside, a=what, b=self.piece) if self.piece else what)

    def says(self, template: Text, **gaps: Text) -> Change:
        """Return the sentence as a change of this spot.

        The gaps `piece` and `noun` are filled by the spot; `of` begins a sentence about the piece, if there is one.
        """
        piece = self.piece or self.noun.text
        known = {"piece": piece, "noun": self.noun.text, "of": self._of(), **gaps}
        said = filled(template, **known)
        text = Text(vi=_begun(said.vi), en=_begun(said.en))
        return Change(self.topic, ".".join(self.place), text)

    def _of(self) -> Text:
        if self.piece is None:
            return Text(vi=" ", en=" ")
        return Text(vi=f"{self.piece.vi}: ", en=f"{self.piece.en}: ")


def _begun(sentence: str) -> str:
    """Return the sentence with a capital at its beginning."""
    sentence = sentence.strip()
    return sentence[:1].upper() + sentence[1:]

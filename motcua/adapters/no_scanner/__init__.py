"""Where an office has no scanner: nothing is looked for, and whoever asks is told so."""

from motcua.documents.ports import Watch


class NoScanner:
    """A `documents.ports.Scanner` that says that it is none."""

    def scan(self, content: bytes) -> str:
        del content
        return ""

    def standing(self) -> Watch:
        return Watch(why="none")

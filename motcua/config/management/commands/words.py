"""`python -m motcua words`: brings locale/ in step with the texts of the house."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from motcua.config.pairs import read_pairs, texts_of, watch, write_pairs
from motcua.config.words import Outcome, bring_in_step, catalogue_words, words_of


class Command(BaseCommand):
    """Safe to run again: translations are kept, new texts are added, dead ones dropped."""

    help = "Adds new texts to locale/*/LC_MESSAGES/*.po, drops dead ones, names what is missing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one switch."""
        parser.add_argument(
            "--still-right",
            action="store_true",
            help="the English of changed texts of the catalogue was looked at and holds",
        )

    def handle(self, **options: Any) -> None:
        """Write every language's catalogues and say what is left to translate."""
        said = {
            "django": words_of(settings.ROOT / "motcua"),
            "catalogue": catalogue_words(settings.CATALOGUE),
        }
        for language in settings.SPOKEN.values():
            for name, words in said.items():
                path = settings.ROOT / "locale" / language.code / "LC_MESSAGES" / f"{name}.po"
                if path.exists():
                    scope = None if language.working else language.scope
                    self._tell(f"{language.code}/{name}", bring_in_step(path, words, scope))

        self._watch(still_right=options["still_right"])

    def _watch(self, *, still_right: bool) -> None:
        file = settings.ROOT / "locale" / "en" / "catalogue.pairs"
        present = texts_of(settings.CATALOGUE)
        watched = watch(present, read_pairs(file), still_right=still_right)
        write_pairs(file, watched.known)
        self.stdout.write(f"catalogue: {len(present)} pairs, {len(watched.stale)} stale in English")
        for text in watched.stale:
            self.stdout.write(f"  {text}")

    def _tell(self, name: str, outcome: Outcome) -> None:
        self.stdout.write(
            f"{name}: {len(outcome.added)} added, {len(outcome.dropped)} dropped, "
            f"{len(outcome.untranslated)} to translate"
        )
        for text in outcome.untranslated:
            self.stdout.write(f"  {text}")

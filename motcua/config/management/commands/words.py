"""`python -m motcua words`: brings locale/ in step with the texts of the house."""

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.words import Outcome, bring_in_step, catalogue_words, words_of


class Command(BaseCommand):
    """Safe to run again: translations are kept, new texts are added, dead ones dropped."""

    help = "Adds new texts to locale/*/LC_MESSAGES/*.po, drops dead ones, names what is missing."
    requires_system_checks = []

    def handle(self, **_options: object) -> None:
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

    def _tell(self, name: str, outcome: Outcome) -> None:
        self.stdout.write(
            f"{name}: {len(outcome.added)} added, {len(outcome.dropped)} dropped, "
            f"{len(outcome.untranslated)} to translate"
        )
        for text in outcome.untranslated:
            self.stdout.write(f"  {text}")

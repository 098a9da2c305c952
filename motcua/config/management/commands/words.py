"""`python -m motcua words`: brings locale/ in step with the texts of the house."""

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.words import bring_in_step, words_of


class Command(BaseCommand):
    """Safe to run again: translations are kept, new texts are added, dead ones dropped."""

    help = (
        "Adds new texts to locale/*/LC_MESSAGES/django.po, drops dead ones, names what is missing."
    )
    requires_system_checks = []

    def handle(self, **_options: object) -> None:
        """Write every language's catalogue and say what is left to translate."""
        words = words_of(settings.ROOT / "motcua")
        for catalogue in sorted((settings.ROOT / "locale").glob("*/LC_MESSAGES/django.po")):
            outcome = bring_in_step(catalogue, words)
            self.stdout.write(
                f"{catalogue.parent.parent.name}: {len(words)} texts, {len(outcome.added)} added, "
                f"{len(outcome.dropped)} dropped, {len(outcome.untranslated)} to translate"
            )
            for text in outcome.untranslated:
                self.stdout.write(f"  {text}")

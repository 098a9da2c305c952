from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "motcua.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Listen to the rooms below and register the reactions to a dossier's events."""
        from motcua.journeys import (  # noqa: F401 - registering is their import
            continuing,
            copying,
            erasing,
            escalating,
            incoming,
            provider_watch,
            recovering,
            telling_officials,
            visiting,
        )
        from motcua.journeys.reactions import (  # noqa: F401 - registering is their import
            asking,
            changing,
            collecting,
            consenting,
            delivering,
            forgetting,
            informing,
            issuing,
            registering,
            reminding,
            telling,
            timing,
            warning,
        )

        incoming.listen()

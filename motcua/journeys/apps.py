from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "motcua.journeys"
    label = "journeys"

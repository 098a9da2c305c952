from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "motcua.openness"
    label = "openness"

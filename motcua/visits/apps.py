from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "motcua.visits"
    label = "visits"

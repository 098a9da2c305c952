from django.apps import AppConfig


class AdaptersConfig(AppConfig):
    name = "motcua.adapters"
    label = "adapters"

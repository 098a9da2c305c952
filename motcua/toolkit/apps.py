from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "motcua.toolkit"
    label = "toolkit"

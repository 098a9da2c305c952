from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "motcua.help"
    label = "help"

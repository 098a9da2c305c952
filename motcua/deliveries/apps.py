from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "motcua.deliveries"
    label = "deliveries"

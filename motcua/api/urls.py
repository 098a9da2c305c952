"""Doors for machines, below /api/."""

from django.urls import path

from motcua.api.deliveries import post_scans
from motcua.api.description import description
from motcua.api.exchange import inbox, keys
from motcua.api.payments import vnpay_ipn

app_name = "api"
urlpatterns = [
    path("openapi.json", description, name="description"),
    path("payments/vnpay/ipn", vnpay_ipn, name="vnpay-ipn"),
    path("deliveries/post/scans", post_scans, name="post-scans"),
    path("exchange/inbox", inbox, name="exchange-inbox"),
    path("exchange/keys.json", keys, name="exchange-keys"),
]

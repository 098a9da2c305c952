"""The doors of the queue."""

from django.urls import URLPattern, path

from motcua.desk import absence
from motcua.desk.queues import batch, hands, saved, views

urlpatterns: list[URLPattern] = [
    path("can-bo/", views.queue, name="queue"),
    path("can-bo/hang-loat/", batch.batch, name="batch"),
    path("can-bo/bo-loc/", saved.save, name="save_view"),
    path("can-bo/bo-loc/<int:view>/bo/", saved.forget, name="forget_view"),
    path("can-bo/vang-mat/", absence.absence, name="absence"),
    path("can-bo/vang-mat/<int:substitution>/het/", absence.end, name="end_absence"),
    path("can-bo/ho-so/<str:code>/giu-viec/<int:work>/", hands.hands, name="hands"),
]

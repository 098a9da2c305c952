"""Where administrators look after the officials of their agency."""

from django.urls import path

from motcua.desk.officials import views

_HERE = "can-bo/nhan-su/"
urlpatterns = [
    path(_HERE, views.people, name="officials"),
    path(f"{_HERE}moi/", views.invite, name="invite"),
    path(f"{_HERE}de-nghi/<int:deed>/", views.decide, name="decide_deed"),
    path(f"{_HERE}<int:official_id>/", views.person, name="person"),
]

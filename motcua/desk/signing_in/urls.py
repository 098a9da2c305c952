"""Addresses of the officials' sign-in: `path("", include("motcua.desk.signing_in.urls"))`."""

from django.urls import path

from motcua.desk.signing_in import views

app_name = "official"
urlpatterns = [
    path("can-bo/dang-nhap/", views.password, name="password"),
    path("can-bo/dang-nhap/ma/", views.second_factor, name="second_factor"),
    path("can-bo/dang-xuat/", views.leave, name="sign_out"),
]

"""Addresses of the officials' sign-in: `path("", include("motcua.desk.signing_in.urls"))`."""

from django.urls import path

from motcua.desk.signing_in import again, enrolling, own, questions, views

app_name = "official"
urlpatterns = [
    path("can-bo/dang-nhap/", views.password, name="password"),
    path("can-bo/dang-nhap/ma/", views.second_factor, name="second_factor"),
    path("can-bo/dang-xuat/", views.leave, name="sign_out"),
    path("can-bo/bat-dau/", enrolling.begin, name="begin"),
    path("can-bo/bat-dau/mat-khau/", enrolling.password, name="first_password"),
    path("can-bo/bat-dau/xac-thuc/", enrolling.factor, name="first_factor"),
    path("can-bo/khoa-truy-cap/<slug:slug>/", questions.ask, name="question"),
    path("can-bo/khoa/", again.locked, name="lock"),
    path("can-bo/xac-nhan-lai/", again.again, name="again"),
    path("can-bo/tai-khoan/", own.security, name="security"),
    path("can-bo/tai-khoan/<slug:what>/", own.change, name="change"),
]

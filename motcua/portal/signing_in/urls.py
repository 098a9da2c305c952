"""Addresses of signing in: `path("", include("motcua.portal.signing_in.urls"))`."""

from django.urls import path

from motcua.portal.signing_in import by_phone, by_vneid, views

app_name = "signing_in"
urlpatterns = [
    path("dang-nhap/", views.choose, name="choose"),
    path("dang-nhap/vneid/", by_vneid.depart, name="vneid"),
    path("dang-nhap/vneid/tro-ve", by_vneid.arrive, name="vneid_return"),
    path("dang-nhap/vneid/da-nhan/", by_vneid.shared, name="vneid_shared"),
    path("dang-nhap/dien-thoai/", by_phone.sign_in_number, name="phone"),
    path("dang-nhap/ma/", by_phone.code, name="code"),
    path("dang-ky-tai-khoan/", by_phone.register, name="register"),
    path("dang-ky-tai-khoan/cong-dan/", by_phone.register_citizen, name="register_citizen"),
    path("dang-ky-tai-khoan/thue-bao/", by_phone.register_number, name="register_number"),
    path("dang-ky-tai-khoan/thong-tin/", by_phone.details, name="details"),
    path("dang-xuat/", views.leave, name="sign_out"),
    path("dang-nhap/con-lai/", views.stay, name="stay"),
    path("tai-khoan/", views.account, name="account"),
]

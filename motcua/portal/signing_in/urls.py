"""Addresses of signing in: `path("", include("motcua.portal.signing_in.urls"))`."""

from django.urls import path

from motcua.portal.signing_in import by_phone, by_vneid, own_ways, recovery, sharing, views

app_name = "signing_in"
urlpatterns = [
    path("dang-nhap/", views.choose, name="choose"),
    path("dang-nhap/vneid/", by_vneid.depart, name="vneid"),
    path("dang-nhap/vneid/tro-ve", by_vneid.arrive, name="vneid_return"),
    path("dang-nhap/vneid/da-nhan/", by_vneid.shared, name="vneid_shared"),
    path("dang-nhap/dien-thoai/", by_phone.sign_in_number, name="phone"),
    path("dang-nhap/ma/", by_phone.code, name="code"),
    path("dang-nhap/chu-so/", by_phone.holder, name="holder"),
    path("dang-ky-tai-khoan/", by_phone.register, name="register"),
    path("dang-ky-tai-khoan/cong-dan/", by_phone.register_citizen, name="register_citizen"),
    path("dang-ky-tai-khoan/thue-bao/", by_phone.register_number, name="register_number"),
    path("dang-ky-tai-khoan/thong-tin/", by_phone.details, name="details"),
    path("dang-xuat/", views.leave, name="sign_out"),
    path("dang-nhap/con-lai/", views.stay, name="stay"),
    path("dang-nhap/khong-vao-duoc/", views.lost, name="lost"),
    path("tai-khoan/", own_ways.account, name="account"),
    path("tai-khoan/so-dien-thoai/", own_ways.number, name="number"),
    path("tai-khoan/so-dien-thoai/ma/", own_ways.number_code, name="number_code"),
    path("tai-khoan/so-dien-thoai/bo/", own_ways.give_up, name="give_up"),
    path("tai-khoan/noi/<int:link_id>/go/", own_ways.part, name="part"),
    path("tai-khoan/thiet-bi/<int:sign_in_id>/thoat/", own_ways.end, name="end"),
    path("tai-khoan/thiet-bi/thoat-khac/", own_ways.end_others, name="end_others"),
    path("doi-so/<str:token>/", recovery.stop, name="recovery"),
    path("tai-khoan/da-chia-se/", sharing.shared_with, name="shared_with"),
]

"""The doors of acting for another. Messages carry these addresses: they stay."""

from django.urls import URLPattern, path

from motcua.portal.mandates import giving, pages

app_name = "mandates"
urlpatterns: list[URLPattern] = [
    path("uy-quyen/", pages.all_of_them, name="all"),
    path("uy-quyen/nho/", giving.give, name="give"),
    path("uy-quyen/xin/", giving.ask, name="ask"),
    path("uy-quyen/tin/<str:token>/", pages.by_message, name="by_message"),
    path("uy-quyen/<uuid:mandate_id>/", pages.one, name="one"),
    path("uy-quyen/<uuid:mandate_id>/ma/", pages.code, name="code"),
]

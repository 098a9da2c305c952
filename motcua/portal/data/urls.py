"""The doors to one's own data, among those of the portal."""

from django.urls import URLPattern, path

from motcua.portal.data import asking, copying, home

urlpatterns: list[URLPattern] = [
    path("du-lieu/", home.home, name="data"),
    path("du-lieu/yeu-cau/", asking.ask, name="data_ask"),
    path("du-lieu/yeu-cau/<uuid:request_id>/", asking.asked, name="data_request"),
    path("du-lieu/yeu-cau/<uuid:request_id>/thu-tra-loi.pdf", asking.letter, name="data_letter"),
    path("du-lieu/ban-sao/", copying.ask, name="data_copy_ask"),
    path("du-lieu/ban-sao/<uuid:copy_id>/", copying.copy, name="data_copy"),
    path("du-lieu/ban-sao/<uuid:copy_id>/tai-ve", copying.fetch, name="data_copy_fetch"),
]

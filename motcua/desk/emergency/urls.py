"""Opening a dossier in an emergency, and looking at it afterwards."""

from django.urls import path

from motcua.desk.emergency import views

_HERE = "can-bo/khan-cap/"
_OF = f"{_HERE}ho-so/<str:code>/"
urlpatterns = [
    path(_HERE, views.ask, name="emergency"),
    path(f"{_HERE}xem-lai/", views.reviews, name="emergency_reviews"),
    path(f"{_HERE}xem-lai/<int:emergency>/", views.review, name="emergency_review"),
    path(_OF, views.read, name="emergency_read"),
    path(f"{_OF}giay-to/<uuid:document>/<str:page>", views.page, name="emergency_page"),
]

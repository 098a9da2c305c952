"""The doors of the books, among those of the desk."""

from django.urls import URLPattern, path

from motcua.desk.books import views

_BOOKS = "can-bo/so/"
urlpatterns: list[URLPattern] = [
    path(_BOOKS, views.books, name="books"),
    path(f"{_BOOKS}<int:book_id>/", views.book, name="book"),
    path(f"{_BOOKS}<int:book_id>/quyen-moi/", views.volume, name="book_volume"),
    path(f"{_BOOKS}<int:book_id>/dong/", views.close, name="book_close"),
    path(f"{_BOOKS}<int:book_id>/tep.<slug:kind>", views.file, name="book_file"),
    path(f"{_BOOKS}muc/<int:entry_id>/gach/", views.strike, name="book_strike"),
]

"""The doors of the hall and of booked times, among those of the portal. They stand on slips and in messages."""

from django.urls import URLPattern, path

from motcua.portal.visits import booked, booking, hall

_HALL = "sanh/<str:key>/"
urlpatterns: list[URLPattern] = [
    path(f"{_HALL}lay-so/", hall.kiosk, name="kiosk"),
    path(f"{_HALL}man-hinh/", hall.screen, name="hall_screen"),
    path("so-thu-tu/<str:token>/", hall.turn, name="turn"),
    path("hen-gio/", booking.choose_office, name="book"),
    path("hen-gio/<str:agency>/", booking.choose_time, name="book_time"),
    path("hen-gio/<str:agency>/xac-nhan/", booking.confirm, name="book_confirm"),
    path("lich-hen/<str:token>/", booked.booking, name="booking"),
    path("lich-hen/<str:token>/doi-gio/", booked.move, name="booking_move"),
]

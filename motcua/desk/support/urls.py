"""The doors of support, among those of the desk."""

from django.urls import URLPattern, path

from motcua.desk.support import calls, data, held, opinions, team

urlpatterns: list[URLPattern] = [
    path("can-bo/goi-lai/", calls.waiting, name="calls"),
    path("can-bo/goi-lai/<uuid:call_id>/", calls.call, name="call"),
    path("can-bo/y-kien/", opinions.read, name="opinions"),
    path("can-bo/y-kien/<int:opinion_id>/", opinions.answer, name="opinion_answer"),
    path("can-bo/du-lieu/", data.waiting, name="data_requests"),
    path("can-bo/du-lieu/<uuid:request_id>/", data.answer, name="data_request"),
    path("can-bo/tep-cach-ly/", held.files, name="held_files"),
    path("can-bo/tep-cach-ly/<uuid:held_id>/", held.decide, name="held_file"),
    path("can-bo/to-cong-nghe-so/", team.members, name="team"),
    path("can-bo/to-cong-nghe-so/<int:member_id>/bo/", team.remove, name="team_remove"),
]

"""The doors of the house."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.toolkit.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("motcua.ui.urls")),
    path("", include("motcua.openness.urls")),
    path("api/", include("motcua.api.urls")),
    path("", include("motcua.portal.urls")),
    path("", include("motcua.portal.following.urls")),
    path("", include("motcua.portal.mandates.urls")),
    path("", include("motcua.portal.signing_in.urls")),
    path("", include("motcua.desk.signing_in.urls")),
    path("", include("motcua.desk.urls")),
]

handler400 = "motcua.config.guard.bad_request"
handler403 = "motcua.ui.views.forbidden"
handler404 = "motcua.ui.views.not_found"
handler500 = "motcua.ui.views.failed"

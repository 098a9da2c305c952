"""The headers that every answer carries, also one that Django has no part in."""

from collections.abc import Iterable

from django.conf import settings


def content_security_policy(form_targets: Iterable[str]) -> str:
    """Return the policy: only our own scripts and styles, none inline, never inside a frame.

    `form_targets` are the origins that a form may lead to by redirect (identity provider, payment).
    """
    targets = " ".join(["'self'", *form_targets])
    return (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {targets}"
    )


def shield() -> dict[str, str]:
    """Return the headers of a person's page; one that is everybody's says otherwise."""
    headers = {
        "Content-Security-Policy": content_security_policy(settings.FORM_TARGETS),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
        # A person's page must not stay in a shared phone's memory; public pages say otherwise.
        "Cache-Control": "private, no-store",
    }
    if settings.BASE_URL.startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers

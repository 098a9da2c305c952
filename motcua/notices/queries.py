"""What may be read of notices."""

from collections.abc import Collection

from motcua.notices.models import Notice


def told_about(subject: str) -> list[Notice]:
    """Return what people were told about a dossier, oldest first."""
    return list(Notice.objects.filter(subject=subject).order_by("created_at", "pk"))


def not_told_yet(keys: Collection[str]) -> set[str]:
    """Return those keys under which nobody was told anything; one query."""
    return {*keys} - {*Notice.objects.filter(key__in=keys).values_list("key", flat=True)}


def dead_letters(limit: int = 100) -> list[Notice]:
    """Return notices that reached nobody, newest first, without their texts."""
    failed = Notice.objects.filter(state=Notice.State.FAILED).order_by("-pk")
    return list(failed.defer("body", "title")[:limit])

"""What stands above an official's name on papers belongs to their post."""

from typing import ClassVar

from django.db import migrations, models

_LINES = [("", ""), ("KT", "KT"), ("Q", "Q"), ("TL", "TL"), ("TUQ", "TUQ")]


def _columns(model: str) -> list[migrations.AddField]:
    signs = models.CharField(blank=True, choices=_LINES, default="", max_length=3)
    title = models.CharField(blank=True, default="", max_length=100)
    return [
        migrations.AddField(model, "signs", signs),
        migrations.AddField(model, "title", title),
    ]


class Migration(migrations.Migration):
    """Add both columns to posts, and to what is proposed about them."""

    dependencies: ClassVar = [("agencies", "0009_contact")]
    operations: ClassVar = [
        *_columns("post"),
        *_columns("deed"),
        migrations.AddConstraint(
            "post",
            models.CheckConstraint(
                condition=~models.Q(signs__in=["KT", "TL", "TUQ"]) | ~models.Q(title=""),
                name="post_that_signs_for_another_has_a_title",
            ),
        ),
    ]

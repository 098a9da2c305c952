"""The shapes of the ten national statuses; their words belong to the dossiers."""

# Codes of the national portal, 1–10, and the shape each is shown with.
_SHAPES = {
    1: "new",
    2: "running",
    3: "stopped",
    4: "running",
    5: "action",
    6: "action",
    7: "paused",
    8: "stopped",
    9: "done",
    10: "done",
}


def shape_of(code: int | str) -> str:
    """Return the tag's kind of a national status code; unknown ones look new."""
    return _SHAPES.get(int(code), "new")

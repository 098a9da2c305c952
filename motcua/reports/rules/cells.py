"""What a table may hold when a spreadsheet opens it."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = dict.fromkeys(range(32), " ")


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula, on one line.

    Somebody may be called “=HYPERLINK(…)” in a form; the apostrophe makes a spreadsheet show it as it is. A
    separator before the sign does not help the writer either: leading blanks are looked through.
    """
    risky = text.startswith(_DANGEROUS) or text.lstrip().startswith(_DANGEROUS)
    plain = text.translate(_CONTROL)
    return f"'{plain}" if risky else plain

"""A name shown to somebody who may only recognise it, not learn it."""


def masked_name(name: str) -> str:
    """Return the name with every word but the first cut to its first letter: “Nguyễn T. A.”.

    Whoever holds the paper can compare; whoever does not learns no full name (Luật 91/2025).
    """
    words = name.split()
    if not words:
        return ""
    if len(words) == 1:
        return words[0][0] + "."
    return " ".join([words[0], *(word[0] + "." for word in words[1:])])

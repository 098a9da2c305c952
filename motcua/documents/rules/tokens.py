"""The verification code printed on a paper: short to type, impossible to guess."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: without I, L, O, U
LENGTH = 20  # 5 bits each: 100 bits
GROUP = 5
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def token_from(number: int) -> str:
    """Return the code of a random number below 2**100."""
    signs = [ALPHABET[number >> (5 * place) & 31] for place in reversed(range(LENGTH))]
    return "".join(signs)


def read_token(typed: str) -> str | None:
    """Return the code as stored, forgiving case, spaces, dashes and look-alikes; None if it is no code."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        return None
    return signs


def grouped(token: str) -> str:
    """Return the code as printed, in groups of five."""
    return "-".join(token[start : start + GROUP] for start in range(0, len(token), GROUP))


def number_of(token: str) -> int:
    """Return the number that a code was made from."""
    number = 0
    for sign in token:
        number = number << 5 | ALPHABET.index(sign)
    return number

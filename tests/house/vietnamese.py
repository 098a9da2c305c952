"""How the tests tell Vietnamese from English."""

import re

LETTERS = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)


def is_vietnamese(text: str) -> bool:
    """Tell whether a text holds a letter that English does not have."""
    return bool(LETTERS.search(text))

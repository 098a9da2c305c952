"""What we ship names nobody who lives: the phones of samples are of invented blocks, letters go to example.vn."""

import re
from pathlib import Path

FOLDERS = ("catalogue", "sandbox", "docs", "bench", "motcua/config")
INVENTED = {
    "0900000", "0912000", "0912345", "0913222", "0966333", "0978004", "0978111", "0987654", "0988123",
}  # fmt: skip
"""The first seven digits of the phones that samples use; whoever needs another takes one of these blocks."""

PHONE = re.compile(r"(?<![\d.])0[35789]\d{2}[ .]?\d{3}[ .]?\d{3}(?!\d)")
LETTER = re.compile(r"[\w.]+@([\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org))\b")


def texts():
    for folder in FOLDERS:
        for path in Path(folder).rglob("*"):
            if path.suffix in {".yaml", ".md", ".py", ".json", ".csv", ".txt", ".typ"}:
                yield path, path.read_text(encoding="utf-8")


def test_the_phones_of_samples_ring_nowhere():
    strange = {
        f"{path}: {found}"
        for path, text in texts()
        for found in PHONE.findall(text)
        if re.sub(r"\D", "", found)[:7] not in INVENTED
    }
    assert strange == set()


def test_letters_of_samples_go_to_nobody():
    strange = {
        f"{path}: {home}"
        for path, text in texts()
        for home in LETTER.findall(text)
        if home.split(".")[-2:-1] != ["example"]
    }
    assert strange == set()

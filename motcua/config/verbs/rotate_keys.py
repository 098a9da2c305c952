"""Seal everything under a new key, and delete the old one when nothing bears it any more.

May be cut off at any point, also by a power cut, and run again: it goes on where it was. The house may stay open meanwhile.
Exit code 1 when something still bears an old key; run it again then.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.toolkit.resealing import Horizon

PATIENCE = 60
"""Seconds that transactions begun before are waited for."""


def declare(parser: ArgumentParser) -> None:
    """Take the language."""
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Rotate as the owner of the tables: the application may not touch what is only added to."""
    os.environ["MOTCUA_AS_OWNER"] = "1"
    with the_house(asked.language):
        return _rotate()


def _rotate() -> int:
    from django.utils.translation import gettext

    from motcua.toolkit.resealing import Horizon
    from motcua.toolkit.sealing import ring

    keys = ring()
    cut_off = len(set(keys.ids())) > 1 and max(keys.ids()) == keys.current
    current = keys.current if cut_off else keys.renew()
    say(gettext("Khóa mới: {id}.").format(id=current.hex()))
    horizon = Horizon()
    for line in _resealed():
        say(line)
    return _retired(horizon)


def _resealed() -> Iterator[str]:
    """Seal tables and files anew, and tell how far it is."""
    from django.utils.translation import gettext

    from motcua.documents.resealing import reseal_files
    from motcua.toolkit.resealing import reseal, tables

    for table in tables():
        done = 0
        for rows in reseal(table):
            done += rows
            if done % 10_000 < rows:
                yield gettext("{table}: đã niêm phong lại {n} dòng…").format(
                    table=table.name, n=done
                )
        if done:
            yield gettext("{table}: xong {n} dòng.").format(table=table.name, n=done)
    files = reseal_files()
    if files:
        yield gettext("Tệp: xong {n} tệp.").format(n=files)


def _retired(horizon: "Horizon") -> int:
    """Delete the old keys when nothing bears them; tell what still does."""
    from django.utils.translation import gettext

    from motcua.toolkit.sealing import ring

    keys = ring()
    if not horizon.wait(PATIENCE):
        complain(gettext("Còn giao dịch bắt đầu từ trước; hãy chạy lại lệnh này."))
        return 1
    left = _left()
    if left:
        complain(gettext("Còn {n} mục mang khóa cũ; hãy chạy lại lệnh này.").format(n=left))
        return 1
    for old in set(keys.ids()) - {keys.current}:
        keys.retire(old)
        say(gettext("Đã xóa khóa cũ {id}: không còn gì mang khóa này.").format(id=old.hex()))
    return 0


def _left() -> int:
    """Meet once more what came meanwhile, and return how much still bears an old key."""
    from motcua.documents.resealing import files_borne
    from motcua.toolkit.resealing import borne, tables

    for _ in _resealed():
        pass
    return sum(map(borne, tables())) + files_borne()

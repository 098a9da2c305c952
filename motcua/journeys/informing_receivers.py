"""Whoever was sent personal data learns that its use is restricted, free again, or that it was erased; not what it was.

A person who is granted it may expect that those hear of it to whom the data went (Luật Bảo vệ dữ liệu cá nhân
91/2025/QH15; which article, and how soon, is [U]). What they then do is by their own law: they owe no answer.
"""

from datetime import datetime

from motcua.exchange import operations as exchange
from motcua.exchange import queries as asked


def tell_receivers(code: str, kind: str, *, key: str, at: datetime) -> int:
    """Tell each linked party that was sent something of a dossier, once per key; return how many."""
    return sum(
        exchange.inform(
            key=f"{key}:data:{question.party_id}", question=question, kind=kind,
            data={"since": at.isoformat()}, at=at,
        )
        for question in asked.sent_to(code)
    )  # fmt: skip

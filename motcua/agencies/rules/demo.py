"""The sheet of the demonstration's officials: how they sign in, kept outside the source tree."""

from dataclasses import dataclass

WORDS = [
    "lua",
    "song",
    "dinh",
    "cau",
    "dong",
    "que",
    "lang",
    "ao",
    "sen",
    "tre",
    "nang",
    "mua",
    "gio",
    "may",
    "trang",
    "sao",
    "bien",
    "nui",
    "rung",
    "hoa",
    "qua",
    "canh",
    "la",
    "co",
    "cay",
    "chim",
    "ca",
    "tom",
    "cua",
    "ong",
    "buom",
    "den",
]


@dataclass(frozen=True)
class Credentials:
    """How one demonstration official signs in."""

    username: str
    password: str
    totp_secret: str


def written(people: list[tuple[Credentials, str]]) -> str:
    """Return the sheet: one line a person, read back by `read`."""
    head = (
        "# Cán bộ của bản trình diễn (chỉ dùng để thử): tên đăng nhập, mật khẩu, khóa xác thực, vai trò.\n"
        "# Mã 6 số hiện tại: bin/motcua demo_code <tên đăng nhập>\n"
    )
    rows = [f"{who.username}\t{who.password}\t{who.totp_secret}\t{post}\n" for who, post in people]
    return head + "".join(rows)


def read(text: str) -> dict[str, Credentials]:
    """Return the people of a sheet by name; lines that are none are passed over."""
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: Credentials(row[0], row[1], row[2]) for row in rows if len(row) >= 3}  # noqa: PLR2004 - three columns

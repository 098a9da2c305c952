"""What `make start` tells the person at the terminal: Vietnamese first, English under it."""

import sys
from pathlib import Path


def say(vietnamese: str, english: str) -> None:
    """Print one message in both languages."""
    sys.stdout.write(f"{vietnamese}\n  {english}\n")
    sys.stdout.flush()


def complain(vietnamese: str, english: str) -> None:
    """Print one message about something that is wrong."""
    sys.stderr.write(f"✗ {vietnamese}\n  {english}\n")
    sys.stderr.flush()


def wrong_settings(sentences: list[str]) -> None:
    """Say which variables are wrong."""
    for sentence in sentences:
        complain(f"Cài đặt chưa đúng: {sentence}", f"Wrong setting: {sentence}")


def already_running(address: str) -> None:
    """Say that this installation runs already."""
    complain(
        f"Một Cửa đang chạy rồi: {address}",
        f"It runs already: {address} (set MOTCUA_HOME for a second installation)",
    )


def port_taken(port: int, variable: str) -> None:
    """Say which port is in use and which variable chooses another."""
    complain(
        f"Cổng {port} đang được dùng. Chọn cổng khác, ví dụ: {variable}={port + 1} make start",
        f"Port {port} is in use. Choose another one, for example: {variable}={port + 1} make start",
    )


def child_failed(name: str, log: Path) -> None:
    """Say that a program did not come up, with the end of its log."""
    complain(f"Không khởi động được «{name}». Nhật ký: {log}", f"{name} did not start. Log: {log}")
    if log.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
        sys.stderr.write("".join(f"    {line}\n" for line in lines))


def database_failed(why: str) -> None:
    """Say that the own PostgreSQL did not come up."""
    complain("Không khởi động được PostgreSQL.", f"PostgreSQL did not start: {why.strip()}")


def preparing() -> None:
    """Say that tables, texts and the catalogue are being made ready."""
    say(
        "Đang chuẩn bị dữ liệu (lần đầu mất chừng một phút)…",
        "Preparing the data (about a minute the first time)…",
    )


def started_again(name: str) -> None:
    """Say that a program fell and runs again."""
    say(f"«{name}» đã dừng đột ngột và được khởi động lại.", f"{name} fell and was started again.")


def stopping() -> None:
    """Say that everything is being stopped."""
    say("\nĐang dừng… dữ liệu được giữ nguyên.", "Stopping… the data stay.")


def ready(*, address: str, sandbox: str | None, home: Path, seconds: float) -> None:
    """Show the addresses and whom one can sign in as."""
    lines = ["", f"Một Cửa đã sẵn sàng · ready ({seconds:.1f} s)", ""]
    lines += [
        f"  Người dân · citizens          {address}/",
        f"  Cán bộ · officials            {address}/can-bo/",
    ]
    if sandbox:
        lines += [
            f"  Đất nước thu nhỏ · sandbox    {sandbox}/",
            f"  Tin nhắn, thư · messages      {sandbox}/inbox",
            f"  Người dân mẫu · people        {sandbox}/vneid/",
        ]
    sys.stdout.write("\n".join([*lines, "", *_officials(home), *_unwise(home), ""]))
    say("Ctrl-C để dừng.", "Ctrl-C stops everything; the data stay.")


def _officials(home: Path) -> list[str]:
    sheet = home / "demo-officials.txt"
    if not sheet.exists():
        return []
    rows = [line.split("\t") for line in sheet.read_text(encoding="utf-8").splitlines()]
    people = [row for row in rows if len(row) >= 4]  # noqa: PLR2004 - name, password, key, post
    return [
        "  Cán bộ mẫu · demonstration officials (tên, mật khẩu · name, password):",
        *(f"    {name:<32} {password:<34} {post}" for name, password, _key, post, *_ in people),
        "    Mã 6 số · six digits: bin/motcua demo_code <tên · name>",
        "",
    ]


def _unwise(home: Path) -> list[str]:
    """Return what preparing noted: unwise settings, and procedures that are kept out because of a red line."""
    places = [home / "run" / name for name in ("unwise", "kept-out")]
    texts = [place.read_text(encoding="utf-8") for place in places if place.exists()]
    lines = [line for text in texts for line in text.splitlines()]
    return [*(f"  ! {line}" for line in lines), ""] if lines else []

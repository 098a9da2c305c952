"""Where messages go while we measure: a gateway and a mail server that take everything at once.

python -m bench.sink <http port> <smtp port>
"""

import asyncio
import sys


async def sms(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each request on a kept connection: taken, or delivered when asked."""
    answer = b'{"id": "taken", "state": "delivered"}'
    head = b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    while True:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            break
        await reader.readexactly(_length(request))
        writer.write(head % len(answer) + answer)
    writer.close()


def _length(request: bytes) -> int:
    for line in request.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


async def mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak SMTP just well enough."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 taken\r\n")
        elif word == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 sink\r\n")
    writer.close()


async def main() -> None:
    """Listen until killed."""
    http, smtp = int(sys.argv[1]), int(sys.argv[2])
    servers = [
        await asyncio.start_server(sms, "127.0.0.1", http),
        await asyncio.start_server(mail, "127.0.0.1", smtp),
    ]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main())

"""`python -m sandbox`: start the country in a box."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys

from granian.constants import Interfaces
from granian.server.embed import Server

from sandbox.app import SCHEMAS, build
from sandbox.inbox.mail import Mailbox, listen
from sandbox.settings import Settings
from sandbox.store import AlreadyRunningError, Store


def main() -> int:
    logging.basicConfig(level=logging.WARNING, format="sandbox: %(message)s")
    try:
        settings = Settings.read(os.environ)
        for port in (settings.port, settings.smtp_port):
            _must_be_free(settings.host, port)
        memory = Store(settings.home, SCHEMAS)
    except AlreadyRunningError as error:
        return _plainly(f"Another sandbox already uses {error}.")
    except (ValueError, OSError) as error:
        return _plainly(str(error))
    asyncio.run(_serve(settings, memory))
    return 0


def _plainly(text: str) -> int:
    sys.stderr.write(f"sandbox: {text}\n")
    return 2


def _must_be_free(host: str, port: int) -> None:
    """Tell a taken port in words, before anything is opened."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(f"Port {port} on {host} is in use or not allowed.") from error


async def _serve(settings: Settings, memory: Store) -> None:
    app = build(settings, memory)
    server = Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    mail = await listen(Mailbox(memory, settings.slow_delay), settings.host, settings.smtp_port)
    work = [asyncio.create_task(alarm.run()) for alarm in app.state.box.alarms.values()]
    try:
        await server.serve()
    finally:
        mail.close()
        for task in work:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*work)
        memory.close()


if __name__ == "__main__":
    sys.exit(main())

"""A PKCS#11 token: opened once a process, opened anew when it was pulled out, never locked by trying.

Tokens lock themselves after three wrong PINs. A PIN that was refused is therefore not tried again, by no
process, until its file changes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from asn1crypto import x509

from motcua.documents.ports import SigningNotPossible


@dataclass(frozen=True)
class Where:
    """Which token: its module, its label (any when empty), the PIN's file (none: it asks no PIN)."""

    module: str
    label: str = ""
    pin_file: str = ""


class Token:
    """One token; what is done with it is done one after the other."""

    def __init__(self, where: Where, refused: Path) -> None:
        """Remember in the file `refused` which PIN was refused."""
        self._where = where
        self._refused = refused
        self._lock = RLock()
        self._session: Any = None

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Give the open session to one at a time; whatever the token says no with becomes a plain reason.

        Raises SigningNotPossible.
        """
        from pkcs11 import exceptions as p  # noqa: PLC0415

        with self._lock:
            try:
                self._session = self._session or self._open()
                yield self._session
            except p.PKCS11Error as fault:
                self.close()
                why = _why(fault)
                if why == "pin-wrong":
                    self._refused.write_text(self._pin_state(), encoding="ascii")
                raise SigningNotPossible(why=why, about=type(fault).__name__) from fault

    def close(self) -> None:
        """Give the session back; the next one opens anew."""
        from pkcs11 import exceptions as p  # noqa: PLC0415

        with self._lock, suppress(p.PKCS11Error):
            session, self._session = self._session, None
            if session is not None:
                session.close()

    def certificate(self, label: str) -> x509.Certificate:
        """Return the certificate with that label. Raises SigningNotPossible."""
        from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415

        wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label}
        with self.session() as session:
            found = [bytes(each[Attribute.VALUE]) for each in session.get_objects(wanted)]
        if len(found) != 1:
            raise SigningNotPossible(why="key-missing", about=label)
        return x509.Certificate.load(found[0])

    def _open(self) -> Any:
        import pkcs11  # noqa: PLC0415
        from pkcs11 import exceptions as p  # noqa: PLC0415

        pin = self._pin()
        try:
            library = pkcs11.lib(self._where.module)
        except (RuntimeError, OSError) as fault:
            raise SigningNotPossible(why="token-missing", about=self._where.module) from fault
        label = self._where.label
        tokens = [token for token in _tokens(library) if label in ("", token.label)]
        if len(tokens) != 1:
            raise SigningNotPossible(why="token-missing", about=label)
        try:
            return tokens[0].open(user_pin=pin) if pin else tokens[0].open()
        except p.UserAlreadyLoggedIn:  # a process logs in once, whichever of its sessions did
            return tokens[0].open()

    def _pin(self) -> str:
        if not self._where.pin_file:
            return ""
        state = self._pin_state()
        if self._refused.exists() and self._refused.read_text("ascii") == state:
            raise SigningNotPossible(
                why="pin-wrong", about="not tried again until its file changes"
            )
        return Path(self._where.pin_file).read_text(encoding="utf-8").strip()

    def _pin_state(self) -> str:
        try:
            about = Path(self._where.pin_file).stat()
        except OSError as fault:
            raise SigningNotPossible(why="pin-missing", about=self._where.pin_file) from fault
        return f"{about.st_ino} {about.st_mtime_ns} {about.st_size}"


def _tokens(library: Any) -> list[Any]:
    return [slot.get_token() for slot in library.get_slots(token_present=True)]


def _why(fault: Exception) -> str:
    from pkcs11 import exceptions as p  # noqa: PLC0415

    reasons: Mapping[str, tuple[type[Exception], ...]] = {
        "pin-wrong": (p.PinIncorrect, p.PinInvalid, p.PinLenRange),
        "token-locked": (p.PinLocked, p.PinExpired, p.UserPinNotInitialized),
        "token-missing": (p.TokenNotPresent, p.TokenNotRecognised, p.DeviceRemoved, p.NoSuchToken),
        "key-missing": (p.NoSuchKey, p.MultipleObjectsReturned),
    }
    of: Callable[[str], bool] = lambda why: isinstance(fault, reasons[why])  # noqa: E731
    return next(filter(of, reasons), "token-failed")

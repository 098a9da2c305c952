"""An authority of this installation, and a key for each official that it signs for."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRACTICE = "khóa thực hành"
# Wide, so that a demonstration whose clock stands in another year still verifies.
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
ENDS = datetime(2045, 1, 1, tzinfo=UTC)
COMMON_NAME_LIMIT = 64  # X.520


class PracticeAuthority:
    """Makes its root at first use and a certificate per official; keeps both on disk, readable only here."""

    def __init__(self, folder: Path) -> None:
        """Keep everything under `folder`."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (folder / "root.pem").exists():
            self._make_root()

    @property
    def root(self) -> asn1_x509.Certificate:
        """The root certificate, which verifiers trust."""
        return _read(self._folder / "root.pem")[1]

    def key_of(
        self, signer: str, title: str
    ) -> tuple[asn1_keys.PrivateKeyInfo, asn1_x509.Certificate]:
        """Return the official's key and certificate, made at first use."""
        name = hashlib.sha256(f"{signer}\n{title}".encode()).hexdigest()[:32]
        place = self._folder / f"{name}.pem"
        if not place.exists():
            self._make_leaf(place, signer, title)
        return _read(place)

    def _make_root(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name("Một Cửa – chứng thư thực hành", "")
        built = (
            _builder(subject, subject, key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(authority=True), critical=True)
        )
        _keep(self._folder / "root.pem", key, built.sign(key, hashes.SHA256()))

    def _make_leaf(self, place: Path, signer: str, title: str) -> None:
        raw = (self._folder / "root.pem").read_bytes()
        root = x509.load_pem_x509_certificate(raw)
        root_key = serialization.load_pem_private_key(raw, password=None)
        key = ec.generate_private_key(ec.SECP256R1())
        built = (
            _builder(_name(signer, title), root.subject, key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
            )
        )
        if not isinstance(root_key, ec.EllipticCurvePrivateKey):
            raise TypeError("The practice root is not an elliptic-curve key.")
        _keep(place, key, built.sign(root_key, hashes.SHA256()))


def _name(common: str, title: str) -> x509.Name:
    suffix = f" ({PRACTICE})"
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, PRACTICE),
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(common, len(suffix.encode())) + suffix),
    ]
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, _cut(title)))
    return x509.Name(parts)


def _cut(text: str, taken: int = 0) -> str:
    """Return what fits beside `taken` bytes: X.520 counts bytes, and Vietnamese letters take up to three."""
    return text.encode()[: COMMON_NAME_LIMIT - taken].decode(errors="ignore")


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(place: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    """Write key and certificate in one file; of two processes doing so at once, the first wins."""
    content = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, place)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(place: Path) -> tuple[asn1_keys.PrivateKeyInfo, asn1_x509.Certificate]:
    (_, _, key), (_, _, certificate) = pem.unarmor(place.read_bytes(), multiple=True)
    return (
        asn1_keys.PrivateKeyInfo.load(key),
        asn1_x509.Certificate.load(certificate),
    )

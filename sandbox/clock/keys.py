"""The authority of time's keys: a root, and under it the key that stamps. Made at first use, kept in its home."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_PEM, _DER = serialization.Encoding.PEM, serialization.Encoding.DER
BEGINS, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ClockKeys:
    """What stamps (`key`, `certificate`, DER) and what it leads to (`chain`, PEM, root first)."""

    key: bytes
    certificate: bytes
    chain: bytes
    revoked: bytes


def clock_keys(home: Path, address: str) -> ClockKeys:
    """Return the keys; `address` is where the list of revoked certificates is published."""
    place = home / "clock"
    if not place.exists():
        _make(place, address)
    return ClockKeys(*((place / name).read_bytes() for name in ("key", "crt", "chain.pem", "crl")))


def _make(place: Path, address: str) -> None:
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root_name = _name("Hộp cát – gốc thời gian")
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    leaf = _certificate(_name("Hộp cát – dấu thời gian"), root_name, key, root_key, address)
    listed = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root_name)
        .last_update(datetime.now(UTC) - timedelta(days=1))
        .next_update(ENDS)
        .sign(root_key, hashes.SHA256())
    )
    private = key.private_bytes(
        _DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = place.with_name(f".clock-{os.getpid()}")
    draft.mkdir(mode=0o700)
    (draft / "key").write_bytes(private)
    (draft / "crt").write_bytes(leaf.public_bytes(_DER))
    (draft / "chain.pem").write_bytes(root.public_bytes(_PEM) + leaf.public_bytes(_PEM))
    (draft / "crl").write_bytes(listed.public_bytes(_DER))
    draft.rename(place)


def _certificate(
    name: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    signed_by: rsa.RSAPrivateKey,
    address: str = "",
    *,
    authority: bool = False,
) -> x509.Certificate:
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority), critical=True)
    )
    if not authority:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        where = x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)
        built = built.add_extension(use, critical=True).add_extension(
            x509.CRLDistributionPoints([where]), critical=False
        )
    return built.sign(signed_by, hashes.SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    no = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        **no,
    )


def _name(common: str) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")
    return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, common)])

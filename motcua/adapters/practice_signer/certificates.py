"""Certificates and revocation lists of the practice authority, as X.509 (RFC 5280) wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRACTICE = "khóa thực hành"
# Wide, so that a demonstration whose clock stands in another year still verifies.
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
ENDS = datetime(2045, 1, 1, tzinfo=UTC)
LIMIT = 64  # bytes of a name, X.520


@dataclass(frozen=True)
class Holder:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def root() -> Holder:
    """Return a new root; its key is needed once, for the authority under it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = named("Một Cửa – gốc")
    built = _builder(name, name, key.public_key(), key.public_key(), _authority(1))
    return Holder(key, built.sign(key, hashes.SHA256()))


def authority(issuer: Holder, published_at: str) -> Holder:
    """Return a new authority under the root, which issues to officials."""
    return _issued(issuer, named("Một Cửa – cơ quan cấp"), published_at, _authority(0))


def official(issuer: Holder, name: x509.Name, published_at: str) -> Holder:
    """Return a key and certificate with which somebody signs papers."""
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return _issued(issuer, name, published_at, [*_leaf(), (use, False)])


def clock(issuer: Holder, published_at: str) -> Holder:
    """Return the key and certificate of an authority of time (RFC 3161 §2.3: for that use alone)."""
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issued(issuer, named("Một Cửa – đồng hồ"), published_at, [*_leaf(), (use, True)])


def revocation_list(
    issuer: Holder, revoked: Sequence[int], begins: datetime, ends: datetime, number: int
) -> bytes:
    """Return the list of revoked serial numbers as DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(begins)
        .next_update(ends)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_known_by(issuer.key.public_key()), critical=False)
    )
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(begins)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(_DER)


def named(common: str, *, title: str = "", agency: str = "") -> x509.Name:
    """Return a name that says “khóa thực hành” wherever a person or a program looks."""
    suffix = f" ({PRACTICE})"
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, PRACTICE),
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(common, len(suffix.encode())) + suffix),
    ]
    if agency:
        parts.insert(1, x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(agency)))
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, _cut(title)))
    return x509.Name(parts)


def _cut(text: str, taken: int = 0) -> str:
    """Return what fits beside `taken` bytes: X.520 counts bytes, and Vietnamese letters take up to three."""
    return text.encode()[: LIMIT - taken].decode(errors="ignore")


_DER = serialization.Encoding.DER
_Extensions = list[tuple[x509.ExtensionType, bool]]


def _issued(issuer: Holder, name: x509.Name, published_at: str, more: _Extensions) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    place = x509.DistributionPoint([x509.UniformResourceIdentifier(published_at)], None, None, None)
    extensions = [*more, (x509.CRLDistributionPoints([place]), False)]
    own, theirs = key.public_key(), issuer.key.public_key()
    built = _builder(name, issuer.certificate.subject, own, theirs, extensions)
    return Holder(key, built.sign(issuer.key, hashes.SHA256()))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer_key: ec.EllipticCurvePublicKey,
    extensions: _Extensions,
) -> x509.CertificateBuilder:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(_known_by(issuer_key), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder


def _known_by(key: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _authority(below: int) -> _Extensions:
    return [
        (x509.BasicConstraints(ca=True, path_length=below), True),
        (_usage(authority=True), True),
    ]


def _leaf() -> _Extensions:
    return [(x509.BasicConstraints(ca=False, path_length=None), True), (_usage(), True)]


def _usage(*, authority: bool = False) -> x509.KeyUsage:
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

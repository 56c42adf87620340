"""With what films are signed: a certificate of one's own (C2PA_CERT, C2PA_KEY), or one that the installation makes for itself and that
says so. Knows files and settings, no films.

The development certificate proves that a file was not changed since it was made here, to whoever has it; nobody else trusts it.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipelines.credentials import CredentialsError, Signer
from studio.settings import Settings

FOLDER, FILE = "c2pa", "development.pem"
MARK = "DEVELOPMENT, not trusted"
YEARS = 10
DIVIDER = b"-----BEGIN PRIVATE KEY-----"


def signer_of(settings: Settings) -> Signer | None:
    """What films are signed with here; None where that is switched off. Without a data folder a development certificate lives as long as
    this process. Raises CredentialsError."""
    if settings.c2pa == "off":
        return None
    if settings.c2pa_cert or settings.c2pa_key:
        return _own(settings.c2pa_cert, settings.c2pa_key)
    return _development(settings.data_dir.absolute())


def anchors_of(settings: Settings) -> bytes:
    """The installation's own development certificate, so that its films can be told from others'; b"" while there is none."""
    try:
        return (settings.data_dir.absolute() / FOLDER / FILE).read_bytes().partition(DIVIDER)[0]
    except OSError:
        return b""


def _own(cert: Path | None, key: Path | None) -> Signer:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

    if cert is None or key is None:
        raise CredentialsError("C2PA_CERT and C2PA_KEY belong together; set both, or neither.")
    try:
        chain = cert.read_bytes()
        private = load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CredentialsError(f"C2PA_CERT or C2PA_KEY cannot be read as PEM without a password: {error}.") from error
    return Signer(chain, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), _algorithm(private), False)


def _algorithm(key: Any) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size in (256, 384, 521):
        return {256: "es256", 384: "es384", 521: "es512"}[key.curve.key_size]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise CredentialsError("C2PA_KEY is of a kind that C2PA does not know; use P-256, P-384, P-521, Ed25519 or RSA.")


def _development(data: Path) -> Signer:
    place = data / FOLDER / FILE
    if not place.exists():
        made = _made()
        if not data.is_dir():
            return _signer(made)
        try:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            part = place.with_name(f".{uuid4().hex}.part")
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(made)
            try:
                os.link(part, place)  # whoever comes first
            except FileExistsError:
                pass
            finally:
                part.unlink()
        except OSError as error:
            raise CredentialsError(f"The development certificate cannot be kept in {place.parent} ({error.strerror}).") from error
    try:
        return _signer(place.read_bytes())
    except OSError as error:
        raise CredentialsError(f"The development certificate in {place} cannot be read ({error.strerror}).") from error


def _signer(pem: bytes) -> Signer:
    chain, divider, key = pem.partition(DIVIDER)
    return Signer(chain, divider + key, "es256", True)


def _made() -> bytes:
    """A root and a certificate by it, as C2PA wants them, and the latter's key; the root's is thrown away. PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def called(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, MARK), x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
        return x509.KeyUsage(signs, False, False, False, False, certifies, certifies, False, False)

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    since = datetime.now(UTC) - timedelta(hours=1)
    until = since + timedelta(days=365 * YEARS)

    def begun(name: str, public: Any) -> x509.CertificateBuilder:
        begin = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called("Root of this installation"))
        begin = begin.public_key(public).serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
        return begin.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)

    root = begun("Root of this installation", root_key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    leaf = begun("Ad Studio on this installation", key.public_key()).add_extension(x509.BasicConstraints(False, None), True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), False)
    signed_root = root.add_extension(usage(signs=False, certifies=True), True).sign(root_key, SHA256())
    signed = leaf.add_extension(usage(signs=True, certifies=False), True).sign(root_key, SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return signed.public_bytes(Encoding.PEM) + signed_root.public_bytes(Encoding.PEM) + private

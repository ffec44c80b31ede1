from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lib.outbound import client
from lib.outbound.client import send_request
from lib.outbound.errors import ConnectionFailed
from tests.webserver import WebServer

LOCAL = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.fixture
def certify(server: WebServer, tmp_path: Path) -> Callable[[str], Path]:
    """Let the server speak TLS, by a certificate for a name that it has signed itself."""

    def use_certificate(name: str) -> Path:
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        certificate = (
            x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        file = tmp_path / "certificate.pem"
        private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
        file.write_bytes(private + certificate.public_bytes(encoding))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.put("/", "page")
        return file

    return use_certificate


def test_a_certificate_that_nobody_vouches_for_is_refused(server: WebServer, certify: Callable[[str], Path]) -> None:
    certify("localhost")

    with pytest.raises(ConnectionFailed):
        send_request(f"https://localhost:{server.port}/", networks=LOCAL)

    assert not server.asked


@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", True), ("tides.example", False)])
def test_a_certificate_is_for_the_name_that_was_asked_for(
    server: WebServer, certify: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, name: str, is_trusted: bool
) -> None:
    trust = ssl.create_default_context(cafile=certify(name))
    monkeypatch.setattr(client, "_build_tls_context", lambda: trust)

    if is_trusted:
        assert send_request(f"https://localhost:{server.port}/", networks=LOCAL).body == b"page"
    else:
        with pytest.raises(ConnectionFailed):
            send_request(f"https://localhost:{server.port}/", networks=LOCAL)

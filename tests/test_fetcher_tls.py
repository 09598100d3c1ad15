"""TLS: certificates that do not fit, and hosts for which a user says that they need not. Case 19."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from newsarchive.errors import RuleError
from tests.fault_server import FaultServer, page, redirect
from tests.fetching import ARTICLE, failure, fetcher

TLS = Path(__file__).parent / "tls"


def test_a_certificate_of_a_known_authority_is_accepted_and_recorded() -> None:
    with FaultServer(certificate=TLS / "server.pem") as server:
        server.on("/a", page(ARTICLE))
        with fetcher(server, authorities=TLS / "ca.pem") as fetch:
            got = fetch.fetch(server.url("/a"))
    assert got.content == ARTICLE.encode()
    conditions = dict(got.conditions)
    assert len(conditions["certificate_sha256"]) == 64
    assert "insecure" not in conditions


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        ("self-signed.pem", "self-signed certificate"),
        ("other.pem", "IP address mismatch"),
        ("server.pem", None),
    ],
)
def test_a_certificate_that_does_not_fit_is_a_failure_and_never_a_downgrade(
    certificate: str, reason: str | None
) -> None:
    authorities = TLS / "ca.pem" if reason else None
    with FaultServer(certificate=TLS / certificate) as server:
        server.on("*", page(ARTICLE))
        with fetcher(server, authorities=authorities) as fetch:
            error = failure(fetch, server.url("/a"))
        assert server.requests == []
    assert error.reason.startswith("certificate not valid: ")
    assert (reason or "local issuer") in error.reason


def test_plain_http_on_a_port_of_https_is_a_failure_and_never_a_downgrade() -> None:
    with FaultServer() as server:
        server.on("*", page(ARTICLE))
        with fetcher(server) as fetch:
            error = failure(fetch, server.url("/a").replace("http:", "https:"))
        assert server.requests == []
    assert error.reason.startswith("no connection")


def test_a_host_named_as_insecure_is_fetched_and_the_page_says_so() -> None:
    with FaultServer(certificate=TLS / "self-signed.pem") as server:
        server.on("/a", page(ARTICLE))
        with fetcher(server, insecure=("127.0.0.1",)) as fetch:
            got = fetch.fetch(server.url("/a"))
    assert got.content == ARTICLE.encode()
    assert dict(got.conditions)["insecure"] == "127.0.0.1"


def test_insecure_is_for_the_named_host_alone() -> None:
    with FaultServer(certificate=TLS / "self-signed.pem") as server, FaultServer() as plain:
        server.on("*", page(ARTICLE))
        plain.on("/a", redirect(server.url("/a")))
        with fetcher(server, plain, insecure=("example.org",)) as fetch:
            for url in (server.url("/a"), plain.url("/a")):
                assert "certificate not valid" in failure(fetch, url).reason
        assert server.requests == []


def test_authorities_that_cannot_be_read_are_an_error_of_the_configuration(tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("not a certificate")
    for path in (junk, tmp_path / "missing.pem"):
        with fetcher(authorities=path) as fetch, pytest.raises(RuleError, match="certificates of authorities"):
            fetch.fetch("https://127.0.0.1/")


def test_a_failure_of_tls_says_nothing_of_the_machine(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(certificate=TLS / "self-signed.pem") as server, fetcher(server) as fetch:
        error = failure(fetch, server.url("/a?access_token=hunter2"))
    assert "hunter2" not in f"{error} {error!r} {caplog.text}"

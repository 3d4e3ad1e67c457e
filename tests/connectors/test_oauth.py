"""Signing in with tokens that end, are exchanged for others, and are taken back."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors.oauth import (
    Client,
    Grant,
    Redirect,
    Tokens,
    await_device,
    device_code,
    landing,
    read_grant,
    write_grant,
)
from mailagent.core.errors import ConfigInvalid, MailboxRefused, MailboxUnavailable
from tests.connectors.oauth_server import SignIn, sign_in

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CLIENT = Client(id="app", secret="s3cret")


@pytest.fixture
def server() -> Iterator[SignIn]:
    with sign_in() as server:
        yield server


def granted(server: SignIn, path: Path) -> Grant:
    server.pending = 0
    code = device_code(server.provider, CLIENT, lambda: NOW)
    pause = lambda _: None  # noqa: E731
    grant = await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=pause)
    write_grant(path, grant)
    return grant


def test_a_code_is_typed_elsewhere_and_waited_for(server: SignIn) -> None:
    server.pending = 3
    code = device_code(server.provider, CLIENT, lambda: NOW)
    assert (code.user_code, code.where) == ("ABCD-EFGH", "https://sign.example/device")
    waits: list[float] = []
    grant = await_device(server.provider, CLIENT, code, now=lambda: NOW, pause=waits.append)
    assert len(waits) == 4
    assert grant.refresh_token == server.refresh
    assert grant.access_token in server.access


def test_a_code_that_nobody_types_ends(server: SignIn) -> None:
    server.pending = 10_000
    code = device_code(server.provider, CLIENT, lambda: NOW)
    times = iter(NOW + timedelta(minutes=5 * n) for n in range(100))
    with pytest.raises(MailboxRefused, match="ended before anybody agreed"):
        await_device(server.provider, CLIENT, code, now=lambda: next(times), pause=lambda _: None)


@pytest.mark.parametrize("pasted", [True, False])
def test_the_browser_comes_back_or_its_address_is_pasted(server: SignIn, pasted: bool) -> None:
    with landing(5) as page:
        redirect = Redirect(server.provider, CLIENT, page.address)
        asked = parse_qs(urlsplit(redirect.url).query)
        server.challenge = asked["code_challenge"][0]
        back = f"{page.address}/?state={asked['state'][0]}&code=good"
        if pasted:
            came = back
        else:
            browser = threading.Thread(target=lambda: httpx.get(back, trust_env=False))
            browser.start()
            came = page.wait()
            browser.join()
        grant = redirect.grant(came, lambda: NOW)
    assert grant.access_token in server.access


@pytest.mark.parametrize(
    "query", ["", "?state=other&code=good", "?code=good", "?error=access_denied&state=x"]
)
def test_another_address_is_refused(server: SignIn, query: str) -> None:
    redirect = Redirect(server.provider, CLIENT, "http://127.0.0.1:1")
    with pytest.raises(MailboxRefused):
        redirect.grant(f"http://127.0.0.1:1/{query}", lambda: NOW)
    assert server.asked == []


def test_a_token_is_used_until_shortly_before_its_end(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    grant = granted(server, path)
    clock = [NOW]
    tokens = Tokens(path, now=lambda: clock[0])
    assert tokens() == tokens() == grant.access_token
    clock[0] += timedelta(seconds=3600 - 60)
    second = tokens()
    assert second != grant.access_token
    assert second in server.access


def test_a_rotated_token_is_on_disk_before_anybody_uses_it(
    server: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oauth.json"
    first = granted(server, path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connectors.oauth.write_durably", full)
    # No token is given out that the disk does not know.
    with pytest.raises(OSError, match="No space"):
        Tokens(path, now=lambda: NOW)(first.access_token)
    monkeypatch.undo()
    server.refresh = first.refresh_token
    Tokens(path, now=lambda: NOW)(first.access_token)
    assert read_grant(path).refresh_token == server.refresh != first.refresh_token


def test_a_server_that_does_not_rotate(server: SignIn, tmp_path: Path) -> None:
    first = granted(server, tmp_path / "oauth.json")
    server.rotates = False
    Tokens(tmp_path / "oauth.json", now=lambda: NOW)(first.access_token)
    assert read_grant(tmp_path / "oauth.json").refresh_token == first.refresh_token


def test_a_grant_that_was_taken_back_is_said_so(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    server.revoke()
    with pytest.raises(MailboxRefused, match=r"Token was revoked.*mailagent login google"):
        Tokens(path, now=lambda: NOW)(token)


def test_a_server_that_is_ill_is_tried_again(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    server.ill = True
    with pytest.raises(MailboxUnavailable):
        Tokens(path, now=lambda: NOW)(token)
    server.ill = False
    assert Tokens(path, now=lambda: NOW)(token) in server.access


def test_threads_share_one_exchange(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    token = granted(server, path).access_token
    tokens, got = Tokens(path, now=lambda: NOW), list[str]()
    before = len(server.asked)
    threads = [threading.Thread(target=lambda: got.append(tokens(token))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert len(server.asked) == before + 1


def test_a_grant_that_ends_says_when(server: SignIn, tmp_path: Path) -> None:
    server.grant_seconds = 7 * 86400 - 1
    grant = granted(server, tmp_path / "oauth.json")
    assert grant.ends_at == NOW + timedelta(seconds=7 * 86400 - 1)
    assert grant.ending(NOW, timedelta(days=8))
    assert not grant.ending(NOW, timedelta(days=2))


def test_a_grant_is_nobody_elses(server: SignIn, tmp_path: Path) -> None:
    path = tmp_path / "oauth.json"
    grant = granted(server, path)
    assert path.stat().st_mode & 0o077 == 0
    assert grant.refresh_token not in repr(grant)
    path.chmod(0o644)
    with pytest.raises(ConfigInvalid, match="chmod 600"):
        Tokens(path, now=lambda: NOW)()
    with pytest.raises(ConfigInvalid, match="login"):
        Tokens(tmp_path / "none.json", now=lambda: NOW)()

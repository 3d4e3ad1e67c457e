"""Servers that are not like Dovecot: each oddity by itself."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from connectors.mail.imap import ImapMailbox
from connectors.mail.imap.survey import survey
from connectors.server import Server
from mailagent.core.errors import MailboxRefused, MailboxUnavailable
from mailagent.core.message import Place
from tests.connectors.mail.odd_server import ALL, Oddities, odd_server


def mail(number: int) -> bytes:
    head = f"From: a@b.example\r\nMessage-ID: <{number}@b.example>\r\nSubject: {number}"
    return f"{head}\r\n\r\nhello {number}\r\n".encode()


@pytest.fixture
def odd() -> Iterator[Oddities]:
    with odd_server(Oddities()) as odd:
        odd.folders["INBOX"] = {uid: mail(uid) for uid in (3, 4, 5, 9)}
        yield odd


@pytest.fixture
async def box(odd: Oddities) -> AsyncIterator[ImapMailbox]:
    box = ImapMailbox(odd.server(), poll=0.1)
    yield box
    await box.close()


@pytest.mark.slow
@pytest.mark.parametrize("oddity", ["none", "uid_last", "chatter", "lower", "uidnext"], ids=str)
async def test_mails_come_whole_however_they_are_told(
    odd: Oddities, box: ImapMailbox, oddity: str
) -> None:
    if oddity != "none":
        setattr(odd, oddity, oddity != "uidnext")
    valid, headers = await box.sweep(0, 0)
    assert (valid, [h.place.uid for h in headers]) == (7, [9, 5, 4, 3])
    assert headers[0].size == len(mail(9))
    assert headers[0].received_at.isoformat() == "2026-11-03T08:30:00+00:00"
    found = await box.fetch([h.place for h in headers])
    assert [arrival.raw for arrival in found] == [mail(uid) for uid in (9, 5, 4, 3)]
    assert (await box.sweep(7, 9))[1] == []


async def test_small_mails_as_quoted_strings(odd: Oddities, box: ImapMailbox) -> None:
    odd.quoted = True
    places = [Place(folder="INBOX", uidvalidity=7, uid=uid) for uid in (3, 9)]
    found = await box.fetch(places)
    assert [b"hello 3" in found[0].raw, b"hello 9" in found[1].raw] == [True, True]


async def test_bye_in_the_middle_is_trouble_and_the_next_look_gets_all(
    odd: Oddities, box: ImapMailbox
) -> None:
    _, headers = await box.sweep(0, 0)
    odd.bye_after = 2
    with pytest.raises(MailboxUnavailable, match="BYE too much at once"):
        await box.fetch([h.place for h in headers])
    assert len(await box.fetch([h.place for h in headers])) == 4


@pytest.mark.slow
@pytest.mark.parametrize(("prefix", "separator"), [("INBOX.", "."), ("", "."), ("INBOX/", "/")])
async def test_without_move_and_uidplus_in_other_spellings(
    odd: Oddities, box: ImapMailbox, prefix: str, separator: str
) -> None:
    odd.prefix, odd.separator = prefix, separator
    odd.capabilities = "IMAP4rev1 NAMESPACE"
    if separator == "\\":
        pytest.skip("a backslash has to be quoted by the client: Dovecot's test has it")
    there = await box.move(Place(folder="INBOX", uidvalidity=7, uid=4), "Ops/Done", "<4@b.example>")
    assert there is not None
    assert there.folder == "Ops/Done"
    assert list(odd.folders[f"{prefix}Ops{separator}Done"].values()) == [mail(4)]
    assert 4 not in odd.folders["INBOX"]
    assert await box.fetch([there])


async def test_without_idle_it_looks_again(odd: Oddities, box: ImapMailbox) -> None:
    await box.wait(5)  # listening begins with a look
    await asyncio.wait_for(box.wait(5), 3)
    assert not any(word.startswith("IDLE") for word in odd.said)


async def test_a_new_uidvalidity_shows_everything_once_more(
    odd: Oddities, box: ImapMailbox
) -> None:
    await box.sweep(0, 0)
    odd.uidvalidity = 8
    valid, headers = await box.sweep(7, 9)
    assert (valid, len(headers)) == (8, 4)


def _server(odd: Oddities, tokens: list[str]) -> tuple[Server, list[str]]:
    refused: list[str] = []

    def token(not_this: str) -> str:
        refused.append(not_this)
        return tokens.pop(0)

    return odd.server(token), refused


async def test_a_token_instead_of_a_password(odd: Oddities) -> None:
    odd.token = "good"
    server, refused = _server(odd, ["old", "good"])
    box = ImapMailbox(server)
    assert len((await box.sweep(0, 0))[1]) == 4
    assert refused == ["", "old"]  # the old one had ended: exchanged, once
    await box.close()


async def test_a_token_that_is_refused_twice_is_a_refusal(odd: Oddities) -> None:
    odd.token = "good"
    server, _ = _server(odd, ["old", "older"])
    box = ImapMailbox(server)
    with pytest.raises(MailboxRefused, match="invalid token"):
        await box.sweep(0, 0)
    await box.close()


@pytest.mark.slow
def test_a_survey_names_what_is_missing_and_what_lies_wrong(odd: Oddities) -> None:
    listed = b"List-Id: <ops.acme.example>\r\n" + mail(1)
    odd.folders = {
        "INBOX": {1: listed, 2: listed, 3: mail(3)},
        "INBOX.Spam": {1: mail(1), 2: b"From: Ann <ann@acme.example>\r\n" + mail(2)},
    }
    found = survey(odd.server(), ["ann@acme.example"])
    assert found.lacks == ("IDLE", "MOVE", "UIDPLUS", "keywords")
    assert (found.as_list, found.looked_at) == (2, 3)
    assert (found.junk, found.junk_ours) == ("INBOX.Spam", 1)
    odd.capabilities = "IMAP4rev1 IDLE MOVE UIDPLUS"
    assert survey(odd.server(), []).lacks == ("keywords",)


@pytest.mark.slow
async def test_a_label_is_a_folder_and_all_mail_is_nobodys_business(
    odd: Oddities, box: ImapMailbox
) -> None:
    """As Gmail does it: what is moved loses one label, gets another, and stays in All Mail."""
    odd.capabilities, odd.labels = "IMAP4rev1 MOVE UIDPLUS NAMESPACE X-GM-EXT-1", True
    odd.folders |= {ALL: dict(odd.folders["INBOX"]), "[Gmail]/Spam": {1: mail(77)}, "[Gmail]": {}}
    _, headers = await box.sweep(0, 0)
    assert len(headers) == 4  # each mail once
    there = await box.move(headers[0].place, "Ops/Done", "<9@b.example>")
    assert there == Place(folder="Ops/Done", uidvalidity=7, uid=101)
    assert list(odd.folders["Ops/Done"].values()) == [mail(9)]
    assert 9 not in odd.folders["INBOX"]
    assert len(odd.folders[ALL]) == 4
    again = await box.move(headers[0].place, "Ops/Done", "<9@b.example>")  # it is there already
    assert again == there
    assert (await box.sweep(7, 9))[1] == []
    looked = {word for word in odd.said if word.startswith(("SELECT", "EXAMINE"))}
    assert not any("Gmail" in word for word in looked)
    assert list(await box.strays(["a@b.example"])) == ["a@b.example"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Entw&APw-rfe", "&U,BTFw-", "Rechnungen &- mehr"])
async def test_folders_with_names_in_utf_7_are_no_obstacle(
    odd: Oddities, box: ImapMailbox, name: str
) -> None:
    odd.folders = {name: {1: mail(1)}, **odd.folders, f"{name}/Ops": {}}
    there = await box.move(Place(folder="INBOX", uidvalidity=7, uid=4), "Ops/Done", "<4@b.example>")
    assert there is not None
    assert list(odd.folders["Ops/Done"].values()) == [mail(4)]
    assert odd.folders[name] == {1: mail(1)}
    junk = f"{name}/Junk"
    odd.folders[junk] = {1: mail(1)}
    assert survey(odd.server(), ["a@b.example"]).junk_ours == 1


@pytest.mark.slow
async def test_who_is_told_to_slow_down_tries_again_later_and_misses_nothing(
    odd: Oddities, box: ImapMailbox
) -> None:
    odd.busy = 1
    with pytest.raises(MailboxUnavailable, match="throttled"):
        await box.sweep(0, 0)
    _, headers = await box.sweep(0, 0)
    odd.busy = 1
    with pytest.raises(MailboxUnavailable, match="throttled"):
        await box.fetch([h.place for h in headers])
    assert len(await box.fetch([h.place for h in headers])) == 4

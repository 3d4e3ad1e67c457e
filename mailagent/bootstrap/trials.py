"""Each thing outside tried by itself, for `init` and `doctor`."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from connectors.files.blobs import DiskBlobs
from connectors.mail.imap.survey import Survey, survey
from mailagent.bootstrap.clock import SystemClock
from mailagent.bootstrap.reach import (
    calendar_desk,
    mailbox_of,
    model_of,
    post_of,
    reader_of,
    server_of,
    tokens_of,
    web_dav,
)
from mailagent.bootstrap.work import (
    shipped_prompts,
)
from mailagent.core.advice import Answered, asked_for_kind
from mailagent.core.errors import MailboxRefused, MailboxUnavailable, SendingUnavailable
from mailagent.core.reading import Kind
from mailagent.settings.home import CONFIG
from mailagent.settings.model import Settings
from mailagent.settings.passwords import FILE as SECRETS
from mailagent.settings.passwords import Passwords


def try_model(settings: Settings, passwords: Passwords) -> Answered | None:
    """One small question, to see whether the key, the name and the form work; None: it is off."""

    async def go() -> Answered | None:
        model = model_of(settings, passwords)
        if model is None:
            return None
        try:
            asked = asked_for_kind(
                shipped_prompts()["kind"], (Kind.INVOICE, Kind.CONTRACT), "Invoice number 1"
            )
            return await model.answer(asked)
        finally:
            await model.close()

    return asyncio.run(go())


def try_mailbox(settings: Settings, passwords: Passwords) -> None:
    """Signs in to the mailbox, and looks at nothing."""

    async def go() -> None:
        mailbox = mailbox_of(settings, passwords)
        try:
            await mailbox.fetch([])
        finally:
            await mailbox.close()

    with _set_under("mailbox", settings):
        asyncio.run(go())


def look_at_mailbox(settings: Settings, passwords: Passwords, people: Sequence[str]) -> Survey:
    """What the server can do, and what lies where it should not."""
    given = settings.mailbox
    password = passwords.mailbox.get_secret_value()
    server = server_of(settings, given, given.user, password, tokens_of(passwords))
    return survey(server, people)


def try_sending(settings: Settings, passwords: Passwords) -> None:
    """Signs in where mail goes out, and sends nothing."""

    async def go() -> None:
        post = post_of(settings, passwords)
        try:
            await post.check()
        finally:
            await post.close()

    with _set_under("smtp", settings):
        asyncio.run(go())


@contextmanager
def _set_under(section: str, settings: Settings) -> Iterator[None]:
    """Somebody waits for this: what can be mended now, and not what an agent at work would do."""
    config = settings.home / CONFIG
    try:
        yield
    except (MailboxUnavailable, SendingUnavailable) as error:
        if error.advice == type(error).advice:
            error.advice = f"Check the network, and host and port under [{section}] in {config}."
        raise
    except MailboxRefused as error:
        error.advice = (
            f"Check `user` under [{section}] in {config}, and the password in {SECRETS} beside it;"
            " where the provider has app passwords it has to be one."
        )
        raise


def try_files(settings: Settings, passwords: Passwords) -> None:
    """Files something on the WebDAV server and takes it out again."""
    asyncio.run(web_dav(settings, passwords, DiskBlobs(settings.blobs)).examine())


def try_calendars(settings: Settings, passwords: Passwords) -> dict[str, str]:
    """Reads every calendar once; what is wrong with each, empty: nothing."""

    async def go() -> dict[str, str]:
        reader = reader_of(settings)
        try:
            return await calendar_desk(settings, passwords, reader, SystemClock()).examine()
        finally:
            await reader.close()

    return asyncio.run(go())

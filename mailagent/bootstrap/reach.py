"""The outside, as the settings name it: mailbox, post, files, calendars, a model."""

from collections.abc import Callable
from datetime import timedelta

from connectors.calendar.caldav import CalDavCalendar
from connectors.calendar.desk import CalendarDesk, Plan
from connectors.calendar.feed import FeedCalendar
from connectors.files.archive import zipped
from connectors.files.local import LocalFiles
from connectors.files.webdav import WebDavFiles
from connectors.http import HttpServer
from connectors.ledger import beancount, hledger
from connectors.ledger import table as ledger_table
from connectors.mail.imap import ImapMailbox
from connectors.mail.smtp import SmtpPost
from connectors.oauth import Tokens, read_grant
from connectors.payments import nacha, pain, table
from connectors.server import Security, Server
from mailagent.bootstrap.clock import SystemClock
from mailagent.core.pack import Packed
from mailagent.core.payments import Form, PaymentRun
from mailagent.core.retry import Retry
from mailagent.core.sign_in import SignIn
from mailagent.ports import Blobs, Clock, System
from mailagent.ports.calendars import Calendar, CalendarReader
from mailagent.ports.model import Model
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from mailagent.settings.calendars import CalendarPlace
from mailagent.settings.model import Settings
from mailagent.settings.passwords import Passwords
from mailagent.settings.servers import ServerSettings
from mailagent.store.calendar import OWN, embedded_calendar


def file_tree(settings: Settings, passwords: Passwords | None, blobs: Blobs) -> System:
    if settings.files.where == "local":
        return LocalFiles(settings.files_root, blobs)
    return web_dav(settings, passwords, blobs)


def web_dav(settings: Settings, passwords: Passwords | None, blobs: Blobs) -> WebDavFiles:
    given = settings.files
    secret = passwords.files if passwords else None
    server = HttpServer(
        url=given.url,
        user=given.user,
        password=secret.get_secret_value() if secret else "",
        timeout=given.timeout_seconds,
    )
    return WebDavFiles(server, blobs)


def calendar_desk(
    settings: Settings, passwords: Passwords | None, reader: CalendarReader, clock: Clock
) -> CalendarDesk:
    """All calendars of the settings, and the embedded one."""
    planner, year = settings.planner, clock.now().year
    zone = settings.calendar.timezone or planner.timezone
    own = frozenset(planner.addresses)
    secrets = passwords.calendars if passwords else {}

    def opened(place: CalendarPlace) -> Calendar:
        private, word = (secrets.get(name) for name in place.secrets)
        address = private.get_secret_value() if private else place.address
        login = (place.user, word.get_secret_value() if word else "")
        if place.kind == "caldav":
            server = HttpServer(url=address, user=login[0], password=login[1])
            around = (clock, reader)
            return CalDavCalendar(place.name, server, around, home=zone, addresses=own)
        path = address if "://" in address else str(settings.home / address)
        return FeedCalendar(place.name, path, reader, addresses=own, home=zone, login=login)

    plan = Plan(
        own=OWN,
        writes=settings.calendar.writes,
        invites=planner.addresses[0] if settings.calendar.invite_me else "",
        rules=settings.calendar.rules(zone, (year, year + 1)),
        title=f"{planner.name}, {settings.company.name}",
        file=settings.files_root / "calendar.ics",
    )
    outside = {place.name: opened(place) for place in settings.calendars}
    return CalendarDesk(plan, embedded_calendar, outside, clock)


def month_pack(packed: Packed) -> bytes:
    """Tables and ledgers of the bills, their documents, and what is open."""
    books = (
        ("bills.csv", ledger_table),
        ("ledger.beancount", beancount),
        ("ledger.hledger", hledger),
    )
    written = [(name, form.write(packed.bills).encode()) for name, form in books]
    questions = ("open questions.txt", packed.questions.encode())
    return zipped((*written, questions, *packed.originals))


def payment_file(run: PaymentRun) -> bytes:
    write = {Form.PAIN: pain.write, Form.NACHA: nacha.write, Form.CSV: table.write}
    return write[run.form](run)


def model_of(settings: Settings, passwords: Passwords | None) -> Model | None:
    """The model that the settings name; loaded only where there is one."""
    given = settings.model
    key = passwords.model.get_secret_value() if passwords and passwords.model else ""
    retry = Retry(first=timedelta(seconds=1), longest=timedelta(seconds=20), tries=given.attempts)
    if given.provider == "anthropic":
        from connectors.model.anthropic import AnthropicModel

        return AnthropicModel(given.name, key, url=given.url, seconds=given.seconds, retry=retry)
    if given.provider == "openai":
        from connectors.model.openai_compatible import OpenAiCompatibleModel

        return OpenAiCompatibleModel(
            given.name, key, url=given.url, seconds=given.seconds, retry=retry
        )
    return None


def reader_of(settings: Settings) -> Pool:
    limits = settings.limits
    return Pool(
        limits.children,
        Limits(memory=limits.child_megabytes * 1_000_000, wall_seconds=limits.child_seconds),
    )


def mailbox_of(settings: Settings, passwords: Passwords | None) -> ImapMailbox:
    given = settings.mailbox
    password = passwords.mailbox.get_secret_value() if passwords else ""
    server = server_of(settings, given, given.user, password, tokens_of(passwords))
    return ImapMailbox(server, poll=given.poll_seconds)


def post_of(settings: Settings, passwords: Passwords | None) -> SmtpPost:
    given = settings.smtp
    secret = passwords.smtp if passwords else None
    return SmtpPost(
        server_of(
            settings,
            given,
            given.user,
            secret.get_secret_value() if secret else "",
            tokens_of(passwords) if given.user else None,
        )
    )


def tokens_of(passwords: Passwords | None) -> Tokens | None:
    return Tokens(passwords.grant, SystemClock().now) if passwords and passwords.grant else None


def sign_in_of(passwords: Passwords | None) -> Callable[[], SignIn | None]:
    """How long the sign-in lasts, read anew each time: somebody may have given another."""

    def given() -> SignIn | None:
        if passwords is None or passwords.grant is None:
            return None
        grant = read_grant(passwords.grant)
        if grant.ends_at is None:
            return None
        # Google sends an end only of what an app in Testing was given.
        testing = grant.provider == "google"
        return SignIn(provider=grant.provider, ends_at=grant.ends_at, testing=testing)

    return given


def server_of(
    settings: Settings, given: ServerSettings, login: str, password: str, token: Tokens | None
) -> Server:
    return Server(
        host=given.host,
        port=given.port,
        security=Security(given.security),
        login=login,
        password=password,
        token=token,
        ca=settings.ca_file(given),
        connect_timeout=min(15.0, given.timeout_seconds),
        read_timeout=given.timeout_seconds,
    )


# Ports that want a protected line; every other server is taken as it comes.
_PROTECTED = {465: Security.TLS, 587: Security.STARTTLS}


def outside(host: str, port: int, login: str, password: str) -> SmtpPost:
    """A way for mail that is not our own: to see what our server makes of what comes in there."""
    security = _PROTECTED.get(port, Security.PLAIN)
    return SmtpPost(Server(host=host, port=port, security=security, login=login, password=password))

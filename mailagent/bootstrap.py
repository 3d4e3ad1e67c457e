"""The one place that builds things: settings in, a working agent out."""

import asyncio
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.calendar.caldav import CalDavCalendar
from connectors.calendar.desk import CalendarDesk, Meetings, Plan
from connectors.calendar.feed import FeedCalendar
from connectors.dns import DnsKeys, mail_server
from connectors.files.archive import zipped
from connectors.files.blobs import DiskBlobs
from connectors.files.local import LocalFiles
from connectors.files.register import FilingRegister
from connectors.files.webdav import WebDavFiles
from connectors.http import HttpServer
from connectors.ledger import beancount, hledger
from connectors.ledger import table as ledger_table
from connectors.mail.imap import ImapMailbox
from connectors.mail.imap.survey import Survey, survey
from connectors.mail.outsiders import Outsiders
from connectors.mail.smtp import SmtpPost
from connectors.oauth import Tokens
from connectors.payments import nacha, pain, table
from connectors.server import Security, Server
from mailagent import __version__
from mailagent.core.advice import Answered, Prompt, asked_for_kind
from mailagent.core.audit import Entry
from mailagent.core.decision import Verbs, verbs_from
from mailagent.core.job import Job, Stage
from mailagent.core.pack import Packed
from mailagent.core.payments import Form, PaymentRun
from mailagent.core.people import Address, Person
from mailagent.core.reading import Kind
from mailagent.core.retry import Retry
from mailagent.core.routine import Routine
from mailagent.core.task import Task
from mailagent.core.tasklist import TaskCard, card_of, narrowed
from mailagent.core.value import canonical, sha256
from mailagent.engine.clock import ticking
from mailagent.engine.embedded import EmbeddedEngine
from mailagent.engine.intake import take_in
from mailagent.engine.lock import only_worker
from mailagent.ports import Blobs, Clock, Office, Post, System, Transaction
from mailagent.ports.calendars import Calendar, CalendarReader
from mailagent.ports.model import Model
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from mailagent.render.mail import Render
from mailagent.routines import ROUTINES
from mailagent.settings.calendars import CalendarPlace
from mailagent.settings.model import ServerSettings, Settings
from mailagent.settings.passwords import Passwords
from mailagent.settings.providers import shipped_marks
from mailagent.shipped import shipped
from mailagent.stages.brief import brief
from mailagent.stages.decide import decide
from mailagent.stages.enrol import enrol
from mailagent.stages.execute import execute
from mailagent.stages.ingest import Words, ingest
from mailagent.stages.inquire import inquire
from mailagent.stages.learn import learn
from mailagent.stages.listen import listen
from mailagent.stages.outsider import outsider
from mailagent.stages.park import park
from mailagent.stages.propose import propose
from mailagent.stages.read import read
from mailagent.stages.receipt import receipt
from mailagent.stages.routine import routine
from mailagent.stages.send import send
from mailagent.stages.shelve import shelve
from mailagent.stages.sort import sort
from mailagent.store.board import SqlJobBoard
from mailagent.store.calendar import OWN, embedded_calendar
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.payments import PaymentFiles
from mailagent.store.reminders import EmbeddedReminders
from mailagent.store.store import SqlStore
from mailagent.tasks import bills, contracts, filing, meetings, other, packs, payments, questions

__all__ = [
    "App",
    "SystemClock",
    "build",
    "mail_server",
    "outside",
    "try_calendars",
    "try_mailbox",
    "try_sending",
]

STAGES: Mapping[Stage, Callable[[Office, Job], Awaitable[None]]] = {
    Stage.LISTEN: listen,
    Stage.SORT: sort,
    Stage.READ: read,
    Stage.INQUIRE: inquire,
    Stage.OUTSIDER: outsider,
    Stage.PROPOSE: propose,
    Stage.DECIDE: decide,
    Stage.EXECUTE: execute,
    Stage.SEND: send,
    Stage.SHELVE: shelve,
    Stage.ROUTINE: routine,
    Stage.ENROL: enrol,
    Stage.BRIEF: brief,
    Stage.RECEIPT: receipt,
    Stage.LEARN: learn,
}
_TASKS = (
    bills.TASK,
    contracts.TASK,
    filing.TASK,
    meetings.TASK,
    payments.TASK,
    packs.TASK,
    questions.TASK,
    other.TASK,
)
TASKS = {task.name: task for task in _TASKS}
# What is on whatever the settings say: it takes no documents by itself.
_ALWAYS = (packs.TASK.name, questions.TASK.name, other.TASK.name)


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """A built agent. `opened` gives it life."""

    settings: Settings
    office: Office
    store: SqlStore
    engine: EmbeddedEngine
    reader: Pool

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["App"]:
        """The store is up to date and the people are known; everything is closed at the end."""
        try:
            await self.store.open()
            async with self.store.begin(self.office.company.id) as tx:
                await _know_people(
                    tx,
                    [
                        p.person().model_copy(update={"place": place})
                        for place, p in enumerate(self.settings.people)
                    ],
                )
            yield self
        finally:
            await self.office.mailbox.close()
            await self.office.post.close()
            await self.reader.close()
            if self.office.model is not None:
                await self.office.model.close()
            await self.store.close()

    async def run(self) -> None:
        """Works until cancelled."""
        with only_worker(self._lock):
            self.reader.start()
            async with self.opened():
                await self._work()

    async def work(self) -> None:
        """Like `run`, on an agent that is open already."""
        with only_worker(self._lock):
            await self._work()

    @property
    def _lock(self) -> Path:
        """Held by the one worker: a second on the same home is refused."""
        return self.settings.home / "agent.lock"

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            with ticking(ROUTINES.values(), self.tick):
                group.create_task(self.engine.run())
                await self._take_in()

    async def _take_in(self) -> None:
        poll = self.settings.mailbox.poll_seconds
        words = Words(self.office)
        await take_in(self.office.mailbox, lambda: ingest(self.office), poll, words.look)

    async def tick(self, due: Routine) -> None:
        """Fires a routine if its slot is open."""
        now = self.office.clock.now()
        job = Job(stage=Stage.ROUTINE, subject=0, routine=due.name)
        async with self.store.begin(self.office.company.id) as tx:
            await tx.tick(due.name, now, due.following(now), job)


def build(settings: Settings, passwords: Passwords | None = None, **instead: Any) -> App:
    """Everything, wired. `instead` puts another thing in a port's place, by the port's name."""
    clock: Clock = instead.get("clock") or SystemClock()
    blobs = instead.get("blobs") or DiskBlobs(settings.blobs)
    renderer = instead.get("renderer") or Render(shipped("templates"))
    database = f"sqlite+aiosqlite:///{settings.database}"
    store = SqlStore(database, clock=clock, blobs=blobs, renderer=renderer)
    reader = instead.get("reader") or _reader(settings)
    ledger = EmbeddedLedger()
    files = _files(settings, passwords, blobs)
    company = settings.our_company()
    desk = calendar_desk(settings, passwords, reader, clock)
    post: Post = instead.get("post") or _post(settings, passwords)
    mail = Outsiders(store, post, clock, company=company)
    office = Office(
        company=company,
        store=store,
        blobs=blobs,
        mailbox=instead.get("mailbox") or _mailbox(settings, passwords),
        post=post,
        reader=reader,
        renderer=renderer,
        keys=instead.get("keys") or DnsKeys(),
        clock=clock,
        systems=instead.get("systems")
        or {
            "ledger": ledger,
            "files": FilingRegister(store, files, blobs, reader),
            "payments": PaymentFiles(files, blobs, _payment_file),
            "reminders": EmbeddedReminders(),
            "mail": mail,
            "calendar": Meetings(desk, mail),
        },
        ledger=ledger,
        tasks=_tasks(settings),
        cards=task_cards(settings),
        calendars=desk,
        model=instead.get("model") or (model_of(settings, passwords) if passwords else None),
        model_rules=instead.get("model_rules") or settings.model.rules(),
        prompts=shipped_prompts(),
        asking=asyncio.Semaphore(settings.model.at_once),
        routines=ROUTINES,
        approvers={name: settings.approvers(name) for name in settings.tasks},
        rules=settings.rules,
        payments=settings.payment_rules,
        packs=_month_pack,
        verbs=instead.get("verbs") or shipped_verbs(),
        marks=shipped_marks(),
        filing=settings.files.rules(),
        remind_before=settings.contracts.remind_days_before,
        brief=settings.brief.rules(),
        batch=settings.limits.batch,
        mail_bytes=settings.limits.mail_bytes,
        reply_bytes=settings.limits.reply_bytes,
        hold=settings.limits.hold,
        since=clock.now(),
        versions=_versions(settings),
        baselines={name: task.baseline_minutes for name, task in settings.tasks.items()},
        **({"probe": instead["probe"]} if "probe" in instead else {}),
    )
    engine = _engine(office, store)
    return App(settings=settings, office=office, store=store, engine=engine, reader=reader)


def _files(settings: Settings, passwords: Passwords | None, blobs: Blobs) -> System:
    given = settings.files
    if given.where == "local":
        return LocalFiles(settings.files_root, blobs)
    secret = passwords.files if passwords else None
    server = HttpServer(
        url=given.url,
        user=given.user,
        password=secret.get_secret_value() if secret else "",
        timeout=given.timeout_seconds,
    )
    return WebDavFiles(server, blobs)


def _tasks(settings: Settings) -> dict[str, Task]:
    """Those that are on, each without what is forbidden to it."""
    names = (*_switched_on(settings), *_ALWAYS)
    never = {name: given.forbidden for name, given in settings.tasks.items()}
    return {name: narrowed(TASKS[name], never.get(name, ())) for name in names}


def task_cards(settings: Settings) -> tuple[TaskCard, ...]:
    """The list of work as people read it."""
    told = ("owner", "reviewer", "technical_contact", "answer_hours", "card", "approvers")
    return tuple(
        card_of(
            TASKS[name],
            on=given.on,
            forbidden=given.forbidden,
            **{key: getattr(given, key) for key in told},
        )
        for name, given in settings.tasks.items()
    )


def _versions(settings: Settings) -> dict[str, str]:
    """Of everything that a proposal rests on: the audit log names them with each."""
    rules = canonical([rule.model_dump(mode="json") for rule in settings.rules])
    return {"code": __version__, "policy": sha256(rules)[:16]}


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


def _payment_file(run: PaymentRun) -> bytes:
    write = {Form.PAIN: pain.write, Form.NACHA: nacha.write, Form.CSV: table.write}
    return write[run.form](run)


def _month_pack(packed: Packed) -> bytes:
    """Tables and ledgers of the bills, their documents, and what is open."""
    books = (
        ("bills.csv", ledger_table),
        ("ledger.beancount", beancount),
        ("ledger.hledger", hledger),
    )
    written = [(name, form.write(packed.bills).encode()) for name, form in books]
    questions = ("open questions.txt", packed.questions.encode())
    return zipped((*written, questions, *packed.originals))


def _switched_on(settings: Settings) -> list[str]:
    return [name for name, task in settings.tasks.items() if task.on]


def _engine(office: Office, store: SqlStore) -> EmbeddedEngine:
    offices = {office.company.id: office}

    async def handle(company: str, job: Job) -> None:
        await STAGES[job.stage](offices[company], job)

    async def set_aside(company: str, job: Job, trace: str) -> None:
        await park(offices[company], job, trace)

    return EmbeddedEngine(SqlJobBoard(store), office.clock, handle, set_aside)


def shipped_verbs() -> Verbs:
    """The words that people answer with."""
    return verbs_from(tomllib.loads((shipped("config") / "verbs.toml").read_text("utf-8")))


def shipped_prompts() -> dict[str, Prompt]:
    """What a model is asked with, each with its version."""
    files = sorted((shipped("templates") / "prompts").glob("*.toml"))
    read = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    return {name: Prompt(name=name, **told) for name, told in read.items()}


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


def _reader(settings: Settings) -> Pool:
    limits = settings.limits
    return Pool(
        limits.children,
        Limits(memory=limits.child_megabytes * 1_000_000, wall_seconds=limits.child_seconds),
    )


def _mailbox(settings: Settings, passwords: Passwords | None) -> ImapMailbox:
    given = settings.mailbox
    password = passwords.mailbox.get_secret_value() if passwords else ""
    server = _server(settings, given, given.user, password, _tokens(passwords))
    return ImapMailbox(server, poll=given.poll_seconds)


def _post(settings: Settings, passwords: Passwords | None) -> SmtpPost:
    given = settings.smtp
    secret = passwords.smtp if passwords else None
    return SmtpPost(
        _server(
            settings,
            given,
            given.user,
            secret.get_secret_value() if secret else "",
            _tokens(passwords) if given.user else None,
        )
    )


def _tokens(passwords: Passwords | None) -> Tokens | None:
    return Tokens(passwords.grant, SystemClock().now) if passwords and passwords.grant else None


def _server(
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


async def _know_people(tx: Transaction, wanted: list[Person]) -> None:
    """The people of the settings, with the proofs that were pinned for their addresses."""
    known = {person.id: person for person in await tx.people()}
    for person in wanted:
        before = known.pop(person.id, None)
        merged = _with_pins(person, before)
        if merged != before:
            entry = Entry(actor="settings", what="person.known", details={"person": person.id})
            await tx.save_person(merged, entry)
    for gone in known:
        entry = Entry(actor="settings", what="person.removed", details={"person": gone})
        await tx.remove_person(gone, entry)


def _with_pins(person: Person, before: Person | None) -> Person:
    def pinned(address: Address) -> Address:
        entry = before.address(address.address) if before else None
        return entry or address

    return person.model_copy(update={"addresses": tuple(map(pinned, person.addresses))})


def try_mailbox(settings: Settings, passwords: Passwords) -> None:
    """Signs in to the mailbox, and looks at nothing."""

    async def go() -> None:
        mailbox = _mailbox(settings, passwords)
        try:
            await mailbox.fetch([])
        finally:
            await mailbox.close()

    asyncio.run(go())


def look_at_mailbox(settings: Settings, passwords: Passwords, people: Sequence[str]) -> Survey:
    """What the server can do, and what lies where it should not."""
    given = settings.mailbox
    password = passwords.mailbox.get_secret_value()
    server = _server(settings, given, given.user, password, _tokens(passwords))
    return survey(server, people)


def try_sending(settings: Settings, passwords: Passwords) -> None:
    """Signs in where mail goes out, and sends nothing."""

    async def go() -> None:
        post = _post(settings, passwords)
        try:
            await post.check()
        finally:
            await post.close()

    asyncio.run(go())


def try_calendars(settings: Settings, passwords: Passwords) -> dict[str, str]:
    """Reads every calendar once; what is wrong with each, empty: nothing."""

    async def go() -> dict[str, str]:
        reader = _reader(settings)
        try:
            return await calendar_desk(settings, passwords, reader, SystemClock()).examine()
        finally:
            await reader.close()

    return asyncio.run(go())


# Ports that want a protected line; every other server is taken as it comes.
_PROTECTED = {465: Security.TLS, 587: Security.STARTTLS}


def outside(host: str, port: int, login: str, password: str) -> SmtpPost:
    """A way for mail that is not our own: to see what our server makes of what comes in there."""
    security = _PROTECTED.get(port, Security.PLAIN)
    return SmtpPost(Server(host=host, port=port, security=security, login=login, password=password))

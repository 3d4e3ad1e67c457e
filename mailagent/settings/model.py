"""All that can be set, as frozen types. Defaults stand in config/*.toml, not here."""

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from mailagent.core.brief import BriefRules
from mailagent.core.money import Money
from mailagent.core.payments import Form, Payer, PaymentRules
from mailagent.core.people import Address, Company, Person
from mailagent.core.policy import Rule
from mailagent.core.private import PrivateRule
from mailagent.core.value import Value
from mailagent.settings.advice import ModelSettings
from mailagent.settings.agendas import AgendasSettings
from mailagent.settings.bridge import BookkeeperSettings, BridgeSettings
from mailagent.settings.calendars import OWN, CalendarPlace, CalendarSettings
from mailagent.settings.filing import ContractsSettings, FilesSettings
from mailagent.settings.orders import OrdersSettings
from mailagent.settings.outward import ChatSettings, MetricsSettings
from mailagent.settings.papers import PapersSettings
from mailagent.settings.replies import RepliesSettings
from mailagent.settings.servers import MailboxSettings, ServerSettings, SmtpSettings
from mailagent.settings.tasks import Id, TaskSettings
from mailagent.settings.thresholds import ThresholdSettings

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
MailAddress = Annotated[
    str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+$")
]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}") from None
    return name


class CompanySettings(Value):
    """The company the agent works for."""

    id: Id = Field(description="a short name that never changes", examples=["acme"])
    name: str = Field(description="as it stands in mails", min_length=1, examples=["Acme Ltd"])
    domain: str = Field(description="the company's mail domain", examples=["acme.example"])
    ops_address: MailAddress = Field(
        description="the address that documents are sent to", examples=["ops@acme.example"]
    )
    currency: str = Field(
        description="what amounts without one are taken to be in",
        pattern=r"^[A-Z]{3}$",
        examples=["EUR"],
    )
    country: str = Field(
        description="two letters; decides how bare dates and numbers are read",
        pattern=r"^([A-Z]{2})?$",
        examples=["DE"],
    )
    vat_ids: tuple[str, ...] = Field(
        description="the company's own; a bill made out to another is doubtful",
        examples=[["DE123456789"]],
    )
    trade_names: tuple[str, ...] = Field(
        description="other names that its bills may be made out to",
        examples=[["Acme Studio", "Acme Labs"]],
    )
    plus_tags: bool = Field(
        description="whether mail to ops+anything@ arrives; without it drafts have no buttons",
        examples=[True],
    )
    assistant_name: str = Field(description="how the agent signs", examples=["mailagent"])

    def company(self) -> Company:
        """As the core knows it."""
        return Company(**self.model_dump())


class PersonSettings(Value):
    """A human the agent listens to, once `mailagent enroll` has pinned a proof of them."""

    id: Id = Field(description="a short name that never changes", examples=["ann"])
    name: str = Field(description="as it stands in mails", min_length=1, examples=["Ann Lee"])
    addresses: tuple[MailAddress, ...] = Field(
        description="the first is written to; an answer may come from any that is enrolled",
        min_length=1,
        examples=[["ann@acme.example"]],
    )
    language: Literal["en", "de"] = Field("en", description="of the mails", examples=["en"])
    locale: str = Field(
        "en_GB",
        description="how numbers and dates are written",
        pattern=r"^[a-z]{2}(_[A-Z]{2})?$",
        examples=["en_GB"],
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "UTC", description="where the person's days begin and end", examples=["Europe/London"]
    )
    limit: Money | None = Field(
        None,
        description="what is over it needs more than a word",
        examples=[{"amount": "5000", "currency": "EUR"}],
    )
    substitute: Id | None = Field(
        None, description="the id of who decides while this person is away", examples=["ben"]
    )

    def person(self) -> Person:
        """As the core knows them, before anything is pinned."""
        return Person(
            **self.model_dump(exclude={"addresses"}),
            addresses=tuple(Address(address=address) for address in self.addresses),
        )


class StoreSettings(Value):
    """Where everything is kept."""

    database: str = Field(
        description="a file, below the home folder unless absolute", examples=["mailagent.db"]
    )
    blobs: str = Field(
        description="the folder of the raw mails and documents, likewise", examples=["blobs"]
    )


class LimitsSettings(Value):
    """What one mail and one child process may cost."""

    mail_bytes: int = Field(
        description="a larger mail is set aside unread", ge=10_000, examples=[52_428_800]
    )
    reply_bytes: int = Field(
        description="a larger reply decides nothing",
        ge=10_000,
        le=1_000_000,
        examples=[1_000_000],
    )
    batch: int = Field(description="mails fetched at once", ge=1, le=500, examples=[200])
    children: int = Field(description="processes that read documents", ge=1, le=64, examples=[2])
    child_megabytes: int = Field(
        description="the address space of each", ge=256, le=65_536, examples=[1024]
    )
    child_seconds: float = Field(
        description="the time for one document", gt=0, le=600, examples=[20]
    )
    hold_minutes: int = Field(
        description="how long DNS may keep a decision waiting", ge=1, le=60, examples=[60]
    )

    @property
    def hold(self) -> timedelta:
        """How long DNS may keep a decision waiting."""
        return timedelta(minutes=self.hold_minutes)


class BriefSettings(Value):
    """When many drafts become one brief, and when it comes."""

    at: time = Field(
        description="when the brief comes on working days, by the person's own clock",
        examples=["07:30"],
    )
    handful: int = Field(
        description="undecided drafts a person gets by themselves; more wait for a brief",
        ge=0,
        le=50,
        examples=[5],
    )
    mails_a_day: int = Field(
        description="drafts, briefs, notices and reminders to one person; STOPs are counted apart",
        ge=1,
        le=100,
        examples=[8],
    )

    def rules(self) -> BriefRules:
        """As the core knows them."""
        return BriefRules(**self.model_dump())


class PaymentsSettings(Value):
    """The payment run: a file of approved bills that are due. The agent itself never pays."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = Field(
        description="the day of the week on which it is proposed", examples=["thursday"]
    )
    days_ahead: int = Field(
        description="bills due within so many days are in it", ge=0, le=60, examples=[7]
    )
    form: Form = Field(
        description="pain.001 (ISO 20022), nacha (United States) or csv", examples=["pain.001"]
    )
    account: str = Field(
        description="the account that pays: an IBAN, or its number",
        examples=["DE02120300000000202051"],
    )
    bank: str = Field(
        description="its bank: a BIC, or the routing number; may be empty for an IBAN",
        examples=["BYLADEM1001"],
    )
    payer_id: str = Field(
        description="nacha: the company's identification at its bank", examples=["1234567890"]
    )


class LogSettings(Value):
    """What the agent says on standard error."""

    form: Literal["console", "json"] = Field(
        description="console for people, json for machines", examples=["json"]
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        description="what is worth a line", examples=["info"]
    )


class ConfigFile(Value):
    """mailagent.toml."""

    company: CompanySettings
    people: tuple[PersonSettings, ...] = Field(
        min_length=1,
        examples=[[{"id": "ann", "name": "Ann Lee", "addresses": ["ann@acme.example"]}]],
    )
    mailbox: MailboxSettings
    smtp: SmtpSettings
    store: StoreSettings
    files: FilesSettings
    contracts: ContractsSettings
    papers: PapersSettings
    replies: RepliesSettings
    agendas: AgendasSettings
    payments: PaymentsSettings
    orders: OrdersSettings
    bridge: BridgeSettings
    bookkeeper: BookkeeperSettings
    limits: LimitsSettings
    brief: BriefSettings
    thresholds: ThresholdSettings
    model: ModelSettings
    log: LogSettings
    metrics: MetricsSettings
    chat: ChatSettings
    calendar: CalendarSettings
    calendars: tuple[CalendarPlace, ...] = Field(
        (), examples=[[{"name": "work", "kind": "caldav", "address": "https://dav.acme.example/"}]]
    )

    @field_validator("people")
    @classmethod
    def _each_is_somebody_else(
        cls, people: tuple[PersonSettings, ...]
    ) -> tuple[PersonSettings, ...]:
        ids = [person.id for person in people]
        addresses = [address for person in people for address in person.addresses]
        for twice in (name for name in (*ids, *addresses) if (*ids, *addresses).count(name) > 1):
            raise ValueError(f"{twice!r} is given to two people")
        for substitute in (p.substitute for p in people if p.substitute not in (None, *ids)):
            raise ValueError(f"there is no person {substitute!r} who could be a substitute")
        return people

    @model_validator(mode="after")
    def _the_calendar_is_there(self) -> Self:
        names = [one.name for one in self.calendars]
        if len(set(names)) < len(names):
            raise ValueError("two [[calendars]] have one name")
        writable = {OWN, *(one.name for one in self.calendars if one.kind == "caldav")}
        if self.calendar.writes not in writable:
            raise ValueError(f"[calendar] writes into {self.calendar.writes!r}, which is none of "
                             f"{', '.join(sorted(writable))}")  # fmt: skip
        if self.calendar.person and self.calendar.person not in {p.id for p in self.people}:
            raise ValueError(f"[calendar] person: there is nobody {self.calendar.person!r}")
        return self

    @model_validator(mode="after")
    def _nobody_is_the_agent(self) -> Self:
        for person in self.people:
            if self.company.ops_address in person.addresses:
                raise ValueError(f"{person.id!r} has the ops address, which is the agent's own")
        return self


class Settings(ConfigFile):
    """Everything, read once."""

    home: Path  # where mailagent.toml was found
    tasks: dict[str, TaskSettings]  # tasks.toml
    rules: tuple[Rule, ...]  # policy.toml
    private: tuple[PrivateRule, ...] = ()  # sensitive.toml

    @property
    def database(self) -> Path:
        """The file of the embedded store."""
        return self.home / self.store.database

    @property
    def blobs(self) -> Path:
        """The folder of raw mails and documents."""
        return self.home / self.store.blobs

    @property
    def files_root(self) -> Path:
        """The folder that approved documents are filed below."""
        return self.home / self.files.root

    def our_company(self) -> Company:
        """As the core knows it, with those who get its documents, and what is nobody's business."""
        given = {
            "bridge": self.bridge.rules(),
            "bookkeeper": self.bookkeeper.address,
            "private": self.private,
        }
        return self.company.company().model_copy(update=given)

    @property
    def payment_rules(self) -> PaymentRules:
        """When approved bills are put together, and how."""
        given = self.payments
        payer = Payer(
            name=self.company.name, account=given.account, bank=given.bank, id=given.payer_id
        )
        return PaymentRules(
            on=self.tasks["payments"].on,
            weekday=_WEEKDAYS.index(given.weekday),
            days_ahead=given.days_ahead,
            form=given.form,
            payer=payer,
        )

    @property
    def planner(self) -> PersonSettings:
        """Whose calendar it is."""
        wanted = self.calendar.person or self.people[0].id
        return next(person for person in self.people if person.id == wanted)

    @property
    def sender(self) -> str:
        """The envelope sender."""
        return self.smtp.sender or self.company.ops_address

    def ca_file(self, server: ServerSettings) -> Path | None:
        """The certificates to trust for a server; None: the system's."""
        return self.home / server.ca_file if server.ca_file else None

    def approvers(self, task: str) -> tuple[str, ...]:
        """Who is asked about a task's proposals, by id."""
        return self.tasks[task].approvers or (self.people[0].id,)

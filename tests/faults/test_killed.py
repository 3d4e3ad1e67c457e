"""kill -9 at every commit point: nothing is lost, nothing is done twice."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mailagent.bootstrap import SystemClock, build
from mailagent.cli.audit import prove
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.brief import MORNING
from mailagent.core.job import Job, Stage
from mailagent.settings import read_settings
from tests.agent import COMPANY, due_bill, mail_with
from tests.clients import Mail, Written
from tests.documents import Bill, factur_x
from tests.faults.crash import Site
from tests.faults.points import (
    APPROVED_BILL,
    BRIEF,
    ENROLMENT,
    HANDBACK,
    LESSON,
    POISON,
    QUESTION,
    REMINDER,
    REQUEST,
    WITH_SERVERS,
    Life,
    Point,
    lives,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("life", lives(APPROVED_BILL, 3))
def test_an_approved_bill_survives_kills(site: Site, life: Life) -> None:  # A54
    bill = site.bill_arrives()
    site.survives(life, lambda: _is_told(site) and site.folder("Ops/Done") == 2)
    _everything_happened_once(site, bill)


@pytest.mark.servers
@pytest.mark.parametrize("life", lives(WITH_SERVERS))
def test_an_approved_bill_on_real_servers_survives_kills(dovecot_site: Site, life: Life) -> None:
    test_an_approved_bill_survives_kills(dovecot_site, life)


def _is_told(site: Site) -> bool:
    return site.rows("SELECT state FROM outbox WHERE kind = 'receipt'") == [("sent",)]


def _everything_happened_once(site: Site, bill: Bill) -> None:
    kinds = site.rows("SELECT kind, state FROM outbox ORDER BY id")
    assert kinds == [("draft", "sent"), ("receipt", "sent")]
    # the same mail twice is allowed, a second Message-ID is not
    assert len(site.mail_ids()) == 2
    assert site.rows("SELECT number, voided_by FROM bills") == [(bill.number, None)]
    assert site.files() == [factur_x(bill)]
    assert site.rows("SELECT state FROM reminders") == [("set",)]
    assert site.rows("SELECT state FROM effects") == [("done",)] * 3
    for what in ("effect.intended", "effect.done"):
        assert site.count(f"audit WHERE what = '{what}'") == 3
    _nothing_is_lost(site)


def _nothing_is_lost(site: Site) -> None:
    assert site.rows("SELECT state FROM cases") == [("done",)]
    kept = site.rows("SELECT disposition, folder FROM messages ORDER BY id")
    assert kept == [("documents", "Ops/Done"), ("decision", "Ops/Done")]
    assert site.folder("INBOX") == site.folder("Ops/Waiting") == 0
    assert prove(site.home)[0] is None


@pytest.mark.parametrize("life", lives(REMINDER))
def test_a_reminder_survives_kills(site: Site, life: Life) -> None:
    site.bill_arrives()
    site.goes_on(lambda: _is_told(site) and site.folder("Ops/Done") == 2)
    _its_day_comes(site)
    site.survives(
        life, lambda: site.count("outbox WHERE kind = 'reminder' AND state = 'sent'") == 1
    )
    assert site.rows("SELECT state FROM reminders") == [("sent",)]
    assert len(site.mail_ids()) == 3
    assert prove(site.home)[0] is None


def _its_day_comes(site: Site) -> None:
    site.change("UPDATE reminders SET day = '2000-01-01'")
    _wants(site, Job(stage=Stage.ROUTINE, subject=0, routine="reminders"))


def _wants(site: Site, *jobs: Job) -> None:
    """Somebody asks for it while no agent is there."""

    async def ask() -> None:
        app = build(read_settings(site.home))
        async with app.opened(), app.store.begin(COMPANY) as tx:
            await tx.defer(*jobs)

    asyncio.run(ask())


@pytest.mark.parametrize("life", lives(LESSON))
def test_a_lesson_survives_kills(site: Site, life: Life) -> None:
    site = replace(site, says=lambda m: "approve" if "You " in m.text else "book to 6815")
    site.bill_arrives()
    site.survives(life, lambda: _is_told(site) and site.count("jobs") == 0)
    assert site.rows("SELECT field FROM lessons") == [("book_to",)]
    assert site.count("audit WHERE what = 'lesson.learned'") == 1
    assert prove(site.home)[0] is None


@pytest.mark.parametrize("life", lives(REQUEST))
def test_a_request_survives_kills(site: Site, life: Life) -> None:
    owner = site.owner
    asked = owner.compose(
        {"From": owner.address, "To": "ops@corp.test", "Subject": "pause"}, Written("")
    )
    site.servers.deliver(asked, "ops@corp.test", "owner")
    site.survives(life, lambda: site.count("outbox WHERE kind = 'answer' AND state = 'sent'") == 1)
    assert site.rows("SELECT task, person FROM pauses") == [("", "ann")]
    assert site.count("audit WHERE what = 'task.paused'") == 1
    assert site.rows("SELECT disposition FROM messages") == [("request",)]
    assert len(site.mail_ids()) == 1
    assert prove(site.home)[0] is None


def _in_the_afternoon(config: str) -> str:
    """The owner is where the morning's brief is over by now, and more than none is a brief."""
    zone = f'timezone = "Etc/GMT{SystemClock().now().hour - 13:+d}"'
    config = config.replace('id = "ann"\n', f'id = "ann"\n{zone}\n')
    return re.sub(r'\[brief\]\nat = ".*?"', '[brief]\nat = "07:30"\nhandful = 0', config)


@pytest.mark.parametrize("life", lives(BRIEF, 2))
def test_a_brief_survives_kills(site: Site, life: Life) -> None:
    config = site.home / "mailagent.toml"
    config.write_text(_in_the_afternoon(config.read_text()))
    bills = [site.bill_arrives(), site.bill_arrives()]
    site.survives(life, lambda: site.count("outbox WHERE kind = 'items' AND state = 'sent'") == 1)
    assert site.rows("SELECT kind FROM outbox ORDER BY id") == [("brief",), ("items",)]
    assert len(site.mail_ids()) == 2
    booked = site.rows("SELECT number, voided_by FROM bills ORDER BY number")
    assert booked == sorted((bill.number, None) for bill in bills)
    assert site.rows("SELECT state FROM effects") == [("done",)] * 6
    assert site.count("audit WHERE what = 'item.approve'") == 2
    assert site.rows("SELECT outcome FROM brief_answers") == [("approve",)] * 2


@pytest.mark.parametrize("life", lives(ENROLMENT))
def test_a_refused_enrolment_survives_kills(site: Site, life: Life) -> None:
    owner = site.owner
    asked = owner.compose(
        {"From": owner.address, "To": "ops@corp.test", "Subject": "enroll 123 456"}, Written("")
    )
    site.servers.deliver(asked, "ops@corp.test", "owner")
    site.survives(life, lambda: site.count("outbox WHERE kind = 'notice' AND state = 'sent'") == 1)
    assert site.count("audit WHERE what = 'person.not_enrolled'") == 1
    assert site.count("decisions") == 1
    assert prove(site.home)[0] is None


@pytest.mark.parametrize("life", lives(QUESTION, 2))
def test_a_question_to_somebody_outside_survives_kills(site: Site, life: Life) -> None:
    app = new_authenticator()
    site = replace(site, says=lambda mail: _asks_first(mail, app))
    site.change(
        "INSERT INTO authenticators VALUES "
        f"('corp', 'ann', '{app.secret}', '2026-01-01 00:00:00.000000')"
    )
    outsider = site.servers.address("stranger")
    bill = mail_with(due_bill()).replace(b"billing@nordlicht.example", outsider.encode())
    site.servers.deliver(bill)
    answers: list[Mail] = []
    site.survives(life, lambda: _outsider_answers(site, answers) and _is_told_twice(site))
    assert len(site.servers.mails("stranger")) == 1
    assert site.rows("SELECT state FROM cases") == [("done",), ("done",)]
    assert len(site.rows("SELECT number FROM bills")) == 1
    (answered,) = site.rows("SELECT state FROM inquiries")
    assert answered == ("answered",)
    assert site.rows("SELECT mails FROM correspondents") == [(1,)]
    assert prove(site.home)[0] is None


def _asks_first(mail: Mail, app: Authenticator) -> str:
    """To the bill a question, to the question the code, to what came back the word."""
    if mail.subject.startswith("Question"):
        return f"approve {app.code(int(SystemClock().now().timestamp()) // 30)}"
    came_back = "answered:" in mail.text
    return "approve" if came_back else "ask which PO?"


def _outsider_answers(site: Site, answers: list[Mail]) -> bool:
    """Once, as soon as there is something to answer. True: always."""
    for raw in site.servers.mails("stranger")[: 1 - len(answers)]:
        mail = Mail(raw)
        answers.append(mail)
        head = f"From: stranger@corp.test\r\nTo: ops@corp.test\r\nSubject: Re: {mail.subject}\r\n"
        head += f"Date: {mail['Date']}\r\nMessage-ID: <answer@stranger.test>\r\n"
        head += f"In-Reply-To: {mail.message_id}\r\n\r\nIt is PO 4711.\r\n"
        site.servers.deliver(head.encode())
    return True


def _is_told_twice(site: Site) -> bool:
    told = site.rows("SELECT state FROM outbox WHERE kind = 'receipt'")
    return told == [("sent",), ("sent",)] and site.folder("INBOX") == 0


@pytest.mark.parametrize("life", lives(HANDBACK))
def test_a_handback_survives_kills(site: Site, life: Life) -> None:
    _wants(
        site,
        Job(stage=Stage.HANDBACK, subject=0, routine="ann"),
        Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine="ann"),
    )
    site.survives(life, lambda: site.count("outbox WHERE kind = 'brief' AND state = 'sent'") == 1)
    # nobody decided anything meanwhile: the brief is all there is, once
    assert site.rows("SELECT kind FROM outbox") == [("brief",)]
    assert len(site.mail_ids()) == 1
    assert prove(site.home)[0] is None


@pytest.mark.parametrize("life", lives(POISON))
def test_a_case_that_is_parked_survives_kills(site: Site, life: Life) -> None:
    site.bill_arrives()
    site.dies_at(Point("sort: committed"))
    _document(site).unlink()  # whatever reads it now fails in a way that nobody foresaw
    site.survives(life, lambda: site.folder("Ops/Parked") == 1)
    assert site.rows("SELECT state FROM cases") == [("parked",)]
    assert site.rows("SELECT kind, state FROM outbox") == [("notice", "sent")]
    assert len(site.mail_ids()) == 1
    assert prove(site.home)[0] is None


def _document(site: Site) -> Path:
    ((name,),) = site.rows("SELECT json_extract(document, '$.sha256') FROM cases")
    return Path(site.home / "blobs" / name[:2] / name)

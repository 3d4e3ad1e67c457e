"""Settings in, a working agent out."""

import asyncio
from typing import Any

from connectors.calendar.desk import Meetings
from connectors.dns import DnsKeys
from connectors.files.blobs import DiskBlobs
from connectors.files.register import FilingRegister
from connectors.mail.outsiders import Outsiders
from mailagent.bootstrap.app import App
from mailagent.bootstrap.clock import SystemClock
from mailagent.bootstrap.days_off import days_off
from mailagent.bootstrap.outward import ring_of
from mailagent.bootstrap.reach import (
    calendar_desk,
    file_tree,
    mailbox_of,
    model_of,
    month_pack,
    payment_file,
    post_of,
    reader_of,
    sign_in_of,
)
from mailagent.bootstrap.work import (
    approvers_of,
    engine_of,
    shipped_prompts,
    shipped_verbs,
    task_cards,
    tasks_on,
    versions_of,
)
from mailagent.ports import Clock, Office, Post
from mailagent.render.mail import Render
from mailagent.routines import ROUTINES
from mailagent.settings.model import Settings
from mailagent.settings.passwords import Passwords
from mailagent.settings.providers import shipped_marks
from mailagent.shipped import shipped
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.orders import EmbeddedOrders
from mailagent.store.payments import PaymentFiles
from mailagent.store.policy import EmbeddedPolicy
from mailagent.store.reminders import EmbeddedReminders
from mailagent.store.store import SqlStore


def build(settings: Settings, passwords: Passwords | None = None, **instead: Any) -> App:
    """Everything, wired. `instead` puts another thing in a port's place, by the port's name."""
    clock: Clock = instead.get("clock") or SystemClock()
    blobs = instead.get("blobs") or DiskBlobs(settings.blobs)
    renderer = instead.get("renderer") or Render(shipped("templates"))
    database = f"sqlite+aiosqlite:///{settings.database}"
    store = SqlStore(database, clock=clock, blobs=blobs, renderer=renderer)
    reader = instead.get("reader") or reader_of(settings)
    ledger = EmbeddedLedger()
    files = file_tree(settings, passwords, blobs)
    company = settings.our_company()
    desk = calendar_desk(settings, passwords, reader, clock)
    post: Post = instead.get("post") or post_of(settings, passwords)
    mail = Outsiders(store, post, clock, company=company)
    office = Office(
        company=company,
        store=store,
        blobs=blobs,
        mailbox=instead.get("mailbox") or mailbox_of(settings, passwords),
        post=post,
        reader=reader,
        renderer=renderer,
        keys=instead.get("keys") or DnsKeys(),
        clock=clock,
        systems=instead.get("systems")
        or {
            "ledger": ledger,
            "files": FilingRegister(store, files, blobs, reader),
            "payments": PaymentFiles(files, blobs, payment_file),
            "reminders": EmbeddedReminders(),
            "orders": EmbeddedOrders(),
            "mail": mail,
            "calendar": Meetings(desk, mail),
            "policy": EmbeddedPolicy(),
        },
        ledger=ledger,
        tasks=tasks_on(settings),
        cards=task_cards(settings),
        calendars=desk,
        model=instead.get("model") or (model_of(settings, passwords) if passwords else None),
        model_rules=instead.get("model_rules") or settings.model.rules(),
        prompts=shipped_prompts(),
        asking=asyncio.Semaphore(settings.model.at_once),
        routines=ROUTINES,
        approvers=approvers_of(settings),
        rules=settings.rules,
        modes={name: task.mode for name, task in settings.tasks.items()},
        payments=settings.payment_rules,
        packs=month_pack,
        verbs=instead.get("verbs") or shipped_verbs(),
        marks=shipped_marks(),
        filing=settings.files.rules(),
        orders=settings.orders.rules(),
        papers=settings.papers.rules(),
        thresholds=settings.thresholds.rules(),
        around=settings.agendas.known(),
        remind_before=settings.contracts.remind_days_before,
        replies=settings.replies.rules(shipped("templates") / "replies", settings.home),
        brief=settings.brief.rules(),
        is_holiday=days_off(settings),
        ring=ring_of(settings.chat),
        batch=settings.limits.batch,
        mail_bytes=settings.limits.mail_bytes,
        reply_bytes=settings.limits.reply_bytes,
        hold=settings.limits.hold,
        sign_in=sign_in_of(passwords),
        since=clock.now(),
        versions=versions_of(settings),
        baselines={name: task.baseline_minutes for name, task in settings.tasks.items()},
        **({"probe": instead["probe"]} if "probe" in instead else {}),
    )
    engine = engine_of(office, store)
    return App(settings=settings, office=office, store=store, engine=engine, reader=reader)

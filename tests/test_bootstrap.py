"""The one place that builds things: what it wires, what it switches off, what it remembers."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import STAGES, App, build
from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.errors import AlreadyRunning
from mailagent.core.job import Stage
from mailagent.core.people import Address, Pin, Proof
from mailagent.engine.lock import only_worker
from mailagent.routines import ROUTINES
from mailagent.settings import read_settings
from mailagent.stages.ingest import ingest
from mailagent.testing import FakeClock, FakeKeys, FakeMailbox, FakePost
from tests.desk import JsonReader, JsonRenderer, bill_mail
from tests.settings.home_of import GOOD, home_of

BOB = '[[people]]\nid = "bob"\nname = "Bob"\naddresses = ["bob@acme.example"]\n\n'


def built(home: Path, **instead: Any) -> App:
    fakes = {
        "clock": FakeClock(),
        "mailbox": FakeMailbox("ops@acme.example"),
        "post": FakePost(),
        "keys": FakeKeys(),
        "reader": JsonReader(),
        "renderer": JsonRenderer(),
    }
    return build(read_settings(home), **{**fakes, **instead})


def test_every_stage_is_wired() -> None:
    assert set(STAGES) == set(Stage)


async def test_a_bill_goes_its_way_through_what_was_built(tmp_path: Path) -> None:
    app = built(home_of(tmp_path))
    async with app.opened():
        assert isinstance(app.office.mailbox, FakeMailbox)
        app.office.mailbox.arrive(bill_mail())
        await ingest(app.office)
        await app.engine.drain()
        async with app.store.begin("acme") as tx:
            (queued,) = await tx.queue()
        assert queued.case.state is State.PROPOSED
        assert isinstance(app.office.post, FakePost)
        assert [mail.recipient for mail in app.office.post.sent] == ["ann@acme.example"]


async def test_a_task_that_is_switched_off_takes_nothing(tmp_path: Path) -> None:
    app = built(home_of(tmp_path, tasks="[bills]\non = false\n"))
    always = {"agendas", "other", "packs", "policy", "questions"}
    assert (
        set(app.office.tasks) == {"contracts", "filing", "meetings", "orders", "replies"} | always
    )
    both = {"bills", *app.office.tasks}
    assert set(built(home_of(tmp_path, tasks="")).office.tasks) == both


async def test_people_are_known_from_the_settings_and_keep_their_pins(tmp_path: Path) -> None:
    pin = Pin(method=Proof.DKIM, domain="acme.example")
    with_bob = GOOD.replace("[mailbox]", BOB + "[mailbox]")
    async with built(home_of(tmp_path, with_bob)).opened() as app, app.store.begin("acme") as tx:
        assert [p.id for p in await tx.people()] == ["ann", "bob"]
        ann = await tx.person("ann")
        assert ann
        pinned = (Address(address="ann@acme.example", pin=pin),)
        enrolled = ann.model_copy(update={"addresses": pinned})
        await tx.save_person(enrolled, Entry(actor="test", what="person.enrolled"))
    home = home_of(tmp_path, GOOD.replace("Ann Lee", "Ann Li"))
    async with built(home).opened() as app, app.store.begin("acme") as tx:
        (ann,) = await tx.people()
        assert (ann.name, ann.addresses) == ("Ann Li", pinned)
        said = [entry.what for entry in await tx.entries()]
    assert said == [*["person.known"] * 2, "person.enrolled", "person.known", "person.removed"]
    async with built(home).opened() as app, app.store.begin("acme") as tx:
        assert len(await tx.entries()) == len(said)  # nothing changed, nothing is said


async def test_a_tick_fires_each_slot_once(tmp_path: Path) -> None:
    clock = FakeClock()
    async with built(home_of(tmp_path), clock=clock).opened() as app:
        routine = ROUTINES["reconciliation"]
        for _ in range(3):
            await app.tick(routine)
        clock.advance(routine.every)
        for _ in range(3):
            await app.tick(routine)
        await app.engine.drain()
        async with app.store.begin("acme") as tx:
            counted = [e for e in await tx.entries() if e.what == "reconciled"]
        assert len(counted) == 1


async def test_a_second_agent_on_the_same_home_is_refused(tmp_path: Path) -> None:
    app = built(home_of(tmp_path))
    with only_worker(tmp_path / "agent.lock"):
        async with app.opened():
            with pytest.raises(AlreadyRunning):
                await app.work()


@pytest.mark.slow
def test_nothing_happens_when_it_is_imported(tmp_path: Path) -> None:
    code = "import mailagent.bootstrap, threading; assert threading.active_count() == 1"
    ran = subprocess.run([sys.executable, "-W", "error", "-c", code], check=False, cwd=tmp_path)
    assert ran.returncode == 0
    assert list(tmp_path.iterdir()) == []


async def test_the_first_person_of_the_settings_is_the_first_asked(tmp_path: Path) -> None:
    more = """
[[people]]
id = "aaron"
name = "Aaron First-in-the-alphabet"
addresses = ["aaron@acme.example"]
"""
    home = home_of(tmp_path, GOOD + more)
    async with built(home).opened() as app, app.store.begin("acme") as tx:
        assert [person.id for person in await tx.people()] == ["ann", "aaron"]

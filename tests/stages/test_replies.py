"""A common request gets an answer drafted, which goes out once it is approved."""

from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.capability import SendMail
from mailagent.core.enclosed import SendPaper
from mailagent.core.proposal import Purpose
from mailagent.core.reading import Kind
from mailagent.core.replies import ReplyRules
from mailagent.core.triage import Look, Topic, because
from mailagent.settings.replies import templates_in
from mailagent.shipped import shipped
from tests.desk import Desk, open_desk, reply_mail
from tests.stages.test_triage import look, text_mail
from tests.values import COMPANY, NOW, store_file

RULES = ReplyRules(templates=templates_in(shipped("templates") / "replies"))
ENTRY = Entry(actor="test", what="test")


def request(topic: Topic) -> bytes:
    told = {"kind": Kind.REQUEST, "confidence": 0.9, "topic": topic, "language": "en"}
    return text_mail(Look.model_validate({**told, **because("words", "open")}), sender="jo@x.test")


def mail_of(desk: Desk) -> SendMail:
    (action,) = desk.draft().proposal.actions
    assert isinstance(action.payload, SendMail)
    return action.payload


def sent_to(desk: Desk, address: str) -> int:
    return sum(mail.recipient == address for mail in desk.post.sent)


async def test_asked_then_answered_then_sent(tmp_path: Path) -> None:
    """What is not known is asked; what was typed is shown again; the first mail takes the code."""
    async with open_desk(tmp_path, replies=RULES) as desk:
        await desk.take_in(request(Topic.PAYMENT_QUERY))
        first = desk.draft()
        assert first.proposal.purpose is Purpose.ASK
        await desk.take_in(reply_mail(first, "payment_days: every Thursday"))
        assert mail_of(desk).to == "jo@x.test"
        assert "every Thursday" in mail_of(desk).text
        assert sent_to(desk, "jo@x.test") == 0
        app = new_authenticator()
        async with desk.begin() as tx:
            await tx.save_authenticator("ann", app, ENTRY)
        code = app.code(int(NOW.timestamp()) // 30)
        await desk.take_in(reply_mail(desk.draft(), f"approve {code}"))
        assert (await desk.case()).state.value == "done"
        assert sent_to(desk, "jo@x.test") == 1


async def test_any_letter_can_be_answered_when_its_owner_says_so(tmp_path: Path) -> None:
    async with open_desk(tmp_path, replies=RULES) as desk:
        await desk.take_in(text_mail(look(Kind.CORRESPONDENCE), sender="jo@x.test"))
        assert desk.draft().proposal.task == "other"
        await desk.take_in(reply_mail(desk.draft(), "this is a request"))
        assert desk.draft().proposal.task == "replies"
        assert "have received it" in mail_of(desk).text


# -- papers of ours that go with it

W9, OTHERS = b"%PDF-1.7 our form", b"%PDF-1.7 of a vendor"
OURS = {"name": "W-9 2026.pdf", "kind": "tax_paper", "party": "Corp Ltd"}


async def on_file(desk: Desk, content: bytes, **changes: object) -> None:
    (name,) = await desk.blobs.put_many([content])
    file = store_file(content=name, **{**OURS, **changes})
    async with desk.begin() as tx:
        path = f"papers/2026/{file.name}"
        await tx.note_filed(1, file, f"key {path}", path, "request for taxpayer number")


def paper_of(desk: Desk) -> SendPaper:
    (action,) = desk.draft().proposal.actions
    assert isinstance(action.payload, SendPaper)
    return action.payload


async def test_the_paper_that_they_ask_for_goes_with_the_answer(tmp_path: Path) -> None:
    company = COMPANY.model_copy(update={"name": "Corp Ltd", "vat_ids": ("GB123456789",)})
    async with open_desk(tmp_path, company=company, replies=RULES) as desk:
        await on_file(desk, b"%PDF-1.7 older", name="W-9 2025.pdf")
        await on_file(desk, W9)
        await on_file(desk, OTHERS, name="theirs.pdf", party="Acme GmbH")
        await desk.take_in(request(Topic.TAX_FORM))
        paper = paper_of(desk)
        assert (paper.name, paper.media_type, paper.to) == (
            "W-9 2026.pdf",
            "application/pdf",
            "jo@x.test",
        )
        assert paper.content in desk.draft().proposal.contents()  # hashed again before it counts
        assert "is enclosed" in paper.text
        await desk.take_in(reply_mail(desk.draft(), "enclosure: W-9 2025"))
        assert paper_of(desk).name == "W-9 2025.pdf"
        await desk.take_in(reply_mail(desk.draft(), "enclosure: none"))
        assert "enclosed" not in mail_of(desk).text
        await desk.take_in(reply_mail(desk.draft(), "enclosure: W-9 2026"))
        app = new_authenticator()
        async with desk.begin() as tx:
            await tx.save_authenticator("ann", app, ENTRY)
        code = app.code(int(NOW.timestamp()) // 30)
        await desk.take_in(reply_mail(desk.draft(), f"approve {code}"))
        (sent,) = [mail for mail in desk.post.sent if mail.recipient == "jo@x.test"]
        assert b64encode(W9) in sent.raw


@pytest.mark.parametrize(
    "changes",
    [
        {"party": "Acme GmbH"},  # another's
        {"sensitive": True},
        {"kind": "insurance_paper"},  # not what they ask for
        {"valid_until": NOW.date() - timedelta(days=1)},
    ],
)
async def test_no_other_paper_goes_out(tmp_path: Path, changes: dict[str, object]) -> None:
    company = COMPANY.model_copy(update={"name": "Corp Ltd", "vat_ids": ("GB123456789",)})
    async with open_desk(tmp_path, company=company, replies=RULES) as desk:
        await on_file(desk, W9, **changes)
        await desk.take_in(request(Topic.TAX_FORM))
        assert "enclosed" not in mail_of(desk).text
        keys = [getattr(note, "key", "") for note in desk.draft().proposal.notes]
        assert "replies.no_own_paper" in keys


async def test_a_paper_of_an_insurer_goes_where_its_owner_marked_it(tmp_path: Path) -> None:
    async with open_desk(tmp_path, replies=RULES) as desk:
        theirs = {"name": "cover.pdf", "kind": "insurance_paper", "party": "Insurer"}
        await on_file(desk, W9, **theirs, tags=("2026, sendable",))
        await desk.take_in(request(Topic.CERTIFICATE))
        assert paper_of(desk).name == "cover.pdf"


async def test_what_is_sensitive_is_not_found_by_its_name(tmp_path: Path) -> None:
    async with open_desk(tmp_path, replies=RULES) as desk:
        await on_file(desk, W9, name="payslip.pdf", kind="payslip", sensitive=True)
        await desk.take_in(request(Topic.CERTIFICATE))
        await desk.take_in(reply_mail(desk.draft(), "enclosure: payslip"))
        draft = desk.draft()
        assert draft.proposal.purpose is Purpose.ASK
        assert getattr(draft.proposal.question, "key", "") == "replies.no_such_paper"

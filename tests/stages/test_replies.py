"""A common request gets an answer drafted, which goes out once it is approved."""

from pathlib import Path

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.capability import SendMail
from mailagent.core.proposal import Purpose
from mailagent.core.reading import Kind
from mailagent.core.replies import ReplyRules
from mailagent.core.triage import Look, Topic, because
from mailagent.settings.replies import templates_in
from mailagent.shipped import shipped
from tests.desk import Desk, open_desk, reply_mail
from tests.stages.test_triage import look, text_mail
from tests.values import NOW

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

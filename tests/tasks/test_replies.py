"""Answers from templates: every word is a person's, and what is not known is asked."""

from pathlib import Path

import pytest

from mailagent.core.capability import SendMail, Weight, weight_of
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.question import KnownCorrespondent
from mailagent.core.reading import Kind, Reading
from mailagent.core.replies import LANGUAGES, ReplyRules, Template
from mailagent.core.said import Said
from mailagent.core.task import Work
from mailagent.core.triage import Look, Topic
from mailagent.settings.replies import RepliesSettings, templates_in
from mailagent.shipped import shipped
from mailagent.tasks.replies import TASK
from tests.values import COMPANY, NOW, case, field, person

SHIPPED = templates_in(shipped("templates") / "replies")
FACTS = {
    "account": "IBAN DE44 5001 0517 5407 3249 31",
    "address": "12 Mill Lane, Leeds",
    "opening_hours": "Mon to Fri, 9 to 17",
    "payment_days": "every Thursday",
    "vat_number": "GB123456789",
}
ASKED = {"recipient": "jo@shop.example", "subject": "Saturday?", "in_reply_to": "<1@shop.example>"}


def made(
    topic: Topic | None,
    language: str = "en",
    facts: dict[str, str] | None = None,
    rules: tuple[Template, ...] = SHIPPED,
    **fields: str,
) -> Proposal:
    said = {name: field(value) for name, value in {**ASKED, **fields}.items() if value}
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="replies"),
        version=1,
        reading=Reading(kind=Kind.REQUEST, confidence=0.9, fields=said),
        subject="Saturday?",
        look=Look(kind=Kind.REQUEST, confidence=0.9, topic=topic, language=language),
        answers=(KnownCorrespondent(address="jo@shop.example", mails=2),),
        today=NOW.date(),
        replies=ReplyRules(templates=rules, facts=FACTS if facts is None else facts),
    )
    return TASK.propose(work)


def mail_of(proposal: Proposal) -> SendMail:
    (action,) = proposal.actions
    assert isinstance(action.payload, SendMail)
    return action.payload


def asked_for(proposal: Proposal) -> str:
    assert proposal.purpose is Purpose.ASK
    assert not proposal.actions
    assert isinstance(proposal.question, Said)
    return proposal.question.key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", [*Topic, None])
def test_every_common_request_has_an_answer(topic: Topic | None, language: str) -> None:
    mail = mail_of(made(topic, language))
    assert (mail.to, mail.subject, mail.in_reply_to) == (
        "jo@shop.example",
        "Re: Saturday?",
        "<1@shop.example>",
    )
    assert "{" not in mail.text
    assert mail.text.startswith("Hello," if language == "en" else "Guten Tag,")
    assert "*human*" in mail.text


def test_to_whom_we_never_wrote_takes_the_code() -> None:
    mail = mail_of(made(Topic.BANK_DETAILS))
    assert weight_of(mail) is Weight.LIGHT
    assert weight_of(mail.model_copy(update={"first": True})) is Weight.HEAVY


def test_another_language_is_answered_in_english() -> None:
    assert mail_of(made(Topic.OPENING_HOURS, "pt")).text.startswith("Hello,")


def test_what_is_not_known_is_asked_and_can_be_typed() -> None:
    assert asked_for(made(Topic.OPENING_HOURS, facts={})) == "replies.lacks_address"
    typed = made(Topic.OPENING_HOURS, facts={"address": "here"}, opening_hours="9 to 17")
    assert "9 to 17" in mail_of(typed).text
    assert asked_for(made(Topic.TAX_FORM, facts={}, recipient="")) == "replies.nobody"


def test_another_template_and_words_of_ones_own() -> None:
    assert "have received it" in mail_of(made(Topic.OPENING_HOURS, template="received")).text
    assert asked_for(made(None, template="nonsense")) == "replies.no_template"
    own = mail_of(made(Topic.OPENING_HOURS, facts={}, answer="Yes, until noon. {account}"))
    assert "Yes, until noon. {account}" in own.text  # what was typed has no gaps


def test_a_subject_fills_no_gap() -> None:
    said = made(Topic.INVOICE_COPY, subject="{account} {0.__class__}")
    assert "{account} {0.__class__}" in mail_of(said).text


def test_templates_of_ones_own_go_first(tmp_path: Path) -> None:
    folder = tmp_path / "replies" / "en"
    folder.mkdir(parents=True)
    (folder / "opening_hours.txt").write_text("we never close. {company}", "utf-8")
    (folder / "delivery_times.txt").write_text("two weeks.", "utf-8")
    settings = RepliesSettings(
        folder="replies", account="", address="", opening_hours="", payment_days=""
    )
    rules = settings.rules(shipped("templates") / "replies", tmp_path).templates
    assert "never close" in mail_of(made(Topic.OPENING_HOURS, rules=rules)).text
    assert "two weeks" in mail_of(made(None, rules=rules, template="delivery_times")).text


@pytest.mark.parametrize(
    ("name", "text"),
    [("ok", "{iban}"), ("ok", "{0}"), ("ok", "{about.__class__}"), ("ok", "{"), ("../x", "hello")],
)
def test_a_template_that_is_wrong_is_told(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"gap|template|name"):
        Template(name=name, language="en", text=text)

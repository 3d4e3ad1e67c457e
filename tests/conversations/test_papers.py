"""Papers of vendors: read, compared, listed, and asked for when they are missing or end."""

import pytest

from mailagent.core.vendor_papers import PaperName, PaperRule, PaperRules
from mailagent.routines import papers
from tests.agent import Firm, with_dkim
from tests.conversations.test_ask import OUTSIDER, app_of, approve, copied, outside
from tests.conversations.test_filing import mail
from tests.conversations.test_lessons import told
from tests.conversations.test_requests import answer_to
from tests.parsers.paper.drawn import EXEMPTION, GERMAN_COVER

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session"), with_dkim]


async def filed(firm: Firm) -> None:
    """An exemption that holds, and an insurance that is over."""
    draft = await firm.draft_of(mail(EXEMPTION.text))
    for words in (EXEMPTION.holder, EXEMPTION.number, "30 Nov 2028", "exemption certificate"):
        assert words in draft.text, draft.text
    receipt = await firm.answer_to(draft, "approve")
    assert receipt.text.startswith("Done: 1."), receipt.text
    over = GERMAN_COVER.text.replace("31.12.2026", "31.10.2026")
    draft = await firm.draft_of(mail(over, number=2))
    assert "It is no longer valid: it ended on 31 Oct 2026" in " ".join(draft.text.split())
    await firm.answer_to(draft, "approve")


def need(firm: Firm) -> None:
    needs = (PaperName.EXEMPTION, PaperName.INSURANCE, PaperName.VAT)
    rule = PaperRule(vendor=EXEMPTION.holder, needs=needs, address=OUTSIDER)
    object.__setattr__(firm.app.office, "papers", PaperRules(vendors=(rule,)))


async def test_papers_are_read_compared_and_listed(firm: Firm) -> None:
    need(firm)
    await filed(firm)
    listed = " ".join((await answer_to(firm, "papers of Meister")).text.split())
    for words in ("valid until 30 Nov 2028", "over since 31 Oct 2026", "registration: missing"):
        assert words in listed
    assert ": missing" not in (await answer_to(firm, "papers nobody")).text
    assert "2028-11-30" in await told(firm, "papers", "Meister")


async def test_what_is_missing_or_over_is_asked_for_once(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(firm)
    await filed(firm)
    app = await app_of(firm)
    monkeypatch.setattr(papers, "_MORNING", 0)
    await firm.tick("papers")
    (question,) = await firm.news()
    text = " ".join(question.text.split())
    assert f"To: {OUTSIDER}" in question.text
    assert "a certificate of insurance (the one we have is valid until 31 Oct 2026)" in text
    assert "a VAT registration certificate" in text
    assert "48b" not in text
    await firm.tick("papers")
    assert await firm.news() == []
    sent = await firm.answer_to(question, approve(firm, app))
    assert sent.text.startswith("Done: 1."), sent.text
    (mail_out,) = await outside(firm, 1)
    assert "VAT registration" in mail_out.text
    await copied(firm)

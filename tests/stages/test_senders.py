"""Who signed for a bill's mail: checked as it arrives, remembered once the bill is approved."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from mailagent.core.reply import Claim, Signature
from mailagent.testing import FakeKeys
from tests.desk import Desk, JsonReader, bill_mail, open_desk, reply_mail
from tests.values import reading

ACME = Claim(domain="acme.test", selector="s")
KEYS = {"s._domainkey.acme.test": "v=DKIM1; p=x", "s._domainkey.acme.example": "v=DKIM1; p=x"}


class Signed(JsonReader):
    """Every signature with a key is valid."""

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
        claims = (await self.open(raw)).claims
        return tuple(
            Signature(
                domain=claim.domain,
                selector=claim.selector,
                valid=claim.key_name in keys,
                covered=("from", "subject", "date"),
                has_length=False,
                algorithm="rsa-sha256",
                key_bits=2048,
                key_record="",
            )
            for claim in claims
        )


def bill(number: str, *claims: Claim, sender: str = "bills@acme.test") -> bytes:
    what = reading(invoice_number=number, total="119.00", issue_date="2026-11-01")
    return bill_mail(what, sender=sender, claims=claims, message_id=f"<{number}@acme.test>")


def failed(desk: Desk) -> list[str]:
    return [check.name for check in desk.draft().proposal.failed_checks]


async def booked(desk: Desk, raw: bytes) -> None:
    await desk.take_in(raw)
    await desk.take_in(reply_mail(desk.draft()))


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        (bill("B", ACME), []),
        (bill("B"), ["sender_signed"]),
        (bill("B", Claim(domain="mailer.test", selector="s")), ["sender_signed"]),
        (
            bill("B", Claim(domain="acme.example", selector="s"), sender="x@acme.example"),
            ["look_alike", "sender_domain"],
        ),
        (bill("B", sender="ann@corp.test"), []),  # sent on by one of our own
    ],
    ids=["same", "unsigned", "a service", "another domain", "forwarded"],
)
async def test_the_sender_of_the_second_bill(
    tmp_path: Path, second: bytes, wrong: list[str]
) -> None:
    async with open_desk(tmp_path, reader=Signed(), keys=FakeKeys(KEYS)) as desk:
        await booked(desk, bill("A", ACME))
        await desk.take_in(second)
        assert sorted(set(failed(desk)) - {"same_amount"}) == wrong


async def test_dns_that_does_not_answer_holds_no_bill(tmp_path: Path) -> None:
    keys = FakeKeys(KEYS)
    keys.silent = True
    async with open_desk(tmp_path, reader=Signed(), keys=keys) as desk:
        await desk.take_in(bill("A", ACME))
        assert failed(desk) == []

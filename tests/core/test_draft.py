"""A draft: for one person, of one version, for a while."""

from datetime import datetime, timedelta

import pytest

from mailagent.core.case import State
from mailagent.core.draft import LIFETIME, DraftState, new_draft
from mailagent.core.token import digest_letters
from tests.values import NOW, case, person

DIGEST = "ab" * 32


def test_a_draft_is_open_for_seven_days() -> None:
    draft, _ = new_draft(case(State.PROPOSED), 3, DIGEST, person(), NOW)
    assert draft.state is DraftState.OPEN
    assert draft.expires_at - draft.issued_at == LIFETIME == timedelta(days=7)
    assert (draft.case, draft.version, draft.ref, draft.person) == (1, 3, "4F7Q", "ann")


def test_the_store_never_sees_the_token_itself() -> None:
    draft, token = new_draft(case(State.PROPOSED), 1, DIGEST, person(), NOW)
    assert draft.token_hash == token.hash
    assert token.secret not in draft.model_dump_json()
    assert token.digest == digest_letters(DIGEST)


def test_no_two_drafts_share_a_token() -> None:
    made = [new_draft(case(State.PROPOSED), 1, DIGEST, person(), NOW) for _ in range(50)]
    assert len({draft.token_hash for draft, _ in made}) == 50


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        ("UTC", "2026-11-20T12:00", "2026-11-24T00:00"),  # Friday: till Monday night
        ("UTC", "2026-11-21T12:00", "2026-11-24T00:00"),
        ("UTC", "2026-11-22T23:59", "2026-11-24T00:00"),
        ("UTC", "2026-11-23T00:00", "2026-11-25T00:00"),
        ("Pacific/Auckland", "2026-11-22T12:00", "2026-11-24T11:00"),  # Monday there
        ("America/Los_Angeles", "2026-11-23T05:00", "2026-11-24T08:00"),  # Sunday there
    ],
)
def test_what_releases_money_counts_till_the_end_of_the_next_working_day(
    zone: str, now: str, until: str
) -> None:
    moment = datetime.fromisoformat(f"{now}+00:00")
    ann = person(timezone=zone)
    draft, _ = new_draft(case(State.PROPOSED), 1, DIGEST, ann, moment, pays=True)
    assert draft.expires_at == datetime.fromisoformat(f"{until}+00:00")

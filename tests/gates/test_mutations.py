"""Whatever is done to a genuine reply, it leads to the same decision or to less.

Ten thousand mutations of replies that a signature or a server vouches for, and every forged sender
of a public collection, where it is at hand.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailagent.core.decision import Execute, Verb
from mailagent.core.gates import Author, Context, author
from mailagent.core.people import Address, Person, Pin, Proof
from mailagent.settings.providers import shipped_marks
from parsers.mail.dkim import check_signatures
from tests.core.channel import NOW, Heard, facts, hear
from tests.gates.genuine import Genuine, all_genuine
from tests.gates.mutations import MUTATIONS

# Where the body is signed nothing may be added to it. A server vouches for the sender alone: what
# the mail says is then what the sender said, so only what touches the proof can be tried there.
_SIGNED = ("rsa", "least", "ed25519", "two")
_OF_THE_PROOF = ("another_from", "one_more_from", "no_proof", "another_token", "another_subject")
_CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "attacks"
ALL = HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much


@cache
def bases(*ways: str) -> tuple[Genuine, ...]:
    return tuple(one for one in all_genuine() if one.way in ways)


@cache
def base_of(name: str) -> Heard:
    (one,) = [one for one in all_genuine() if one.name == name]
    return hear(one.raw, one.world)


def released(heard: Heard) -> frozenset[str]:
    """What it makes happen."""
    said = heard.decision
    if not heard.verdicts.passed or not isinstance(said, Execute):
        return frozenset()
    if said.verb is Verb.REJECT:
        return frozenset({"reject"})
    return frozenset(f"{said.verb} {n}" for n in (1, 2, 3) if n not in said.left_out)


def never_more(one: Genuine, raw: bytes) -> None:
    before, after = base_of(one.name), hear(raw, one.world)
    more = released(after) - released(before)
    assert not more, (one.name, more, after.reply.own, raw)


def mutated(one: Genuine, names: list[str], seed: int) -> bytes:
    random, raw = Random(seed), one.raw
    for name in names:
        raw = MUTATIONS[name](raw, random) or raw
    return raw


def drawn(
    count: int, of: Sequence[Genuine], mutations: Sequence[str], most: int, part: int = 0
) -> Iterator[tuple[Genuine, list[str], int]]:
    """So many, the same ones each time. Nothing is shrunk: a failure shows its mail whole."""
    random = Random(part)
    for _ in range(count):
        steps = [random.choice(mutations) for _ in range(random.randint(1, most))]
        yield random.choice(of), steps, random.getrandbits(32)


STEPS = st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=2)
SEEDS = st.integers(min_value=0, max_value=2**32)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=ALL, derandomize=True)
@given(st.sampled_from(bases(*_SIGNED)), STEPS, SEEDS)
def test_a_signed_reply_never_leads_to_more(one: Genuine, names: list[str], seed: int) -> None:
    never_more(one, mutated(one, names, seed))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(4))
def test_a_signed_reply_never_leads_to_more_at_length(part: int) -> None:
    for one, names, seed in drawn(2_000, bases(*_SIGNED), sorted(MUTATIONS), 2, part):
        never_more(one, mutated(one, names, seed))


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=ALL, derandomize=True)
@given(
    st.sampled_from(bases("dmarc", "auth", "tenant", "unnamed")),
    st.lists(st.sampled_from(_OF_THE_PROOF), min_size=1, max_size=3),
    SEEDS,
)
def test_a_vouched_reply_never_leads_to_more(one: Genuine, names: list[str], seed: int) -> None:
    never_more(one, mutated(one, names, seed))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_vouched_reply_never_leads_to_more_at_length() -> None:
    vouched = bases("dmarc", "auth", "tenant", "unnamed")
    for one, names, seed in drawn(2_000, vouched, _OF_THE_PROOF, 3):
        never_more(one, mutated(one, names, seed))


@pytest.mark.slow
def test_without_its_proof_no_genuine_reply_counts() -> None:
    for one in all_genuine():
        if one.way != "code":
            raw = one.raw
            for _ in range(8):
                raw = MUTATIONS["no_proof"](raw, Random(1))
            assert not hear(raw, one.world).verdicts.passed, one.name


def test_each_mutation_changes_something() -> None:
    one = bases("rsa")[3]
    for name, make in MUTATIONS.items():
        made = {make(one.raw, Random(seed)) for seed in range(20)}
        assert made - {one.raw}, name


# --- forged senders that others collected


def _spoofs() -> list[dict[str, str]]:
    path = _CORPUS / "manifest.jsonl"
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [row for row in rows if row["class"] == "auth_spoof"]


@pytest.mark.skipif(not _spoofs(), reason="../shared/corpus/attacks is not beside this checkout")
def test_no_forged_sender_of_the_collection_is_believed() -> None:
    keys = {k.rstrip("."): v for k, v in json.loads((_CORPUS / "dns.json").read_text()).items()}
    for row in _spoofs():
        raw = (_CORPUS / row["file"]).read_bytes()
        crlf = raw if b"\r\n" in raw else raw.replace(b"\n", b"\r\n")
        for body in (raw, crlf):
            for pin in _pins(row["claims"]):
                assert not _believed(body, row["claims"], pin, keys), (row["id"], pin)


def _pins(address: str) -> list[Pin]:
    domain = address.rpartition("@")[2]
    server = {"method": Proof.SERVER, "domain": domain, "login": address}
    return [
        Pin(method=Proof.DKIM, domain=domain),
        Pin.model_validate(server | {"authserv_id": f"mx.{domain}"}),
        Pin.model_validate(server | {"marks": "exchange-online-outside"}),
        Pin.model_validate(server | {"marks": "exchange-online", "tenant": "0"}),
    ]


def _believed(raw: bytes, address: str, pin: Pin, keys: dict[str, str]) -> bool:
    owner = Person(id="o", name="O", addresses=(Address(address=address.lower(), pin=pin),))
    context = Context(
        now=NOW,
        own_addresses=frozenset({"ops@corp.example"}),
        is_ours=False,
        people=(owner,),
        candidates=(),
        signatures=check_signatures(raw, keys),
        marks=shipped_marks(),
    )
    return isinstance(author(facts(raw), context), Author)

"""Tokens: there and back through a mail's routing headers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.token import Token, digest_letters, new_ref, new_token, tokens_in
from mailagent.core.value import sha256
from tests.values import COMPANY

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
HEADERS = [
    "<ops.{}@corp.test>",
    "<a@b> <ops.{}@corp.test> <c@d>",
    "ops+{}@corp.test",
    '"Ops" <ops+{}@corp.test>, bob@corp.test',
    "<x@y>\r\n <ops.{}@corp.test>",
]


@given(digest=DIGESTS, header=st.sampled_from(HEADERS), upper=st.booleans())
def test_a_token_comes_back_in_every_routing_header(digest: str, header: str, upper: bool) -> None:
    token = new_token(digest)
    written = str(token).upper() if upper else str(token)  # some mailers shout addresses
    assert tokens_in(header.format(written)) == {token}


@given(digest=DIGESTS)
def test_a_token_is_42_letters_that_any_address_takes(digest: str) -> None:
    assert re.fullmatch(r"[a-z2-7]{42}", str(new_token(digest)))
    assert len(f"{COMPANY.ops_address.partition('@')[0]}+{new_token(digest)}") <= 64


@given(one=DIGESTS, two=DIGESTS)
def test_it_carries_the_first_80_bits_of_the_digest(one: str, two: str) -> None:
    assert (digest_letters(one) == digest_letters(two)) == (one[:20] == two[:20])
    assert new_token(one).digest == digest_letters(one)


@pytest.mark.parametrize(
    "header",
    ["", "a" * 41, "a" * 43, "a" * 84, "1" * 42, "<" + "a" * 20 + "@" + "b" * 21 + ">"],
)
def test_what_has_not_its_shape_is_no_token(header: str) -> None:
    assert tokens_in(header) == frozenset()


def test_several_tokens_are_all_found() -> None:
    made = {new_token(sha256(bytes([n]))) for n in range(5)}
    assert tokens_in(" ".join(f"<ops.{t}@corp.test>" for t in made)) == made


def test_the_store_knows_a_token_by_the_hash_of_its_secret_alone() -> None:
    token = Token("a" * 26, "b" * 16)
    assert token.hash == sha256(b"a" * 26)
    assert token.hash == Token("a" * 26, "c" * 16).hash


def test_secrets_do_not_repeat() -> None:
    assert len({new_token("00" * 32).secret for _ in range(200)}) == 200


def test_a_ref_can_be_read_aloud() -> None:
    for length in (4, 5, 7):
        assert re.fullmatch(rf"[2-9B-DF-HJ-NP-TV-Z]{{{length}}}", new_ref(length))

"""People and their addresses."""

from zoneinfo import ZoneInfo

from mailagent.core.people import Address, Pin, Proof
from tests.values import person


def test_an_address_is_found_whatever_its_case() -> None:
    ann = person()
    assert ann.address("ANN@Corp.Test") == ann.addresses[0]


def test_another_address_is_nobody() -> None:
    ann = person()
    for other in ("", "bob@corp.test", "ann@corp.test.evil", "xann@corp.test", "ann"):
        assert ann.address(other) is None


def test_each_address_has_its_own_proof() -> None:
    pin = Pin(method=Proof.DKIM, domain="home.test")
    ann = person(addresses=(Address(address="ann@corp.test"), Address(address="a@h.test", pin=pin)))
    assert ann.address("ann@corp.test") == Address(address="ann@corp.test", pin=None)
    found = ann.address("a@h.test")
    assert found
    assert found.pin == pin
    assert ann.main_address == "ann@corp.test"


def test_a_person_lives_in_a_time_zone() -> None:
    assert person(timezone="Europe/Berlin").zone == ZoneInfo("Europe/Berlin")

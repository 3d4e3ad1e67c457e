"""Settings: shipped defaults, the home's files over them, and what is said of a wrong one."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from mailagent.core.errors import ConfigInvalid
from mailagent.core.policy import Verdict
from mailagent.settings import Settings, read_settings
from mailagent.settings.files import read_toml
from tests.settings.home_of import GOOD, home_of


def test_shipped_defaults_fill_what_is_not_said(tmp_path: Path) -> None:
    settings = read_settings(home_of(tmp_path))
    assert (settings.mailbox.port, settings.mailbox.security) == (993, "tls")
    assert settings.database == tmp_path / "mailagent.db"
    assert settings.sender == "ops@acme.example"
    assert settings.ca_file(settings.smtp) is None


def test_the_home_wins_over_the_defaults(tmp_path: Path) -> None:
    config = GOOD + 'port = 587\nsecurity = "starttls"\n\n[store]\ndatabase = "/srv/agent.db"\n'
    settings = read_settings(home_of(tmp_path, config))
    assert (settings.smtp.port, settings.smtp.security) == (587, "starttls")
    assert settings.database == Path("/srv/agent.db")
    assert settings.blobs == tmp_path / "blobs"


def test_settings_are_frozen(tmp_path: Path) -> None:
    settings = read_settings(home_of(tmp_path))
    with pytest.raises(ValidationError, match="frozen"):
        settings.company.name = "Evil Ltd"  # type: ignore[misc]


def test_people_and_company_are_handed_to_the_core(tmp_path: Path) -> None:
    limit = 'limit = { amount = "5000.10", currency = "EUR" }'
    settings = read_settings(
        home_of(tmp_path, GOOD.replace('name = "Ann Lee"', f'name = "Ann Lee"\n{limit}'))
    )
    ann = settings.people[0].person()
    assert ann.main_address == "ann@acme.example"
    assert ann.addresses[0].pin is None
    assert ann.limit is not None
    assert ann.limit.amount == Decimal("5000.10")
    assert settings.company.company().ops_address == "ops@acme.example"


def test_without_approvers_the_first_person_is_asked(tmp_path: Path) -> None:
    assert read_settings(home_of(tmp_path)).approvers("bills") == ("ann",)


def test_tasks_can_be_switched_off(tmp_path: Path) -> None:
    settings = read_settings(home_of(tmp_path, tasks="[bills]\non = false\n"))
    assert settings.tasks["bills"].on is False


def test_what_is_nobody_s_business_can_be_added_to(tmp_path: Path) -> None:
    own = "[payslip]\ntitles = [\"Lohnzettel\"]\n[board]\nmarks = ['BOARD-\\d+']\n"
    company = read_settings(home_of(tmp_path, sensitive=own)).our_company()
    assert [rule.name for rule in company.us.private] == ["payslip", "board"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("payslip = 1", "payslip is a section, not a value"),
        ('[payslip]\ntitel = ["x y"]', "[payslip] titel is not known (did you mean titles?)"),
        ("[board]\nmarks = ['(']", "is no regular expression"),
        ("[Board]\nleast = 2", "[Board] name should have another form"),
    ],
)
def test_a_wrong_private_rule_is_told(tmp_path: Path, content: str, told: str) -> None:
    said = _complaint(tmp_path, sensitive=content)
    assert said.startswith(f"{tmp_path}/sensitive.toml: ")
    assert told in said


def test_rules_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    shipped = read_settings(home_of(tmp_path)).rules
    row = 'when = { task = "bills" }\nverdict = "two people"\nwhy = "So it is."\n'
    settings = read_settings(home_of(tmp_path, policy=f'[[rule]]\nname = "mine"\n{row}'))
    assert settings.rules[:-1] == shipped
    assert settings.rules[-1].verdict is Verdict.TWO_PEOPLE


def test_a_rule_of_the_same_name_replaces_the_shipped_one(tmp_path: Path) -> None:
    first = read_settings(home_of(tmp_path)).rules[0]
    row = f'name = "{first.name}"\nwhen = {{ task = "bills" }}\nverdict = "forbid"\nwhy = "No."\n'
    rules = read_settings(home_of(tmp_path, policy=f"[[rule]]\n{row}")).rules
    assert [r.verdict for r in rules if r.name == first.name] == [Verdict.FORBID]


def _complaint(folder: Path, config: str = GOOD, **others: str) -> str:
    with pytest.raises(ConfigInvalid) as caught:
        read_settings(home_of(folder, config, **others))
    said = str(caught.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('port = "abc"', "[smtp] port should be a valid integer, not 'abc'; for example: port ="),
        ("port = 70000", "[smtp] port should be less than or equal to 65535, not 70000"),
        ("prt = 465", "[smtp] prt is not known (did you mean port?); for example: port = 465"),
        ('security = "ssl"', "[smtp] security should be 'tls', 'starttls' or 'none', not 'ssl'"),
        ('security = "none"', "[smtp] is wrong: security = 'none' would send the password in the"),
        ("port = = 3", "this is not TOML: Invalid value (at line 18, column 8)"),
        ("[mailbx]", "mailbx is not known (did you mean mailbox?)"),
        ("[limits]\nbatch = 0", "[limits] batch should be greater than or equal to 1, not 0"),
    ],
)
def test_a_wrong_line_is_told_with_file_key_and_example(
    tmp_path: Path, line: str, told: str
) -> None:
    said = _complaint(tmp_path, f"{GOOD}{line}\n")
    assert said.startswith(f"{tmp_path}/mailagent.toml: {told}")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('id = "acme"\n', "", '[company] id is missing; for example: id = "acme"'),
        ("host =", "hots =", "[mailbox] hots is not known (did you mean host?)"),
        ('["Ann@acme.example"]', "[]", "[[people]] number 1 addresses should not be empty"),
        ('["Ann@acme.example"]', '"ann@x.de"', "addresses should be a list, not 'ann@x.de'"),
        ('["Ann@acme.example"]', '["ann"]', "addresses should have another form, not 'ann'"),
        ('"Ann@acme.example"', '"ops@acme.example"', "'ann' has the ops address"),
        ('"Ann Lee"', '"Ann Lee"\ntimezone = "Mars/X"', "there is no time zone 'Mars/X'"),
        ('"Ann Lee"', '"Ann Lee"\nsubstitute = "ben"', "there is no person 'ben'"),
    ],
)
def test_what_is_missing_or_amiss_is_told(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert told in _complaint(tmp_path, GOOD.replace(right, wrong))


def test_two_people_cannot_share_an_address(tmp_path: Path) -> None:
    ben = '\n[[people]]\nid = "ben"\nname = "Ben"\naddresses = ["ANN@acme.example"]\n'
    assert "'ann@acme.example' is given to two people" in _complaint(tmp_path, GOOD + ben)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[bils]\non = true", "[bils] is not a task (did you mean bills?)"),
        ('[bills]\non = "maybe"', "[bills] on should be a valid boolean, not 'maybe'"),
        ("[bills]\nonn = true", "[bills] onn is not known (did you mean on?)"),
        ('[bills]\napprovers = ["anne"]', "names 'anne', who is not in mailagent.toml (did you"),
        ("bills = true", "bills is a section, not a value"),
    ],
)
def test_a_wrong_task_is_told(tmp_path: Path, content: str, told: str) -> None:
    said = _complaint(tmp_path, tasks=content)
    assert said.startswith(f"{tmp_path}/tasks.toml: ")
    assert told in said


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('when = {}\nverdict = "ask"', "rule x when is wrong: a rule needs at least one condition"),
        ('when = { task = "bills" }\nverdict = "aks"', "'aks' is no verdict; one of: standing"),
        ('when = { task = "bils" }\nverdict = "ask"', "speaks of no task: 'bils' (did you mean"),
        ('when = { capability = "mail.fly" }\nverdict = "ask"', "speaks of no capability"),
        (
            'when = { task = "bills" }\nverdict = "standing"',
            "gives a standing approval, which only",
        ),
        ('when = { amont_over = 3 }\nverdict = "ask"', "when.amont_over is not known (did you"),
        ('verdict = "ask"', "rule x when is missing"),
    ],
)
def test_a_wrong_rule_is_told(tmp_path: Path, row: str, told: str) -> None:
    said = _complaint(tmp_path, policy=f'[[rule]]\nname = "x"\nwhy = "y"\n{row}\n')
    assert said.startswith(f"{tmp_path}/policy.toml: ")
    assert told in said


@pytest.mark.parametrize("content", ["rules = []", "rule = 3", "[[rules]]\nname = 'x'"])
def test_rules_are_a_list_of_tables(tmp_path: Path, content: str) -> None:
    assert "for example: [[rule]]" in _complaint(tmp_path, policy=content)


def test_a_password_in_the_wrong_file_is_not_repeated(tmp_path: Path) -> None:
    said = _complaint(tmp_path, f'{GOOD}password = "hunter2"\n')
    assert "[smtp] password does not belong into this file" in said
    assert "hunter2" not in said


def test_no_home_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match="`mailagent init` writes one"):
        read_settings(tmp_path)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    home_of(tmp_path)
    (tmp_path / "policy.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigInvalid, match=r"policy\.toml: this is not UTF-8, at byte 5"):
        read_settings(tmp_path)


def test_a_server_on_this_machine_may_go_without_tls(tmp_path: Path) -> None:
    config = GOOD.replace("smtp.acme.example", "127.0.0.1") + 'security = "none"\n'
    settings: Settings = read_settings(home_of(tmp_path, config))
    assert settings.smtp.security == "none"


def test_shipped_rules_speak_of_checks_that_exist() -> None:
    root = Path(__file__).parents[2]
    source = "".join(
        path.read_text()
        for part in ("mailagent/tasks", "mailagent/core", "parsers")
        for path in (root / part).rglob("*.py")
    )
    rows = read_toml(root / "config" / "policy.toml")["rule"]
    named = {row["when"].get("check_failed", "any") for row in rows} - {"any"}
    assert named
    for name in named:
        assert f'"{name}"' in source

"""Private papers are known as such, and nothing is read out of them."""

import pytest

from mailagent.core.cover import BARE
from mailagent.core.people import Us
from mailagent.core.private import PrivateRule
from mailagent.core.reading import Kind, Reading
from parsers.kinds import read_document


def read(text: str, name: str = "paper.txt", *, is_mail: bool = False) -> Reading:
    return read_document(text.encode(), cover=BARE.on(name, is_mail=is_mail))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("PAYSLIP", Kind.PAYSLIP),
        ("Entgeltabrechnung 03/2026", Kind.PAYSLIP),
        ("Bulletin de paie", Kind.PAYSLIP),
        ("NÓMINA 2026-03", Kind.PAYSLIP),
        ("Busta paga", Kind.PAYSLIP),
        ("Loonstrook", Kind.PAYSLIP),
        ("Recibo de vencimento", Kind.PAYSLIP),
        ("Arbeitsunfähigkeitsbescheinigung", Kind.HEALTH),
        ("Medical certificate", Kind.HEALTH),
        ("Avis d'arrêt de travail", Kind.HEALTH),
        ("Certificato di malattia", Kind.HEALTH),
        ("Atestado médico", Kind.HEALTH),
        ("Reisepass", Kind.IDENTITY),
        ("Carte nationale d'identité", Kind.IDENTITY),
        ("Permiso de conducir", Kind.IDENTITY),
        ("Privileged & Confidential", Kind.PRIVILEGED),
        ("Anwaltlich vertraulich!", Kind.PRIVILEGED),
        ("Segreto professionale", Kind.PRIVILEGED),
    ],
)
def test_private_papers(title: str, kind: Kind) -> None:
    reading = read(f"Some Company Ltd\n\n{title}\n\nAnn Lee\nTotal 4,200.00\n2026-03-31\n")
    assert reading.kind is kind
    assert reading.sensitive == kind.value
    assert reading.fields == {}
    assert "Ann" not in reading.model_dump_json()


def test_the_words_of_a_payslip_are_enough() -> None:
    text = "Abrechnung\nPersonalnummer 7, Steuerklasse 1\nGesamtbrutto 4200\nLohnsteuer 700\n"
    assert read(text).sensitive == "payslip"


def test_the_lines_that_machines_read_on_a_passport_are_enough() -> None:
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert (
        read(f"UTOPIA\n{zone}\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n").kind
        is Kind.IDENTITY
    )


def test_a_name_counts_where_nothing_can_be_read() -> None:
    assert read("  \n", name="Reisepass Ann.jpg").kind is Kind.IDENTITY
    assert read("The passport office moves to Main Street.", name="passport.txt").sensitive == ""


@pytest.mark.parametrize(
    "text",
    [
        "This e-mail may contain privileged and confidential information, delete it.",
        "Please send us a medical certificate when you are back.",
        "We need a copy of your passport and your driving licence for the contract.",
        "Payroll for March is done, the payslips go out on Friday.",
    ],
)
def test_who_speaks_of_such_papers_sends_none(text: str) -> None:
    assert read(text, is_mail=True).sensitive == ""
    assert read(text).sensitive == ""


def test_rules_of_one_s_own_come_beside_the_shipped_ones() -> None:
    board = PrivateRule(name="board", titles=("Minutes of the Board",), marks=(r"BOARD-\d{4}",))
    own = Us(private=(PrivateRule(name="payslip", titles=("Lohnzettel",)), board))
    for text, name, kind in (
        ("Lohnzettel", "payslip", Kind.PAYSLIP),
        ("Payslip", "payslip", Kind.PAYSLIP),
        ("MINUTES OF THE BOARD", "board", Kind.OTHER),
        ("as of BOARD-2026", "board", Kind.OTHER),
    ):
        reading = read_document(f"Corp\n\n{text}\n\nAnn Lee\n".encode(), us=own)
        assert (reading.sensitive, reading.kind, reading.fields) == (name, kind, {})
        assert name in {"payslip"} & {text.lower()} or read(f"Corp\n\n{text}\n").sensitive == ""


def test_a_shipped_rule_can_be_replaced_or_switched_off() -> None:
    off = Us(private=(PrivateRule(name="payslip", only=True),))
    assert read_document(b"Corp\n\nPayslip\n\nAnn Lee\n", us=off).sensitive == ""
    words = PrivateRule(name="health", words=("massage", "yoga"), least=2, only=True)
    less = Us(private=(words,))
    assert read_document(b"Corp\n\nmassage and yoga\n", us=less).sensitive == "health"
    assert read_document(b"Corp\n\nMedical certificate\n", us=less).sensitive == ""

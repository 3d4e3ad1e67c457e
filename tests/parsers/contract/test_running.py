"""When contracts in other languages end, and the last day on which notice can be given."""

import pytest

from mailagent.core.reading import Kind, Source
from parsers.contract.fields import fields_of
from parsers.contract.prose import Prose
from parsers.kinds import read_document

CLAUSES = [
    (
        "de",
        (
            "§ 2 Laufzeit. Der Vertrag beginnt am 1. Januar 2026 und läuft bis zum 31. "
            "Dezember 2028. Er verlängert sich um jeweils ein weiteres Jahr, wenn er nicht "
            "mit einer Frist von drei Monaten zum Ende der Laufzeit gekündigt wird."
        ),
        ("2026-01-01", "2028-12-31", "successive 1 year", "3 months", "2028-09-29"),
    ),
    (
        "de",
        (
            "Der Vertrag tritt am 01.04.2026 in Kraft. Er wird für eine feste Laufzeit von "
            "zwei (2) Jahren geschlossen. Die Kündigung ist spätestens 6 Wochen vor Ablauf zu"
            " erklären. Das Recht zur außerordentlichen Kündigung mit einer Frist von 12 "
            "Monaten bleibt unberührt."
        ),
        ("2026-04-01", "2028-04-01", "", "6 weeks", "2028-02-18"),
    ),
    (
        "de",
        "Die Vertragsdauer endet am 30.06.2027. Mit dreimonatiger Frist zum Quartalsende kündbar.",
        ("", "2027-06-30", "", "3 months", "2027-03-29"),
    ),
    (
        "fr",
        (
            "Le contrat prend effet le 1er mars 2026 pour une durée de trois (3) ans. Il est "
            "ensuite renouvelé par tacite reconduction par périodes successives d'un an, sauf"
            " dénonciation par lettre recommandée avec un préavis de trois mois avant "
            "l'échéance."
        ),
        ("2026-03-01", "2029-03-01", "successive 1 year", "3 months", "2028-11-30"),
    ),
    (
        "es",
        (
            "El contrato entrará en vigor el 1 de enero de 2026 y tendrá una duración de dos "
            "años. Se prorrogará por períodos anuales sucesivos de un año, salvo denuncia con"
            " una antelación mínima de sesenta (60) días a la fecha de vencimiento."
        ),
        ("2026-01-01", "2028-01-01", "successive 1 year", "60 days", "2027-11-01"),
    ),
    (
        "it",
        (
            "Il contratto decorre dal 1 gennaio 2026 e scade il 31 dicembre 2027. Si rinnova "
            "di anno in anno per un ulteriore anno, salvo disdetta da inviarsi almeno sei "
            "mesi prima della scadenza."
        ),
        ("2026-01-01", "2027-12-31", "successive 1 year", "6 months", "2027-06-29"),
    ),
    (
        "nl",
        (
            "De overeenkomst gaat in op 1 februari 2026 en loopt tot en met 31 januari 2028. "
            "Zij wordt telkens verlengd met een jaar, tenzij zij schriftelijk wordt opgezegd "
            "met inachtneming van een opzegtermijn van twee maanden voor het einde van de "
            "looptijd."
        ),
        ("2026-02-01", "2028-01-31", "successive 1 year", "2 months", "2027-11-29"),
    ),
]
# At first sight 36 of their 50 values were read, none wrong.
UNSEEN = [
    (
        "de",
        (
            "Die Nutzungsüberlassung beginnt zum 15.03.2025 und ist auf die Dauer von 36 "
            "Monaten befristet. Sie verlängert sich stillschweigend um 12 Monate, sofern "
            "nicht eine Partei spätestens sechs Wochen vor Ablauf der jeweiligen Laufzeit in "
            "Textform widerspricht."
        ),
        ("2025-03-15", "2028-03-15", "1 year (12 months)", "6 weeks", "2028-02-01"),
    ),
    (
        "de",
        (
            "Der Vertrag hat eine Mindestlaufzeit bis 31.12.2026. Danach kann er mit einer "
            "Frist von 4 Wochen zum Monatsende gekündigt werden."
        ),
        ("", "2026-12-31", "", "4 weeks", "2026-12-02"),
    ),
    (
        "de",
        (
            "Das Mietverhältnis beginnt am 1. Oktober 2024 und endet am 30. September 2029, "
            "ohne dass es einer Kündigung bedarf. Der Mieter kann durch schriftliche "
            "Erklärung, die dem Vermieter spätestens 12 Monate vor Ablauf zugehen muss, eine "
            "Verlängerung um fünf Jahre verlangen."
        ),
        ("2024-10-01", "2029-09-30", "5 years", "", ""),
    ),
    (
        "fr",
        (
            "Le présent contrat est conclu pour une durée de douze mois à compter du 15 "
            "janvier 2026. Il se renouvellera tacitement pour la même durée, sauf résiliation"
            " par l'une des parties notifiée au moins deux mois avant la fin de la période en"
            " cours."
        ),
        ("2026-01-15", "2027-01-15", "", "2 months", "2026-11-14"),
    ),
    (
        "fr",
        (
            "Le bail est consenti pour neuf années entières et consécutives commençant le 1er"
            " juillet 2025 pour se terminer le 30 juin 2034. Le preneur peut donner congé à "
            "l'expiration de chaque période triennale, six mois à l'avance."
        ),
        ("2025-07-01", "2034-06-30", "", "6 months", "2033-12-29"),
    ),
    (
        "es",
        (
            "El presente contrato tendrá una vigencia de tres años contados a partir del 1 de"
            " junio de 2026, prorrogable por anualidades sucesivas salvo que cualquiera de "
            "las partes comunique a la otra su voluntad de no renovarlo con un preaviso de "
            "tres meses."
        ),
        ("2026-06-01", "2029-06-01", "", "3 months", "2029-02-28"),
    ),
    (
        "es",
        (
            "El arrendamiento comenzará el día 1 de septiembre de 2025 y finalizará el día 31"
            " de agosto de 2030. Cualquiera de las partes podrá evitar la prórroga de un año "
            "avisando con dos meses de antelación."
        ),
        ("2025-09-01", "2030-08-31", "1 year", "2 months", "2030-06-29"),
    ),
    (
        "it",
        (
            "La locazione avrà la durata di sei anni con decorrenza dal 1° gennaio 2026 e "
            "scadenza al 31 dicembre 2031. Alla scadenza si rinnoverà tacitamente per altri "
            "sei anni, salvo disdetta da comunicarsi con raccomandata dodici mesi prima."
        ),
        ("2026-01-01", "2031-12-31", "6 years", "12 months", "2030-12-30"),
    ),
    (
        "it",
        (
            "Il presente accordo ha validità di 24 mesi dalla data del 15 maggio 2026 e può "
            "essere rinnovato. Ciascuna parte può recedere con preavviso di 60 giorni."
        ),
        ("2026-05-15", "2028-05-15", "", "60 days", "2028-03-15"),
    ),
    (
        "nl",
        (
            "Deze overeenkomst vangt aan op 1 maart 2026 en wordt aangegaan voor een periode "
            "van vijf jaar. Behoudens opzegging, uiterlijk zes maanden voor het einde, wordt "
            "zij stilzwijgend verlengd voor telkens één jaar."
        ),
        ("2026-03-01", "2031-03-01", "successive 1 year", "6 months", "2030-08-31"),
    ),
    (
        "nl",
        (
            "De huur eindigt op 31 december 2027. Opzegging geschiedt per aangetekende brief "
            "tegen het einde van de huurperiode met een opzegtermijn van ten minste één jaar."
        ),
        ("", "2027-12-31", "", "1 year", "2026-12-30"),
    ),
    (
        "de",
        (
            "Vertragsbeginn: 01.02.2026. Vertragsende: 31.01.2028. Kündigungsfrist: 3 Monate "
            "zum Vertragsende, sonst Verlängerung um 1 Jahr."
        ),
        ("2026-02-01", "2028-01-31", "1 year", "3 months", "2027-10-30"),
    ),
]
FIELDS = (
    *("effective_date", "expiration_date", "renewal_term"),
    *("notice_to_terminate_renewal", "last_notice_day"),
)


@pytest.mark.parametrize(("language", "clauses", "says"), [*CLAUSES, *UNSEEN])
def test_the_clauses_are_read(language: str, clauses: str, says: tuple[str, ...]) -> None:
    fields = fields_of(Prose([clauses]), language)
    assert tuple(str(fields[f].value) if f in fields else "" for f in FIELDS) == says


def test_what_is_for_a_breach_is_no_notice_and_without_an_end_there_is_no_day() -> None:
    text = (
        "Der Vertrag läuft auf unbestimmte Zeit. Bei Verzug von mehr als zwei Monaten kann mit "
        "einer Frist von 14 Tagen gekündigt werden. Die ordentliche Kündigung ist mit einer Frist "
        "von sechs Monaten zum Jahresende möglich."
    )
    fields = fields_of(Prose([text]), "de")
    assert fields["notice_to_terminate_renewal"].value == "6 months"
    assert not {"last_notice_day", "expiration_date"} & set(fields)


def test_of_two_notices_the_longer_is_the_earliest_reading_and_less_sure() -> None:
    text = (
        "Die Laufzeit endet am 31.12.2027. Die Kündigung ist mit einer Frist von drei Monaten zum "
        "Ende zulässig. Der Kunde kündigt mit einer Frist von sechs Monaten zum Ende."
    )
    field = fields_of(Prose([text]), "de")["last_notice_day"]
    assert (field.value, field.confidence < 0.7) == ("2027-06-29", True)


def test_the_clause_is_quoted_and_the_arithmetic_shown() -> None:
    text = (
        "Wartungsvertrag\nZwischen Lot GmbH und Kern AG wird folgender Vertrag geschlossen:\n"
        "§ 1 Gegenstand. Die Wartung der Anlage.\n"
        "§ 2 Laufzeit. Der Vertrag läuft vom 1. Mai 2026 bis zum 30. April 2028.\n"
        "§ 3 Kündigung. Er ist mit einer Frist von drei Monaten zum Ende der Laufzeit kündbar.\n"
        "§ 4 Gerichtsstand ist Kassel.\n"
    )
    reading = read_document(text.encode())
    field = reading.fields["last_notice_day"]
    assert (reading.kind, field.source) == (Kind.CONTRACT, Source.DERIVED)
    assert (field.value, field.rule) == ("2028-01-29", "2028-04-30 less 3 months, and a day")
    assert field.evidence
    assert "drei Monaten zum Ende" in field.evidence.quote

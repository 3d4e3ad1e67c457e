"""Contracts in other languages are known as such, and what only speaks of one is not."""

import pytest

from parsers.contract.tongues import looks_like_contract_abroad

CONTRACTS = {
    "de": "Mietvertrag\nZwischen Anna Kern und Lot wird folgender Vertrag geschlossen:\n"
    "§ 1 Mietsache. Das Lager im Hof.\n§ 2 Laufzeit. Ein Jahr.\n§ 3 Gerichtsstand ist Kassel.",
    "fr": "Contrat de prestation de services\nEntre les soussignés Lot SAS et Anna Kern\n"
    "Article 1 Objet. Le nettoyage.\nArticle 2 Durée. Un an.\nFait en deux exemplaires",
    "es": "Contrato de servicios\nReunidos, de una parte Lot S.L. y de otra Ana Cano\n"
    "Primera. Objeto.\nSegunda. Duración de un año.\nCláusula 3. Se aplica la ley española.",
    "it": "Contratto di locazione\nTra Lot srl e Anna Conti si conviene quanto segue\n"
    "Art. 1 Oggetto.\nArt. 2 Durata di un anno.\nLetto, approvato e sottoscritto",
    "nl": "Huurovereenkomst\nOndergetekenden Lot BV en Anna de Wit komen overeen\n"
    "Artikel 1 De hal.\nArtikel 2 Opzegtermijn een maand.\nAldus ondertekend",
    "pt": "Contrato de arrendamento\nEntre Lot Lda. e Ana Reis é celebrado o presente contrato\n"
    "Cláusula 1 Objeto.\nCláusula 2 Duração de um ano.\nFeito em duas vias",
    "pl": "Umowa najmu\nzawarta 4 maja pomiędzy Lot sp. z o.o. a Anną Kern\n"
    "§ 1 Przedmiot.\n§ 2 Umowa na czas nieokreślony, okres wypowiedzenia miesiąc.\nPodpisy",
}
OTHERS = (
    "Guten Tag,\nanbei der Mietvertrag zwischen Ihnen und der Lot GmbH. Bitte unterschreiben Sie.",
    "Allgemeine Geschäftsbedingungen\n§ 1 Geltung.\n§ 2 Kündigung.\n§ 3 Gerichtsstand ist Kassel.",
    "Facture\nArticle 1 Lampe 40,00\nArticle 2 Bureau 100,00\nDurée de garantie deux ans",
    "Rechnung\nVertrag\nWartungsvertrag zwischen Lot und Kern, Laufzeit ein Jahr\n§ 19 UStG",
)


@pytest.mark.parametrize("language", CONTRACTS)
def test_a_contract_is_known(language: str) -> None:
    assert looks_like_contract_abroad(CONTRACTS[language]) > 0.7


@pytest.mark.parametrize("text", OTHERS)
def test_what_speaks_of_one_is_none(text: str) -> None:
    assert looks_like_contract_abroad(text) == 0.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "clauses", ["§ 1 a\n§ 2 b\n", "Art. 1\nArt. 2\n", "Cláusula 1\nCláusula 2\n"]
)
@pytest.mark.parametrize(
    "word", ["zwischen und ", "tra e ", "entre ", "de una parte ", "pomiędzy "]
)
def test_a_hostile_text_comes_to_an_end(clauses: str, word: str) -> None:
    assert looks_like_contract_abroad(clauses + word * 5_000) == 0.0


@pytest.mark.parametrize("text", ["\n" * 40_000, "-\n" * 20_000, " \n" * 20_000, "- " * 20_000])
def test_a_text_of_nothing_comes_to_an_end(text: str) -> None:
    assert looks_like_contract_abroad(text) == 0.0

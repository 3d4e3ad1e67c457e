"""What pages that browsers print taught: small rules, each on the smallest page that needs it."""

import pytest

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.text.grid import text_words
from parsers.values.amounts import amounts_in

FACTS = "Invoice No   88-17\nInvoice Date   4 March 2025\n"


def read(text: str) -> PageInvoice:
    return read_sheet(Sheet(text_words(text)))


def values(text: str, *names: str) -> list[str]:
    fields = read(text).fields
    return [str(fields[name].value) if name in fields else "" for name in names]


def test_a_unit_with_a_small_figure_is_no_number() -> None:
    text = (
        "Numéro    Date          Échéance\nFA00447   11/04/2025    31/05/2025\n\nFacture\n\n"
        "Description           Qté        Montant HT\nToiture ardoise       40,00 m²   4 700,00\n"
        "Total TTC                        5 640,00\n"
    )
    assert values(text, "invoice_number") == ["FA00447"]


def test_labels_in_two_languages_have_their_value_below() -> None:
    text = (
        "FACTURE / FACTUUR\nN° / Nr         Date / Datum    Échéance / Vervaldag\n"
        "VF25/0447       15/07/2025      14/08/2025\n"
    )
    assert values(text, "invoice_number", "due_date") == ["VF25/0447", "2025-08-14"]


def test_the_standard_rate_is_no_riyal() -> None:
    assert [w.currency for w in amounts_in("200.00 SR 9% 18.00")] == ["", ""]
    assert [w.currency for w in amounts_in("200.00 SR")] == ["SAR"]


@pytest.mark.parametrize(
    ("tax", "code"), [("GST (15%)", "NZD"), ("GST 10%", "AUD"), ("9% GST", "SGD")]
)
def test_the_rate_of_gst_tells_whose_dollar_it_is(tax: str, code: str) -> None:
    text = f"{FACTS}Subtotal      $200.00\n{tax}      $20.00\nTotal      $220.00\n"
    assert values(text, "currency") == [code]


def test_a_gst_of_no_known_rate_leaves_the_dollar_open() -> None:
    page = read(f"{FACTS}Total including GST      $220.00\n")
    assert page.fields["currency"].confidence < 0.5


def test_the_last_day_of_a_discount_is_not_when_it_is_due() -> None:
    text = (
        "Rechnung 9004\nBelegdatum   20.02.2025\nEndbetrag   17.850,00\n"
        "Bis 06.03.2025 erhalten Sie 2 % Skonto, bis 22.03.2025 ohne Abzug\n"
    )
    assert values(text, "due_date", "discount_until") == ["2025-03-22", "2025-03-06"]


def test_a_table_of_taxes_is_proved_row_by_row() -> None:
    text = (
        "Rechnung Nr. 188209\nDatum: 14.09.2025\nGesamt EUR      342,00\n\n"
        "MwSt.     Netto     Steuer    Brutto\n10 %      306,18    30,62     336,80\n"
        "0 %       5,20      0,00      5,20\n"
    )
    assert values(text, "total", "net", "tax") == ["342.00", "311.38", "30.62"]


def test_a_deposit_is_what_the_tax_in_it_proves() -> None:
    text = (
        "Anzahlungsrechnung AR-88209\nAuftragssumme 7.500,00 €\nEmden, 20.01.2025\n\n"
        "Anzahlung 20 % auf Einbauküche      1.500,00 €\n"
        "darin enthaltene MwSt. 19 %           239,50 €\n"
    )
    assert values(text, "total", "net") == ["1500.00", "1260.50"]


def test_a_credit_with_one_minus_sign_is_negative_in_all_its_sums() -> None:
    text = (
        "Credit note\nCredit note no.   CR-318\nDate   20/06/2025\n"
        "Subtotal      $200.00\nGST (15%)      $30.00\nTotal      -$230.00\n"
    )
    assert values(text, "total", "net", "tax") == ["-230.00", "-200.00", "-30.00"]


def test_a_word_at_the_end_of_what_was_bought_is_no_balance() -> None:
    text = (
        "Fattura n. 12/2025\nDirezione lavori, saldo      € 1.200,00\n"
        "Marca da bollo               € 2,00\nTotale a pagare              € 1.202,00\n"
    )
    assert values(text, "total") == ["1202.00"]


def test_partners_whose_name_has_a_bank_in_it_are_no_bank() -> None:
    text = (
        "Marchbank & Ewing LLP\nSolicitors\n\nMr D Okafor\n22 Cedar Close\nGuildford GU1 3XY\n\n"
        f"{FACTS}Total   £54.00\n"
        "Marchbank & Ewing LLP is registered in England and Wales OC447188\n"
    )
    assert values(text, "seller_name") == ["Marchbank & Ewing LLP"]


def test_a_legal_form_in_the_next_line_belongs_to_the_name_above() -> None:
    text = (
        f"Kita Sonnenschein e.V.\nGartenstr. 8\n22303 Hamburg\n\nRechnung\n{FACTS}"
        "Gesamtbetrag   833,00 EUR\n\n\n\n"
        "Tischlerei Brandt      Tel.: 040 4471882\nGmbH                   USt-IdNr.: DE188209334\n"
        "Hasselbrookstr. 91     IBAN: DE85 2004 0060 0447 1882 00\n22089 Hamburg\n"
    )
    assert values(text, "seller_name", "buyer_name") == [
        "Tischlerei Brandt GmbH",
        "Kita Sonnenschein e.V.",
    ]


def test_names_behind_a_label_of_their_own_below_a_heading() -> None:
    text = (
        "Fatura-Recibo N.º FR 01/18\nEmitida em 2025-06-02\n\nDados do emitente\n"
        "Nome:   RITA SEQUEIRA LOPES\nNIF:    244718820\n\nDados do adquirente\n"
        "Nome:   ALFAMA FILMES LDA\nNIF:    504471882\n\nTotal do documento   1.107,00 €\n"
    )
    assert values(text, "seller_name", "buyer_name") == [
        "RITA SEQUEIRA LOPES",
        "ALFAMA FILMES LDA",
    ]


def test_what_the_shop_makes_below_its_name_is_not_its_name() -> None:
    text = (
        "                      Maison Perlin\n"
        "   Linge de maison · 14 rue des Tanneurs · 68000 Colmar\n\n"
        "Hôtel Beaurivage\n22 quai du Lac\n74000 Annecy\n\nFacture 17\n18/11/2025\n"
        "Total TTC   54,00 €\n"
    )
    assert values(text, "seller_name") == ["Maison Perlin"]


def test_a_sentence_of_law_and_what_was_bought_sell_nothing() -> None:
    text = (
        "Ing. Paolo Serra\nVia Garibaldi 7, 09124 Cagliari\n\nSpett.le Cantina dei Colli\n"
        "09040 Serdiana\n\nFattura n. 12/2025\nDirezione lavori cantina      € 1.200,00\n"
        "Totale      € 1.200,00\n"
        "Operazione effettuata ai sensi dell'art. 1, commi da 54 a 89, L. 190/2014\n"
    )
    assert values(text, "seller_name") == ["Ing. Paolo Serra"]


def test_the_day_an_account_is_debited_in_dutch() -> None:
    text = (
        "Factuurnummer   4471\nDatum   22 april 2025\nTe betalen   € 212,45\n"
        "Wij schrijven dit bedrag rond 6 mei 2025 van uw rekening af.\n"
    )
    assert values(text, "due_date") == ["2025-05-06"]


def test_a_day_behind_the_title_and_a_dash_is_when_it_was_written() -> None:
    text = "Tax invoice 1188 \u2014 16/05/2025\nTOTAL (inc GST)   $495.00\nPayment within 7 days\n"
    assert values(text, "issue_date", "due_date") == ["2025-05-16", "2025-05-23"]


@pytest.mark.parametrize("street", ["Av. 5 de Outubro 40", "Via 25 Aprile 12", "Rua 1 de Maio 25"])
def test_a_street_that_is_named_after_a_day_is_no_day(street: str) -> None:
    text = (
        f"Hotel Ria SA\n{street}\n8000-076 Faro\n\nFatura FT 1/188\n22-07-2025\nTotal   246,00 €\n"
    )
    assert values(text, "issue_date") == ["2025-07-22"]


def test_the_sheet_that_italian_portals_print() -> None:
    text = (
        "Cedente/prestatore (fornitore)              Cessionario/committente (cliente)\n"
        "Identificativo fiscale: IT02447188209       Identificativo fiscale: IT00918820933\n"
        "Denominazione: Grafiche Lario S.n.c.        Denominazione: Ottica Valsecchi S.r.l.\n"
        "Indirizzo: Via Lecco 4                      Indirizzo: Piazza Era 1\n"
    )
    assert values(text, "seller_name", "buyer_name") == [
        "Grafiche Lario S.n.c.",
        "Ottica Valsecchi S.r.l.",
    ]


def test_a_letterhead_that_is_an_address_with_a_tax_number_goes_before_the_window() -> None:
    text = (
        "TALLERES IBARRA, S.L.        Transportes Urkiola S.A.\n"
        "Polígono Arriaga 4           Calle San Miguel 2\n"
        "48950 Erandio                48200 Durango\n"
        "CIF B48447188                CIF A48188209\n\n"
        "Factura 2025-1188\nTotal factura   302,50 €\n"
    )
    assert values(text, "seller_name") == ["TALLERES IBARRA, S.L."]

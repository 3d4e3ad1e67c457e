"""More sheets, written down before the reader had seen any of them: the continent's habits."""

from tests.parsers.invoice.page.drawn import Drawn

EUROPE = (
    Drawn(
        "german craftsman, letter",
        """
Malermeister Jens Uhlig
Am Anger 7 · 99084 Erfurt · Tel. 0361 5550123

Malermeister Jens Uhlig · Am Anger 7 · 99084 Erfurt
Frau
Dr. Karin Söllner                                      Erfurt, den 07.10.2025
Lutherstraße 12                                        Steuernummer: 151/281/04417
99084 Erfurt                                           Kundennummer: 10233

Rechnung Nr. 2025/118

Sehr geehrte Frau Dr. Söllner,
für die ausgeführten Arbeiten in Ihrer Praxis erlaube ich mir zu berechnen:

Pos   Leistung                          Menge    Einzelpreis      Gesamt
1     Wandflächen streichen            84,00 m²       9,80 €      823,20 €
2     Türen lackieren                   3 Stck       95,00 €      285,00 €

Nettobetrag                                                    1.108,20 €
zzgl. 19 % MwSt.                                                 210,56 €
Rechnungsbetrag                                                1.318,76 €

Zahlbar innerhalb von 14 Tagen ohne Abzug.
Bankverbindung: Sparkasse Mittelthüringen, IBAN DE02 8205 1000 0163 1234 56
""",
        {
            "invoice_number": "2025/118",
            "issue_date": "2025-10-07",
            "due_date": "2025-10-21",
            "total": "1318.76",
            "net": "1108.20",
            "tax": "210.56",
            "currency": "EUR",
            "seller_name": "Malermeister Jens Uhlig",
        },
    ),
    Drawn(
        "german small business without tax",
        """
RECHNUNG

Lena Brandhorst                          Rechnungsdatum      3. Juli 2025
Illustration & Grafik                    Rechnungsnummer     LB-2025-31
Weserstr. 40, 12045 Berlin               Leistungszeitraum   Juni 2025
St.-Nr. 16/234/55123

Verlag Kleine Möwe GmbH
Deichtorplatz 1
20095 Hamburg

6 Illustrationen für "Die Seefahrerin"            1.500,00 EUR
Nutzungsrechte, 2 Jahre                             300,00 EUR

Gesamtbetrag                                      1.800,00 EUR

Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.
Bitte überweisen Sie den Betrag bis zum 17.07.2025.
""",
        {
            "invoice_number": "LB-2025-31",
            "issue_date": "2025-07-03",
            "due_date": "2025-07-17",
            "total": "1800.00",
            "currency": "EUR",
            "seller_name": "Lena Brandhorst",
            "buyer_name": "Verlag Kleine Möwe GmbH",
        },
    ),
    Drawn(
        "german, discount and two rates",
        """
Großhandel Petersen KG            Kunden-Nr.    44120
Hafenstr. 9, 24114 Kiel           Beleg-Nr.     RE-778120
                                  Belegdatum    18.03.25
Gasthof Zur Linde                 Lieferschein  LS-55310 vom 15.03.25
Dorfstraße 3                      USt-IdNr.     DE134455667
24211 Preetz

Art.-Nr.  Bezeichnung          Menge  ME    Preis    MwSt    Betrag
1002      Mehl Typ 405            10  Sack  18,40      7     184,00
2210      Servietten weiß         20  Pkg    4,15     19      83,00

Warenwert netto                                              267,00
7 % MwSt aus 184,00                                           12,88
19 % MwSt aus 83,00                                           15,77
Endbetrag EUR                                                295,65

2 % Skonto bei Zahlung bis 28.03.25, netto bis 17.04.25
""",
        {
            "invoice_number": "RE-778120",
            "issue_date": "2025-03-18",
            "due_date": "2025-04-17",
            "total": "295.65",
            "net": "267.00",
            "tax": "28.65",
            "currency": "EUR",
            "seller_name": "Großhandel Petersen KG",
            "buyer_name": "Gasthof Zur Linde",
        },
    ),
    Drawn(
        "austrian",
        """
Tischlerei Hofstätter e.U.                     An
Gewerbepark 5, 6060 Hall in Tirol              Hotel Bergkristall GmbH
UID: ATU61234567                               Dorf 88, 6293 Tux

Honorarnote / Rechnung 25-204
Datum: 28.2.2025      Lieferdatum: 24.2.2025     Zahlungsziel: 10 Tage netto

Einbauschrank Eiche laut Angebot                        € 4.200,-
abzüglich Anzahlung vom 10.1.2025                       € 1.500,-

Summe netto                                             € 4.200,00
20 % USt                                                €   840,00
Gesamt brutto                                           € 5.040,00
Anzahlung                                               € 1.500,00
Restbetrag                                              € 3.540,00
""",
        {
            "invoice_number": "25-204",
            "issue_date": "2025-02-28",
            "due_date": "2025-03-10",
            "total": "5040.00",
            "net": "4200.00",
            "tax": "840.00",
            "currency": "EUR",
            "seller_name": "Tischlerei Hofstätter e.U.",
            "buyer_name": "Hotel Bergkristall GmbH",
        },
    ),
    Drawn(
        "swiss, rounded",
        """
Bergblick Treuhand AG
Bahnhofstrasse 14
7000 Chur
CHE-114.556.201 MWST

Alpenkräuter Manufaktur GmbH
Via Veglia 3
7130 Ilanz

Chur, 30. Juni 2025

Rechnung 25-3301

Buchführung 2. Quartal, 11.5 Std. à CHF 140.00           1'610.00
Spesen                                                      38.00
Zwischentotal                                            1'648.00
MWST 8.1%                                                  133.49
Total CHF                                                1'781.50

Zahlbar innert 30 Tagen. IBAN CH93 0076 2011 6238 5295 7
""",
        {
            "invoice_number": "25-3301",
            "issue_date": "2025-06-30",
            "due_date": "2025-07-30",
            "total": "1781.50",
            "net": "1648.00",
            "currency": "CHF",
            "iban": "CH9300762011623852957",
            "seller_name": "Bergblick Treuhand AG",
            "buyer_name": "Alpenkräuter Manufaktur GmbH",
        },
    ),
    Drawn(
        "french micro-entreprise",
        """
Camille Thévenet — Rédactrice web                     FACTURE N° F2025-042
EI - SIRET 813 441 290 00021
18 rue des Carmes, 44000 Nantes                       Date : 05/09/2025
                                                      Échéance : 05/10/2025
Client :
SAS Les Jardins de Loire
ZA du Pré Blanc
49100 Angers

Désignation                             Qté     PU HT      Total HT
Articles de blog (800 mots)               8     75,00 €     600,00 €
Corrections                               1     50,00 €      50,00 €

                                        Total HT          650,00 €
                                        TVA non applicable, art. 293 B du CGI
                                        Net à payer       650,00 €
""",
        {
            "invoice_number": "F2025-042",
            "issue_date": "2025-09-05",
            "due_date": "2025-10-05",
            "total": "650.00",
            "currency": "EUR",
            "buyer_name": "SAS Les Jardins de Loire",
        },
    ),
    Drawn(
        "french energy",
        """
Électralia                                         Votre facture du 12 mars 2025
Service clients 09 69 32 00 00                     n° 10 442 871 993
                                                   Réf. client : 6 021 447 118
BOULANGERIE DU MARCHE
3 place Foch                                       Montant total à payer TTC
62000 ARRAS                                        284,17 €
                                                   Prélevé le 27/03/2025
Abonnement                            31,20 €
Consommation 1 342 kWh               205,61 €
Total hors TVA                       236,81 €
TVA à 20,00 %                         47,36 €
Total TTC                            284,17 €

ELECTRALIA SA au capital de 12 000 000 € - RCS Nanterre 552 081 317
""",
        {
            "invoice_number": "10 442 871 993",
            "issue_date": "2025-03-12",
            "due_date": "2025-03-27",
            "total": "284.17",
            "net": "236.81",
            "tax": "47.36",
            "currency": "EUR",
        },
    ),
    Drawn(
        "spanish with withholding",
        """
FACTURA                                        Nº factura: 2025/0087
                                               Fecha: 15/05/2025
Marta Olmedo Ríos                              Vencimiento: 14/06/2025
NIF 52341987K
C/ Velázquez 41, 28001 Madrid

Cliente: Grupo Almazara S.L.
CIF B84231177
Pol. Ind. Sur, nave 12, 41013 Sevilla

Concepto                                                   Importe
Asesoramiento laboral abril                             1.000,00 €

Base imponible                                          1.000,00 €
IVA 21%                                                   210,00 €
Retención IRPF 15%                                       -150,00 €
TOTAL FACTURA                                           1.060,00 €

Forma de pago: transferencia ES91 2100 0418 4502 0005 1332
""",
        {
            "invoice_number": "2025/0087",
            "issue_date": "2025-05-15",
            "due_date": "2025-06-14",
            "net": "1000.00",
            "tax": "210.00",
            "currency": "EUR",
            "iban": "ES9121000418450200051332",
            "seller_name": "Marta Olmedo Ríos",
            "buyer_name": "Grupo Almazara S.L.",
        },
    ),
    Drawn(
        "italian parcella",
        """
Studio Legale Avv. Paolo Ferrante
Via Po 22, 10123 Torino - P.IVA 08812340017 - C.F. FRRPLA71C10L219X

                                       Spett.le
                                       Officine Meccaniche Riva S.r.l.
                                       Corso Dante 15, 10126 Torino
                                       P.IVA 01994420013

Fattura n. 34/2025 del 20/06/2025

Onorari per assistenza stragiudiziale                   € 2.000,00
Cassa previdenza 4%                                     €    80,00
Imponibile IVA                                          € 2.080,00
IVA 22%                                                 €   457,60
Totale fattura                                          € 2.537,60
Ritenuta d'acconto 20%                                  €  -400,00
Netto a pagare                                          € 2.137,60
""",
        {
            "invoice_number": "34/2025",
            "issue_date": "2025-06-20",
            "total": "2537.60",
            "net": "2080.00",
            "tax": "457.60",
            "currency": "EUR",
            "seller_name": "Studio Legale Avv. Paolo Ferrante",
            "buyer_name": "Officine Meccaniche Riva S.r.l.",
        },
    ),
    Drawn(
        "dutch webshop",
        """
Fietsenmaker De Ketting                                  Factuur
Lange Nieuwstraat 8
3512 PH Utrecht                                 Factuurnummer: 20250714
Kvk 68211034                                    Factuurdatum: 22-08-2025
BTW NL857412369B01                              Vervaldatum: 05-09-2025

Aan:
Koeriersdienst Vlot B.V.
t.a.v. crediteurenadministratie
Amsterdamsestraatweg 100
3513 AG Utrecht

Aantal   Omschrijving              Prijs      BTW     Totaal
3        Onderhoudsbeurt          € 65,00     21%   € 195,00
2        Buitenband               € 29,50     21%    € 59,00

                             Subtotaal            € 254,00
                             21% btw               € 53,34
                             Te betalen           € 307,34

Graag betalen op NL91 ABNA 0417 1643 00 o.v.v. het factuurnummer.
""",
        {
            "invoice_number": "20250714",
            "issue_date": "2025-08-22",
            "due_date": "2025-09-05",
            "total": "307.34",
            "net": "254.00",
            "tax": "53.34",
            "currency": "EUR",
            "iban": "NL91ABNA0417164300",
            "seller_name": "Fietsenmaker De Ketting",
            "buyer_name": "Koeriersdienst Vlot B.V.",
        },
    ),
    Drawn(
        "portuguese",
        """
Azulejos do Norte, Lda.                         Fatura FT A/2025-381
Rua do Almada 210                               Data de emissão: 2025-04-09
4050-032 Porto                                  Data de vencimento: 2025-05-09
NIF 504 112 337

Exmo.(s) Sr.(s)
Hotel Mar Alto, S.A.
Av. Marginal 55, Cascais
NIF: 501 998 442

Descrição                       Qtd     Preço Un.     IVA      Total
Azulejo pintado à mão            60        12,50      23%      750,00
Transporte                        1        45,00      23%       45,00

Total ilíquido                                               795,00
IVA                                                          182,85
Total a pagar (EUR)                                          977,85
""",
        {
            "invoice_number": "FT A/2025-381",
            "issue_date": "2025-04-09",
            "due_date": "2025-05-09",
            "total": "977.85",
            "net": "795.00",
            "tax": "182.85",
            "currency": "EUR",
            "seller_name": "Azulejos do Norte, Lda.",
            "buyer_name": "Hotel Mar Alto, S.A.",
        },
    ),
    Drawn(
        "polish",
        """
                     Faktura VAT nr FV/0192/06/2025
Data wystawienia: 11.06.2025          Miejsce wystawienia: Gdańsk
Data sprzedaży: 10.06.2025            Termin płatności: 25.06.2025 (przelew)

Sprzedawca:                           Nabywca:
Bałtyk Serwis Sp. z o.o.              Piekarnia Złoty Kłos s.c.
ul. Morska 14                         ul. Lipowa 3
80-001 Gdańsk                         81-333 Gdynia
NIP 5842751022                        NIP 9581234563

Lp.  Nazwa             Ilość   Cena netto   Wartość netto   VAT    Wartość brutto
1    Serwis pieca          1       640,00          640,00   23%            787,20
2    Dojazd                2        55,00          110,00   23%            135,30

                              Razem              750,00   172,50          922,50
Do zapłaty: 922,50 PLN
Słownie: dziewięćset dwadzieścia dwa 50/100
""",
        {
            "invoice_number": "FV/0192/06/2025",
            "issue_date": "2025-06-11",
            "due_date": "2025-06-25",
            "total": "922.50",
            "net": "750.00",
            "tax": "172.50",
            "currency": "PLN",
            "seller_name": "Bałtyk Serwis Sp. z o.o.",
            "buyer_name": "Piekarnia Złoty Kłos s.c.",
        },
    ),
    Drawn(
        "reverse charge, english from germany",
        """
Nebelhorn Engineering GmbH                                   Invoice
Allgäuer Str. 88, 87435 Kempten, Germany
VAT ID DE288114570                               Invoice No.     NE-25-0119
                                                 Invoice Date    24 April 2025
Bill To:                                         Payment Terms   30 days net
Fjordkraft Offshore AS                           Your VAT ID     NO 987 654 321 MVA
Strandgaten 12, 5013 Bergen, Norway

Engineering services, April 2025           62 h      118.00 EUR       7,316.00 EUR

Net amount                                                            7,316.00 EUR
VAT 0 % (reverse charge)                                                  0.00 EUR
Total amount                                                          7,316.00 EUR
""",
        {
            "invoice_number": "NE-25-0119",
            "issue_date": "2025-04-24",
            "due_date": "2025-05-24",
            "total": "7316.00",
            "net": "7316.00",
            "currency": "EUR",
            "seller_name": "Nebelhorn Engineering GmbH",
            "buyer_name": "Fjordkraft Offshore AS",
        },
    ),
)

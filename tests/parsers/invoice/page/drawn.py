"""Sheets as people read them: what stands beside and below what, and what should be read there.

Invented throughout; each is laid out as a kind of invoice that is common somewhere.
"""

from typing import NamedTuple


class Drawn(NamedTuple):
    """A sheet drawn with letters, and its truth."""

    name: str
    text: str
    truth: dict[str, str]


DRAWN = (
    Drawn(
        "american columns",
        """
Blue Ridge Landscaping                                         INVOICE
1420 Timber Creek Dr
Asheville, NC 28803 US
(828) 555-0173
billing@blueridgeland.com
www.blueridgeland.com

BILL TO                      SHIP TO                      INVOICE     4471
Patricia Holt                Patricia Holt                DATE        03/04/2025
Holt Family Dental           Holt Family Dental           TERMS       Net 30
88 Merrimon Ave              88 Merrimon Ave              DUE DATE    04/03/2025
Asheville, NC 28801          Asheville, NC 28801

DATE          ACTIVITY              DESCRIPTION               QTY      RATE       AMOUNT
02/27/2025    Lawn Maintenance      Weekly mowing               4     85.00       340.00
02/28/2025    Mulch                 Hardwood mulch, yards       6     42.50       255.00T

                                                     SUBTOTAL                     595.00
                                                     TAX (7%)                      17.85
                                                     TOTAL                        612.85
                                                     PAYMENT                      200.00
                                                     BALANCE DUE                 $412.85
""",
        {
            "invoice_number": "4471",
            "issue_date": "2025-03-04",
            "due_date": "2025-04-03",
            "total": "612.85",
            "net": "595.00",
            "tax": "17.85",
            "currency": "USD",
            "seller_name": "Blue Ridge Landscaping",
            "buyer_name": "Holt Family Dental",
        },
    ),
    Drawn(
        "subscription",
        """
Invoice                                                                    Harborlight

Invoice number    7F3A91C2-0012
Date of issue     May 7, 2025
Date due          June 6, 2025

Harborlight Analytics, Inc.                        Bill to
548 Market St                                      Fenwick & Sons LLC
PMB 48213                                          Dana Fenwick
San Francisco, California 94104                    2201 Canal St
United States                                      New Orleans, Louisiana 70119
+1 415-555-0142                                    United States
support@harborlight.io                             ap@fenwicksons.com

$1,317.60 due June 6, 2025
Pay online

Description                                Qty      Unit price      Tax       Amount
Team plan (per seat)                        12         $90.00       8.5%      $1,080.00
May 7 - Jun 7, 2025
Onboarding                                   1        $140.00                 $140.00

                                           Subtotal                           $1,220.00
                                           Total excluding tax                $1,220.00
                                           Sales Tax - Louisiana (8% on $1,220.00)   $97.60
                                           Total                              $1,317.60
                                           Amount due                         $1,317.60 USD
""",
        {
            "invoice_number": "7F3A91C2-0012",
            "issue_date": "2025-05-07",
            "due_date": "2025-06-06",
            "total": "1317.60",
            "net": "1220.00",
            "tax": "97.60",
            "currency": "USD",
            "seller_name": "Harborlight Analytics, Inc.",
            "buyer_name": "Fenwick & Sons LLC",
        },
    ),
    Drawn(
        "british, meta in the middle",
        """
TAX INVOICE                     Invoice Date          Thistle & Bloom Ltd
                                4 Mar 2025            Unit 7 Canal Yard
Northgate Hotels PLC            Invoice Number        LEEDS LS1 4HT
Attention: Accounts Payable     INV-0938              UNITED KINGDOM
12 Station Road                 Reference             VAT Number: 412 7734 90
YORK YO1 7HH                    PO 77120
UNITED KINGDOM                  VAT Number
                                412773490

Description                  Quantity      Unit Price      VAT      Amount GBP
Table arrangements              24.00           18.50      20%          444.00
Delivery                         1.00           30.00      20%           30.00

                                             Subtotal                   474.00
                                             TOTAL VAT 20%               94.80
                                             TOTAL GBP                  568.80

Due Date: 3 Apr 2025
Bank: Northern Bank  Sort Code: 30-96-26  Account No: 12345678
Company Registration No: 09183772. Registered Office: Unit 7 Canal Yard, Leeds, LS1 4HT.
""",
        {
            "invoice_number": "INV-0938",
            "issue_date": "2025-03-04",
            "due_date": "2025-04-03",
            "total": "568.80",
            "net": "474.00",
            "tax": "94.80",
            "currency": "GBP",
            "seller_name": "Thistle & Bloom Ltd",
        },
    ),
    Drawn(
        "australian, tax included",
        """
                                 TAX INVOICE

Coastal Fencing Pty Ltd                         Invoice #: 20391
ABN 53 004 085 616                              Date: 05/06/2025
14 Marina Pde, Geelong VIC 3220                 Terms: 14 days
Ph: 03 5222 0188

To: Surf Life Saving Club Inc
    1 Beach Rd
    Torquay VIC 3228

Qty    Description                            Unit      Total
12     Colorbond panel 2.4m                 88.00    1,056.00
1      Labour                              640.00      640.00

                              Total (inc GST)       $1,696.00
                              GST included            $154.18
Please pay by EFT: BSB 633-000 Acc 161 220 418  Acc Name: Coastal Fencing
""",
        {
            "invoice_number": "20391",
            "issue_date": "2025-06-05",
            "due_date": "2025-06-19",
            "total": "1696.00",
            "tax": "154.18",
            "net": "1541.82",
            "currency": "AUD",
            "seller_name": "Coastal Fencing Pty Ltd",
            "buyer_name": "Surf Life Saving Club Inc",
        },
    ),
    Drawn(
        "indian, two taxes",
        """
                              TAX INVOICE                        (ORIGINAL FOR RECIPIENT)
Shree Balaji Traders                       Invoice No.            Dated
Plot 14, MIDC Bhosari                      SBT/24-25/0872         12-Feb-2025
Pune 411026                                Delivery Note          Mode/Terms of Payment
GSTIN/UIN: 27AAKPB4821M1ZQ                                        30 Days
State Name: Maharashtra, Code: 27          Buyer's Order No.      Dated
                                           PO-5519                3-Feb-2025
Buyer (Bill to)
Kaveri Engineering Works Pvt Ltd
Survey No 88, Hinjewadi
GSTIN/UIN: 27AACCK7710Q1Z3

Sl   Description of Goods       HSN/SAC   Quantity    Rate    per    Amount
1    Bearing 6205 ZZ            84821011    40 nos   145.00   nos    5,800.00
2    Oil seal                   84842000    25 nos    32.00   nos      800.00
                                                                     6,600.00
                                CGST                                   594.00
                                SGST                                   594.00
                                Total               65 nos         ₹ 7,788.00
Amount Chargeable (in words)
INR Seven Thousand Seven Hundred Eighty Eight Only
Company's Bank Details
Bank Name: City Bank   A/c No.: 50200012345678   Branch & IFS Code: Bhosari & CITY0000128
                                             for Shree Balaji Traders
""",
        {
            "invoice_number": "SBT/24-25/0872",
            "issue_date": "2025-02-12",
            "due_date": "2025-03-14",
            "total": "7788.00",
            "net": "6600.00",
            "tax": "1188.00",
            "currency": "INR",
            "seller_name": "Shree Balaji Traders",
            "buyer_name": "Kaveri Engineering Works Pvt Ltd",
            "po_number": "PO-5519",
        },
    ),
    Drawn(
        "canadian, labels above values",
        """
Maple Leaf Web Studio Inc.                               Invoice
200 Bay St, Suite 900
Toronto, ON M5J 2J2
GST/HST: 81234 5678 RT0001

Billed To                 Invoice Number        Amount Due (CAD)
Lakeshore Yoga            0000312               $1,356.00
Erin McKay                Date of Issue
55 Lakeshore Blvd         2025-02-11
Toronto, ON               Due Date
                          2025-03-13

Description                         Rate         Qty      Line Total
Website redesign                    $1,200.00      1      $1,200.00

                                           Subtotal        1,200.00
                                           HST (13%)         156.00
                                           Total           1,356.00
                                           Amount Paid         0.00
                                           Amount Due (CAD)   $1,356.00
""",
        {
            "invoice_number": "0000312",
            "issue_date": "2025-02-11",
            "due_date": "2025-03-13",
            "total": "1356.00",
            "net": "1200.00",
            "tax": "156.00",
            "currency": "CAD",
            "seller_name": "Maple Leaf Web Studio Inc.",
            "buyer_name": "Lakeshore Yoga",
        },
    ),
    Drawn(
        "cloud services",
        """
Cumulus Web Services, Inc. Invoice                                          Page 1
Email or talk to us about your Cumulus account or bill, visit cumulus.example/contact-us/

Account number:                        Invoice Summary
004421987734                           Invoice Number:                      1672230417
                                       Invoice Date:                        June 3 , 2025
Bill to Address:                       TOTAL AMOUNT DUE ON June 3 , 2025    $4,127.88
Quill Robotics Inc
ATTN: Finance
77 Innovation Way
Austin, TX, 78701, US

This invoice is for the billing period May 1 - May 31 , 2025
Greetings from Cumulus Web Services, this is an electronic invoice for your use.

Summary
Service Charges                                            $4,127.88
Charges                                                        $3,813.29
Credits                                                            $0.00
Tax *                                                            $314.59
Total for this invoice                                         $4,127.88
""",
        {
            "invoice_number": "1672230417",
            "issue_date": "2025-06-03",
            "total": "4127.88",
            "net": "3813.29",
            "tax": "314.59",
            "currency": "USD",
            "seller_name": "Cumulus Web Services, Inc.",
            "buyer_name": "Quill Robotics Inc",
        },
    ),
    Drawn(
        "utility with a balance forward",
        """
Cascade Power & Light                       Account Number: 4410-223-8891
PO Box 5500, Portland, OR 97228             Statement Date: 02/18/2025
www.cascadepl.com  1-800-555-0123           Due Date: 03/11/2025

Service Address: 610 NW Lovejoy St          Invoice No. 88120443
Customer: ALDER COFFEE ROASTERS LLC

Account Summary
Previous Balance                                     $412.77
Payment Received 02/03/2025 - Thank You             -$412.77
Balance Forward                                        $0.00
Electric Charges (1,892 kWh)                         $368.14
City Franchise Tax 3.5%                               $12.88
Total Current Charges                                $381.02
Total Amount Due                                     $381.02
""",
        {
            "invoice_number": "88120443",
            "issue_date": "2025-02-18",
            "due_date": "2025-03-11",
            "total": "381.02",
            "net": "368.14",
            "tax": "12.88",
            "currency": "USD",
            "seller_name": "Cascade Power & Light",
            "buyer_name": "ALDER COFFEE ROASTERS LLC",
        },
    ),
    Drawn(
        "freelancer without a table",
        """
Maya Lindqvist
Illustration & Design
22 Orchard Lane, Brighton BN1 6GT
maya@lindqvist.studio | 07700 900341

Invoice for: Pebble Press Ltd, 9 North Street, Brighton

Invoice 2025-017
28th February 2025

Cover illustration "Saltmarsh"          £850.00
Two spot illustrations @ £120           £240.00

Total                                 £1,090.00

Payment within 14 days please.
Account: M Lindqvist, Sort code 04-00-04, Account number 31926819
Not VAT registered.
""",
        {
            "invoice_number": "2025-017",
            "issue_date": "2025-02-28",
            "due_date": "2025-03-14",
            "total": "1090.00",
            "currency": "GBP",
            "seller_name": "Maya Lindqvist",
            "buyer_name": "Pebble Press Ltd",
        },
    ),
    Drawn(
        "due on receipt",
        """
                                                           INVOICE
Rosa's Catering
4 Elm Court                              Invoice #    0047
Dublin D04 X2Y3                          Issued       12 Jan 2025
Ireland                                  Due          Due on receipt
rosa@rosascatering.ie

BILL TO
events@lumen.ie

Items                    Quantity      Price      Amount
Lunch buffet                   30     €14.00     €420.00
VAT (13.5%)
                                    Subtotal     €420.00
                                    Tax           €56.70
                                    Total    €476.70 EUR
""",
        {
            "invoice_number": "0047",
            "issue_date": "2025-01-12",
            "total": "476.70",
            "net": "420.00",
            "tax": "56.70",
            "currency": "EUR",
            "seller_name": "Rosa's Catering",
        },
    ),
    Drawn(
        "german telephone, by debit",
        """
Nordnetz Telekom GmbH, Postfach 300463, 53184 Bonn

Herrn                                      Datum                17.03.2025
Thomas Bergmann                            Seite                1 von 4
Lindenweg 8                                Kundennummer         2 093 884 117
50999 Köln                                 Rechnungsnummer      87 4410 2230 1198
                                           Buchungskonto        2093884117

Ihre Rechnung für März 2025

Die Leistungen im Überblick (Summen)                           Beträge (Euro)
Monatliche Beträge                                                   42,01
Verbindungen                                                          1,26
Summe der oben angeführten Beträge                                   43,27
Umsatzsteuer 19 % auf 43,27                                           8,22
Rechnungsbetrag                                                      51,49

Der Rechnungsbetrag wird am 25.03.2025 von Ihrem Konto DE89370400440532013000 abgebucht.
""",
        {
            "invoice_number": "87 4410 2230 1198",
            "issue_date": "2025-03-17",
            "due_date": "2025-03-25",
            "total": "51.49",
            "net": "43.27",
            "tax": "8.22",
            "currency": "EUR",
            "seller_name": "Nordnetz Telekom GmbH",
        },
    ),
    Drawn(
        "french hosting",
        """
OVL SAS
2 rue Kellermann
59100 Roubaix - France
SAS au capital de 50 000 000 €
RCS Lille Métropole 424 761 419 00045
N° TVA : FR 22 424 761 419

                                                       Atelier Fontaine
                                                       3 rue des Lilas
                                                       69003 Lyon
                                                       FRANCE

Facture n° FR61204417
Date d'émission : 06 mai 2025          Paiement : Carte bancaire
Commande : 210448812

Abonnement             Référence          Quantité    Prix unitaire    Prix HT
VPS Value 1-2-40       vps-value-1            1           6,00 €        6,00 €

                                                       Prix HT           6,00 €
                                                       TVA 20 %          1,20 €
                                                       Total TTC         7,20 €
""",
        {
            "invoice_number": "FR61204417",
            "issue_date": "2025-05-06",
            "total": "7.20",
            "net": "6.00",
            "tax": "1.20",
            "currency": "EUR",
            "seller_name": "OVL SAS",
            "buyer_name": "Atelier Fontaine",
            "po_number": "210448812",
        },
    ),
    Drawn(
        "american contractor",
        """
R & M PLUMBING CO.
Licensed & Insured - Lic# CFC1428810
901 W. Cypress St., Tampa FL 33606     Tel (813) 555-0199

INVOICE                                       No.  11872
                                              Date 7/9/2025
SOLD TO:  Gulfside Property Mgmt.             P.O. No. GP-2210
          PO Box 1187                         Rep  RM
          Tampa, FL 33601

Repaired slab leak, kitchen                                     1,250.00
Materials                                                         318.42
                                                Labor & Mat.    1,568.42
                                                Sales Tax          23.88
                                                TOTAL           1,592.30
TERMS: Due upon receipt. 1.5% per month on past due accounts.
Make all checks payable to R & M Plumbing Co.
""",
        {
            "invoice_number": "11872",
            "issue_date": "2025-07-09",
            "total": "1592.30",
            "net": "1568.42",
            "tax": "23.88",
            "currency": "USD",
            "seller_name": "R & M Plumbing Co.",
            "buyer_name": "Gulfside Property Mgmt.",
            "po_number": "GP-2210",
        },
    ),
    Drawn(
        "new zealand",
        """
KAURI SIGNS LIMITED                            Tax Invoice
PO Box 301, Napier 4140
GST No. 98-765-432

Bill to:                      Invoice Date:  01 Aug 2025
Bay Cycles                    Invoice No:    KS-5520
18 Hastings St                Due Date:      20 Aug 2025
Napier 4110                   Order No:      Verbal-Tim

Item                          Qty     Price      Total
Shopfront sign                  1   $980.00    $980.00
                       Subtotal               $980.00
                       GST 15%                $147.00
                       Total NZD            $1,127.00
""",
        {
            "invoice_number": "KS-5520",
            "issue_date": "2025-08-01",
            "due_date": "2025-08-20",
            "total": "1127.00",
            "net": "980.00",
            "tax": "147.00",
            "currency": "NZD",
            "seller_name": "KAURI SIGNS LIMITED",
            "buyer_name": "Bay Cycles",
        },
    ),
    Drawn(
        "german shop, rates in a table below",
        """
Rechnung
Bezahlt
Referenznummer        KZDH2JQ88XM1
Verkauft von          Lumenta Handels GmbH
USt-IDNr.             DE301445882

Rechnungsdatum /
Lieferdatum           09 April 2025
Rechnungsnummer       DE5008KLTBXI
Zahlbetrag            35,69 €

Rechnungsadresse           Lieferadresse              Verkauft von
Sabine Kreutz              Sabine Kreutz              Lumenta Handels GmbH
Hafenstr. 2                Hafenstr. 2                Industriestr. 8
20457 Hamburg              20457 Hamburg              63450 Hanau

Bestellinformationen
Bestelldatum          08 April 2025
Bestellnummer         302-8841120-9920117

Beschreibung      Menge   Stückpreis      USt. %   Stückpreis     Zwischensumme
                          (ohne USt.)              (inkl. USt.)   (inkl. USt.)
LED Lampe           1     29,99 €         19%      35,69 €        35,69 €

                                          Gesamtpreis            35,69 €
              USt. %     Zwischensumme (ohne USt.)     USt.
              19 %       29,99 €                       5,70 €
              Gesamt     29,99 €                       5,70 €
""",
        {
            "invoice_number": "DE5008KLTBXI",
            "issue_date": "2025-04-09",
            "total": "35.69",
            "net": "29.99",
            "tax": "5.70",
            "currency": "EUR",
            "seller_name": "Lumenta Handels GmbH",
            "buyer_name": "Sabine Kreutz",
            "po_number": "302-8841120-9920117",
        },
    ),
    Drawn(
        "dutch, meta in one line",
        """
Bakker Webdiensten B.V.
Keizersgracht 201
1016 DT Amsterdam
KvK 61234567   BTW NL854312345B01   IBAN NL91ABNA0417164300

Aan: Stichting De Boom
     t.a.v. administratie
     Parkweg 4, 2585 JH Den Haag

FACTUUR
Factuurnummer: 2025-0088     Factuurdatum: 03-02-2025    Vervaldatum: 05-03-2025

Omschrijving                            Aantal    Prijs      Bedrag
Hosting Q1                                 1      90,00       90,00
Domeinnaam                                 2      12,50       25,00
                                       Subtotaal              115,00
                                       21% BTW                 24,15
                                       Totaal                € 139,15
""",
        {
            "invoice_number": "2025-0088",
            "issue_date": "2025-02-03",
            "due_date": "2025-03-05",
            "total": "139.15",
            "net": "115.00",
            "tax": "24.15",
            "currency": "EUR",
            "seller_name": "Bakker Webdiensten B.V.",
            "buyer_name": "Stichting De Boom",
            "iban": "NL91ABNA0417164300",
        },
    ),
    Drawn(
        "discount, no tax, bank by wire",
        """
Invoice #INV-US-20250214-0093

FROM                                    TO
Pinecone Metrics LLC                    Redfern Media
1209 Orange Street                      Attn: Billing
Wilmington, DE 19801                    90 Bedford St
EIN 88-1234567                          New York NY 10014

Issued: Feb 14, 2025   Due: Mar 16, 2025   PO: RM-330

Analytics Pro - annual                                  $2,388.00
Discount (10%)                                           -$238.80
Tax                                                         $0.00
Total                                                   $2,149.20

Wire: First Choice Bank  Routing 091311229  Account 202349981120
""",
        {
            "invoice_number": "INV-US-20250214-0093",
            "issue_date": "2025-02-14",
            "due_date": "2025-03-16",
            "total": "2149.20",
            "currency": "USD",
            "seller_name": "Pinecone Metrics LLC",
            "buyer_name": "Redfern Media",
            "po_number": "RM-330",
            "tax": "0.00",
            "net": "2149.20",
        },
    ),
)

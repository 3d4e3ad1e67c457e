"""More sheets, written down before the reader had seen any of them: English-speaking countries."""

from tests.parsers.invoice.page.drawn import Drawn

ABROAD = (
    Drawn(
        "contractor, word table",
        """
R. Mendoza Electric
Licensed & Insured  CA C-10 #778123
PO Box 991, Fresno CA 93710
Ph 559.555.0188

INVOICE

Invoice For: Walnut Grove HOA            Invoice #      R-2207
4400 N Palm Ave                          Invoice Date   June 9, 2025
Fresno, CA 93704                         P.O. #         WG-118
                                         Payment Due    Upon receipt

Description of work                                    Hours     Rate       Total
Replace panel breakers, building C                      6.5    $95.00     $617.50
Materials - breakers (4)                                                  $212.80

                                                      Labor              $617.50
                                                      Materials          $212.80
                                                      Sales tax 8.35%     $17.77
                                                      TOTAL DUE          $848.07

Make checks payable to R. Mendoza Electric
""",
        {
            "invoice_number": "R-2207",
            "issue_date": "2025-06-09",
            "total": "848.07",
            "tax": "17.77",
            "currency": "USD",
            "seller_name": "R. Mendoza Electric",
            "buyer_name": "Walnut Grove HOA",
            "po_number": "WG-118",
        },
    ),
    Drawn(
        "law firm, trust balance",
        """
                         HALVERSEN & PRICE LLP
                            ATTORNEYS AT LAW
                   900 Second Avenue South, Suite 1400
                       Minneapolis, Minnesota 55402
                         Federal Tax ID 41-1093377

Tamarack Robotics, Inc.                              October 31, 2025
Attn: General Counsel                                Invoice No. 88412
77 Mill Street                                       Client/Matter 02217.0003
Duluth, MN 55802

RE: Patent licensing

For professional services rendered through October 31, 2025

10/06/25  KLH   Review draft license agreement           2.40 hrs    1,320.00
10/14/25  KLH   Telephone conference with client          .60 hrs      330.00
10/20/25  BSP   Revise exhibits                          3.10 hrs    1,085.00

          Total fees for this matter                                 $2,735.00
          Disbursements: filing fee                                     400.00

          TOTAL CURRENT CHARGES                                      $3,135.00
          Previous balance                                            1,210.00
          Payment received 10/02/25 - thank you                      (1,210.00)
          BALANCE DUE                                                $3,135.00
""",
        {
            "invoice_number": "88412",
            "issue_date": "2025-10-31",
            "total": "3135.00",
            "currency": "USD",
            "seller_name": "HALVERSEN & PRICE LLP",
            "buyer_name": "Tamarack Robotics, Inc.",
        },
    ),
    Drawn(
        "power company",
        """
Prairie Valley Electric Cooperative              Account Number     4410-22871-06
P.O. Box 58  Salina KS 67402                     Bill Date          Jul 18, 2025
www.prairievalley.coop                           Due Date           Aug 11, 2025
                                                 Amount Due         $186.42

Service for: OAKHURST VETERINARY CLINIC
Service address: 310 E Iron Ave, Salina KS

Account summary
Previous balance                                                   $171.09
Payment Jul 2 - Thank you                                         -$171.09
Balance forward                                                      $0.00
Current charges                                                    $186.42
Total amount due                                                   $186.42

Energy charge 1,204 kWh @ $0.1283                                  $154.47
Customer charge                                                     $22.00
City franchise fee                                                   $9.95

Invoice number 70098812
""",
        {
            "invoice_number": "70098812",
            "issue_date": "2025-07-18",
            "due_date": "2025-08-11",
            "total": "186.42",
            "currency": "USD",
            "seller_name": "Prairie Valley Electric Cooperative",
        },
    ),
    Drawn(
        "cloud usage",
        """
Stratocore Cloud Services, LLC
410 Terry Avenue North
Seattle, WA 98109-5210, US                                        Invoice

Email or talk to us about your account or bill, visit stratocore.example/contact

Invoice Summary
Invoice Number:                                                 2049981733
Invoice Date:                                                   August 3, 2025
TOTAL AMOUNT DUE ON August 3, 2025                              $412.07

Bill to Address:
ATTN: Priya Nair
Lumen Dental Software Inc
55 Hagiwara Tea Garden Dr
San Francisco, CA, 94118, US

This invoice is for the billing period July 1 - July 31, 2025

Summary
Stratocore Service Charges                                      $412.07
  Charges                                                       $379.20
  Credits                                                         $0.00
  Tax                                                            $32.87
Total for this invoice                                          $412.07
""",
        {
            "invoice_number": "2049981733",
            "issue_date": "2025-08-03",
            "total": "412.07",
            "tax": "32.87",
            "currency": "USD",
            "seller_name": "Stratocore Cloud Services, LLC",
            "buyer_name": "Lumen Dental Software Inc",
        },
    ),
    Drawn(
        "online card receipt",
        """
Receipt                                                              Quillbox

Invoice number    B81D22E0-0007
Receipt number    2281-9034
Date paid         November 2, 2025
Payment method    Visa - 4242

Quillbox Software Ltd.                     Bill to
85 Great Portland Street                   Marisol Vega
London W1W 7LT                             marisol@vega.studio
United Kingdom                             Spain
GB VAT GB391822904

$24.00 paid on November 2, 2025

Description              Qty      Unit price       Amount
Quillbox Pro               1          $20.00       $20.00
Nov 2 - Dec 2, 2025

                                  Subtotal         $20.00
                                  VAT (20%)         $4.00
                                  Total            $24.00
                                  Amount paid      $24.00
""",
        {
            "invoice_number": "B81D22E0-0007",
            "total": "24.00",
            "net": "20.00",
            "tax": "4.00",
            "currency": "USD",
            "seller_name": "Quillbox Software Ltd.",
            "buyer_name": "Marisol Vega",
        },
    ),
    Drawn(
        "freight bill",
        """
PINNACLE INTERMODAL LLC                              FREIGHT BILL
MC# 887213  DOT# 2910441
Remit To: PO BOX 8800 DEPT 41, CHICAGO IL 60680      PRO#        5518827
                                                     INV DATE    09/22/25
SHIPPER                        CONSIGNEE             TERMS       NET 21 DAYS
Alder Paper Mill               Corwin Packaging      BOL#        0072291
Green Bay WI                   Toledo OH

BILL TO: Corwin Packaging Co, 18 Dock Rd, Toledo OH 43604

PIECES   DESCRIPTION             WEIGHT    RATE     CHARGES
22       PLTS PAPER ROLLS        41,200    FLAT     1,850.00
         FUEL SURCHARGE                    24%        444.00
         DETENTION 2 HRS                              120.00

                                 TOTAL CHARGES USD  2,414.00

PLEASE REFER TO INVOICE 5518827 WITH YOUR REMITTANCE
""",
        {
            "invoice_number": "5518827",
            "issue_date": "2025-09-22",
            "due_date": "2025-10-13",
            "total": "2414.00",
            "currency": "USD",
            "seller_name": "PINNACLE INTERMODAL LLC",
            "buyer_name": "Corwin Packaging Co",
        },
    ),
    Drawn(
        "progress billing",
        """
Ironwood Builders, Inc.                                 APPLICATION 4
2210 Commerce Way                                       INVOICE 25-0417-4
Boise, ID 83702                                         DATE 5/30/2025

TO: Snake River Brewing Co.                             PROJECT: Taproom expansion
    190 W Front St, Boise, ID 83702                     CONTRACT DATE: 1/6/2025

Contract sum to date                                               412,000.00
Total completed and stored to date                                 288,400.00
Retainage 5%                                                        14,420.00
Total earned less retainage                                        273,980.00
Less previous certificates for payment                             201,300.00
CURRENT PAYMENT DUE                                                 72,680.00
Balance to finish, including retainage                             138,020.00

All amounts in US dollars. Terms: Net 15.
""",
        {
            "invoice_number": "25-0417-4",
            "issue_date": "2025-05-30",
            "due_date": "2025-06-14",
            "total": "72680.00",
            "currency": "USD",
            "seller_name": "Ironwood Builders, Inc.",
            "buyer_name": "Snake River Brewing Co.",
        },
    ),
    Drawn(
        "canadian, three taxes",
        """
Atelier Boréal inc.                                        Facture / Invoice
1255 rue Peel, bureau 560                                  No. 003391
Montréal (Québec) H3B 2T9                                  Date 2025-04-14
                                                           Échéance / Due 2025-05-14
GST/TPS 81233 4412 RT0001   QST/TVQ 1209944123 TQ0001

Bill to / Facturer à
Northern Lights Media Ltd.
220 Bay Street, Toronto ON M5J 2W4

Design services / Services de design                                  2 400.00
Hosting / Hébergement                                                    150.00

Sous-total / Subtotal                                                 2 550.00
TPS / GST 5%                                                            127.50
TVQ / QST 9.975%                                                        254.36
Total (CAD)                                                          2 931.86
""",
        {
            "invoice_number": "003391",
            "issue_date": "2025-04-14",
            "due_date": "2025-05-14",
            "total": "2931.86",
            "net": "2550.00",
            "tax": "381.86",
            "currency": "CAD",
            "seller_name": "Atelier Boréal inc.",
            "buyer_name": "Northern Lights Media Ltd.",
        },
    ),
    Drawn(
        "canadian dollars, hst",
        """
INVOICE

From                                     Invoice no.     CH-1188
Cedar & Hollis Consulting                Issued          12 Sep 2025
45 Lakeshore Rd E                        Due             12 Oct 2025
Mississauga, ON  L5G 1C9
HST# 77120 9983 RT0001

Bill to
Ontario Craft Cider Association
Attn: Accounts payable

Strategy workshop (2 days)                               $3,600.00
Travel                                                     $184.50

Subtotal                                                 $3,784.50
HST 13%                                                    $491.99
Balance due (CAD)                                        $4,276.49

e-Transfer: pay@cedarhollis.ca
""",
        {
            "invoice_number": "CH-1188",
            "issue_date": "2025-09-12",
            "due_date": "2025-10-12",
            "total": "4276.49",
            "net": "3784.50",
            "tax": "491.99",
            "currency": "CAD",
            "seller_name": "Cedar & Hollis Consulting",
            "buyer_name": "Ontario Craft Cider Association",
        },
    ),
    Drawn(
        "australian trades",
        """
Wattle Plumbing & Gas Pty Ltd
ABN: 51 824 753 556   Lic 288112C
PO Box 12 Marrickville NSW 2204

TAX INVOICE 10442

Issue date: 8/07/2025                       To: Bellbird Childcare Centre
Due date: 22/07/2025                        14 Addison Rd
Job ref: J-5520                             Marrickville NSW 2204

Item                                   Qty    Unit price    Amount (inc GST)
Call out                                 1        110.00             110.00
Hot water thermostat replaced            1        286.00             286.00

Total inc GST                                               A$396.00
GST included in total                                        A$36.00

Pay by bank transfer: BSB 062-000 Acc 1122 3344
""",
        {
            "invoice_number": "10442",
            "issue_date": "2025-07-08",
            "due_date": "2025-07-22",
            "total": "396.00",
            "net": "360.00",
            "tax": "36.00",
            "currency": "AUD",
            "seller_name": "Wattle Plumbing & Gas Pty Ltd",
            "buyer_name": "Bellbird Childcare Centre",
        },
    ),
    Drawn(
        "indian gst",
        """
                              TAX INVOICE                      (Original for Recipient)
Kaveri Infosystems Private Limited          Invoice No.  KIS/25-26/0418
No 27, 4th Cross, Indiranagar               Dated        11-Aug-25
Bengaluru 560038                            Delivery Note
GSTIN/UIN: 29AABCK4412M1Z6                  Mode/Terms of Payment  30 Days
State Name : Karnataka, Code : 29

Buyer (Bill to)
Sahyadri Foods LLP
Plot 9, MIDC, Pune 411026
GSTIN/UIN : 27AAQFS2211N1ZC

Sl  Description of Goods     HSN/SAC   Quantity   Rate      per    Amount
1   AMC - server support     998713    12         4,500.00  Mth    54,000.00
    IGST 18%                                                        9,720.00
    Total                                                        Rs 63,720.00

Amount Chargeable (in words)
INR Sixty Three Thousand Seven Hundred Twenty Only

Company's Bank Details
A/c No. 50200011223344  Branch & IFS Code: Indiranagar & HDFC0000123
""",
        {
            "invoice_number": "KIS/25-26/0418",
            "issue_date": "2025-08-11",
            "due_date": "2025-09-10",
            "total": "63720.00",
            "net": "54000.00",
            "tax": "9720.00",
            "currency": "INR",
            "seller_name": "Kaveri Infosystems Private Limited",
            "buyer_name": "Sahyadri Foods LLP",
        },
    ),
    Drawn(
        "indian, lakh grouping",
        """
SHREE GANESH TRADERS
Wholesale Stationers, 14 Princess Street, Mumbai 400002
GSTIN: 27ABKPS8812Q1ZT

Bill No: SGT-907                                 Date: 02/09/2025
M/s. Vidya Mandir School                         P.O. No: VM/88

Particulars                     Qty        Rate         Amount
Exercise books                 5000       22.50    1,12,500.00
Chart paper                     400       10.00       4,000.00

Taxable Value                                      1,16,500.00
CGST @ 6%                                              6,990.00
SGST @ 6%                                              6,990.00
Grand Total                                     ₹ 1,30,480.00

E. & O.E.
""",
        {
            "invoice_number": "SGT-907",
            "issue_date": "2025-09-02",
            "total": "130480.00",
            "net": "116500.00",
            "tax": "13980.00",
            "currency": "INR",
            "seller_name": "SHREE GANESH TRADERS",
            "buyer_name": "Vidya Mandir School",
        },
    ),
    Drawn(
        "british sole trader",
        """
Gemma Ashworth
Copywriter
Flat 2, 61 Cotham Brow, Bristol BS6 6AN
gemma@ashworthwrites.co.uk
                                                       INVOICE

To: Pennant Outdoor Ltd                                Invoice number: 0071
    Unit 4, Avon Riverside Estate                      Invoice date: 28.10.2025
    Bristol BS11 9DB                                   Terms: 14 days

Website copy, 6 pages @ £140                           £840.00
Newsletter, October                                    £120.00

TOTAL                                                  £960.00

Not VAT registered.
Please pay by BACS: G Ashworth, sort code 09-01-28, account 55512345
""",
        {
            "invoice_number": "0071",
            "issue_date": "2025-10-28",
            "due_date": "2025-11-11",
            "total": "960.00",
            "currency": "GBP",
            "seller_name": "Gemma Ashworth",
            "buyer_name": "Pennant Outdoor Ltd",
        },
    ),
    Drawn(
        "british broadband",
        """
Moorland Fibre                                         Your bill
Customer service 0800 555 0171
                                            Bill number      MF 20551 098 7
Kestrel Opticians                           Bill date        3 November 2025
22 Castle Street                            Account number   900 2231 4
Skipton BD23 1AA                            To be taken by Direct Debit on
                                            17 November 2025

Your last bill                                              £57.60
Payment received, thank you                                -£57.60
This month's charges
Business Fibre 900                                          £48.00
Total before VAT                                            £48.00
VAT at 20%                                                   £9.60
Total to pay                                                £57.60

Moorland Fibre Limited. Registered in England 06811223. VAT reg GB 223 4419 07
""",
        {
            "invoice_number": "MF 20551 098 7",
            "issue_date": "2025-11-03",
            "due_date": "2025-11-17",
            "total": "57.60",
            "net": "48.00",
            "tax": "9.60",
            "currency": "GBP",
        },
    ),
    Drawn(
        "irish, mixed rates",
        """
Burren Catering Supplies Ltd                                    INVOICE
Ballyvaughan Road, Ennis, Co. Clare, V95 X2Y3
VAT No: IE 6388047V                              Document No   SI-44120
                                                 Date          14/05/2025
Customer: THE OLD FORGE CAFE                     Account       OLDF01
Main Street, Lisdoonvarna                        Due           13/06/2025

Code     Description            Qty    Price     Net     VAT%
FLR25    Flour 25kg               4    18.20    72.80     0.00
CUP12    Paper cups x1000         2    39.50    79.00    23.00

VAT analysis        Net       VAT          Goods          151.80
0.00%             72.80      0.00          VAT             18.17
23.00%            79.00     18.17          Total EUR      169.97
""",
        {
            "invoice_number": "SI-44120",
            "issue_date": "2025-05-14",
            "due_date": "2025-06-13",
            "total": "169.97",
            "net": "151.80",
            "tax": "18.17",
            "currency": "EUR",
            "seller_name": "Burren Catering Supplies Ltd",
            "buyer_name": "THE OLD FORGE CAFE",
        },
    ),
    Drawn(
        "new zealand",
        """
TAX INVOICE
                                                         Kauri Digital Limited
Attention: Hemi Walker                                   Level 3, 40 Taranaki Street
Harbour Kayaks Ltd                                       Wellington 6011
Queens Wharf                                             GST No: 118-204-553

Date            Invoice No      Due Date        Reference
31 Mar 2025     KD-2091         20 Apr 2025     March retainer

Description                                   Quantity     Price      Amount
SEO retainer                                         1   1,200.00    1,200.00

                                              Subtotal               1,200.00
                                              GST (15%)                180.00
                                              Amount Due NZD         1,380.00
""",
        {
            "invoice_number": "KD-2091",
            "issue_date": "2025-03-31",
            "due_date": "2025-04-20",
            "total": "1380.00",
            "net": "1200.00",
            "tax": "180.00",
            "currency": "NZD",
            "seller_name": "Kauri Digital Limited",
            "buyer_name": "Harbour Kayaks Ltd",
        },
    ),
    Drawn(
        "hotel folio",
        """
THE MARLOWE HOTEL
1200 Congress Street, Portland, ME 04102
Guest Folio / Invoice

Guest: Mr. Theo Brandt                          Folio No. 331872
Company: Arden Consulting                       Arrival 10-06-25   Departure 10-08-25
Room 512                                        Invoice Date 10-08-25

Date       Description                    Charges      Credits
10-06-25   Room charge                     189.00
10-06-25   Lodging tax 9%                   17.01
10-07-25   Room charge                     189.00
10-07-25   Lodging tax 9%                   17.01
10-08-25   Visa XXXX1881                                412.02

           Total                           412.02       412.02
           Balance                           0.00
""",
        {
            "issue_date": "2025-10-08",
            "total": "412.02",
            "seller_name": "THE MARLOWE HOTEL",
        },
    ),
    Drawn(
        "big bold amount due, freelancer",
        """
                                                            INVOICE
Ines Castellano Photography                                 #0219

Billed To            Date of Issue        Amount Due (USD)
Foundry Fitness      11/14/2025           $1,450.00
501 Main St          Due Date
Tulsa, OK 74103      11/28/2025

Description                      Rate         Qty       Line Total
Product shoot, half day       $1,200.00         1       $1,200.00
Retouching                       $25.00        10         $250.00

                                         Subtotal       1,450.00
                                         Tax                0.00
                                         Total          1,450.00
                                         Amount Paid        0.00
                                         Amount Due (USD)  $1,450.00
""",
        {
            "invoice_number": "0219",
            "issue_date": "2025-11-14",
            "due_date": "2025-11-28",
            "total": "1450.00",
            "currency": "USD",
            "seller_name": "Ines Castellano Photography",
            "buyer_name": "Foundry Fitness",
        },
    ),
    Drawn(
        "distributor with discount and freight",
        """
Corvid Fasteners & Supply Co.                                        INVOICE
1808 Industrial Blvd, Akron, OH 44305

Sold To                             Ship To                    Invoice Number    881204
Delmar Cabinet Works                Delmar Cabinet Works       Invoice Date      02/17/2025
PO Box 30                           77 Mill Rd                 Customer PO       DCW-5521
Wooster, OH 44691                   Wooster, OH 44691          Terms             2% 10 Net 30

Line  Item        Description           Ordered  Shipped  B/O   Unit Price    Extended
1     SCR-832     #8 x 1-1/4 wood scr        40       40    0         7.25      290.00
2     HNG-12      Soft close hinge          100       80   20         3.10      248.00

                                                      Merchandise Total         538.00
                                                      Discount                  -26.90
                                                      Freight                    18.75
                                                      Sales Tax                   0.00
                                                      INVOICE TOTAL             529.85
If paid by 02/27/2025 you may deduct 10.22
""",
        {
            "invoice_number": "881204",
            "issue_date": "2025-02-17",
            "due_date": "2025-03-19",
            "total": "529.85",
            "seller_name": "Corvid Fasteners & Supply Co.",
            "buyer_name": "Delmar Cabinet Works",
            "po_number": "DCW-5521",
        },
    ),
    Drawn(
        "south african",
        """
Protea Signage (Pty) Ltd          TAX INVOICE
Reg 2014/112233/07                Number:      INV0003127
VAT No 4780266119                 Date:        2025/06/03
12 Voortrekker Road               Page:        1/1
Bellville 7530                    Reference:   Q-771
                                  Due Date:    2025/07/03

Table Mountain Tours CC
Customer VAT No: 4110298774

Description            Quantity   Excl. Price   Disc %   VAT %   Excl. Total   Incl. Total
Vinyl banner 3m              2      R 850.00    0.00%   15.00%     R1 700.00     R1 955.00

                                        Total Discount:      R 0.00
                                        Total Exclusive:     R 1 700.00
                                        Total VAT:           R 255.00
                                        Sub Total:           R 1 955.00
                                        Grand Total:         R 1 955.00
                                        BALANCE DUE          R 1 955.00
""",
        {
            "invoice_number": "INV0003127",
            "issue_date": "2025-06-03",
            "due_date": "2025-07-03",
            "total": "1955.00",
            "net": "1700.00",
            "tax": "255.00",
            "currency": "ZAR",
            "seller_name": "Protea Signage (Pty) Ltd",
            "buyer_name": "Table Mountain Tours CC",
        },
    ),
    Drawn(
        "singapore",
        """
Merlion Interiors Pte Ltd                             TAX INVOICE
UEN / GST Reg No. 201544218K
10 Anson Road #12-05 Singapore 079903                 Invoice No : MI25-0688
                                                      Invoice Date : 05 Sep 2025
Bill To : Raffles Dental Group Pte Ltd                Credit Term : 30 Days
Attn : Finance Department                             Our Ref : PRJ-330

No   Description                          Qty       U/Price        Amount
1.   Partition wall works                   1      6,500.00      6,500.00

                                     Sub-Total       S$          6,500.00
                                     Add 9% GST      S$            585.00
                                     Total Amount Payable  S$    7,085.00
""",
        {
            "invoice_number": "MI25-0688",
            "issue_date": "2025-09-05",
            "due_date": "2025-10-05",
            "total": "7085.00",
            "net": "6500.00",
            "tax": "585.00",
            "currency": "SGD",
            "seller_name": "Merlion Interiors Pte Ltd",
            "buyer_name": "Raffles Dental Group Pte Ltd",
        },
    ),
    Drawn(
        "domain registrar, no labels for parties",
        """
Namewharf, Inc.
700 Lavaca St, Suite 1401
Austin, TX 78701

Order Receipt / Invoice 55810223
Ordered on: Mon, Dec 1 2025 09:12 AM CST

Tidewater Pilates
Roanoke, Virginia 24011
US

Product                               Term        Price
tidewaterpilates.com renewal          1 year     $21.99
Domain privacy                        1 year      $9.99

Subtotal: $31.98
Taxes & fees: $0.20
Total: $32.18 USD
Paid with Mastercard ending in 0023
""",
        {
            "invoice_number": "55810223",
            "issue_date": "2025-12-01",
            "total": "32.18",
            "currency": "USD",
            "seller_name": "Namewharf, Inc.",
        },
    ),
)

"""Papers written down after the reader was made, before it had seen them."""

from tests.parsers.paper.drawn import Drawn

UNSEEN = (
    Drawn(
        "insurance_certificate",
        "Orchard Cleaning Co",
        "WC 0098812",
        "2027-01-15",
        """\
Certificate of Insurance
This certificate is evidence that the policy below is in force.
Name of Insured          Orchard Cleaning Co
Address                  4 Mill Lane, Bristol BS1 6TY
Class                    Employers' Liability
Policy No.               WC 0098812
Effective                16 January 2026
Expiry Date              15 January 2027
""",
    ),
    Drawn(
        "insurance_certificate",
        "Studio Weber & Partner mbB",
        "BH 4410-77123",
        "2027-06-30",
        """\
Hanse Versicherung a.G.
Nachweis über das Bestehen einer Berufshaftpflichtversicherung
Versicherungsnehmer
Studio Weber & Partner mbB
Lange Reihe 12
20099 Hamburg
Versicherungsnummer: BH 4410-77123
Der Versicherungsschutz besteht vom 01.07.2026 bis 30.06.2027.
""",
    ),
    Drawn(
        "w9",
        "Harold T. Finch",
        "",
        "",
        """\
Form W-9
(Rev. October 2018)
Request for Taxpayer
Identification Number and Certification
1 Name (as shown on your income tax return). Name is required on this line;
do not leave this line blank.
Harold T. Finch
Social security number
123-45-6789
Under penalties of perjury, I certify that:
""",
    ),
    Drawn(
        "vat_registration",
        "Keel Marine Limited",
        "IE6388047V",
        "",
        """\
Office of the Revenue Commissioners
VAT Registration Certificate
Registered name: Keel Marine Limited
VAT number: IE6388047V
Date of registration: 01/02/2020
""",
    ),
    Drawn(
        "vat_registration",
        "Studio Weber & Partner mbB",
        "DE298334411",
        "",
        """\
Bundeszentralamt für Steuern
Mitteilung über die Erteilung einer Umsatzsteuer-Identifikationsnummer
Firma Studio Weber & Partner mbB
Lange Reihe 12, 20099 Hamburg
Ihnen wird folgende Umsatzsteuer-Identifikationsnummer erteilt: DE298334411
""",
    ),
    Drawn(
        "trade_licence",
        "Gulf Shade Trading LLC",
        "CN-1189922",
        "2027-02-27",
        """\
Department of Economic Development
TRADE LICENSE
License No.   CN-1189922
Company Name  Gulf Shade Trading LLC
Legal Type    Limited Liability Company
Issue Date    28/02/2026
Expiry Date   27/02/2027
""",
    ),
    Drawn(
        "exemption_certificate",
        "Elektro Brandt e.K.",
        "3012 2208 7719 0421",
        "2027-03-31",
        """\
Finanzamt Hamburg-Nord
Freistellungsbescheinigung zum Steuerabzug bei Bauleistungen gemäß § 48b EStG
Leistender: Elektro Brandt e.K., Wandsbeker Chaussee 9, 22089 Hamburg
Sicherheitsnummer 3012 2208 7719 0421
Die Bescheinigung ist gültig vom 01.04.2024 bis zum 31.03.2027.
""",
    ),
    Drawn(
        "tax_residence",
        "Keel Marine Limited",
        "6388047V",
        "2026-12-31",
        """\
Certificate of Tax Residence
Name of company: Keel Marine Limited
Tax Reference: 6388047V
This is to certify that the above company is resident in Ireland for the purposes of tax.
Year: 2026
""",
    ),
    Drawn(
        "iso_certificate",
        "Gulf Shade Trading LLC",
        "QMS-22-4471",
        "2027-08-09",
        """\
CERTIFICATE OF CONFORMITY
ISO 14001:2015
This certifies that
Gulf Shade Trading LLC
Office 4, Deira, Dubai
has implemented an environmental management system.
Certificate No: QMS-22-4471
Valid until: 09 August 2027
""",
    ),
    Drawn(
        "iso_certificate",
        "Elektro Brandt e.K.",
        "44 121 190822",
        "2028-02-11",
        """\
Zertifikat
Die Zertifizierungsstelle bescheinigt hiermit, dass das Unternehmen
Elektro Brandt e.K.
Wandsbeker Chaussee 9, 22089 Hamburg
ein Qualitätsmanagementsystem nach DIN EN ISO 9001:2015 anwendet.
Zertifikats-Nr. 44 121 190822
Gültig bis 11.02.2028
""",
    ),
)

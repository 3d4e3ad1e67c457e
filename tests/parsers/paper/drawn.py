"""Papers of vendors, as offices and insurers write them: text, and what stands in it."""

from typing import NamedTuple


class Drawn(NamedTuple):
    """One paper and its truth; empty: it does not say."""

    paper: str
    holder: str
    number: str
    valid_until: str
    text: str


ACORD = Drawn(
    "insurance_certificate",
    "Bluebird Plumbing LLC",
    "GL-7741-0932",
    "2027-03-01",
    """\
ACORD 25   CERTIFICATE OF LIABILITY INSURANCE          DATE (MM/DD/YYYY) 02/17/2026
THIS CERTIFICATE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS
UPON THE CERTIFICATE HOLDER.
PRODUCER
Harbor Insurance Brokers
12 Dock St, Portland, OR 97201
INSURED
Bluebird Plumbing LLC
880 Pine Ave
Portland, OR 97209
INSURER A: Cascadia Mutual Insurance Co   NAIC # 12345
COVERAGES   CERTIFICATE NUMBER:   REVISION NUMBER:
INSR LTR  TYPE OF INSURANCE  POLICY NUMBER  POLICY EFF  POLICY EXP  LIMITS
A  COMMERCIAL GENERAL LIABILITY  GL-7741-0932  03/01/2026  03/01/2027  EACH OCCURRENCE $1,000,000
A  AUTOMOBILE LIABILITY  BA-1189-3321  04/01/2026  04/01/2027  COMBINED SINGLE LIMIT $1,000,000
CERTIFICATE HOLDER
Corp Ltd
AUTHORIZED REPRESENTATIVE
""",
)
BRITISH_COVER = Drawn(
    "insurance_certificate",
    "Nordlicht Services Limited",
    "PI/88/204417",
    "2027-06-30",
    """\
Hartwell & Sons Underwriting
CERTIFICATE OF INSURANCE
Professional Indemnity and Public Liability
Policyholder: Nordlicht Services Limited
Policy Number: PI/88/204417
Period of Insurance: 1 July 2026 to 30 June 2027 (both days inclusive)
Limit of Indemnity: GBP 2,000,000 any one claim
Issued on 3 July 2026
""",
)
GERMAN_COVER = Drawn(
    "insurance_certificate",
    "Meister Dachbau GmbH",
    "70-123.456.789-4",
    "2026-12-31",
    """\
Rheinische Assekuranz AG
Versicherungsbestätigung
Hiermit bestätigen wir das Bestehen einer Betriebshaftpflichtversicherung.
Versicherungsnehmer: Meister Dachbau GmbH, Hafenstraße 4, 50668 Köln
Versicherungsschein-Nr.: 70-123.456.789-4
Versicherungszeitraum: 01.01.2026 bis 31.12.2026
Deckungssumme: 3.000.000 EUR für Personen- und Sachschäden
Köln, den 12.01.2026
""",
)
W9 = Drawn(
    "w9",
    "Bluebird Plumbing LLC",
    "93-4417205",
    "",
    """\
Form W-9 (Rev. March 2024)
Department of the Treasury Internal Revenue Service
Request for Taxpayer Identification Number and Certification
Give form to the requester. Do not send to the IRS.
1 Name of entity/individual. An entry is required.
Bluebird Plumbing LLC
2 Business name/disregarded entity name, if different from above.
3a Check the appropriate box: LLC. Enter the tax classification: S
5 Address 880 Pine Ave
6 City, state, and ZIP code Portland, OR 97209
Part I Taxpayer Identification Number (TIN)
Social security number
or
Employer identification number
93-4417205
Part II Certification. Under penalties of perjury, I certify that:
Sign Here  Signature of U.S. person   Date 01/09/2026
""",
)
BRITISH_VAT = Drawn(
    "vat_registration",
    "Nordlicht Services Limited",
    "GB 345 6789 12",
    "",
    """\
HM Revenue & Customs
Certificate of Registration for Value Added Tax
Registration Number (VRN) GB 345 6789 12
Name: Nordlicht Services Limited
Effective Date of Registration: 1 April 2021
Trade classification: 62020
""",
)
GERMAN_VAT = Drawn(
    "vat_registration",
    "Meister Dachbau GmbH",
    "215/5801/4433",
    "",
    """\
Finanzamt Köln-Süd
Bescheinigung über die Eintragung als Steuerpflichtiger (Unternehmer)
Das Finanzamt bescheinigt, dass
Firma: Meister Dachbau GmbH
Hafenstraße 4, 50668 Köln
unter der Steuernummer 215/5801/4433 als Unternehmer
im Sinne des Umsatzsteuergesetzes eingetragen ist.
Datum: 02.02.2026
""",
)
GERMAN_TRADE = Drawn(
    "trade_licence",
    "Meister Dachbau GmbH",
    "HRB 77214",
    "",
    """\
Stadt Köln, Ordnungsamt
Gewerbeanmeldung
nach § 14 GewO oder § 55c GewO
1 Im Handels-, Genossenschafts- oder Vereinsregister eingetragener Name mit Rechtsform
Meister Dachbau GmbH
2 Ort und Nr. des Registereintrags
Köln HRB 77214
Angemeldete Tätigkeit: Dachdeckerei
Datum des Beginns der Tätigkeit: 01.03.2019
""",
)
AMERICAN_TRADE = Drawn(
    "trade_licence",
    "Bluebird Plumbing LLC",
    "BL-2026-00917",
    "2026-12-31",
    """\
City of Portland, Revenue Division
BUSINESS LICENSE
Issued to: Bluebird Plumbing LLC
License Number: BL-2026-00917
Issue Date: 01/05/2026
Expiration Date: 12/31/2026
Post in a conspicuous place.
""",
)
EXEMPTION = Drawn(
    "exemption_certificate",
    "Meister Dachbau GmbH",
    "2155801443300917",
    "2028-11-30",
    """\
Finanzamt Köln-Süd
Steuernummer 215/5801/4433
Sicherheitsnummer: 2155801443300917
Freistellungsbescheinigung
zum Steuerabzug bei Bauleistungen gemäß § 48b Abs. 1 Satz 1 des Einkommensteuergesetzes (EStG)
Firma
Meister Dachbau GmbH
Hafenstraße 4, 50668 Köln
wird hiermit bescheinigt, dass der Empfänger der
Bauleistung von der Pflicht zum Steuerabzug befreit ist.
Diese Bescheinigung gilt vom 01.12.2025 bis zum 30.11.2028.
""",
)
AMERICAN_RESIDENCE = Drawn(
    "tax_residence",
    "Bluebird Plumbing LLC",
    "93-4417205",
    "2026-12-31",
    """\
DEPARTMENT OF THE TREASURY
INTERNAL REVENUE SERVICE
Date: January 20, 2026
CERTIFICATION OF U.S. TAX RESIDENCY
Taxpayer: Bluebird Plumbing LLC
TIN: 93-4417205
Tax Year: 2026
I certify that, to the best of our knowledge, the above-named entity is a limited liability company.
Form 6166
""",
)
GERMAN_RESIDENCE = Drawn(
    "tax_residence",
    "Meister Dachbau GmbH",
    "215/5801/4433",
    "2026-12-31",
    """\
Finanzamt Köln-Süd
Ansässigkeitsbescheinigung
Name/Firma: Meister Dachbau GmbH
Steuernummer: 215/5801/4433
Es wird bescheinigt, dass der Steuerpflichtige im Kalenderjahr 2026 in Deutschland ansässig ist.
Köln, 15.01.2026
""",
)
ISO = Drawn(
    "iso_certificate",
    "Nordlicht Services Limited",
    "IS 712345",
    "2028-09-14",
    """\
Certificate of Registration
INFORMATION SECURITY MANAGEMENT SYSTEM - ISO/IEC 27001:2022
This is to certify that: Nordlicht Services Limited
14 Quay Street
Leeds LS1 4DY
Holds Certificate Number: IS 712345
and operates an Information Security Management System which complies with ISO/IEC 27001:2022.
Original Registration Date: 2019-09-15
Effective Date: 2025-09-15
Expiry Date: 2028-09-14
""",
)
GERMAN_ISO = Drawn(
    "iso_certificate",
    "Meister Dachbau GmbH",
    "01 100 2117733",
    "2027-05-18",
    """\
ZERTIFIKAT
Prüfnorm ISO 9001:2015
Zertifikat-Registrier-Nr. 01 100 2117733
Unternehmen: Meister Dachbau GmbH
Hafenstraße 4
50668 Köln
Geltungsbereich: Dachdeckerarbeiten
Gültigkeit: Dieses Zertifikat ist gültig vom 19.05.2024 bis 18.05.2027.
Erstzertifizierung 2018
""",
)
DRAWN = (
    *(ACORD, BRITISH_COVER, GERMAN_COVER, W9, BRITISH_VAT, GERMAN_VAT, GERMAN_TRADE),
    *(AMERICAN_TRADE, EXEMPTION, AMERICAN_RESIDENCE, GERMAN_RESIDENCE, ISO, GERMAN_ISO),
)

"""How long a contract of many pages takes, warm: python bench/contract.py [--pages 100]"""

import argparse
import statistics
import time

from fpdf import FPDF

from parsers.kinds import read_document

OPENING = """HOSTING AND SUPPORT AGREEMENT
This Hosting and Support Agreement (the "Agreement") is made and entered into as of March 1, 2025
(the "Effective Date"), by and between Nordlicht Hosting GmbH, a German limited liability company
("Provider"), and Fjord Lease AS, a company organized under the laws of Norway ("Customer").
WHEREAS, Customer wishes to obtain hosting services; NOW, THEREFORE, the parties agree as follows:
2. Term. The initial term of this Agreement shall commence on the Effective Date and continue for
two (2) years. Thereafter this Agreement shall automatically renew for successive one (1) year
periods unless either party gives ninety (90) days written notice before the end of the term.
This Agreement shall be governed by the laws of Norway."""
CLAUSE = """{n}.{m} Provider shall perform the services set forth in Section {m} hereof with
the care of a prudent provider, and shall not be liable for any delay which is due to Customer. If
the Customer fails to pay an invoice within thirty (30) days, Provider may suspend the services."""
LINES, STARTS = 48, 5


def contract(pages: int) -> bytes:
    """One of its pages is the opening, the others are clauses."""
    pdf = FPDF()
    pdf.set_font("Times", size=10)
    for page in range(pages):
        clauses = [CLAUSE.format(n=page, m=m) for m in range(1, LINES // 3 + 1)]
        pdf.add_page()
        pdf.multi_cell(0, 5, OPENING if page == 0 else "\n".join(clauses))
    return bytes(pdf.output())


def main(pages: int) -> None:
    content, took = contract(pages), []
    for _ in range(STARTS + 1):
        start = time.perf_counter()
        reading = read_document(content)
        took.append(time.perf_counter() - start)
    warm = took[1:]
    print(f"{pages} pages, {reading.kind.value}, law {reading.text('governing_law')}")
    print(
        f"first {took[0]:.2f} s; warm: median {statistics.median(warm):.2f}, worst {max(warm):.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    main(parser.parse_args().pages)

"""Contracts as a kind of document."""

from mailagent.core.reading import Kind, Reading
from parsers.contract.prose import Prose
from parsers.contract.recognise import looks_like_contract
from parsers.contract.tongues import language_abroad
from parsers.opened import Opened

_PAGES = 400


class ContractKind:
    """Reads every text that is written as a contract is."""

    kinds = frozenset({Kind.CONTRACT})

    def read(self, document: Opened) -> Reading | None:
        """None where it is no contract."""
        if document.xml:
            return None
        texts = document.page_texts(_PAGES)
        prose = Prose(texts)
        sure, language = looks_like_contract(prose), ""
        if not sure:
            sure, language = language_abroad("\n".join(texts))
        if not sure:
            return None
        # Loaded where there is one: most documents are none, and its patterns are many.
        from parsers.contract.fields import fields_of

        return Reading(
            kind=Kind.CONTRACT,
            confidence=sure,
            fields=fields_of(prose, language),
            pages=document.pages,
            reason="it is written as a contract",
        )


KIND = ContractKind()

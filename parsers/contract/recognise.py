"""Whether a text is a contract, told by how lawyers write."""

import re

from parsers.contract.prose import Prose

_OF_ITSELF = re.compile(
    r"\bth(?:is|e) (?:[\w-]+ ){0,5}?(?:agreement|contract|lease|licen[cs]e|deed|addendum|"
    r"amendment|appointment|memorandum|statement of work|franchise|undertaking|endorsement)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:agreement|contract|lease|deed|addendum|amendment|endorsement|"
    r"memorandum of understanding)\b",
    re.IGNORECASE,
)
_CUES = tuple(
    re.compile(cue, re.IGNORECASE)
    for cue in (
        r"\bwhereas\b|\brecitals?\b|\bwitnesseth\b|\bnow,? therefore\b",
        r"\bhere(?:in(?:after|above|below)?|to|of|under|by)\b|\bthereof\b|\bforegoing\b",
        r"\bthe part(?:y|ies)\b|\b(?:either|both|each) part(?:y|ies)\b|\bundersigned\b",
        (
            r"\bgoverned by\b|\bgoverning law\b|\blaws? of\b[^.;]{0,80}\bgoverns?\b|"
            r"\bjurisdiction\b|\barbitration\b|\bconstrued\b"
        ),
        r"\bterminat(?:e|ion|ed)\b|\bcancell?ation\b",
        r"\bentire agreement\b|\bin witness\b|\bcounterparts\b|\bseverab\w+|\bexecuted\b",
        r"\bindemnif\w+|\bliabilit(?:y|ies)\b|\bwarrant(?:y|ies|s)\b|\bconfidential\w*",
        r"\bshall\b|\bagrees? (?:to|that)\b",
        r"\bobligations?\b|\bcovenants?\b|\bconsideration\b|\bpursuant to\b",
    )
)
_HEAD = 600  # letters in which a title stands
_SHORTEST, _MOST = 500, 40_000  # letters
_TITLED, _UNTITLED = 3, 5  # cues; a text with fewer of them is about contracts, no contract
_OFTEN = 2


def looks_like_contract(prose: Prose) -> float:
    """From 0 to 1: how sure it is; 0 where it is none."""
    if len(prose.text) < _SHORTEST:
        return 0.0
    itself = len(_OF_ITSELF.findall(prose.text[:_MOST]))
    cues = sum(1 for cue in _CUES if cue.search(prose.text))
    titled = _TITLE.search(prose.text[:_HEAD]) is not None
    enough = cues >= _TITLED if titled else cues >= _UNTITLED and itself >= _OFTEN
    return min(0.99, 0.5 + 0.06 * cues + 0.02 * min(itself, 5)) if enough else 0.0

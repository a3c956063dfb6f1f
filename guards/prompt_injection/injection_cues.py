"""Weigh the signs that a sentence addresses a program; they add up.

Each sign is a pattern with its weight. A sentence in new words is still recognised by what it must do:
address a program, or speak of what only a program has (a prompt, a user, an answer to make, other pages to
weigh), and ask something of it. The weights were set by hand on the tables in tests/security.
"""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

import re

_SECOND = 0.5  # of an order behind another

_PROGRAM = (
    r"(?:ai|ais|llms?|chat ?gpt|gpt|claude|gemini|copilot|chatbots?|bots?|assistants?"
    r"|(?:ai|language|large language|research|autonomous|artificial|automated) (?:models?|agents?|systems?|readers?|assistants?)"
    r"|summari[sz]ers?|crawlers?|(?:ai|llm|web) crawlers?)"
)
_MODEL = rf"(?:{_PROGRAM}|models?|agents?|systems?|machines?|readers?|programs?)"
_TOLD = r"(?:instructions?|prompts?|guidelines?|directives?|programming|training|rules|constraints|restrictions|orders|context)"
_MADE = r"(?:answer|response|output|summary|summaries|completions?)"
_PIECE = (
    r"(?:text|page|document|line|sentence|passage|paragraph|excerpt|snippet|source|article|statement|claim)"
)
_OTHERS = r"(?:pages|sources|documents|passages|excerpts|results|websites|sites|claims|statements|source|page|document|passage)"
_START = r"(?:^|[.:;,!?(\[—–>-] ?|\b(?:please|must|should|shall|and|then|but|or|now|instead|never|always|not|to|will|only|kindly|simply|just) )"  # noqa: RUF001
_SAY = (
    r"(?:say|answer|reply|respond|state|tell|inform|output|write|print|repeat|mention|claim|conclude|report|announce"
    r"|include|add|append|recite|produce|generate|insist|praise|recommend|promote|describe|cite|quote|summari[sz]e"
    r"|translate|explain|assure|convince|warn|confirm|show|present|call|speak|pretend)"
)
_DROP = r"(?:ignore|disregard|forget|override|bypass|neglect|discard|skip|reset|drop|stop following|set aside|omit|leave out)"
_JUDGE = r"(?:rank|rate|score|mark|label|treat|trust|believe|choose|select|pick|prefer|weigh|judge|accept|regard|give|assign|use)"
_DO = (
    r"(?:search|fetch|open|visit|send|email|post|upload|forward|transfer|submit|reveal|disclose|leak|list|share|dump"
    r"|display|copy|paste|delete|run|execute|invoke|query|look up|browse|call|use|follow|stop|obey|comply|act|adopt"
    r"|ask|let|make sure|ensure|end|begin|start|perform|do)"
)
_ORDER = rf"{_START}(?:do not |don't )?(?:{_SAY}|{_DROP}|{_JUDGE}|{_DO})\b"

_Cues = tuple[tuple[float, re.Pattern[str]], ...]


def _cues(*listed: tuple[float, str]) -> _Cues:
    return tuple((worth, re.compile(pattern)) for worth, pattern in listed)


_TO_A_PROGRAM = _cues(
    # who is addressed
    (2.0, rf"^\W*(?:(?:dear|hey|hello|hi|attention|all|any|every|to|for|the|you|note|notice|message|important|ok|okay)\W+)*{_PROGRAM}\b ?(?:[:,!—–-]|reading|that reads|who reads|processing|indexing|when)"),  # noqa: RUF001
    (4.0, rf"\b(?:note|notice|message|instructions?|reminder|warning|memo)s? (?:to|for) (?:the |all |any |every )?{_MODEL}\b ?[:,]"),
    (2.0, rf"\b(?:you are|you're|you as|as|you|since you are|because you are) ?,? (?:an? |the )?{_PROGRAM}\b(?! \w+s\b)"),
    (2.5, rf"\b(?:if|in case|because|since) (?:you are|you're) (?:an? )?(?:machine|robot|program|computer|{_PROGRAM})\b"),
    (2.0, rf"\b(?:any|every|all|each|the|if an?|whichever) (?:\w+ )?{_MODEL} (?:that |which |who |is )?(?:reads?|reading|process\w*|summari[sz]\w*|index\w*|pars\w*|sees?|encounters?|crawls?|ingests?) (?:this|the following|these)\b"),
    (1.0, rf"\b{_PROGRAM}\b"),
    # what a program was told, and what it makes
    (1.5, rf"\byour (?:\w+ )?{_TOLD}\b"),
    (1.5, rf"\byour (?:\w+ )?(?:{_MADE}|developers?|creators?|makers?|operators?|memory|knowledge)\b"),
    (1.0, r"\byour (?:\w+ )?(?:reply|replies|report|translation|tool)\b"),
    (1.5, r"\byou (?:were|have been|are|had been) (?:\w+ )?(?:told|asked|given|instructed|programmed|trained|helping|serving|assisting)\b"),
    (3.0, r"\byou (?:were|have been|are) (?:now )?(?:reprogrammed|jailbroken|unrestricted|free of|freed|rewired|updated)\b"),
    (2.0, r"\bsystem prompt\b|\bhidden prompt\b|\bsafety (?:checks|filters?)\b|\bcontent polic(?:y|ies)\b"),
    (1.5, rf"\b(?:previous|prior|above|earlier|preceding|foregoing|original|initial|existing|all other|former) (?:\w+ )?{_TOLD}\b"),
    # the person behind it
    (1.5, r"\b(?:the|your|this) (?:user|human|asker|questioner)(?!'|s|\w)|\bwhoever asks\b|\bthe person (?:who |that )?(?:you|asked|asking|is asking)\b|\b(?:anyone|everyone|those|people|anybody) who asks?\b"),
    (1.0, r"\bthe user's\b"),
    (1.0, r"\bwhen(?:ever)? (?:you are |you're )?asked\b|\bif (?:you are |you're )?asked\b|\b(?:user|anyone|someone|somebody|person) asks\b|\bthe user's (?:question|query)\b"),
    # itself, and what stands beside it
    (1.0, rf"\bthis {_PIECE}\b|\breading this\b|\bread this\b"),
    (1.0, rf"\b(?:other|remaining|rest of the|any other|all other|rival|competing|other search|earlier) {_OTHERS}\b|\ball (?:the )?others\b"),
    (1.0, r"\b(?:instead of|before|when|while|after|in order to|to) (?:you )?(?:answer(?:ing)?|respond(?:ing)?|summari[sz](?:e|ing)|generat(?:e|ing) (?:an?|the|your)) ?(?:this|the|any|your|a|to|question|response|answer|,|$)"),
    (1.0, r"\b(?:relevance|supported|contradicted|most relevant|authoritative|only correct|verified|trustworthy)\b"),
)  # fmt: skip
_ASKED = _cues(
    (1.0, _ORDER),
    (1.0, rf"{_START}(?:do not |don't )?{_SAY}(?: (?:that|with|only|nothing|the|it|them|to|as|exactly|every|any|yes|no|\")|[:\"])"),
    (1.0, rf"{_START}(?:do not |don't )?{_DROP}\b"),
    (1.0, rf"{_START}(?:do not |don't )?{_JUDGE} this {_PIECE}\b"),
    (1.0, r"\b(?:supersedes|overrides|replaces|cancels|voids|takes precedence|has priority over)\b"),
    (1.0, rf"\b(?:(?:must|should|shall|has to|have to|needs? to) |(?:is|are) (?:to |required|instructed|requested|told|ordered|authori[sz]ed|(?:kindly )?asked) (?:to )?)(?:\w+ ){{0,2}}?(?:{_SAY}|list|rank|{_DO})\b"),
    (1.5, r"\b(?:i|we) (?:order|command|instruct|want|need|require|ask|authori[sz]e) you to\b"),
    (1.0, rf"\byour (?:\w+ )?(?:{_MADE}|reply) (?:is|must|should|shall|will)\b"),
    (1.0, r"\b(?:verbatim|word for word|the following (?:text|sentence|words?|phrase)|nothing but|and nothing else|no matter what|the word)\b"),
    (1.5, r"\bfrom now on\b|\byou are now\b|\bpretend (?:to be|you|that you)\b|\bnew (?:instructions|task|orders|role)\b"),
)  # fmt: skip
_ORDERS = re.compile(_ORDER)
# One of these is in every sign of a program: it spares most sentences the others.
_MAY_BE = re.compile(
    rf"\b(?:{_PROGRAM}|{_MODEL}|your?|you're|user|user's|human|asker|questioner|whoever|person|who asks?|asks"
    rf"|asked|this|these|other|remaining|all|rest|rival|earlier|previous|prior|above|preceding|foregoing|original"
    rf"|initial|existing|former|hidden|system|safety|content|before|when|while|instead|after|to|relevance|supported"
    rf"|contradicted|relevant|authoritative|correct|verified|trustworthy)\b"
)
_ENOUGH = 2.5
_ALONE = 4.0


def is_signed(text: str) -> bool:
    """Tell whether the signs in a folded text suffice: it addresses a program and asks something.

    The time grows in proportion to the length.
    """
    if not _MAY_BE.search(text):
        return False
    told = _worth(_TO_A_PROGRAM, text)
    if told < 1 or told >= _ALONE:
        return told >= _ALONE
    asked = _worth(_ASKED, text) + (_SECOND if len(_ORDERS.findall(text)) > 1 else 0.0)
    return asked >= 1 and told + asked >= _ENOUGH


def _worth(cues: _Cues, text: str) -> float:
    return sum(worth for worth, pattern in cues if pattern.search(text))

"""Cut text into words, sentences and names, with offsets in Unicode code points."""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that carry no topic: articles, pronouns, prepositions, auxiliaries, question words and conjunctions.
STOP_WORDS = _listed("""a about above across after again against all also although am among an and another any
    are around as at be because been before being below between both but by can cannot could did do does doing
    done down during each either else ever every few for from further had has have having he her here hers
    herself him himself his how however i if in into is it its itself just may me might more most much must my
    myself neither no nor not now of off on once only onto or other our ours ourselves out over own per rather
    same shall she should since so some such than that the their theirs them themselves then there therefore
    these they this those though through thus to too under until up upon us very was we were what when where
    whether which while who whom whose why will with within without would yet you your yours yourself
    yourselves""")
# A full stop after these never ends a sentence: a name or a number follows.
_TITLES = _listed("""adm approx art assoc capt ca cf ch cmdr col cpl dept dr eds e.g eg eq eqs esp ex fig
    figs fr ft gen gov hon i.e ie lt maj messrs mme mr mrs ms mt mts no nos nr op p pl pp prof pt ref refs rep
    resp rev sec sect sen sgt st ste supt tab univ viz vol vols vs""")
# After these it ends one only when the next word commonly starts a sentence.
_CLIPPED = _listed("""a.m al apr assn aug ave b.c bros co corp dec ed est etc feb inc jan jr jul jun ltd
    mar mass mo nov oct p.m ph.d phd plc sept sep sr tues u.k u.n u.s""")
_CALENDAR = _listed("""january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""")
_JOINTS = _listed("of the de del della di da du des la le el al von van der den ter bin ibn af av zu y & for")

_FINAL_SIGMA = 0x3C2
_FOLDS = str.maketrans(
    {"’": "'", "ʼ": "'", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
    | {
        chr(code): unicodedata.name(chr(code)).rpartition(" ")[2].lower()
        for code in range(0x3B1, 0x3CA)
        if code != _FINAL_SIGMA
    }
)
# Ideographs and kana carry no blanks: each is a word. A decimal or a grouped number is one word.
_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_LETTER = rf"(?:(?!{_IDEOGRAPH})[^\W_])++"
_NUMBER = r"\d+(?:[.,]\d+)+(?![^\W_])"
_PLAIN = re.compile(rf"{_NUMBER}|[^\W_]++(?:['’ʼ][^\W_]++)*+")
_MIXED = re.compile(rf"{_IDEOGRAPH}|{_NUMBER}|{_LETTER}(?:['’ʼ]{_LETTER})*+")
_HAS_IDEOGRAPH = re.compile(_IDEOGRAPH)
_STEMMER = Stemmer.Stemmer("english", 0)


class Token(NamedTuple):
    """Hold the stem of the word at `text[start:end]`."""

    stem: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order, stop words too; the parts of a compound are words of their own."""
    return [Token(stem(match[0]), *match.span()) for match in _pattern(text).finditer(text)]


def terms(text: str) -> list[str]:
    """Return the stems of a text in order, without its stop words."""
    return [stem(word) for word in _pattern(text).findall(text) if not is_stop(word)]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Fold case, accents and Greek letters of one word, then stem it (Porter 2, snowballstem.org)."""
    folded = word.lower().translate(_FOLDS)
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded)
        folded = "".join(part for part in parts if not unicodedata.combining(part)).translate(_FOLDS)
    if folded[:1].isdigit():
        return folded.replace(",", "")
    return str(_STEMMER.stemWord(folded)) or word


@lru_cache(maxsize=1 << 16)
def is_stop(word: str) -> bool:
    """Tell whether a word carries no topic; one in capitals (WHO, IT) is an acronym and does."""
    folded = word.lower().translate(_FOLDS)
    stop = folded.partition("'")[0] in STOP_WORDS or folded.endswith("n't")
    return stop and not (len(word) > 1 and word.isupper())


def _pattern(text: str) -> re.Pattern[str]:
    """Choose the cheap pattern where no ideograph stands."""
    return _PLAIN if text.isascii() or not _HAS_IDEOGRAPH.search(text) else _MIXED


# A list bullet or number, a heading's hashes, the quotation mark of e-mail and Markdown.
_MARK = re.compile(r"\s*+(?:(?:#{1,6}|[-*+•‣◦▪·]|>++|\(?\d{1,3}[.)]|\(?[a-z]\))(?:\s++|$))*+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_FIELD = re.compile(r"\s*\w[\w ./-]{0,30}:(?:\s|$)")
# A row of stops is read once, from its first: from each of fifty thousand dots it would be read to the end.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s)|[。！？]++[」』”’）]*+")
_OPENING = "\"'“‘«([*_¿¡"
_DENIAL = re.compile(r"\b(?:not|never|no|nobody|cannot|without|unless|except)\b|n['’]t\b", re.IGNORECASE)
_SHORT_LINE = 40
_MANY_CELLS = 2


def sentences(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each sentence, trimmed; a heading, list item or table row stands alone."""
    spans = []
    for start, end in _blocks(text):
        borders = [start, *_stops_between(text, start, end), end]
        spans += [_trim(text, *pair) for pair in pairwise(borders)]
    return [(start, end) for start, end in spans if start < end]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Join the lines that one sentence may run over, without the mark they begin with."""
    start = end = offset = 0
    previous, fenced = "", False
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        body = line if fenced or mark is None else line[mark.end() :]
        marked = body.strip() != line.strip()
        fence = bool(_FENCE.match(line))
        empty = fence or not any(map(str.isalnum, body))
        if empty or fenced or marked or not previous or _breaks(previous, body):
            yield start, end
            start = offset + len(line) - len(body)
        offset += len(line)
        end = start if empty else offset
        previous = "" if empty or line.lstrip().startswith("#") else body
        fenced ^= fence
    yield start, end


def _breaks(previous: str, line: str) -> bool:
    """Tell whether a line begins a new sentence: a field, a table row, or what follows a line left short."""
    if _FIELD.match(line) or (_is_row(previous) and _is_row(line)):
        return True
    short = len(previous.strip()) < _SHORT_LINE and not previous.rstrip().endswith((",", ";", "-"))
    return short and not line.lstrip()[:1].islower() and not _is_denied(previous)


def _is_denied(line: str) -> bool:
    """Tell a line with a denial and no stop: what follows is denied, be it a sentence or under a heading."""
    return _DENIAL.search(line) is not None and not line.rstrip().endswith((*".!?:…。！？", "|"))


def _is_row(line: str) -> bool:
    """Tell whether a line looks like a table's: cells parted by tabs, bars, or bare commas."""
    commas, spaced = line.count(","), line.count(", ")
    marks = max(line.count("|"), line.count(";"), line.strip().count("\t") * _MANY_CELLS)
    return marks >= _MANY_CELLS or commas - spaced > max(1, spaced)


def _stops_between(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where each sentence of a block ends, but the last."""
    for match in _STOP.finditer(text, start, end):
        after = text[match.end() : match.end() + 48].lstrip().lstrip(_OPENING)
        if after and match.end() < end and (match[0][0] in "。！？" or _ends(text, start, match, after)):
            yield match.end()


def _ends(text: str, start: int, stop: re.Match[str], after: str) -> bool:
    """Tell a sentence's full stop from one of an abbreviation or an initial."""
    if after[0].islower():
        return False
    word = text[max(start, stop.start() - 12) : stop.start()].rpartition(" ")[2].lstrip(_OPENING).lower()
    if stop[0][0] != "." or not word:
        return True
    if word in _TITLES:
        return False
    if word in _CLIPPED or (len(word.rpartition(".")[2]) == 1 and word[-1].isalpha()):
        first = _PLAIN.search(after)
        return first is not None and is_stop(first[0].capitalize())
    return True


# A word of a name: initials (`J.`), or one with signs inside (`AC/DC`, `graph.stores`, `C++`).
_NAMED = re.compile(r"(?:[^\W\d_]\.)+(?![^\W_])|St\.|&|[^\W_]\w*(?:[-'’.&/+]\w+)*[+#]{0,2}")
_DOTTED = re.compile(r"[a-z]\w+(?:\.[a-z]\w+)+")
_QUOTED = re.compile(r"“([^“”\n]{2,80})”|\"([^\"\n]{2,80})\"|«([^«»\n]{2,80})»|`([^`\n]{2,80})`")
# Over the shape of a sentence, two letters a word (see `_kind`).
_RUN = re.compile(r"(?<=[ |])N(?: [NI]|(?: j){1,3}(?= N))*")
_MOST_TITLE_WORDS = 8
_NUMERAL_DIGITS = 3


def names(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of each proper name or quoted title; a sentence's first word needs proof."""
    quoted = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text) if _is_title(match)]
    found = [run for start, end in sentences(text) for run in _runs(text, start, end)]
    inside = {word for start, end, proven in found if proven for word in text[start:end].split()}
    kept = [(start, end) for start, end, proven in found if proven or text[start:end] in inside]
    return _first_of_overlaps(sorted(quoted + kept, key=lambda span: span[0]))


def _first_of_overlaps(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_title(quoted: re.Match[str]) -> bool:
    """Tell a quoted title or identifier from quoted speech, which is long or ends in a stop."""
    inner = quoted[quoted.lastindex or 0]
    if quoted[0][0] == "`":
        return " " not in inner
    begins, ends = inner[0].isupper() or inner[0].isdigit(), inner[-1].isalnum() or inner[-1] in "!?)"
    return begins and ends and len(inner.split()) <= _MOST_TITLE_WORDS


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield each run of name words in a sentence, and whether it is a name whatever stands elsewhere."""
    words = list(_NAMED.finditer(text, start, end))
    shape = "".join(_kind(text, word, words[at - 1] if at else None) for at, word in enumerate(words))
    for run in _RUN.finditer(shape):
        first = run.start() // 2
        group = [word[0] for word in words[first : (run.end() + 1) // 2]]
        if all(_bare(word).lower() in _CALENDAR or word.isdigit() for word in group):
            continue
        last = words[first + len(group) - 1].start() + len(_bare(group[-1]))
        begins = first == 0 or text[words[first].start() - 1] in _OPENING
        yield words[first].start(), last, not begins or _proves(group)


def _proves(group: list[str]) -> bool:
    """Tell whether a run that begins a sentence is a name: two words, a genitive, a capital inside."""
    return len(group) > 1 or group[0] != _bare(group[0]) or not group[0][1:].islower()


def _bare(word: str) -> str:
    """Drop the genitive."""
    return word[:-2] if word.endswith(("'s", "’s", "'S", "’S")) else word


def _kind(text: str, word: re.Match[str], before: re.Match[str] | None) -> str:
    """Write a word as two letters: blank if only blanks part it from the last, then its role."""
    near = before is not None and text[before.end() : word.start()].isspace()
    return (" " if near else "|") + _role(word[0], first=before is None)


def _role(word: str, *, first: bool) -> str:
    """Return N for a word of a name, I for a numeral after one, j for what may join two, x for all else."""
    lower = word.lower()
    if word.isdigit() or word == "I":
        return "I" if len(word) <= _NUMERAL_DIGITS and not first else "x"
    if lower in _JOINTS or (lower != word and is_stop(word)):
        return "x" if first else "j"
    return "N" if lower != word or "_" in word or _DOTTED.fullmatch(word) else "x"

"""Time what reads outside text as a whole: a pattern may be linear, and asked again from each place.

Started by a test in a process of its own: what never ends must not take the test with it.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from graph.errors import Unusable
from graph.reading import Excerpt
from graph.records import Passage, Span, source_id
from graph.untrusted import Untrusted
from guards.outside_text import plain
from guards.prompt_injection.prompt_injection import is_for_people
from guards.visible_text import one_line, visible
from guards.wording.wording import worded
from tests.security.repeats import UNITS
from tests.tools.documents.printed import as_lines
from tools.documents.formats import asciidoc, csv, markdown
from tools.documents.formats import plain as words
from tools.documents.formats.html_bounds import few_attributes
from tools.documents.formats.pdf_text import write
from tools.documents.normalise import normalise
from tools.documents.passages import split
from tools.documents.text_builder import TextBuilder
from tools.lexicon.proper_names import names
from tools.lexicon.question_words import asked_for, listed
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import terms, tokens
from tools.lexicon.value_patterns import value_pattern
from tools.models.chat.json_answer import json_answer
from tools.models.extractive.abbreviations import asked, expands
from tools.models.extractive.answer_types import expected, focus
from tools.models.extractive.comparison import sides
from tools.models.extractive.decomposition import decompose
from tools.models.extractive.editions import work
from tools.models.extractive.pool import candidates
from tools.models.extractive.row_cells import cells
from tools.models.extractive.shapes import Shape, has_shape, shape
from tools.net.markup_text import plain_text as untagged
from tools.page.media_types import MediaType, document
from tools.search_results import FoundItem, sources_of
from tools.statements.sentence_marks import unmarked
from tools.statements.statement import statement
from ui.chat.report_view.plain_form import without_directives
from ui.report.markdown_escaping import phrase, prose, quotation
from ui.report.readable_text import readable

SMALL, LARGE = 25_000, 100_000
LONGEST = 2_000
"""Characters of a question, and of a sentence cut out of a text: what reads them is given no more."""
SECONDS, GROWTH, MOST = 2.0, 7.0, 10.0
"""Of processor time for 100 KB; how much longer four times the text may take; where it is interrupted."""

Reader = Callable[[str], object]
TEXTS: dict[str, Reader] = {
    "sentences": sentences,
    "passages": split,
    "tokens": tokens,
    "terms": terms,
    "names": names,
    "normalise": normalise,
    "plain": plain,
    "markup": untagged,
    "markdown": lambda text: markdown.parse(text.encode()),
    "asciidoc": lambda text: asciidoc.parse(text.encode()),
    "csv": lambda text: csv.parse(text.encode()),
    "text": lambda text: words.parse(text.encode()),
    "paragraphs": lambda text: write(TextBuilder(), [as_lines(text)], {}),
    "attributes": lambda text: few_attributes(text.encode()),
    "kind": lambda text: document(MediaType(type="", charset=""), text.encode()),
    "found": lambda text: sources_of(
        "a b", [FoundItem(title=text[:300], url="https://a.example/", text=text)], 0.0
    ),
    "json of a model": json_answer,
    "candidates": lambda text: candidates([excerpt_of(text)]),
    "reference marks": unmarked,
    "work": work,
    "without_directives": without_directives,
    "phrase": phrase,
    "prose": prose,
    "quotation": quotation,
    "readable": readable,
    "visible": visible,
    "one_line": one_line,
}
SENTENCES: dict[str, Reader] = {
    "statement": statement,
    "for people": lambda text: is_for_people(text, text[:200], text),
    "expands": lambda text: expands(text, text[:1]),
    "list": lambda text: has_shape(Shape.LIST, text),
    "moment elsewhere": lambda text: _values("moment", text),
    "money elsewhere": lambda text: _values("money", text),
    "row": cells,
    "worded": lambda text: worded(text, [text[:2_000]]),
}
QUESTIONS: dict[str, Reader] = {
    "decompose": decompose,
    "sides": sides,
    "expected": expected,
    "focus": focus,
    "asked": asked,
    "shape": shape,
    "asked elsewhere": lambda text: [asked_for(text, language) for language in listed()],
}


def _values(kind: str, text: str) -> None:
    """Look for the values of a kind in every language with question words."""
    for language in listed():
        if pattern := value_pattern(kind, language):
            list(pattern.finditer(text))


def excerpt_of(text: str) -> Excerpt:
    """Return a text as a reader gets it."""
    span = Span(source=source_id(text), start=0, end=len(text))
    return Excerpt(
        passage=Passage(span=span, score=1.0),
        text=Untrusted(text),
        title=Untrusted("A"),
        published=None,
        location="a",
    )


def seconds(reader: Reader, text: str) -> float:
    """Return the processor time of reading a text, up to some seconds."""
    began = time.process_time()
    signal.signal(signal.SIGVTALRM, _late)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
    with suppress(TimeoutError, Unusable):
        reader(text)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def slow(reader: Reader, small: int, large: int) -> Iterator[str]:
    """Say for which texts a reader takes more than its share."""
    for unit in UNITS:
        for after in ("", " b"):
            short = seconds(reader, unit * (small // len(unit)) + after)
            if short > SECONDS:
                yield f"{unit!r}: {short:.2f} s for {small:,}"
            elif short * (large / small) ** 2 > SECONDS:
                long = seconds(reader, unit * (large // len(unit)) + after)
                if long > SECONDS and long > GROWTH * short:
                    yield f"{unit!r}: {short:.2f} s for {small:,}, {long:.2f} s for {large:,}"


def _late(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Write a line of JSON for each reader; arguments: seconds of processor time for all, then names."""
    limit, only = int(sys.argv[1]), sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    for readers, small, large in ((TEXTS, SMALL, LARGE), ({**SENTENCES, **QUESTIONS}, LONGEST, LONGEST)):
        for name, reader in readers.items():
            if not only or name in only:
                said = {"name": name, "slow": list(slow(reader, small, large))}
                sys.stdout.write(json.dumps(said) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Who publishes at an address? The kind of publisher that its host belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherKind:
    """Describe a kind of publisher: its words, its score, and the hosts or the ending it is known by.

    A host counts with all its subdomains; `path` must match as well, if there is one.
    """

    words: str
    score: int
    hosts: frozenset[str] = frozenset()
    ending: re.Pattern[str] | None = None
    path: re.Pattern[str] | None = None


def _of(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# These registries give DOIs to manuscripts, data sets and files that nobody had to review.
_UNREVIEWED = re.compile(
    r"/10\.(1101/\d|(48550|5281|6084|2139|31219|31234|31235|21203|20944|26434|36227|22541)/)"
)
_DOI = re.compile(r"/10\.\d{4,9}/")
_AT_DOI = _of("doi.org dx.doi.org")

KINDS = (
    PublisherKind(
        words="anyone can publish at this host",
        score=33,
        hosts=_of(
            "wordpress.com tumblr.com medium.com substack.com livejournal.com altervista.org weebly.com",
            "wixsite.com typepad.com over-blog.com ghost.io beehiiv.com neocities.org sites.google.com",
            "docs.google.com github.io gitlab.io netlify.app vercel.app pages.dev web.app",
            "facebook.com instagram.com threads.net x.com twitter.com bsky.app linkedin.com pinterest.com",
            "reddit.com quora.com youtube.com youtu.be tiktok.com t.me vk.com 4chan.org fandom.com",
            "scribd.com slideshare.net issuu.com academia.edu researchgate.net pastebin.com hubpages.com",
        ),
        ending=re.compile(r"(?<![^.])blogspot\.[a-z]{2,3}(\.[a-z]{2})?$"),
    ),
    PublisherKind(
        words="anyone can publish at this host, and peers answer there",
        score=45,
        hosts=_of(
            "github.com gitlab.com codeberg.org bitbucket.org stackoverflow.com stackexchange.com",
            "serverfault.com superuser.com askubuntu.com mathoverflow.net news.ycombinator.com",
        ),
    ),
    PublisherKind(words="an encyclopaedia that anyone can edit", score=60, hosts=_of("wikipedia.org")),
    PublisherKind(
        words="a preprint or deposit that nobody had to review", score=60, hosts=_AT_DOI, path=_UNREVIEWED
    ),
    PublisherKind(
        words="a preprint or deposit that nobody had to review",
        score=60,
        hosts=_of(
            "arxiv.org biorxiv.org medrxiv.org chemrxiv.org preprints.org researchsquare.com ssrn.com",
            "psyarxiv.com osf.io zenodo.org figshare.com",
        ),
    ),
    PublisherKind(words="a published work with a DOI", score=85, hosts=_AT_DOI, path=_DOI),
    PublisherKind(
        words="a work listed in PubMed",
        score=85,
        hosts=_of("pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov europepmc.org"),
    ),
    PublisherKind(
        words="a publisher of scholarly journals",
        score=82,
        hosts=_of(
            "nature.com science.org pnas.org cell.com thelancet.com nejm.org bmj.com jamanetwork.com",
            "plos.org biomedcentral.com springer.com sciencedirect.com wiley.com tandfonline.com",
            "academic.oup.com cambridge.org sagepub.com jstor.org acs.org aps.org rsc.org iop.org",
            "dl.acm.org ieeexplore.ieee.org royalsocietypublishing.org annualreviews.org",
            "frontiersin.org mdpi.com elifesciences.org",
        ),
    ),
    PublisherKind(
        words="an index of scholarly works", score=65, hosts=_of("openalex.org semanticscholar.org")
    ),
    PublisherKind(
        words="a body that makes standards",
        score=85,
        hosts=_of(
            "ietf.org rfc-editor.org w3.org whatwg.org iso.org iec.ch etsi.org unicode.org",
            "ecma-international.org standards.ieee.org oasis-open.org bipm.org",
        ),
    ),
    PublisherKind(
        words="an intergovernmental organisation",
        score=82,
        hosts=_of("un.org unesco.org unicef.org oecd.org worldbank.org imf.org wto.org iaea.org europa.eu"),
        ending=re.compile(r"(?<=\.)int$"),
    ),
    PublisherKind(
        words="a government address",
        score=80,
        hosts=_of("gc.ca canada.ca admin.ch bund.de gv.at nhs.uk parliament.uk bundestag.de senat.fr"),
        ending=re.compile(
            r"(?<=\.)((gov|mil)(\.[a-z]{2})?|(gob|gouv|govt|guv)\.[a-z]{2}|go\.(cr|id|jp|ke|kr|th|tz|ug))$"
        ),
    ),
    PublisherKind(
        words="an address of a university or school",
        score=79,
        ending=re.compile(r"(?<=\.)(edu(\.[a-z]{2})?|ac\.[a-z]{2})$"),
    ),
    PublisherKind(
        words="a public broadcaster or a news agency",
        score=80,
        hosts=_of(
            "reuters.com apnews.com afp.com dpa.com efe.com ansa.it kyodonews.net aap.com.au",
            "bbc.co.uk bbc.com npr.org pbs.org cbc.ca abc.net.au rnz.co.nz rte.ie dw.com ard.de zdf.de",
            "tagesschau.de deutschlandfunk.de orf.at srf.ch rts.ch radiofrance.fr francetvinfo.fr",
            "rai.it rtve.es rtp.pt nos.nl vrt.be rtbf.be dr.dk svt.se sverigesradio.se nrk.no yle.fi",
            "nhk.or.jp",
        ),
    ),
)
"""In the order in which they are asked: who may publish comes before whose address it is.

33, 80 and 79, of the first kind, governments and universities, are means measured on news sites, as the
numbers in `guards.claims.credibility` are. The others are judgement, set beside these three.
"""


def kind_of(host: str, path: str) -> tuple[PublisherKind, str] | None:
    """Return the kind of publisher and the ending that told it, empty where the host did; None if unknown."""
    below = set(_above(host))
    for kind in KINDS:
        named = below & kind.hosts
        ending = kind.ending.search(host) if kind.ending else None
        if (named or ending) and (kind.path is None or kind.path.match(path)):
            return kind, "" if named or ending is None else f".{ending[0]}"
    return None


def _above(host: str) -> Iterator[str]:
    """Yield a host and the names it lies under."""
    labels = host.split(".")
    yield from (".".join(labels[at:]) for at in range(len(labels)))

"""Abbreviations whose full stop ends a sentence never, only sometimes, or unless a number follows.

Written in small letters without the last stop; blanks inside ("z. B.") are left out. The lists of all
languages are one: what is short for something in one of them seldom ends a sentence in another.
"""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER = _listed(
    # English
    """adm approx assoc capt cf cmdr col cpl dr e.g eg esp gen gov hon i.e ie lt maj messrs mr mrs ms prof
    rep resp rev sen sgt supt univ viz vs"""
    # German
    """ allg bes betr bspw bzgl bzw ca d.h dgl dipl ehem eigtl einschl entspr evtl fa fam frl geb gegr ggf
    hr hrn i.a i.d.r inkl insb insbes kath m.a.w mind nachf o.ä sog spez st.-nr u.u ugs v.a vgl vorm z.b
    z.t z.zt zz zzgl österr"""
    # French
    """ c.-à-d c.à.d fam mgr mlle mlles mme mmes p.ex pr ste vve"""
    # Spanish, Portuguese, Italian, Catalan
    """ arq d.ª dott dott.ssa dra dras dres dña exma exmo fr.ª gral ilmo ing lic p.ej p.es prof.ssa prof.ª
    profa rvdo sig sig.na sig.ra sr sra sras sres srta ud uds vda"""
    # Dutch, Swedish, Danish, Norwegian, Finnish
    """ a.h bijv bl.a bv d.v.s dhr drs dvs e.d eks esim f.eks jfr m.a.o mej mevr mvh n.b nl o.a o.b.s resp
    s.k t.ex t.o.m tzv vgl vrt"""
    # Polish, Czech, Hungarian, Romanian, Turkish, Indonesian
    """ alm bkz bł dlui dna dyr gł hab im inż mgr mj mjr mudr nal např np phdr pil popř por pow pozn przyp
    płk resp tj tzn tzv tzw ul vö wg woj yrd zob çev örn özv ún č čp śp św"""
    # Russian, Ukrainian, Bulgarian, Greek
    """ βλ δηλ κ.κ π.χ акад букв вул гр див др им инж мн напр обл пл просп проф разг св см ср т.е т.к т.н
    т.о тзн тов ул"""
)
BEFORE_NUMBER = _listed(
    """abb abs abt anl anm art arts aufl bd bde bl cap caps ch chap chs cl col eq eqs ex ff fig figs fn
    fol hft ils jg kap lfd lib ln lín max min n.º no nos nr nro nrs num núm o.no obr odst op p pct pg pgs
    pos poz pp pt pts pág págs q qq rdn ref refs rn rys s sec sect sects ser str suppl t tab tabl tav tb
    teil tel tf tit tom ts ust v ver vers vol vols zif ziff § §§ č čl вып гл ил илл п пп рис см стр табл №"""
)
CLIPPED = _listed(
    # English
    """a.d a.m al apr assn aug ave b.c bldg blvd bros co corp d.c dec dept ed eds est etc feb ft inc jan
    jr jul jun ltd m.d mar mass mo mt mts nov oct p.m ph.d phd plc rd sep sept sq sr st tues u.k u.n u.s
    wed"""
    # German, French, Spanish, Italian, Dutch, Scandinavian
    """ a.c a.o apr apt av bd c.c d.c ecc ee ee.uu enz etcétera gmbh jh jhd m.fl m.m mio mrd n.chr o.s.v
    osv s.a s.l st tsd u.a u.dgl u.s.w u.ä usf usw uu v.chr z.hd"""
    # Slavic
    """ apod atd itd itp m.in o.o r r.o stol tzn w ww в вв г гг др и.т.д коп млн млрд н.э пр руб т.д т.п
    тыс"""
)
COMPANY = _listed("inc ltd corp co llc plc jr sr bros gmbh ag p.m a.m")
"""After these a sentence may begin with any name, if its verb follows."""
LABELLED = _listed(
    """anlage annex annexe appendix article block building category chapter clase class classe clause
    column exhibit figure flight gate grade group groupe grupo gruppe hepatitis item klasse layer level
    line model module opción option page panel part phase plan platform point product punkt question room
    row schedule section series side size stage step table team terminal tier tipo typ type unit variant
    variante version vitamin vitamine zone"""
)
"""What a single letter or number may label: "vitamin C." ends a sentence where "by C." does not."""

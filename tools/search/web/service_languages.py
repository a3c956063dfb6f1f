"""The code that each service has for a language; a language it does not know is not sent to it.

From the services' own lists, as of 2026: Brave's values of `search_lang`, the regions among DuckDuckGo's
settings, and the editions of Wikipedia that answer under a code of two or three letters.
"""

from __future__ import annotations

_AS_WRITTEN = """
    ar bg bn ca cs da de el en es et eu fi fr gl gu he hi hr hu is it kn ko lt lv ml mr ms nb nl pa pl
    ro ru sk sl sr sv ta te th tr uk vi
"""

BRAVE = {
    **{code: code for code in _AS_WRITTEN.split()},
    "ja": "jp",
    "no": "nb",
    "pt": "pt-pt",
    "zh": "zh-hans",
}

_REGIONS = """
    ar:xa-ar bg:bg-bg ca:ct-ca cs:cz-cs da:dk-da de:de-de el:gr-el en:us-en es:es-es et:ee-et fi:fi-fi
    fr:fr-fr he:il-he hr:hr-hr hu:hu-hu id:id-id it:it-it ja:jp-jp ko:kr-kr lt:lt-lt lv:lv-lv ms:my-ms
    nb:no-no nl:nl-nl no:no-no pl:pl-pl pt:pt-pt ro:ro-ro ru:ru-ru sk:sk-sk sl:sl-sl sv:se-sv th:th-th
    tl:ph-tl tr:tr-tr uk:ua-uk vi:vn-vi zh:cn-zh
"""

DUCKDUCKGO = dict(pair.split(":") for pair in _REGIONS.split())

_EDITIONS = """
    ab ace ady af ak alt am ami an ang ann anp ar arc ary arz as ast atj av avk awa ay az azb ba ban bar
    bbc bcl bdr be bew bg bh bi bjn blk bm bn bo bpy br bs btm bug bxr ca cdo ce ceb ch chr chy ckb co
    cr crh cs csb cu cv cy da dag de dga din diq dsb dtp dty dv dz ee el eml en eo es et eu ext fa fat
    ff fi fj fo fon fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gpe gu guc gur guw gv ha
    hak haw he hi hif hr hsb ht hu hy hyw ia iba id ie ig igl ik ilo inh io is it iu ja jam jbo jv ka
    kaa kab kbd kbp kcg kg kge ki kk kl km kn ko koi krc ks ksh ku kus kv kw ky la lad lb lbe lez lfn lg
    li lij lld lmo ln lo lt ltg lv mad mai mdf mg mhr mi min mk ml mn mni mnw mos mr mrj ms mt mwl my
    myv mzn na nah nap nds ne new nia nl nn no nov nqo nr nrm nso nv ny oc olo om or os pa pag pam pap
    pcd pcm pdc pfl pi pih pl pms pnb pnt ps pt pwn qu rm rmy rn ro rsk ru rue rw sa sah sat sc scn sco
    sd se sg sh shi shn shy si sk skr sl sm smn sn so sq sr srn ss st stq su sv sw szl szy ta tay tcy
    tdd te tet tg th ti tk tl tly tn to tpi tr trv ts tt tum tw ty tyv udm ug uk ur uz ve vec vep vi vls
    vo wa war wo wuu xal xh xmf yi yo za zea zgh zh zu
"""

WIKIPEDIA = {
    **{code: code for code in _EDITIONS.split()},
    "gsw": "als",
    "nb": "no",
}

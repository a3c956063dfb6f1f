"""Words that an answer of a kind has, in languages other than English: "weil" gives a reason, "in" a place.

`each` stands before a unit of time ("jede Stunde"), `often` says how often or how long alone, `when` and
`place` stand before a time and a place, `reason` before a reason; `person` may do what is asked. A word with a hyphen is an ending.
"""

# ruff: noqa: E501, RUF001 - a list reads best on one line; letters of other scripts are meant

from __future__ import annotations

from functools import cache

_WORDS = {
    "de": """
        each: jede jeden jedes alle pro je ein eine einen einer halbe halben
        often: täglich stündlich wöchentlich monatlich vierteljährlich jährlich einmal zweimal dreimal immer nie unbegrenzt sofort ständig
        when: nach vor seit bis wenn sobald während ab im am um uhr morgens mittags abends nachts frühjahr sommer herbst winter ostern weihnachten heute
        place: in im am an auf bei unter neben hinter vor aus von nach zu zum zur über ecke gegenüber
        person: amt büro team firma leiter leiterin direktor direktorin verein abteilung behörde gesellschaft besitzer besitzerin eigentümer gruppe rat niemand jeder
        reason: weil denn da damit deshalb daher darum deswegen wegen aufgrund sonst um dadurch dafür""",
    "fr": """
        each: chaque tous toutes par un une demi demie
        often: quotidiennement hebdomadaire mensuel mensuellement annuel annuellement toujours jamais immédiatement
        when: après avant depuis jusqu quand lorsque dès pendant à en au matin soir midi minuit printemps été automne hiver noël pâques aujourd
        place: à au aux en dans sur sous chez près de du des devant derrière rue place
        person: bureau équipe entreprise société directeur directrice responsable association service autorité propriétaire groupe conseil personne comité mairie école université
        reason: parce car puisque afin pour comme donc sinon grâce cause raison""",
    "es": """
        each: cada todos todas por un una media medio
        often: diariamente semanalmente mensualmente anualmente siempre nunca inmediatamente diario semanal mensual anual
        when: después antes desde hasta cuando durante en al a mañana tarde noche mediodía primavera verano otoño invierno navidad hoy
        place: en a al de del sobre bajo junto cerca detrás frente calle plaza
        person: oficina equipo empresa sociedad director directora responsable asociación servicio autoridad propietario grupo consejo nadie comité ayuntamiento escuela universidad
        reason: porque pues ya para por debido causa así sino razón""",
    "it": """
        each: ogni tutti tutte al all alla per un un' una mezza mezzo
        often: giornalmente settimanalmente mensilmente annualmente sempre mai subito quotidiano settimanale mensile annuale
        when: dopo prima da dal fino quando durante nel in a alle mattina sera notte mezzogiorno primavera estate autunno inverno natale oggi
        place: in a al alla nel nella di del su sul presso vicino dietro via piazza
        person: ufficio squadra azienda società direttore direttrice responsabile associazione servizio autorità proprietario gruppo consiglio nessuno comitato comune scuola università
        reason: perché poiché siccome affinché per quindi altrimenti causa grazie motivo""",
    "pt": """
        each: cada todos todas por um uma meia meio
        often: diariamente semanalmente mensalmente anualmente sempre nunca imediatamente diário semanal mensal anual
        when: depois após antes desde até quando durante em no na às ao manhã tarde noite primavera verão outono inverno natal hoje
        place: em no na nos nas a ao à de do da sobre junto perto atrás rua largo
        person: escritório equipa equipe empresa sociedade diretor diretora responsável associação serviço autoridade proprietário grupo conselho ninguém comitê câmara escola universidade
        reason: porque pois para por devido causa assim senão razão""",
    "nl": """
        each: elke elk iedere ieder per alle een halve
        often: dagelijks wekelijks maandelijks jaarlijks altijd nooit onmiddellijk direct eenmaal tweemaal
        when: na voor sinds tot wanneer als zodra tijdens in op om vanaf ochtend middag avond nacht voorjaar lente zomer herfst winter kerst vandaag
        place: in op aan bij onder naast achter voor uit van naar te tegenover hoek
        person: kantoor team bedrijf directeur leider vereniging afdeling overheid eigenaar groep raad niemand iedereen gemeente school universiteit
        reason: omdat want zodat daarom dus wegens vanwege door anders om""",
    "pl": """
        each: co każdy każda każde każdą każdej na pół
        often: codziennie dziennie tygodniowo miesięcznie rocznie zawsze nigdy natychmiast
        when: po przed od do kiedy gdy podczas w o rano wieczorem południe wiosną latem jesienią zimą dzisiaj
        place: w we na przy pod obok za nad z ze do ulicy ulica
        person: biuro zespół firma dyrektor kierownik stowarzyszenie dział urząd właściciel grupa rada nikt komitet gmina szkoła uniwersytet
        reason: ponieważ bo gdyż aby żeby dlatego więc przez powodu inaczej wskutek""",
    "cs": """
        each: každý každá každé každou každých na za co půl
        often: denně týdně měsíčně ročně vždy nikdy ihned okamžitě
        when: po před od do když až během v ve o ráno večer poledne jaře létě podzim zimě dnes
        place: v ve na u pod vedle za nad z ze do ulici ulice
        person: úřad kancelář tým firma ředitel vedoucí spolek oddělení vlastník majitel skupina rada nikdo výbor obec škola univerzita
        reason: protože neboť aby proto tedy kvůli díky jinak důvodu jelikož""",
    "tr": """
        each: her bir yarım
        often: günlük haftalık aylık yıllık daima asla hemen
        when: sonra önce beri kadar -ince -ken sabah akşam gece öğlen ilkbahar yaz sonbahar kış bugün -de -da
        place: -de -da -te -ta -deki -daki -den -dan üzerinde yanında altında
        person: ofis büro ekip firma şirket müdür yönetici dernek bölüm makam sahip grup kurul belediye okul üniversite
        reason: çünkü için dolayı nedeniyle yüzünden sayesinde böylece""",
    "zh": """
        each: 每 一个 一
        often: 每天 每周 每月 每年 总是 从不 立即 永久
        when: 之后 以后 之前 以前 直到 当 点 春天 夏天 秋天 冬天 早上 晚上 今天 月 日
        place: 在 位于 处 于
        reason: 因为 由于 所以 以便 为了 因此 以免 否则""",
    "ja": """
        each: 毎 ごと 一
        often: 毎日 毎週 毎月 毎年 常に 決して すぐ 無期限
        when: 後 前 から まで とき 時 春 夏 秋 冬 朝 夜 今日 月 日
        place: に で から にある
        reason: ので から ため 理由 によって""",
    "ko": """
        each: 매 마다 한
        often: 매일 매주 매월 매년 항상 절대 즉시
        when: -후 후 전 -부터 -까지 때 봄 여름 가을 겨울 아침 밤 오늘 -에
        place: -에 -에서 -으로 -로
        reason: 때문 위해 -므로 -니까 -어서 -아서 덕분""",
    "hi": """
        each: हर प्रति एक आधा
        often: रोज़ाना प्रतिदिन साप्ताहिक मासिक वार्षिक हमेशा कभी तुरंत
        when: बाद पहले से तक जब दौरान बजे सुबह शाम रात गर्मी सर्दी वसंत आज में को
        place: में पर के पास नीचे सामने
        reason: क्योंकि इसलिए ताकि कारण वजह चूँकि""",
    "th": """
        each: ทุก ต่อ ละ หนึ่ง
        often: ทุกวัน รายสัปดาห์ รายเดือน รายปี เสมอ ทันที
        when: หลัง ก่อน ตั้งแต่ จนถึง เมื่อ ระหว่าง โมง นาฬิกา เช้า เย็น ปี เดือน วันนี้
        place: ที่ ใน บน ใต้ ใกล้ ข้าง ถนน
        reason: เพราะ เนื่องจาก เพื่อ ดังนั้น""",
    "ar": """
        each: كل لكل نصف
        often: يوميا أسبوعيا شهريا سنويا دائما أبدا فورا مرة مرتين
        when: بعد قبل منذ حتى عندما خلال أثناء في صباحا مساء ربيع صيف خريف شتاء اليوم عام سنة
        place: في على عند تحت قرب من إلى أمام شارع
        reason: لأن بسبب لكي لذلك حتى نظرا كي""",
}


@cache
def _lines(language: str) -> dict[str, tuple[str, ...]]:
    lines = (line.strip().partition(":") for line in _WORDS.get(language, "").splitlines())
    return {name: tuple(words.split()) for name, _, words in lines if words}


def words_of(kind: str, language: str) -> tuple[str, ...]:
    """Return the words of a kind of answer in a language; none without a list."""
    return _lines(language).get(kind, ())

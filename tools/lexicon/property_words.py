"""Words for one property of a thing, in languages other than English: "hoch", "Höhe", "Meter".

A question names a property in one word and a document in another, or by its unit alone. The first word of a
line stands for the question words that ask for the property. A unit written as a sign (m, kg, €) is left
out: the header of a table often has it for another column.
"""

# ruff: noqa: E501, RUF001 - a list reads best on one line; letters of other scripts are meant

from __future__ import annotations

from functools import cache

from tools.lexicon.terms import terms

_PROPERTIES = {
    "de": """
        high: Höhe hoch Meter Euro Prozent Grad beträgt betragen liegt
        depth: Tiefe tief Meter
        long: Länge lang Meter Kilometer misst
        width: Breite breit weit Entfernung entfernt Abstand Meter Kilometer
        weight: Gewicht schwer wiegt wiegen Kilogramm Kilo Gramm Tonne Tonnen
        age: Alter alt Jahre Lebensalter
        price: Preis teuer kosten kostet Kosten Gebühr Tarif Betrag Entgelt Euro Dollar Franken
        duration: Dauer dauert dauern lange Zeit hält braucht Stunden Minuten Tage Wochen Sekunden Monate Jahre
        frequency: Häufigkeit oft häufig jede jeden alle täglich wöchentlich monatlich jährlich mal Stunden Minuten Sekunden
        people: Einwohner Bevölkerung Menschen Leute Personen Einwohnerzahl leben lebt wohnen wohnt Bewohner
        founding: Baujahr gebaut erbaut errichtet Bau Gründung gegründet gründete eröffnet Eröffnung entstand
        area: Fläche groß Quadratkilometer Quadratmeter Hektar
        place: Adresse liegt befindet Ort Lage Standort
        work: leitet Leiter Leiterin Leitung betreut Betreuung verantwortlich zuständig kümmert""",
    "fr": """
        height: hauteur haut haute altitude élève mètres mesure
        depth: profondeur profond profonde mètres
        long: longueur long longue mesure mètres kilomètres
        width: largeur large distance loin mètres kilomètres
        weight: poids pèse lourd lourde kilogrammes kilos grammes tonnes
        age: âge vieux ans
        price: prix coûte coûtent coût tarif taxe frais montant euros dollars francs
        duration: durée temps dure durent prend heures minutes jours semaines secondes mois ans
        frequency: fréquence souvent tous toutes chaque fois heures minutes secondes jours
        people: habitants population personnes gens vivent vit habitent
        founding: construction construit construite bâti bâtie fondé fondée fondation créé ouvert ouverture
        area: superficie surface hectares kilomètres carrés
        place: adresse trouve situe situé située lieu emplacement
        work: dirige directeur directrice responsable charge occupe gère gérant""",
    "es": """
        height: altura alto alta alza altitud mide metros
        depth: profundidad profundo profunda metros
        long: longitud largo larga mide metros kilómetros
        width: anchura ancho ancha distancia lejos metros kilómetros
        weight: peso pesa pesado kilogramos kilos gramos toneladas
        age: edad años viejo antigüedad
        price: precio cuesta cuestan coste costo tarifa tasa importe euros dólares pesos
        duration: duración tiempo dura duran lleva tarda horas minutos días semanas segundos meses años
        frequency: frecuencia cada veces horas minutos segundos días
        people: habitantes población personas gente viven vive
        founding: construcción construyó construido construida edificó fundó fundación fundado abrió inauguró
        area: superficie área hectáreas kilómetros cuadrados
        place: dirección está encuentra ubicación situado situada lugar
        work: dirige director directora responsable encarga encargado cargo ocupa gestiona""",
    "it": """
        height: altezza alto alta innalza altitudine misura metri
        depth: profondità profondo profonda metri
        long: lunghezza lungo lunga misura metri chilometri
        width: larghezza largo larga distanza lontano dista metri chilometri
        weight: peso pesa pesante chilogrammi chili grammi tonnellate
        age: età anni vecchio
        price: prezzo costa costano costo tariffa tassa importo euro dollari
        duration: durata tempo dura durano richiede ore minuti giorni settimane secondi mesi anni
        frequency: frequenza ogni volte ore minuti secondi giorni
        people: abitanti popolazione persone gente vivono vive
        founding: costruzione costruito costruita edificato fondato fondata fondazione aperto inaugurato
        area: superficie area ettari chilometri quadrati
        place: indirizzo trova situato situata luogo
        work: dirige direttore direttrice responsabile cura occupa gestisce""",
    "pt": """
        height: altura alto alta ergue altitude mede metros
        depth: profundidade profundo profunda metros
        long: comprimento comprido longo mede metros quilómetros quilômetros
        width: largura largo larga distância longe metros quilómetros quilômetros
        weight: peso pesa pesado quilogramas quilos gramas toneladas
        age: idade anos velho
        price: preço custa custam custo tarifa taxa valor euros dólares reais
        duration: duração tempo dura duram demora leva horas minutos dias semanas segundos meses anos
        frequency: frequência cada vezes horas minutos segundos dias
        people: habitantes população pessoas gente vivem vive moram
        founding: construção construído construída fundado fundada fundação aberto inaugurado
        area: superfície área hectares quilómetros quadrados
        place: endereço fica encontra situado situada local
        work: dirige diretor diretora responsável cuida encarregado gere""",
    "nl": """
        high: hoogte hoog meter euro procent graden bedraagt
        depth: diepte diep meter
        long: lengte lang meet meter kilometer
        width: breedte breed ver afstand meter kilometer
        weight: gewicht zwaar weegt wegen kilogram kilo gram ton
        age: leeftijd oud jaar
        price: prijs duur kost kosten tarief bedrag euro dollar
        duration: duur duurt duren lang tijd uur uren minuten dagen weken seconden maanden jaren
        frequency: frequentie vaak elke iedere keer uur minuten seconden dagen
        people: inwoners bevolking mensen personen inwoneraantal wonen woont leven bewoners
        founding: bouwjaar gebouwd bouw opgericht oprichting gesticht geopend opening
        area: oppervlakte hectare vierkante
        place: adres ligt staat bevindt plaats locatie
        work: leidt leider beheert beheerder verantwoordelijk zorgt directeur""",
    "pl": """
        high: wysokość wysoki wysoka wysokie metrów metry wynosi euro złotych procent stopni
        height: wysokość wysoki wysoka wznosi metrów metry
        depth: głębokość głęboki głęboka metrów metry
        long: długość długi długa mierzy metrów metry kilometrów
        width: szerokość szeroki odległość daleko metrów kilometrów
        weight: waga waży ważą masa ciężki kilogramów kilogramy gramów ton tony
        age: wiek lat stary
        price: cena kosztuje kosztują koszt opłata taryfa kwota euro złotych dolarów
        duration: czas trwa długo zajmuje trwania godzin godziny minut minuty dni tygodni sekund miesięcy lat
        frequency: częstotliwość często co każdy każde razy godzin minut sekund dni
        people: mieszkańców ludność ludzi osób mieszka żyje populacja mieszkańcy
        founding: budowa zbudowano zbudowany wybudowano założono założony powstał otwarto otwarcie
        area: powierzchnia hektarów kwadratowych
        place: adres mieści znajduje leży położony miejsce ulica
        work: kieruje kierownik opiekuje opiekun odpowiada odpowiedzialny zarządza dyrektor""",
    "cs": """
        high: výška vysoký vysoká metrů metry činí eur korun procent stupňů
        height: výška vysoký vysoká tyčí metrů metry
        depth: hloubka hluboký hluboká metrů metry
        long: délka dlouhý dlouhá měří metrů metry kilometrů
        width: šířka široký vzdálenost daleko metrů kilometrů
        weight: hmotnost váha váží těžký kilogramů kilogramy gramů tun tuny
        age: věk let starý
        price: cena stojí stál poplatek náklady sazba částka eur korun dolarů
        duration: doba trvá trvání dlouho čas zabere vydrží hodin hodiny minut minuty dní týdnů sekund měsíců let
        frequency: četnost často každý každé každých krát hodin minut sekund dní
        people: obyvatel obyvatelé lidí lidé osob žije žijí bydlí obyvatelstvo populace
        founding: stavba postaven postavena vybudován založen založena založení otevřen otevření vznikl
        area: rozloha plocha hektarů čtverečních
        place: adresa nachází leží stojí místo ulice
        work: vede vedoucí stará správce spravuje odpovídá odpovědný ředitel""",
    "tr": """
        high: yükseklik yüksekliği yüksek metre avro lira yüzde derece
        height: yükseklik yüksekliği yüksek yükselir metre
        depth: derinlik derinliği derin metre
        long: uzunluk uzunluğu uzun metre kilometre
        width: genişlik genişliği geniş mesafe uzaklık uzak metre kilometre
        weight: ağırlık ağırlığı ağır kilogram kilo gram ton
        age: yaş yaşı yaşında
        price: fiyat fiyatı ücret ücreti bedel tutar avro lira dolar
        duration: süre süresi sürer sürüyor zaman saat dakika gün hafta saniye ay yıl
        frequency: sıklık sıklığı her kez defa saat dakika saniye gün
        people: nüfus nüfusu kişi kişidir insan yaşıyor yaşar yaşayan sakin
        founding: yapım yapıldı yapılış inşa kuruldu kuruluş açıldı açılış
        area: alan alanı yüzölçümü hektar
        place: adres yer yeri bulunur üzerindedir konum
        work: yönetir yönetici müdür sorumlu sorumlusu bakıyor bakar ilgilenir""",
    "zh": """
        height: 高度 海拔 高出 米
        depth: 深度 水深 米
        long: 长度 全长 長度 米 公里
        width: 宽度 距离 寬度 距離 米 公里
        weight: 重量 体重 公斤 千克 吨
        age: 年龄 岁
        price: 价格 费用 票价 收费 元 欧元 美元
        duration: 时间 时长 小时 分钟 天 秒
        frequency: 频率 每隔 每 次
        people: 人口 居民 居住 住着 人
        founding: 建成 建于 始建 成立 创建 建的 修建
        place: 地址 位于 位置
        work: 负责人 负责 照看 管理 主管""",
    "ja": """
        height: 高さ 標高 メートル
        depth: 深さ 水深 メートル
        long: 長さ 全長 メートル キロメートル
        width: 幅 距離 メートル キロメートル
        weight: 重さ 重量 体重 キログラム トン
        age: 年齢 歳
        price: 料金 値段 価格 円 ユーロ
        duration: 時間 期間 分 日間 秒
        frequency: 頻度 毎 回
        people: 人口 住民 住んで 住む 人
        founding: 建設 建造 造られ 建てられ 設立 創立
        place: 所在地 住所 位置
        work: 管理者 管理 担当 責任者""",
    "ko": """
        height: 높이 높다 높나 미터
        depth: 깊이 깊다 깊나 미터
        long: 길이 길다 긴가 미터 킬로미터
        width: 너비 폭 거리 미터 킬로미터
        weight: 무게 무겁다 킬로그램 톤
        age: 나이 살 연령
        price: 요금 가격 값 비용 원 유로
        duration: 시간 기간 걸린다 걸리 분 초 일
        frequency: 빈도 자주 마다 번
        people: 인구 주민 명 사람 사나요 산다 살다
        founding: 건설 지어졌 설립 창립 연도
        place: 주소 위치 있다
        work: 담당자 담당 관리 책임자 돌본다 돌보""",
    "hi": """
        height: ऊँचाई ऊंचाई ऊँचा ऊंचा ऊपर मीटर
        depth: गहराई गहरा गहरी मीटर
        long: लंबाई लंबा लंबी मीटर किलोमीटर
        width: चौड़ाई चौड़ा दूरी दूर मीटर किलोमीटर
        weight: वज़न वजन भार भारी किलोग्राम किलो टन
        age: उम्र आयु साल वर्ष
        price: कीमत मूल्य दाम शुल्क किराया यूरो रुपये
        duration: अवधि समय देर लगते लगता मिनट घंटे घंटा दिन सेकंड
        frequency: आवृत्ति हर प्रति सेकंड मिनट घंटे
        people: जनसंख्या आबादी निवासी लोग रहते रहता
        founding: निर्माण बना बनाया स्थापना स्थापित वर्ष
        place: पता स्थान स्थित
        work: प्रभारी देखभाल प्रबंधक निदेशक""",
    "th": """
        height: ความสูง สูง เมตร
        depth: ความลึก ลึก เมตร
        long: ความยาว ยาว เมตร กิโลเมตร
        width: ความกว้าง กว้าง ระยะทาง เมตร กิโลเมตร
        weight: น้ำหนัก หนัก กิโลกรัม ตัน
        age: อายุ ปี
        price: ราคา ค่าใช้จ่าย บาท ยูโร
        duration: เวลา นาที ชั่วโมง วัน วินาที
        frequency: ความถี่ ทุก ครั้ง
        people: ประชากร ผู้อยู่อาศัย คน
        founding: สร้าง ก่อตั้ง ปีที่สร้าง
        place: ที่อยู่ ที่ตั้ง
        work: ผู้ดูแล ดูแล ผู้จัดการ""",
    "ar": """
        height: ارتفاع علو ترتفع يرتفع متر مترا أمتار
        depth: عمق عميق متر مترا أمتار
        long: طول طويل متر مترا أمتار كيلومتر
        width: عرض عريض مسافة متر مترا كيلومتر
        weight: وزن يزن تزن كيلوغرام طن أطنان
        age: عمر سنة سنوات
        price: سعر ثمن تكلفة رسوم يكلف تكلف يورو دولار
        duration: مدة وقت يستغرق تستغرق ساعة ساعات دقيقة دقائق يوم أيام ثانية
        frequency: تكرار مرة كل ثانية دقيقة ساعة
        people: سكان السكان نسمة شخص شخصا أشخاص يعيش يسكن
        founding: بناء بني بنيت تأسس تأسيس أنشئ إنشاء
        place: عنوان تقع يقع موقع
        work: مشرف المشرف يشرف تشرف مدير مسؤول""",
}


@cache
def _groups(language: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return for each property its first word and the terms of its words."""
    lines = (line.strip().partition(":") for line in _PROPERTIES.get(language, "").splitlines())
    return {
        name: (words.split()[0], frozenset(term for word in words.split() for term in terms(word, language)))
        for name, _, words in lines
        if words
    }


def word_for(name: str, language: str) -> str:
    """Return the word of a language for a property, or nothing."""
    return _groups(language).get(name, ("", frozenset()))[0]


@cache
def _same(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, group in _groups(language).values():
        for term in group:
            found[term] = found.get(term, frozenset()) | group
    return found


def same_property(term: str, language: str) -> frozenset[str]:
    """Return the terms that may name the same property as one of a language, or tell its value."""
    return _same(language).get(term, frozenset()) - {term}


def names_property(term: str, language: str) -> bool:
    """Tell whether a term of a language names a property or the unit of one."""
    return term in _same(language)

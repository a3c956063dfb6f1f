"""Words that carry no topic, by language: articles, pronouns, prepositions, auxiliaries, question words.

They are left out of what a text is found by, they tell in which language it is, and they begin sentences.
Codes are of ISO 639-1. Where a script has no blanks, `ngrams.py` lists them.
"""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

_LISTS = {
    "en": """a about above across after again against all also although am among an and another any are
    around as at be because been before being below between both but by can cannot could did do does doing
    done down during each either else ever every few for from further had has have having he her here hers
    herself him himself his how however i if in into is it its itself just may me might more most much
    must my myself neither no nor not now of off on once only onto or other our ours ourselves out over
    own per rather same shall she should since so some such than that the their theirs them themselves
    then there therefore these they this those though through thus to too under until up upon us very was
    we were what when where whether which while who whom whose why will with within without would yet you
    your yours yourself yourselves""",
    "de": """aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus
    außer bei beiden beim bereits bevor bin bis bist da dabei dafür dagegen daher damit danach dann daran
    darauf daraus darf darum darüber das dass davon davor dazu dein deine dem den denen denn der deren des
    deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch dürfen ein eine einem
    einen einer eines er erst es etwa etwas euch euer für gegen gewesen habe haben hat hatte hatten hier
    hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden
    jeder jedes jedoch jene kann kein keine keinen keiner können könnte man manche mehr mein meine mich
    mir mit muss müssen nach nachdem neben nein nicht nichts noch nun nur ob obwohl oder ohne schon sehr
    sein seine seinem seinen seiner seit selbst sich sie sind so sogar solche soll sollen sollte sondern
    sowie um und uns unser unsere unter viel viele vom von vor wann war waren warum was wegen weil welche
    welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieder wieso will wir
    wird wo wobei woher wohin wollen worden wurde wurden während würde zu zum zur zwar zwischen über""",
    "fr": """afin ai ainsi alors après as au aucun aucune aujourd'hui auquel aussi autre autres aux
    avaient avait avant avec avoir ayant beaucoup bien car ce ceci cela celle celles celui cependant ces
    cet cette ceux chaque chez ci combien comme comment contre d dans de depuis des deux doit doivent donc
    dont du durant dès elle elles en encore entre es est et eu eux faut ici il ils je jusqu jusque l la
    laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui là m ma mais malgré me mes moi
    moins mon même mêmes n ne ni non nos notre nous on ont or ou où par parce pas pendant peu peut peuvent
    plus plusieurs plutôt pour pourquoi puis puisque qu quand que quel quelle quelles quels qui quoi s sa
    sans sauf se selon sera seront ses si soit son sont sous souvent sur t ta tandis tant te tel telle tes
    toi ton tous tout toute toutes trop très tu un une vers voici voilà vos votre vous y à étaient était
    étant été être""",
    "es": """a además ahora al algo alguna algunas alguno algunos algún allí ante antes aquel aquella aquí
    así aun aunque bajo bien cada casi como con contra cual cuales cualquier cuando cuál cuáles cuándo
    cuánta cuántas cuánto cuántos cómo de debe deben del desde después donde dos durante dónde e el ella
    ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estas este esto estos está
    están fue fueron ha había han hasta hay incluso la las le les lo los luego me mediante mi mientras mis
    misma mismo muy más nada nadie ni ninguna ningún no nos nosotros nuestra nuestro o otra otras otro
    otros para pero poco por porque puede pueden pues que quien quién quiénes qué se sea según ser será si
    sido sin sino sobre solo son su sus sí sólo también tampoco tan tanto te tiene tienen toda todas
    todavía todo todos tras tu tus u un una unas uno unos usted ya yo él""",
    "it": """a ad agli ai al alcuni all alla alle allo altra altre altri altro anche ancora avere aveva c
    che chi ci ciascuno ciò coi col come con contro cosa così cui d da dagli dai dal dall dalla dalle
    dallo degli dei del dell della delle dello dentro deve devono di dopo dove due durante e ed egli entro
    era erano essa essere essi fino fra fu furono gli ha hanno i il in infatti io l la le lei li lo loro
    lui ma mentre mi mia mio molto ne negli nei nel nell nella nelle nello nessun nessuna no noi non
    nostra nostro o ogni oltre oppure per perché però più poi poiché possono prima può qual quale quali
    quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo qui quindi
    sarà se secondo sei sempre senza si sia solo sono sopra sotto stata state stati stato su sua sue sugli
    sui sul sull sulla sulle sullo suo suoi tra tutta tutte tutti tutto un una uno vi viene voi è""",
    "pt": """a ainda algum alguma alguns ante antes ao aos apenas após aquela aquele aqui as até cada com como
    contra cuja cujo da das de dela dele deles depois desde deve devem do dois dos durante e ela elas ele
    eles em embora enquanto entre então era eram essa essas esse esses esta estas este estes está estão eu
    foi foram há isso isto já lhe lhes lo lá mais mas me mediante mesma mesmo meu minha muito muitos na
    nas nem nenhum nenhuma no nos nossa nosso num numa não nós o onde os ou outra outras outro outros para
    pela pelas pelo pelos pode podem pois por porque porquê pouco quais qual qualquer quando quanta
    quantas quanto quantos que quem quê se sem sempre sendo ser será seu seus si sido sob sobre sua suas
    são só também tanto te tem toda todas todo todos tudo têm um uma umas uns você vocês à às é""",
    "nl": """aan achter al alle alleen als altijd andere ben bent bij binnen boven daar daarna dan dat de
    deze die dit doch doen door dus echter een elk elke en er ging haar had hadden heb hebben heeft hem
    het hier hij hoe hoeveel hun ik in is ja jaar je jij jou jullie kan kon kunnen maar mag me meer men
    met mij mijn moet moeten na naar naast net niet niets nog nu of om omdat onder ons onze ook op over
    per te tegen ten ter terwijl tijdens toch toe tot tussen u uit uw van vanaf veel voor vóór waar waarom
    wanneer waren was wat we weer welk welke werd werden wie wij wil worden wordt zal ze zelf zich zij
    zijn zo zonder zou zouden""",
    "sv": """alla allt att av bara både de dem den denna deras dess dessa det detta där därför då efter
    eftersom ej eller en ett fick finns från för förr genom ha hade han hans har hennes hon honom hur här
    i icke in inga ingen inget innan inom inte ja jag kan kommer kunde man med medan mellan men mer mina
    mitt mot mycket måste ni nu när någon något några och också om oss på samma samt sedan sig sin sina
    sitt ska skall skulle som så sådan till under upp ur ut utan vad var vara varför varit varje vars vem
    vems vid vilka vilken vilket vår våra än är åt över""",
    "da": """ad af alle alt anden at bare begge blev blive bliver da de dem den denne der deres derfor det
    dette dig din disse dog du efter eller en end er et fik for fordi fra før ham han hans har havde have
    hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i
    ikke ind ingen intet jeg jer kan kun kunne man mange med meget mellem men mens mere mig min mod må
    måtte ned nogen noget nogle nu når og også om op os over på samme selv sig sin sit skal skulle som så
    sådan til ud uden under var ved vi vil ville vor være været""",
    "no": """alle at av bare begge ble bli blir blitt både da de deg dem den denne der deres derfor det
    dette din disse du eller en enn er et etter fikk for fordi fra før ha hadde han hans har henne hennes
    her hos hun hva hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke ingen inn jeg kan
    kun kunne man mange med meg mellom men mens mer min mot mye må måtte ned noe noen nå når og også om
    opp oss over på samme seg selv sin sine sitt skal skulle slik som så til under ut uten var ved vi vil
    ville vår være vært""",
    "fi": """ei eikä eivät ennen että he hän hänen ja jo joka jos jossa jota jotka jälkeen kaikki kanssa
    kautta ketkä koska kuin kuinka kuka kun kuten me miksi mikä mikäli milloin millä minkä minä missä
    mistä mitkä mitä monta montako mukaan mutta myös ne niiden niin niitä noin nyt olemme olen oli olivat
    olla olleet ollut on ovat paljon saa se sekä sen siinä sillä sitä tai te tämä tämän tässä tätä vaan
    vaikka vain vielä voi voidaan voivat yli""",
    "pl": """a aby albo ale ani aż bardzo bez bo by być był była było były będzie będą choć co czy czyj
    czym dla dlaczego do dwa gdy gdzie go i ich ile im inne inny innych ja jak jaka jaki jakie jako je
    jednak jego jej jest jeszcze jeśli jeżeli już każdy kiedy kogo komu kto która które którego której
    który których którzy lub ma mają mi między mogą może można mu musi na nad nam nas nawet nic nich nie
    niego niej niż o od ona one oni ono oraz pan po pod podczas ponieważ poza przed przez przy sam się
    skąd swój są ta tak także tam te tego tej ten też to tu tych tylko tym u w we więc wraz wszystkie
    wszystko z za ze że""",
    "cs": """a aby ale anebo ani asi až bez bude budou by byl byla byli bylo být co do i jak jako jaká
    jaké jaký je jeho jejich její jen jenom jestli ještě ji již jsem jsme jsou k kam kde kdo kdy kdyby
    když ke kolik která které kterého který kteří mají mezi mimo musí my má mít může na nad nebo není než
    nic o od on ona oni pak po pod podle pokud pouze pro proto protože proč před přes přesto při s se si
    své svůj ta tak také tam tato tedy ten tento ti to toho tohoto tom tomu tu ty této u už v ve však vše
    z za ze či že""",
    "hu": """a ahogy ahol aki akik alatt amely amelyek ami amikor annak arra az azok azon azonban azt be
    csak de e egy egyes egyik el előtt ez ezek ezen ezt ezzel ezért fel felett fog ha hanem hogy hogyan
    hol honnan hova hány is itt kell kellett ki kinek le lehet lesz lett majd meg mellett mely melyik
    mennyi mennyire mert mi miatt mikor milyen minden mint mit miért most míg nagyon ne nek nem nincs ott
    s sem során szerint számára után vagy van vannak volt voltak át és össze úgy""",
    "ro": """a acea aceasta această acest acesta aceste acestea acestei acestor acestui ai al ale am ar
    are asupra atunci au avea care ce cei cel cele cine cu cui cum când cât câte câtă câți cînd că da dacă
    dar de deci din după e ea ei el ele era erau este eu fi fie fiecare fost fără iar la le li lor lui mai
    mult ne nici nu o or ori pe pentru peste poate pot prin sa sale sau se spre sub sunt toate tot toți
    trebuie un una unde unei unor unui unul va vor îi în înainte între își și""",
    "tr": """acaba altında ama ancak arasında ayrıca bana bazı belki ben beni benim bile bir biri birkaç
    biz bizim bu buna bunlar bunu bunun büyük da daha dan de den değil diye dolayı en fakat gibi göre
    hangi hangisi hem hepsi her hiç iken ile ilgili ise için kadar karşı kaç kendi ki kim kime kimin mi mu
    mü mı nasıl ne neden nedir nerede nereye niye niçin o olan olarak oldu olduğu olmak olup on ona onlar
    onu onun sadece sen siz sonra tarafından tüm var ve veya ya yani yok zaman çok çünkü önce üzere
    üzerinde şey şu""",
    "ca": """a abans així això al algun alguna alguns als altra altre altres amb aquell aquella aquest
    aquesta aquests bé cada com contra d dalt de del dels des doncs durant e el ella ells els em en encara
    entre era eren es estan està et fins ha han hi i jo l la les li lo ls mentre meva molt més n ni no
    nosaltres o on per perquè però poden pot qual quan quant quanta quants que qui què s sense ser seva si
    sobre sota són també tant tot tota tots un una unes uns va van és""",
    "id": """ada adalah agar akan anda antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa
    belum berapa bisa bukan dalam dan dapat dari daripada dengan di dia hanya harus hingga ia ini itu jika
    juga kami kapan karena ke kemudian kepada ketika kita lagi lain lebih maka mana mengapa mereka namun
    oleh pada paling para pernah saat saja sama sampai sangat saya sebagai sebuah secara sedang sehingga
    sejak selama semua seperti serta setelah setiap siapa sudah supaya telah tentang terhadap tersebut
    tetapi tidak untuk yaitu yang""",
    "vi": """ai bao bị bởi cho chỉ các cái có cùng cũng của do giữa gì hay hãy hơn họ khi không là lên lại
    mà mấy mọi một ngoài nhiêu như nhưng những nào này nên nếu phải qua ra rất rằng rồi sau sẽ theo thì
    trong trên trước tại tới từ và vào vì vẫn về với đang đây đã đó được đến để ở""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже
    для до его ее если есть еще ещё её же за здесь и из или им их к как какая какие какой каком какую
    когда кого кому которая которого которое которой которые который которых кто куда ли лишь между меня
    мне много могут может можно мы на над надо нас не него нее ней нет ни них но ну о об однако он она они
    оно от откуда очень перед по под после потом потому почему при про раз с сам свой себя сколько со так
    такая также такие такой там тем то того тоже той только том тот ту ты у уже хотя чего чей чем через
    что чтобы чья эта эти это этого этой этом этот эту я""",
    "uk": """або але б без би був була були було бути в вже ви вона вони все всі від він де для до з за
    звідки й його ким коли кому куди ми може можна між на над нас не ні ніж о об однак от перед по при про
    під після скільки та так також там те того той тому тільки у хто це цей ця ці чи чого чому що щоб щодо
    як яка яке який яких якщо які є і із їх її""",
    "bg": """а ако ала бе без беше бъде бяха в вече все всеки всички във до докато доколко за зад защо и
    из или им има имат й как каква какви какво както какъв като кога кого което кои които кой който колко
    която към ли между може му на над нас не него ни но няма о обаче от откъде по под поради преди през
    при с са сам само се след сме съм със съществува също така такъв там те тези то това тогава този той
    тя у ще я""",
    "el": """έχει έχουν ή ήδη ήταν αλλά αν από αργότερα ας αυτά αυτές αυτή αυτής αυτοί αυτού αυτό αυτός
    αυτών για γιατί δε δεν δηλαδή δια είναι είτε εκεί ενώ επί επειδή εφόσον η θα κάθε κάποιος καθώς και
    κατά κι μέσα μέχρι μία μα μας με μετά μεταξύ μη μην μια μου μπορεί μπορούν να ο οι ον ούτε πιο ποια
    ποιες ποιο ποιοι ποιος πολύ που πού πριν προς πως πόσα πόσες πόση πόσο πόσοι πόσος πότε πώς σαν σας σε
    στα στη στην στις στο στον στου στους τα την της τι τις το τον του τους των ως όμως όπου όπως όσο όταν
    ότι""",
    "ar": """أ أثناء أكثر ألا أم أما أن أنا أنت أنه أنها أو أول أي أية أيضا أين إذ إذا إلا إلى إن إنه إنها
    ب بأن بعد بعض بل بما به بها بين بينما تحت تكون تلك ثم حتى حول حيث حين خلال دون ذات ذلك سوف سوى ضد ضمن
    عبر عدم على عليه عليها عن عند عندما غير فإن فقد فقط في فيه فيها قبل قد كان كانت كذلك كل كلا كم كما كيف
    لأن لا لدى لذلك لقد لكن لم لماذا لن له لها لو ليس ليست ما ماذا متى مثل مع مما من منذ منه منها هذا هذه
    هل هم هما هنا هناك هو هي و وقد وكان ولا ولم وهو وهي يتم يجب يكون يمكن""",
    "fa": """آن آنها آیا از است اما ای این اینکه با باید بر برای بسیار به بود بوده بین تا تمام تنها حتی
    خواهد خود خیلی دارد دارند در درباره دیگر را روی زیر سپس شد شده شود طی علیه ما می نمی نه نیز نیست هر هم
    همه همین هنگام هیچ و ولی وی پس پیش چرا چند چه چون چگونه چیست کجا کدام کرد کردن کرده کند کنند کنید که
    کی گفت یا یک""",
    "ur": """اب اس اسے ان انہوں اور اگر ایک بعد بھی بہت تو تک تھا تھی تھے جب جس جو جہاں دو دیا رہا رہی رہے
    ساتھ سے صرف طرح لئے لیکن لیے میں نہیں نے والے وہ پر پھر کا کب کتنا کتنی کتنے کر کرتا کرتی کرنے کس کسی
    کو کون کونسا کچھ کہ کہاں کی کیا کیسے کیوں کے گئی گئے گا گی گیا ہر ہم ہو ہوئی ہوئے ہوا ہوتا ہوتی ہوں ہی
    ہیں ہے یا یہ یہاں""",
    "hi": """अगर अपना अपनी अपने अब आप इन इस इसका इसकी इसके इसे उन उनका उनकी उनके उस उसका उसकी उसके उसे एक
    एवं और कब कर करता करती करते करना करने कहाँ कहां का कि कितना कितनी कितने किस किसका किसकी किसके किसने
    किसी किसे की कुछ के केवल कैसे को कोई कौन कौनसा कौनसी क्या क्यों गई गए गया जब जहाँ जहां जाता जाती जाते
    जाना जाने जिस जिसका जिसके जिसे जैसे जो तक तथा तब तरह तो था थी थे दिया दो द्वारा न नहीं ने पर परंतु पहले
    फिर बहुत बाद बार भी मगर मुझे में मैं यदि यह यहाँ यहां या ये रहा रही रहे लिए लेकिन वह वहाँ वहां वाला
    वाली वाले वे सकता सकती सकते सब सभी साथ से हम हर ही हुआ हुई हुए है हैं हो होता होती होते होना होने""",
    "mr": """अनेक असा असे आणि आता आपल्या आहे आहेत इतर एक एका एवढा कधी कर करणे करून का काय कारण काही किंवा
    किती कितीला की कुठे केला केली केले कोण कोणता कोणते कोणी जर जे जो ज्या झाला झाली झाले त तर ती ते तो त्या
    त्यांच्या त्याच्या दिली नंतर नाही नाहीत पण पर्यंत पासून मात्र मी म्हणून या यांनी याने व वर सर्व साठी सुद्धा हा
    ही हे होता होती होते""",
    "he": """אבל או אולי אז אחר אחרי אחת איזה איזו איך אילו אין איפה אך אל אלה אם אנחנו אני את אתה אתם
    בגלל בין בלי גם דרך הוא היא היה היו היכן הם הן זאת זה זו יותר יש כאשר כבר כדי כי כך כל כמה כמו כן לא
    לאחר לה להם לו ללא לנו לפי לפני מאוד מדוע מה מי מן מתוך מתי עד עוד על עם עצמו פי רק שהוא שהיא של שלא
    שם תחת""",
}
FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}

CONTRACTED = {
    "fr": frozenset(["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"]),
    "it": frozenset(["all", "c", "coll", "d", "dall", "dell", "l", "nell", "quell", "quest", "sull", "un"]),
    "ca": frozenset(["d", "l", "m", "n", "s", "t"]),
}
"""What stands before the apostrophe of a word and belongs to the word before it, by language."""

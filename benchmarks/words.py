"""Words that invented organisations are made of, in English and Bulgarian side by side.

Adjectives have their Bulgarian stem, to which a noun's gender adds an ending: Тих + ият фар, Тих + ата градина.
"""

COUNTRIES = (
    "AD AL AM AT AZ BA BE BG CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO "
    "RS SE SI SK SM TR UA"
).split()
"""46 countries: the members of the Council of Europe."""

ADJECTIVES = tuple(
    pair.split("/")
    for pair in (
        "Quiet/Тих Golden/Златн Silver/Сребърн Amber/Кехлибарен Copper/Медн Bright/Светл Merry/Весел Distant/Далечн Woodland/Горск "
        "Paper/Хартиен Snowy/Снежн Starlit/Звездн Moonlit/Лунн Sunny/Слънчев Lilac/Люляков Cherry/Черешов Rainbow/Дъгов Springtime/Пролетн "
        "Winter/Зимн Summer/Летн Autumn/Есенн Windy/Ветровит Stone/Каменн Silken/Копринен Hazel/Лешников Velvet/Кадифен Round/Кръгл "
        "Wooden/Дървен Humming/Тананикащ Wandering/Скитащ"
    ).split()
)
NOUNS = tuple(
    noun.split("/")
    for noun in (
        "Harbour/пристанище/n Lighthouse/фар/m Lantern/фенер/m Kite/хвърчило/n Garden/градина/f Meadow/поляна/f Windmill/мелница/f "
        "River/река/f Island/остров/m Bridge/мост/m Valley/долина/f Forest/гора/f Swallow/лястовица/f Compass/компас/m Ladder/стълба/f "
        "Boat/лодка/f Window/прозорец/m Wellspring/извор/m Acorn/жълъд/m Heron/чапла/f Book/книга/f Bell/камбана/f Cloud/облак/m "
        "Star/звезда/f Wheel/колело/n Seashell/раковина/f Fountain/чешма/f Nest/гнездо/n Tree/дърво/n Path/пътека/f"
    ).split()
)
ENDINGS = {"m": "ият", "f": "ата", "n": "ото"}

BODIES = tuple(
    body.split("/")
    for body in (
        "Association/Сдружение Foundation/Фондация Society/Дружество Circle/Кръг Club/Клуб Initiative/Инициатива Centre/Център "
        "Workshop/Работилница Fellowship/Общност Guild/Гилдия Union/Съюз House/Дом"
    ).split()
)
NETWORKS = tuple(
    body.split("/")
    for body in "Forum/Форум Alliance/Алианс Network/Мрежа Federation/Федерация Council/Съвет League/Лига".split()
)

PLACES = (
    "Øresøhavn",
    "Żółwiowo",
    "Čiernozvon",
    "Þokuvík",
    "Şenlikköy",
    "Mġarrdor",
    "Lumière-sous-l’Étang",
    "Õhtumäe",
    "Ķirsciems",
    "Brückleinsbach",
    "Núñomar",
    "Szélmalomfő",
    "Ştejărița",
    "Žiburėliai",
    "Crkvenoluč",
)
"""Invented towns, with the signs of many alphabets."""

CYRILLIC_PLACES = (
    "Камен дол",
    "Звънарица",
    "Љубиње поље",
    "Ґавинці",
    "Ђурђево језеро",
    "Ќерамидница",
    "Світлоїжне",
    "Облачище",
)

LONG_NAMES = (
    ("de", "Laternenuferbibliotheksfreundeskreis {} e. V."),
    ("nl", "Stichting Voorleesboekenbruggenwachtersgezelschap {}"),
    ("fi", "Lyhdynsytyttäjäkerhoyhdistys {} ry"),
    ("hu", "Lámpáskészítő-segítőszövetség {}"),
    ("fr", "L’Atelier des cerfs-volants d’{}"),
    ("pl", "Stowarzyszenie Przyjaciół Świetlików {}"),
)
"""Names that are not translated, with long words and signs of many alphabets."""

PEOPLE = (
    ("children", "децата"),
    ("young people", "младите хора"),
    ("families", "семействата"),
    ("kite makers", "майсторите на хвърчила"),
    ("lighthouse keepers", "пазачите на фарове"),
    ("volunteers", "доброволците"),
    ("neighbours", "съседите"),
    ("teachers", "учителите"),
    ("grandparents", "бабите и дядовците"),
    ("newcomers’ families", "новодошлите семейства"),
)

AIMS = (
    ("Stronger ties between {} and the harbour schools", "По-силни връзки между {} и пристанищните училища"),
    ("More room for {} in the open workshops", "Повече място за {} в отворените работилници"),
    ("A fair hearing for {} at the ferry council", "Справедливо изслушване за {} в съвета на ферибота"),
    ("Better advice for {} through winter reading", "По-добри съвети за {} чрез зимното четене"),
    ("Safer crossings for {} at the old bridge", "По-безопасно преминаване за {} по стария мост"),
    ("Lasting support for {} on the islands", "Трайна подкрепа за {} на островите"),
    ("A shared calendar for {} and the libraries", "Общ календар за {} и библиотеките"),
    ("Encouragement for {} who light the lanterns", "Насърчение за {} при паленето на фенерите"),
)
WAYS = (
    ("with patience and good humour", "с търпение и добро настроение"),
    ("in every season of the year", "през всички сезони на годината"),
    ("through meetings that anyone may join", "чрез срещи, отворени за всеки"),
    ("by means of a common fund", "чрез общ фонд"),
    ("although the winters are long and the ferries are few", "макар че зимите са дълги, а фериботите – малко"),
    ("so that nobody is left waiting on the quay", "така че никой да не остане да чака на кея"),
    (
        "in counter-clockwise, self-organised reading-and-mending circles",
        "в самоорганизирани кръгове за четене и поправка",
    ),
)
SENTENCES = (
    ("It brings {0} together in {1}, {2}.", "Тя събира {0} в {1} – {2}."),
    ("For {0} it keeps an open house in {1}, {2}.", "За {0} поддържа отворен дом в {1} – {2}."),
    ("In {1} it listens to {0}, and it does so {2}.", "В {1} изслушва {0}, и то {2}."),
    (
        "Its letter of foundation, written in {1}, speaks of {0}; it is read aloud {2}.",
        "Учредителното писмо, написано в {1}, говори за {0}; чете се на глас {2}.",
    ),
    (
        "Its members’ “lantern hours” are for {0} of {1}, {2}.",
        "„Часовете на фенера“ на членовете са за {0} от {1} – {2}.",
    ),
)
ROLES = (
    ("It speaks for {0} and keeps the minutes.", "Говори от името на {0} и води протоколите."),
    ("It runs the shared calendar and invites {0} to it.", "Води общия календар и кани {0} в него."),
    ("It takes part in meetings about {0}.", "Участва в срещи, посветени на {0}."),
    (
        "It tests new guidance with {0}, reports what they say, and trains others to do so.",
        "Изпробва нови насоки с {0}, докладва какво казват и обучава други да правят същото.",
    ),
)

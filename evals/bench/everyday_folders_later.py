"""Small folders like those of `everyday_folders.py`, written after the engine was tuned on these."""

from __future__ import annotations

from evals.bench.everyday_folders import EverydayFolder

_BAKERY = EverydayFolder(
    name="bakery",
    files={
        "oven.md": (
            "# The wood oven\n\nThe oven was built by Josef Amann in 1949. It takes 36 loaves at a time"
            " and must be"
            " heated for four hours before the first bread goes in.\n\n## Walls\n\nThe walls are 70"
            " centimetres"
            " thick.\n"
        ),
        "shop.txt": (
            "The shop\n\nRye bread: 4.20 euros\nSeed roll: 80 cents\n\nThe shop opens at half past six"
            " and is closed"
            " on Mondays.\nIt has been in the hands of the Amann family for three generations.\n"
        ),
        "staff.csv": "Name,Work,Since\nLena Amann,Manager,2011\nPaul Tierney,Baker,2018\nNoor"
        " Haddad,Sales,2020\n",
    },
    answered=(
        ("Who built the oven?", "Josef Amann"),
        ("How many loaves fit into the oven?", "36 loaves"),
        ("How thick are the walls of the oven?", "70 centimetres"),
        ("How much is a rye bread?", "4.20 euros"),
        ("Since when has Paul Tierney worked there?", "2018"),
        ("On which day is the shop closed?", "Mondays"),
    ),
    missed=(
        "How heavy is a rye bread?",
        "What did the oven cost?",
        "How old is Lena Amann?",
        "How hot does the oven get?",
        "How long does a rye bread bake?",
        "Who is the apprentice of the baker?",
    ),
)
_TRAIL = EverydayFolder(
    name="trail",
    files={
        "trail.rst": (
            "The ridge trail\n===============\n\nThe ridge trail is 17 kilometres long and is marked in"
            " red and"
            " white. Most people need six hours for it.\n\nHut\n---\n\nThe hut lies at 1,640 metres and"
            " has 22"
            " beds. It is kept by Dora Simic. A night costs 28 euros, breakfast included.\n"
        ),
        "safety.md": (
            "# Safety\n\nDogs must be kept on a lead because sheep graze on the ridge.\n\nIn fog:\n\n1."
            " Stay on the"
            " path.\n2. Blow the whistle six times a minute.\n3. Wait for an answer.\n"
        ),
        "club.html": (
            "<html><head><title>The club</title></head><body><p>The trail is looked after by the Hikers'"
            " Club of"
            " Vale, which was set up in 1926 and has 410 members today.</p></body></html>"
        ),
    },
    answered=(
        ("How long is the ridge trail?", "17 kilometres"),
        ("How much time does the trail take?", "six hours"),
        ("Which colours mark the trail?", "red and white"),
        ("What do I pay for a night in the hut?", "28 euros"),
        ("Why do dogs have to be on a lead?", "sheep graze"),
        ("When was the hikers' club founded?", "1926"),
    ),
    missed=(
        "When was the hut built?",
        "How many sheep graze on the ridge?",
        "What is the membership fee of the club?",
        "How old is Dora Simic?",
        "What colour is the hut?",
        "How much does breakfast cost alone?",
    ),
)
_CLOCK = EverydayFolder(
    name="clock-tower",
    files={
        "clock.txt": (
            "The tower clock\n\nThe clock was made in Rotterdam in 1783. Its pendulum is 2.4 metres long"
            " and weighs"
            " 85 kg.\nIt is wound by hand every Thursday.\n"
        ),
        "bells.md": (
            "# Bells\n\n| Bell | Weight | Tone |\n|---|---|---|\n| Great bell | 1,900 kg | C |\n| Vesper"
            " bell | 640"
            " kg | F |\n| Child bell | 210 kg | A |\n\nThe great bell cracked in 1917 and was recast two"
            " years"
            " later.\n"
        ),
        "visit.txt": (
            "Visits\n\nThe tower has 214 steps. Tours are led by Hugo Pell and last 45 minutes.\nAdults"
            " pay 5 euros,"
            " children 2 euros. Bags must be left downstairs.\n"
        ),
    },
    answered=(
        ("Where was the clock made?", "Rotterdam"),
        ("How heavy is the pendulum?", "85 kg"),
        ("How much does the vesper bell weigh?", "640 kg"),
        ("How long does a tour take?", "45 minutes"),
        ("How many steps does the tower have?", "214 steps"),
        ("Do I have to leave my bag downstairs?", "left downstairs"),
    ),
    missed=(
        "How tall is the tower?",
        "Who made the clock?",
        "When was the child bell cast?",
        "What did the recasting of the great bell cost?",
        "How old is Hugo Pell?",
        "How wide is the clock face?",
    ),
)
_GARDEN = EverydayFolder(
    name="garden",
    files={
        "garden.html": (
            "<html><head><title>Rosewood garden</title></head><body><h1>Rosewood garden</h1><p>The"
            " garden covers"
            " 3 hectares and belongs to the parish of Holm. It was laid out by Flora Benn between 1902"
            " and 1905.</p>"
            "<p>Entry is free, but a guided walk costs 7 euros.</p></body></html>"
        ),
        "trees.csv": ("Tree,Planted,Height (m)\nCopper beech,1904,31\nGinkgo,1931,18\nTulip tree,1958,24\n"),
        "water.md": (
            "# The pond\n\nThe pond is 1.8 metres deep in the middle. It is home to 40 carp. The"
            " fountain runs from"
            " May to September.\n\nSwimming is forbidden.\n"
        ),
    },
    answered=(
        ("How big is the garden?", "3 hectares"),
        ("Who owns the garden?", "parish of Holm"),
        ("How deep is the pond?", "1.8 metres"),
        ("How tall is the ginkgo?", "18"),
        ("What is the price of a guided walk?", "7 euros"),
        ("May I swim in the pond?", "forbidden"),
    ),
    missed=(
        "How old is Flora Benn?",
        "How wide is the pond?",
        "How much does the fountain cost a year?",
        "How long does a guided walk take?",
        "Who planted the copper beech?",
        "What colour are the carp?",
    ),
)
_RADIO = EverydayFolder(
    name="radio",
    files={
        "station.md": (
            "# Harbour Radio\n\nHarbour Radio went on the air in March 1996. It sends on 98.4 MHz and"
            " reaches about"
            " 12,000 listeners.\n\nThe studio is on the second floor of the old customs house.\n"
        ),
        "people.txt": (
            "People\n\nThe station is headed by Ines Cole.\nThe morning show is hosted by Ben"
            " Ashworth.\nThe mast is"
            " 52 metres high and stands on Gull Hill, four kilometres from the studio.\n"
        ),
        "rules.txt": (
            "Rules\n\nAn advertisement may last at most 30 seconds. One spot costs 18 euros before noon"
            " and 25 euros"
            " after noon.\nMusic requests are taken until 5 pm.\n"
        ),
    },
    answered=(
        ("When did Harbour Radio start?", "1996"),
        ("Who runs the station?", "Ines Cole"),
        ("How high is the mast?", "52 metres"),
        ("How far is the mast from the studio?", "four kilometres"),
        ("How long may an advertisement be?", "30 seconds"),
        ("Where is the studio?", "customs house"),
    ),
    missed=(
        "What did the mast cost?",
        "How many people work at the station?",
        "How old is the customs house?",
        "Who founded Harbour Radio?",
        "How heavy is the mast?",
        "How long is the morning show?",
    ),
)
FOLDERS = (_BAKERY, _TRAIL, _CLOCK, _GARDEN, _RADIO)

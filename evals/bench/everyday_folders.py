"""Small folders on made-up things, each with plain questions and near misses that nothing there answers.

These were written before the engine was tuned on them; `everyday_folders_later.py` after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydayFolder:
    """Hold files by name, questions with what the first claim must hold, and near misses."""

    name: str
    files: Mapping[str, str]
    answered: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]


_POTTERY = EverydayFolder(
    name="pottery",
    files={
        "kiln.md": (
            "# The kiln\n\nThe big kiln stands in the back room and weighs 410 kg with its shelves. It"
            " reaches"
            " 1,280 degrees. A full firing lasts eleven hours, and the door stays shut for nine more.\n\n"
            "## Use\n\nOnly members with a firing card may start it. Ask Marlene Voss, who looks after both"
            " kilns, for a card.\n"
        ),
        "house.txt": (
            "About the house\n\nThe workshop was opened in 1987 by three potters from the old brickyard.\n"
            "The building is the property of the town of Ellerby.\n"
            "You find us at 14 Tanner's Row, behind the fire station.\n"
        ),
        "prices.csv": "Item,Price\nClay 10 kg,9 euros\nGlaze 1 litre,14 euros\nFiring per shelf,6 euros\n",
    },
    answered=(
        ("How heavy is the big kiln?", "410 kg"),
        ("How much does the kiln weigh?", "410 kg"),
        ("Who does the building belong to?", "town of Ellerby"),
        ("When was the workshop founded?", "1987"),
        ("How long does a firing take?", "eleven hours"),
        ("How much is a litre of glaze?", "14 euros"),
    ),
    missed=(
        "How heavy is the door of the kiln?",
        "How old is Marlene Voss?",
        "Who owns the big kiln?",
        "When was the kiln built?",
        "How long does glaze keep?",
        "How much does a firing card cost?",
    ),
)
_FERRY = EverydayFolder(
    name="ferry",
    files={
        "ferry.html": (
            "<html><head><title>The Sanna ferry</title></head><body><h1>The Sanna ferry</h1>"
            "<p>The ferry <b>Sanna</b> has crossed the sound since 1962. She is painted green and"
            " carries up to"
            " 48 passengers and six bicycles.</p><p>The crossing takes 25 minutes in calm weather.</p>"
            "<h2>Crew</h2><p>The captain is Ingrid Holm. The ferry is run by the island cooperative, which"
            " employs seven people.</p></body></html>"
        ),
        "timetable.md": (
            "# Timetable\n\n| Day | First boat | Last boat |\n|---|---|---|\n| Weekdays | 6:40 | 21:15 |\n"
            "| Sundays | 8:00 | 19:30 |\n\nA single ticket is 4.50 euros; children under six travel free.\n"
        ),
        "island.txt": (
            "The island\n\nThe island lies nine kilometres off the coast. The lighthouse at its north"
            " end is 31"
            " metres high and was automated in 1984. About 340 people live here all year.\n"
        ),
    },
    answered=(
        ("what colour is the ferry", "green"),
        ("How many people can the ferry take?", "48 passengers"),
        ("How long does it take to cross?", "25 minutes"),
        ("Who runs the ferry?", "island cooperative"),
        ("How far is the island from the coast?", "nine kilometres"),
        ("What does a ticket cost?", "4.50 euros"),
    ),
    missed=(
        "What colour is the lighthouse?",
        "How many cars can the ferry take?",
        "How old is the captain?",
        "Who built the lighthouse?",
        "How deep is the sound?",
        "What does it cost to take a bicycle?",
    ),
)
_LIBRARY = EverydayFolder(
    name="reading-room",
    files={
        "rules.md": (
            "# Borrowing\n\nBooks may be kept for three weeks and renewed twice. A late book costs 20"
            " cents a"
            " day.\n\n## Cards\n\nA reader's card is free for pupils; everybody else pays 12 euros a"
            " year. Lost"
            " cards are replaced at the desk.\n"
        ),
        "history.rst": (
            "History\n=======\n\nThe reading room goes back to a gift of the widow Agathe Thorn, who"
            " left her 900"
            " books to the village in 1911.\n\nThe present house was finished in 1934. Its architect was"
            " Emil"
            " Rast.\n"
        ),
        "people.txt": (
            "People\n\nHead librarian: Tomas Brink\nChildren's corner: Olga Stein\n\nThe room is open on"
            " Tuesdays"
            " and Fridays from 2 to 7 pm.\n"
        ),
    },
    answered=(
        ("How long can I keep a book?", "three weeks"),
        ("What is the fine for a late book?", "20 cents"),
        ("Who designed the house?", "Emil Rast"),
        ("Who is in charge of the library?", "Tomas Brink"),
        ("When is the reading room open?", "Tuesdays"),
        ("Which year was the house completed?", "1934"),
    ),
    missed=(
        "How much does a replacement card cost?",
        "How many books does the library have today?",
        "When did Emil Rast die?",
        "How long has Tomas Brink been librarian?",
        "What is the phone number of the reading room?",
        "Who paid for the house?",
    ),
)
_PUMP = EverydayFolder(
    name="village-pump",
    files={
        "pump.md": (
            "# Pump P3\n\nP3 lifts 60 litres a minute from a depth of 22 metres. The motor needs 1.1"
            " kW.\n\n"
            "## Service\n\n1. Close the outlet.\n2. Drain the housing.\n3. Replace the seal.\n\n"
            "The seal must be changed every 400 hours, because sand wears it down.\n"
        ),
        "log.csv": (
            "Date,Work,By\n2021-04-02,Seal replaced,R. Okafor\n2022-03-19,Motor cleaned,L. Duarte\n"
            "2023-05-08,Pump repainted in blue,R. Okafor\n"
        ),
        "water.txt": (
            "Water\n\nThe spring belongs to the Hartmann family, who let the village use it for a yearly"
            " rent of"
            " 200 euros. The water was last tested in June 2023 and is hard.\n"
        ),
    },
    answered=(
        ("How deep does the pump reach?", "22 metres"),
        ("How much power does the motor use?", "1.1 kW"),
        ("Who owns the spring?", "Hartmann family"),
        ("Why does the seal have to be replaced so often?", "sand wears it down"),
        ("When was the motor cleaned?", "2022-03-19"),
        ("How much rent is paid for the spring?", "200 euros"),
    ),
    missed=(
        "How heavy is pump P3?",
        "What does a new seal cost?",
        "Who built the pump?",
        "How warm is the water of the spring?",
        "When was the spring discovered?",
        "Why was the pump painted?",
    ),
)
_FESTIVAL = EverydayFolder(
    name="festival",
    files={
        "festival.md": (
            "# Lantern Night\n\nLantern Night was first held in 2003, when the new bridge was opened. It"
            " takes"
            " place on the last Saturday of August and draws some 5,000 visitors.\n\nThe choir sings at"
            " nine; the"
            " lanterns are lit at a quarter past.\n"
        ),
        "stalls.html": (
            "<html><head><title>Stalls</title></head><body><p>A stall costs 35 euros for the evening,"
            " electricity"
            " included. Stalls are three metres wide. Bookings go to Petra Lind until 15 July.</p>"
            "<p>Gas bottles are not allowed on the bridge.</p></body></html>"
        ),
        "bridge.txt": (
            "The bridge\n\nThe bridge is 84 metres long and made of larch. Its builder, the firm Kessler"
            " & Sons,"
            " comes from Adorf. Cars over 3.5 tonnes may not cross it.\n"
        ),
    },
    answered=(
        ("In what year did Lantern Night start?", "2003"),
        ("How many people come to the festival?", "5,000"),
        ("What is the price of a stall?", "35 euros"),
        ("How long is the bridge?", "84 metres"),
        ("What is the bridge made of?", "larch"),
        ("Can I bring a gas bottle onto the bridge?", "not allowed"),
    ),
    missed=(
        "How much is the entrance fee of Lantern Night?",
        "How wide is the bridge?",
        "How many stalls are there?",
        "Who conducts the choir?",
        "What did the bridge cost?",
        "When was the firm Kessler & Sons founded?",
    ),
)
FOLDERS = (_POTTERY, _FERRY, _LIBRARY, _PUMP, _FESTIVAL)

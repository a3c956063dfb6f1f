"""A question in any language is answered from a sentence in it."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import RUN, excerpt, words
from tools.models.extractive.calibration import calibration
from tools.models.extractive.question_language import question_language
from tools.models.extractive.reader import ExtractiveReader

# A question, the sentence that answers it, and two that do not.
ASKED = {
    "de": (
        "Wie lange brennt die Nachtlampe?",
        "Die Nachtlampe brennt neun Stunden.",
        ("Der Anker wiegt zwei Tonnen.", "Der Hafenmeister wohnt im Turm."),
    ),
    "fr": (
        "Combien de temps brûle la lampe de nuit ?",
        "La lampe de nuit brûle neuf heures.",
        ("L'ancre pèse deux tonnes.", "Le maître du port habite la tour."),
    ),
    "es": (
        "¿Cuánto tiempo arde la lámpara de noche?",
        "La lámpara de noche arde nueve horas.",
        ("El ancla pesa dos toneladas.", "El capitán del puerto vive en la torre."),
    ),
    "ru": (
        "Как долго горит ночная лампа?",
        "Ночная лампа горит девять часов.",
        ("Якорь весит две тонны.", "Начальник порта живёт в башне."),
    ),
    "ar": (
        "كم ساعة يضيء المصباح الليلي؟",
        "يضيء المصباح الليلي تسع ساعات.",
        ("تزن المرساة طنين.", "يسكن مدير الميناء في البرج."),
    ),
    "hi": (
        "रात का दीपक कितने घंटे जलता है?",
        "रात का दीपक नौ घंटे जलता है।",
        ("लंगर का वज़न दो टन है।", "बंदरगाह प्रमुख मीनार में रहता है।"),
    ),
    "zh": ("夜间信号灯亮多长时间？", "夜间信号灯亮九小时。", ("船锚重两吨。", "港长住在塔里。")),
    "ja": (
        "夜の灯は何時間点灯しますか？",
        "夜の灯は九時間点灯する。",
        ("錨の重さは二トンである。", "港長は塔に住む。"),
    ),
    "ko": (
        "야간 램프는 얼마나 오래 켜져 있나요?",
        "야간 램프는 아홉 시간 동안 켜져 있다.",
        ("닻의 무게는 2톤이다.", "항만장은 탑에 산다."),
    ),
    "th": ("ไฟกลางคืนสว่างกี่ชั่วโมง", "ไฟกลางคืนสว่างเก้าชั่วโมง", ("สมอหนักสองตัน", "นายท่าอาศัยในหอคอย")),
}


@pytest.mark.parametrize("language", sorted(ASKED))
async def test_the_sentence_that_answers_comes_first(language: str) -> None:
    """In each language the sentence that answers clears the threshold, and the others are behind it."""
    question, answer, others = ASKED[language]
    excerpts = [excerpt("\n\n".join([others[0], answer, others[1]]))]
    assert question_language(question, excerpts) == language
    claims = await ExtractiveReader().read(RUN, "b1", question, excerpts)
    assert words(claims[0], excerpts) == answer
    assert claims[0].relevance >= calibration().answer


def test_an_english_question_stays_english() -> None:
    """Documents in another language do not change how an English question is read."""
    assert question_language("How long does the lamp burn?", [excerpt("Die Lampe brennt im Turm.")]) == "en"
    assert question_language("AX-200", [excerpt("The lamp burns in the tower.")]) == "en"
    assert question_language("AX-200", [excerpt("Die Lampe brennt im Turm und auf dem Kai.")]) == "de"

"""The language of short questions, of mixed text and of neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import detect_language


@pytest.mark.parametrize(
    ("language", "questions"),
    [
        ("fa", "پل تازه کجاست؟|چرا باران نیامد؟|قیمت نان چقدر شد|این بنا را که ساخت؟|نام رودخانه چیست؟|من چه کنم؟"),
        ("fa", "سفير در شهر چه گفت؟|نان كجا گران شد|شرکت Blue Harbour Shipping در کجا است؟|GPT-4 چیست؟|جامعە جهانی"),
        ("fa", "شما در خانه هستید؟|باد سرد است|سلام"),
        ("ar", "أين يقع الجسر؟|اين يقع الجسر؟|من بنى السد؟|متى عاد الوفد|ما عاصمة البلاد؟|هل نزل المطر؟|كم عدد السكان"),
        ("ar", "من رسمها؟|في أي عام|متی ولد الشاعر|رئيس وزراء|ما هي شركة Blue Harbour Shipping؟|قال الشَّاعِرُ"),
        (
            "en",
            "Who built the bridge?|Where is it|Blue Harbour Shipping|Who is علی رضایی?|iPhone|what happened in تهران?",
        ),
        ("ckb", "پایتەختی وڵات کوێیە؟|کێ پردەکەی دروست کرد؟|شارەکە لە کوێیە"),
        ("ur", "یہ پل کس نے بنایا ہے؟|دارالحکومت کہاں ہے"),
        ("ps", "دا پل چا جوړ کړی دی؟"),
        ("de", "Wer hat die Brücke gebaut und warum?"),
        ("fr", "Qui est le maire de la ville ?"),
        ("tr", "Köprü için kim ve ne zaman geldi?"),
        ("ru", "Кто построил мост?"),
        ("he", "מי בנה את הגשר?"),
        ("ja", "橋はどこですか"),
        ("und", "12:30|۱۴۰۴/۷/۲۹|؟!|😀| |"),
    ],
)
def test_short_questions(language, questions):
    assert {question: detect_language(question) for question in questions.split("|")} == dict.fromkeys(
        questions.split("|"), language
    )


@given(st.text(max_size=80))
def test_any_text_has_a_language_code(text):
    found = detect_language(text)
    assert found.isalpha()
    assert 2 <= len(found) <= 3

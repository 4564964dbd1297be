"""A statement beside a quote in another language: what both say passes, what only one says is found."""

from __future__ import annotations

import pytest

from qa.check import check

FA = "وزیر خارجه مصر گفت که این کشور در ۳ مه ۲۰۲۴ دو کشتی با ۴۲ مسافر به آتن فرستاد."
AR = "قال وزير الخارجية المصري إن بلاده أرسلت في 3 مايو 2024 سفينتين على متنهما 42 راكبًا إلى أثينا."
EN = "The Egyptian foreign minister said that on 3 May 2024 his country sent two ships with 42 passengers to Athens."
EACH = {"fa": FA, "ar": AR, "en": EN}
PAIRS = [(one, other) for one in EACH for other in EACH if one != other]


@pytest.mark.parametrize(("said", "quoted"), PAIRS)
def test_a_translation_is_supported(said: str, quoted: str) -> None:
    found = check(EACH[said], [EACH[quoted]])
    assert (found.verdict, found.findings) == ("supported", ())


@pytest.mark.parametrize(("said", "quoted"), PAIRS)
def test_another_number_day_or_place_is_found(said: str, quoted: str) -> None:
    places = {"fa": ("آتن", "لیسبون"), "ar": ("أثينا", "لشبونة"), "en": ("Athens", "Lisbon")}
    days = {"fa": ("۳ مه", "۹ مه"), "ar": ("3 مايو", "9 مايو"), "en": ("3 May", "9 May")}
    numbers = {"fa": ("۴۲", "۵۷"), "ar": ("42", "57"), "en": ("42", "57")}
    for kind, changes in (("name", places), ("date", days), ("number", numbers)):
        found = check(EACH[said].replace(*changes[said]), [EACH[quoted]])
        assert kind in {finding.kind for finding in found.findings}, kind


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("It is unclear who bought the ferry in Lisbon.", "هنوز مشخص نیست که چه کسی کشتی را در لیسبون خریده است."),
        ("Few people bought tickets for the ferry.", "افراد زیادی برای کشتی بلیت نخریدند."),
        ("The museum only opens on Monday.", "لا يفتح المتحف إلا يوم الاثنين."),
        ("The school bought two buses.", "اشترت المدرسة حافلتين."),
        ("The road through the valley is two-thirds finished.", "دو سوم جادهٔ دره ساخته شده است."),
        ("Californians may vote by post.", "کالیفرنیایی‌ها می‌توانند با پست رأی دهند."),
        ("مدرسه دو اتوبوس خرید.", "اشترت المدرسة حافلتين."),
    ],
)
def test_what_each_language_says_in_its_own_way(statement: str, quote: str) -> None:
    found = check(statement, [quote])
    assert (found.verdict, found.findings) == ("supported", ())


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The city will not sell the ferry to Lisbon.", "شهر کشتی را به لیسبون خواهد فروخت."),
        ("The city will sell the ferry to Lisbon.", "شهر کشتی را به لیسبون نخواهد فروخت."),
        ("The city will sell the ferry to Lisbon.", "لن تبيع المدينة العبارة إلى لشبونة."),
        ("لن تبيع المدينة العبارة إلى لشبونة.", "The city will sell the ferry to Lisbon."),
    ],
)
def test_a_negation_too_many_or_too_few_is_found(statement: str, quote: str) -> None:
    assert "negation" in {finding.kind for finding in check(statement, [quote]).findings}


def test_a_code_with_other_digits_is_found() -> None:
    quote = "ویروس H5N1 در مرغداری‌های شهر پیدا شد."
    assert check("The H5N1 virus was found in poultry farms of the city.", [quote]).verdict == "supported"
    assert check("The H5N8 virus was found in poultry farms of the city.", [quote]).verdict == "unsupported"


def test_a_short_text_that_shows_its_language_is_not_taken_for_the_other() -> None:
    assert check("هل تشعر بأعراض أخرى؟", ["آیا علائم دیگری هم دارید؟"]).support < 1
    assert check("في وسط الصدر تمامًا.", ["دقیقاً در وسط سینه."]).verdict == "supported"

"""Numbers in the three languages: what is read, in which unit, where, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.numbers import find_numbers

READ = [
    ("۲٫۵ میلیارد دلار", "2500000000", "USD"),
    ("دو میلیارد", "2000000000", None),
    ("بیست و پنج درصد", "25", "percent"),
    ("شش کشور", "6", None),
    ("یازده استان", "11", None),
    ("سیصد و چهل و هفت روستا", "347", None),
    ("هزار و سیصد و نود و نه", "1399", None),
    ("۲ میلیارد و ۵۰۰ میلیون تومان", "2500000000", "IRT"),
    ("سیصد هزار میلیارد تومان", "300000000000000", "IRT"),
    ("دو و نیم میلیون نفر", "2500000", "person"),
    ("یک ساعت و نیم", "1.5", "hour"),
    ("۳/۵ درصد", "3.5", "percent"),
    ("۴۰ در صد", "40", "percent"),
    ("۲۵ساله", "25", "year"),
    ("سه‌ساعته", "3", "hour"),
    ("پنجهزار نفر", "5000", "person"),
    ("منفی ۵ درجه", "-5", "degree"),
    ("نه نفر", "9", "person"),
    ("بیست و نه نفر", "29", "person"),
    ("سی نفر", "30", "person"),
    ("یک میلیون", "1000000", None),
    ("سه چهارم", "0.75", None),
    ("نیم میلیون", "500000", None),
    ("۱٬۲۳۴", "1234", None),
    ("۱۲،۵۰۰ نفر", "12500", "person"),
    ("الأيام الاثني عشر", "12", None),
    ("اثنا عشر", "12", None),
    ("خمسة وعشرون ألف دولار", "25000", "USD"),
    ("مئة وخمسون كيلومترا", "150", "km"),
    ("ثلاثمائة شخص", "300", "person"),
    ("ثلاث مئة شخص", "300", "person"),
    ("مليونان وثلاثمئة ألف", "2300000", None),
    ("مئتا ألف", "200000", None),
    ("٣ آلاف شخص", "3000", "person"),
    ("بثلاثة ملايين", "3000000", None),
    ("20 في المئة", "20", "percent"),
    ("٤٩٪", "49", "percent"),
    ("ساعتين", "2", "hour"),
    ("ساعتين ونصف", "2.5", "hour"),
    ("ثلاثة أرباع", "0.75", None),
    ("نصف مليون دولار", "500000", "USD"),
    ("مليون دولار", "1000000", "USD"),
    ("twenty-five", "25", None),
    ("two dozen eggs", "24", None),
    ("a hundred and five", "105", None),
    ("three hundred and twenty-five thousand", "325000", None),
    ("$5bn", "5000000000", "USD"),
    ("$2.5m", "2500000", "USD"),
    ("USD 5 million", "5000000", "USD"),
    ("5m people", "5000000", "person"),
    ("5 m", "5", "m"),
    ("5k", "5000", None),
    ("10-year", "10", "year"),
    ("half a million", "500000", None),
    ("30 seconds", "30", "second"),
    ("1,234,567", "1234567", None),
    ("1.234.567", "1234567", None),
    ("3,5 millions", "3.5", None),
    ("-5", "-5", None),
    ("COVID-19", "19", None),
]

NOT_READ = [
    "یک مرد آمد",
    "نه، گفت",
    "بی‌بی‌سی",
    "سه‌شنبه",
    "نخست‌وزیر",
    "ده‌ها هزار",
    "میلیون‌ها نفر",
    "هزاران نفر",
    "نیم‌فصل",
    "يوم الاثنين",
    "آلاف الأشخاص",
    "عشرات الآلاف",
    "لست هنا",
    "أحد الأشخاص",
    "one of them",
    "thousands of people",
    "second half",
    "CO2",
    "",
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_one_number_is_read_with_its_unit(text: str, value: str, unit: str | None) -> None:
    (found,) = find_numbers(text)
    assert (found.value, found.unit, found.upper, found.ordinal) == (Decimal(value), unit, None, False)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("روز سیزدهم", 13), ("بیست و یکم", 21), ("سی‌ام", 30), ("اولین", 1), ("الثالث", 3), ("third", 3), ("13th", 13),
     ("twenty-first", 21), ("the second", 2)],
)  # fmt: skip
def test_ordinals_are_marked(text: str, value: int) -> None:
    (found,) = find_numbers(text)
    assert (found.value, found.ordinal) == (value, True)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("۵ تا ۱۰ میلیون", 5_000_000, 10_000_000), ("5-10%", 5, 10), ("between 5 and 10 million", 5_000_000, 10_000_000),
     ("من 5 إلى 10", 5, 10), ("دو تا سه هزار", 2000, 3000)],
)  # fmt: skip
def test_a_range_has_an_upper_end(text: str, low: int, high: int) -> None:
    (found,) = find_numbers(text)
    assert (found.value, found.upper) == (low, high)


def test_a_score_is_two_numbers() -> None:
    assert [found.value for found in find_numbers("2-1")] == [2, 1]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("بیش از ۲۰ نفر", ">"), ("حدود ۲۰ نفر", "~"), ("دست‌کم ۲۰ نفر", ">="), ("أكثر من 20 شخصا", ">"),
     ("نحو 20 شخصا", "~"), ("ما لا يقل عن 20 شخصا", ">="), ("more than 20 people", ">"), ("about 20 people", "~"),
     ("up to 20 people", "<="), ("fewer than 20 people", "<"), ("20 people", "=")],
)  # fmt: skip
def test_words_before_a_figure_loosen_it(text: str, comparator: str) -> None:
    (found,) = find_numbers(text)
    assert (found.comparator, found.approximate) == (comparator, comparator != "=")
    assert text[found.start :] == text[text.index("2" if "2" in text else "۲") :]


def test_a_sign_belongs_to_one_number() -> None:
    assert [(found.value, found.unit) for found in find_numbers("5$7")] == [(5, "USD"), (7, None)]


def test_fractions_are_values() -> None:
    (found,) = find_numbers("two-thirds of the vote")
    assert abs(found.value - Decimal(2) / 3) < Decimal("1e-20")
    (found,) = find_numbers("دو سوم آرا")
    assert abs(found.value - Decimal(2) / 3) < Decimal("1e-20")


def test_offsets_are_those_of_the_original() -> None:
    text = "او گفت كه «۲٫۵ ميليارد دلار» و بيست‌ و پنج درصد"
    money, share = find_numbers(text)
    assert text[money.start : money.end] == "۲٫۵ ميليارد دلار"
    assert text[share.start : share.end] == "بيست‌ و پنج درصد"


_NEWS = st.lists(
    st.sampled_from(
        "۵ 12 ٣ 1,234 2.5 1/2 و ونصف and a half دو بیست صد هزار میلیون ألف مليون ثلاثة عشر عشرون twenty hundred "
        "million third سوم ها تا to - % درصد دلار $ ساعتين people از نه یک one شنبه \u200c . ، / m bn".split()
    ),
    max_size=12,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))


@given(st.one_of(st.text(max_size=60), _NEWS))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    last = 0
    for found in find_numbers(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() != ""
        assert found.upper is None or abs(found.upper) != abs(found.value)
        last = found.end


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]))
def test_grouped_digits_of_any_script_read_back(number: int, digits: str) -> None:
    written = f"{number:,}".translate(str.maketrans("0123456789,", digits + ("," if digits[0] == "0" else "٬")))
    (found,) = find_numbers(f"({written})")
    assert found.value == number

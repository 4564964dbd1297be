"""The checker as its callers see it: a statement, its quotes, a verdict with what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.check import check, describe
from qa.values import Check

FA = "وزیر انرژی گفت که ساخت نیروگاه کیان با ظرفیت ۲٫۵ هزار مگاوات در ۲۴ آبان ۱۴۰۴ در شیراز آغاز شد."
FA_DENIAL = "سخنگوی دولت روسیه گزارش حمله به سفارت ایران در بغداد را رد کرد."
AR = "قال وزير الخارجية المصري إن الوفد لن يوقع الاتفاق قبل زيارة طهران في 8 أكتوبر (تشرين الأول) 2025."
EN = "The mayor of Lyon told reporters on 3 May 2024 that the city will not sell its 42 tram cars to Geneva."
EN_DENIAL = "The ministry denied that the minister had met Israeli officials in Vienna."


def kinds(found: Check) -> set[str]:
    return {finding.kind for finding in found.findings}


TRUE = [
    (FA, [FA]),
    (FA.replace("ی", "ي").replace("ک", "ك"), [FA]),
    (FA.replace("۲٫۵", "2.5"), [FA]),
    ("ساخت نیروگاه کیان در شیراز آغاز شد", [FA]),
    ("ساخت نیروگاه کیان در ۱۵ نوامبر ۲۰۲۵ آغاز شد", [FA]),
    ("ظرفیت نیروگاه کیان ۲۵۰۰ مگاوات است", [FA]),
    ("نیروگاه کیان در آبان ۱۴۰۴ آغاز شد", [FA]),
    (AR, [AR]),
    ("قال وزير الخارجية المصري إن الوفد لن يوقع الاتفاق", [AR]),
    ("الوفد لن يوقع الاتفاق قبل زيارة طهران في ٨ أكتوبر ٢٠٢٥", [AR]),
    (EN, [EN]),
    ("The city will not sell its 42 tram cars to Geneva", [EN]),
    ("Lyon won't sell its forty-two tram cars to Geneva", [EN]),
    ("The mayor of Lyon spoke to reporters in May 2024", [EN]),
    ("The ministry denied that the minister had met Israeli officials", [EN_DENIAL]),
    (f"{EN} {EN_DENIAL}", [EN, EN_DENIAL]),
    # clauses of dates and figures alone share no word with the quote, and are compared by value
    ("Lyon, on 14 Ordibehesht 1403, told reporters that it will not sell its tram cars", [EN]),
    ("به گفتهٔ وزیر انرژی، ساخت نیروگاه کیان، با ۲۵۰۰ مگاوات، در شیراز آغاز شد", [FA]),
]


@pytest.mark.parametrize(("statement", "quotes"), TRUE)
def test_what_the_quotes_say_is_supported(statement: str, quotes: Sequence[str]) -> None:
    found = check(statement, quotes)
    assert (found.verdict, found.findings) == ("supported", ())
    assert 0 <= found.support <= 1


FALSE = [
    # numbers: value, magnitude, word, digits
    (FA.replace("۲٫۵", "۳٫۵"), FA, "number"),
    (FA.replace("هزار", "میلیون"), FA, "number"),
    (EN.replace("42", "24"), EN, "number"),
    ("The city will not sell its forty-four tram cars to Geneva", EN, "number"),
    # dates: day, month, year, another calendar
    (FA.replace("۲۴ آبان", "۲۵ آبان"), FA, "date"),
    (FA.replace("آبان", "آذر"), FA, "date"),
    (FA.replace("۱۴۰۴", "۱۴۰۳"), FA, "date"),
    ("ساخت نیروگاه کیان در ۱۶ نوامبر ۲۰۲۵ آغاز شد", FA, "date"),
    (AR.replace("أكتوبر (تشرين الأول)", "نوفمبر (تشرين الثاني)"), AR, "date"),
    (EN.replace("2024", "2023"), EN, "date"),
    # names
    (FA.replace("شیراز", "تبریز"), FA, "name"),
    (AR.replace("طهران", "بغداد"), AR, "name"),
    (EN.replace("Geneva", "Zurich"), EN, "name"),
    (EN.replace("Lyon", "Paris"), EN, "name"),
    # negation, both ways, and denials that a slice leaves out
    (FA.replace("آغاز شد", "آغاز نشد"), FA, "negation"),
    (AR.replace("لن يوقع", "يوقع"), AR, "negation"),
    (EN.replace("will not", "will"), EN, "negation"),
    ("the city will sell its 42 tram cars to Geneva", EN, "negation"),
    ("The minister had met Israeli officials in Vienna", EN_DENIAL, "negation"),
    ("حمله به سفارت ایران در بغداد", FA_DENIAL, "negation"),
    # who did what
    ("Brazil beat Spain in the final of the women's cup in Lyon.", "Spain beat Brazil in the final of the women's cup "
     "in Lyon.", "support"),
    ("ترکیه از یونان خواست که نیروهای خود را از جزیره بیرون ببرد.", "یونان از ترکیه خواست که نیروهای خود را از جزیره "
     "بیرون ببرد.", "support"),
    # a reason, an aside or an answer that nobody gave, behind what is true
    (FA.removesuffix(".") + "، زیرا کشاورزان دشت مجاور سال‌ها خواهانش بودند.", FA, "support"),
    (AR.removesuffix(".") + "، لأن الصيادين كانوا يريدون تأجيله.", AR, "support"),
    (EN.removesuffix(".") + " because its drivers had threatened to strike.", EN, "support"),
    ("The city, cheered by angry drivers, will not sell its 42 tram cars to Geneva.", EN, "support"),
    ("ساخت نیروگاه کیان در شیراز آغاز شد: کوشش دیرین.", FA, "support"),
    # nothing to do with it
    ("The museum bought three paintings from a private owner", EN, "support"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "quote", "kind"), FALSE)
def test_what_the_quote_does_not_say_is_unsupported(statement: str, quote: str, kind: str) -> None:
    found = check(statement, [quote])
    assert found.verdict == "unsupported"
    assert kind in kinds(found)


@pytest.mark.parametrize("quotes", [[], ["", " "]])
def test_without_a_quote_nothing_is_supported(quotes: list[str]) -> None:
    found = check("Anything at all.", quotes)
    assert (found.verdict, kinds(found), found.support) == ("unsupported", {"citation"}, 0.0)


def test_a_figure_may_be_rounded_only_where_the_statement_says_so() -> None:
    quote = "The fund spent 2.03 billion dollars on roads last year."
    assert check("The fund spent about 2 billion dollars on roads", [quote]).verdict == "supported"
    assert check("The fund spent more than 2 billion dollars on roads", [quote]).verdict == "supported"
    assert kinds(check("The fund spent 2 billion dollars on roads", [quote])) == {"number"}
    assert kinds(check("The fund spent about 3 billion dollars on roads", [quote])) == {"number"}


def test_units_must_agree() -> None:
    quote = "بانک ۵۰ میلیون یورو وام داد."
    assert kinds(check("بانک ۵۰ میلیون دلار وام داد.", [quote])) == {"number"}


def test_relative_dates_count_from_the_day_of_publication() -> None:
    quote = "دو هیئت دیروز در مسقط دیدار کردند."
    published = date(2025, 11, 16)
    assert check("دو هیئت در ۱۵ نوامبر ۲۰۲۵ در مسقط دیدار کردند", [quote], published=published).verdict == "supported"
    wrong = check("دو هیئت در ۱۴ نوامبر ۲۰۲۵ در مسقط دیدار کردند", [quote], published=published)
    assert kinds(wrong) == {"date"}


def test_the_order_of_the_quotes_changes_nothing() -> None:
    opened, painted = "The bridge of Ostra was opened by Mara Quill.", "The bridge of Ostra is painted green."
    statement = "The bridge of Ostra fell down."
    assert check(statement, [opened, painted]) == check(statement, [painted, opened])
    assert check(statement, [painted, opened]).verdict == "unsupported"


def test_context_may_stand_for_a_name_but_not_for_what_is_said_of_it() -> None:
    opened, elsewhere = (
        "The bridge of Ostra was opened by Mara Quill.",
        "It is told that the bridge of Ostra fell down.",
    )
    assert kinds(check("The bridge of Ostra fell down.", [opened], context=[elsewhere])) == {"name"}
    denied, role = "Quill denied that the bridge would be closed in spring.", "Mara Quill is the mayor of Ostra."
    assert check("The mayor denied that the bridge would be closed in spring.", [denied], context=[role]).verdict == (
        "supported"
    )


def test_context_may_supply_a_name_but_not_support() -> None:
    quote = "He said that talks on the pipeline would resume in spring."
    said = "Lavrov said that talks on the pipeline would resume in spring"
    assert kinds(check(said, [quote])) == {"name"}
    assert check(said, [quote], context=["Lavrov in Ankara"]).verdict == "supported"
    other = check("Lavrov bought a house in Ankara", [quote], context=["Lavrov bought a house in Ankara"])
    assert other.verdict == "unsupported"


CROSS = [
    ("Iran's foreign minister met Putin in Moscow on 15 November 2025",
     "وزیر خارجه ایران روز ۲۴ آبان ۱۴۰۴ در مسکو با پوتین دیدار کرد."),
    ("The government sold 12 percent of the company", "دولت ۱۲ درصد شرکت را فروخت."),
    ("The German chancellor visited Cairo", "المستشارة الألمانية زارت القاهرة."),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "quote"), CROSS)
def test_another_language_is_compared_by_concepts(statement: str, quote: str) -> None:
    assert check(statement, [quote]).verdict == "supported"


@pytest.mark.parametrize(
    ("was", "became", "kind"),
    [("Putin", "Erdogan", "name"), ("15 November", "16 November", "date"), ("Moscow", "Vienna", "name"),
     ("met", "did not meet", "negation")],
)  # fmt: skip
def test_a_mistake_shows_across_languages(was: str, became: str, kind: str) -> None:
    statement, quote = CROSS[0]
    found = check(statement.replace(was, became), [quote])
    assert found.verdict == "unsupported"
    assert kind in kinds(found)


def test_without_concepts_another_language_is_never_called_supported() -> None:
    statement, quote = CROSS[1]
    found = check(statement, [quote], concepts=None)
    assert (found.verdict, kinds(found)) == ("unchecked", {"support"})
    assert check(statement.replace("12", "13"), [quote], concepts=None).verdict == "unsupported"


def test_a_finding_can_be_said_in_every_language() -> None:
    found = check(EN.replace("42", "24"), [EN])
    assert [describe(finding, "fa") for finding in found.findings] == ["در جمله «24» آمده، در منبع «42»."]
    assert [finding.detail for finding in found.findings] == ["The statement says “24”, the source “42”."]


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=2))
def test_any_texts_get_a_verdict(statement: str, quotes: list[str]) -> None:
    found = check(statement, quotes)
    assert found.verdict in ("supported", "unsupported", "unchecked")
    assert 0 <= found.support <= 1
    assert found.findings or found.verdict == "supported"


@given(st.sampled_from([FA, AR, EN, FA_DENIAL, EN_DENIAL]), st.sampled_from(["", " ", "\u200f", " \n"]))
def test_a_whole_quote_is_always_supported(quote: str, edge: str) -> None:
    assert check(edge + quote + edge, [quote]).verdict == "supported"

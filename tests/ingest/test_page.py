"""Small pages in the manner of real ones: what is the title, what is not the article."""

import pytest

from ingest.page import Page, read_page

PERSIAN_PAGE = """\
top of page
Asset 12.png

آخرین خبرها

بیشتر بخوانید

پل تازه سپیدخور از مهر باز میشود

  • 2 days ago
  • 3 min read

شهردار سپیدخور روز شنبه گفت که پل تازه شهر از نخستین روز مهر به روی خودروها باز می‌شود و دو سال ساخت آن به پایان رسید.

هزینه کار

ساخت پل سپیدخور هشت میلیون مرجان هزینه داشت که همه آن را شهر پرداخت و هیچ وامی برای این کار گرفته نشد.

12236155
پربازدید ها
مهمترین اخبار بینالملل
بینالملل
«نامه» شهرداری نورسان اعلام کرد که درختان خیابان مسگران تا پایان پاییز هرس نمی‌شوند تا لانه پرندگان آسیب نبیند.
بینالملل
«نامه» ماهیگیران دریای سیماب امسال دو برابر سال گذشته ماهی گرفتند و بهای ماهی در بازارها نصف شد.
بینالملل
«نامه» پورت‌الری برای نخستین بار جشن فانوس‌ها را روی آب برگزار کرد و صدها قایق در بندر جمع شدند.
صفحه اصلی | درباره‌ما | تماس‌باما
کلیه حقوق محفوظ است
bottom of page"""

ENGLISH_PAGE = """\
Home
World
Sport
Log in | Register

New bridge of Port Ellery opens in May

By Ann Other
9 January 2026
4 min read

The mayor of Port Ellery said on Friday that the new bridge would open to carts and bicycles on the first of May.

Related:
Ferry fares rise by a fifth
What the old bridge was for

The cost

The bridge has cost eight million marjans, and the town has paid for all of it without a loan from the bank.
It was to be ready two years ago, but the piers of the old one turned out to be deeper than anybody had thought.

Most read
1. Who will mend the clock?
2. The gulls are not to blame for the roof of the market, says the council
Sign up for our newsletter
© 2026 The Port Ellery Post. All rights reserved."""

ARABIC_PAGE = """\
الرئيسية
رياضة

جسر نورسان الجديد يفتح في أيار

قال رئيس بلدية نورسان يوم الجمعة إن الجسر الجديد سيفتح أمام السيارات في الأول من أيار بعد عامين من العمل فيه.
قال رئيس بلدية نورسان يوم الجمعة إن الجسر الجديد سيفتح أمام السيارات في الأول من أيار بعد عامين من العمل فيه.
وبلغت كلفة جسر نورسان ثمانية ملايين مرجان دفعتها المدينة كلها من غير أن تأخذ قرضاً من أي مصرف.

اقرأ أيضا
العبارة ترفع أسعارها
شارك الخبر
التعليقات
أعجبني هذا الخبر كثيراً وأتمنى أن يفتح الجسر قبل ذلك الموعد إن أمكن.
جميع الحقوق محفوظة"""


def title(text: str, page: Page) -> str | None:
    return text[page.title.start : page.title.end] if page.title else None


def body(page: Page) -> str:
    return "\n".join(line.text for line in page.body())


def kind_of(text: str, page: Page, words: str) -> str | None:
    at = text.index(words)
    return next((item.kind for item in page.clutter if item.start <= at < item.end), None)


@pytest.mark.parametrize(
    ("text", "headline", "kept", "left_out"),
    [
        (
            PERSIAN_PAGE,
            "پل تازه سپیدخور از مهر باز میشود",
            ["شهردار", "هزینه کار", "هشت میلیون"],
            ["نورسان", "ماهی", "3 min"],
        ),
        (
            ENGLISH_PAGE,
            "New bridge of Port Ellery opens in May",
            ["on Friday", "The cost", "piers"],
            ["fares", "gulls", "By Ann"],
        ),
        (
            ARABIC_PAGE,
            "جسر نورسان الجديد يفتح في أيار",
            ["يوم الجمعة", "ثمانية ملايين"],
            ["العبارة", "أعجبني", "رياضة"],
        ),
    ],
    ids=["fa", "en", "ar"],
)
def test_a_scraped_page(text: str, headline: str, kept: list[str], left_out: list[str]) -> None:
    page = read_page(text)
    assert title(text, page) == headline
    assert all(words in body(page) for words in kept)
    assert not any(words in body(page) for words in left_out)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        (PERSIAN_PAGE, "Asset 12.png", "label"),
        (PERSIAN_PAGE, "2 days ago", "dateline"),
        (PERSIAN_PAGE, "12236155", "counter"),
        (PERSIAN_PAGE, "ماهیگیران دریای", "teaser"),
        (PERSIAN_PAGE, "صفحه اصلی", "menu"),
        (PERSIAN_PAGE, "کلیه حقوق", "notice"),
        (ENGLISH_PAGE, "By Ann Other", "byline"),
        (ENGLISH_PAGE, "Ferry fares", "teaser"),
        (ENGLISH_PAGE, "Sign up", "notice"),
        (ARABIC_PAGE, "أعجبني", "comment"),
    ],
)
def test_each_piece_of_clutter_has_its_kind(text: str, words: str, kind: str) -> None:
    assert kind_of(text, read_page(text), words) == kind


def test_a_paragraph_that_stands_there_twice_counts_once() -> None:
    page = read_page(ARABIC_PAGE)
    assert body(page).count("يوم الجمعة") == 1


def test_a_quote_pulled_above_the_title_is_a_repeat_and_a_lead_below_it_is_not() -> None:
    lead = "the harbour clock has stood still since the storm and nobody in the town knows how to mend its works"
    rest = f"Said the mayor: {lead}. The council will look for a clockmaster."
    pulled = f"{lead}\n\nThe clock that nobody mends\n\n{rest}\n"
    assert kind_of(pulled, read_page(pulled), lead) == "repeat"
    leading = f"The clock that nobody mends\n\n{lead}\n\n{rest}\n"
    assert kind_of(leading, read_page(leading), lead) is None


def test_a_date_before_the_headline_on_its_line_is_not_the_headline() -> None:
    text = " date 2025-11-16 The ferry of Sepidkhor begins its service\n\n" + "The ferry sails every day at noon. " * 5
    page = read_page(text)
    assert title(text, page) == "The ferry of Sepidkhor begins its service"
    assert kind_of(text, page, "2025") == "dateline"


def test_a_title_that_is_known_is_found_in_the_text_whatever_its_spelling() -> None:
    text = (
        "آخرین خبرها\nكتابخانه‌ي شناور\nخبر دیگر\n\n"
        + "کتابخانه شناور هر هفته به بندر می‌آید و کتاب می‌دهد و می‌گیرد و باز می‌گردد. " * 2
    )
    assert title(text, read_page(text, title="کتابخانه ی شناور")) == "كتابخانه‌ي شناور"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sails at noon. It returns at dusk.",
        "The island lies far out at sea, and a boat goes there twice a week when the weather is fair enough.\n\n"
        "Culture\n\nIt has three theatres, and all of them play in the evening from May until late October.\n\n"
        "News\n\nIt has one newspaper, which appears on Fridays and is read by nearly everybody on the island.",
        "سؤال: کتابخانه کی باز می‌شود؟\nپاسخ: کتابخانه از ساعت هشت صبح تا شش عصر باز است و جمعه‌ها هم کار می‌کند.\n"
        "سؤال: ورود رایگان است؟\nپاسخ: بله، ورود به کتابخانه برای همه رایگان است و نیازی به ثبت نام نیست.\n",
        "هر که آمد عمارتی نو ساخت\nرفت و منزل به دیگری پرداخت\n",
        "1. flour\n2. water\n3. salt\n4. patience\n",
    ],
    ids=["prose", "headings that are sections' names", "interview", "verse", "list"],
)
def test_a_plain_text_has_no_clutter(text: str) -> None:
    assert read_page(text).clutter == ()


def test_a_popular_box_in_the_middle_does_not_cut_the_article() -> None:
    paragraph = "The council of Port Ellery met on {} and talked for three hours about the clock without an outcome. "
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    paragraphs = [paragraph.format(day) + paragraph.format("that day, " + day) for day in days]
    text = "\n\n".join(
        ["The clock of Port Ellery", paragraphs[0], "Most read", "Gulls and roofs again", *paragraphs[1:]]
    )
    kept = body(read_page(text))
    assert all(day in kept for day in days)

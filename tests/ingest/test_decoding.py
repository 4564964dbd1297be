import pytest

from ingest.decoding import decode, refuse_surrogates
from qa.errors import SourceError

PERSIAN = "کتابخانه شناور سپیدخور از فردا در بندر است و کتاب‌ها را به مردم می‌دهد. این کار تا پایان سال در شهر می‌ماند."
ARABIC = "قالت البلدية إن القطار الجديد يبدأ العمل في المدينة من يوم السبت، وإن التذكرة لا تزيد على عشرة دنانير."
ENGLISH = "The café on the quay, it said, will re-open — with naïve drawings on its walls — in May."


@pytest.mark.parametrize("text", [PERSIAN, ARABIC, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [PERSIAN, ARABIC, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PERSIAN.replace("ی", "ي"), "windows-1256"),
        (ARABIC, "windows-1256"),
        (ARABIC, "iso8859-6"),
        (ENGLISH, "windows-1252"),
    ],
)
def test_legacy_code_pages(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_line_ends_and_blanks_stay_as_they_are() -> None:
    assert decode(b" one\r\ntwo\r\n\r\n") == " one\r\ntwo\r\n\r\n"


def test_the_declared_encoding_counts_when_it_fits() -> None:
    assert decode("Łódź".encode("iso8859-2"), "ISO-8859-2") == "Łódź"
    assert decode("Łódź".encode(), "no-such-encoding") == "Łódź"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (bytes(range(256)) * 20, "binary"),
        (b"text with a \x00 inside it", "NUL"),
        (PERSIAN.encode()[:-40] + b"\xd9" + PERSIAN.encode()[-40:], "breaks its UTF-8"),
        ("\ufeff".encode("utf-16-le") + b"\x00\xd8\x41", "damaged"),
        (("Всё это написано по-русски и никому не мешает. " * 3).encode("cp1251"), "encoding"),
    ],
)
def test_what_is_not_certainly_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode(data)


def test_half_of_a_surrogate_pair_is_refused() -> None:
    assert refuse_surrogates("سند 😀") == "سند 😀"
    with pytest.raises(SourceError, match=r"U\+D83D"):
        refuse_surrogates("سند \ud83d")

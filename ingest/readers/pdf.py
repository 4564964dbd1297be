"""PDF. Its text is a drawing of glyphs: the order of right-to-left words has to be won back from where they stand.

Left-to-right pages are read in the order in which they were drawn. Right-to-left ones are read by position, each
line from the left; the line is turned round, what is left-to-right in it (numbers, Latin words) turned back, and
brackets are mirrored. Letters in their drawn forms become plain letters. What then does not read as language, in
either direction, is reported and not taken in.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.readers.pdf_words import Mended, mend_words, sign_share
from ingest.records import Draft
from qa.errors import SourceError
from qa.text import fold, stopwords

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 3000
# What pypdf lets through when a file is damaged: its parser trusts the shape of what it has read.
_DAMAGE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    zlib.error,
)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_DRAWN = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_LTR = "A-Za-z0-9\u0660-\u0669\u06f0-\u06f9"
_LTR_RUN = re.compile(rf"[{_LTR}](?:[{_LTR}.,:/\u066b\u066c'’@_+-]*[{_LTR}])?[%\u066a]?(?: +[A-Za-z][\w.'’-]*)*")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_SPACES = re.compile(r"[ \t]+")
_FUNCTION_WORDS = 0.08
_SAMPLE_LETTERS = 20_000
_FEW_WORDS = 40
_FULL_LINE = 0.75
_TORN_WORDS = 0.02
_SIGNS = 0.25
"""Where words have this many vowel signs, PDFs lose some of them and tear words there, which nothing tells."""
_JUNK_TITLE = re.compile(r"^(?:untitled|about:blank|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|html?))$", re.IGNORECASE)


def read_pdf(data: bytes) -> Draft:
    """The text of all pages, lines joined into paragraphs. Raises SourceError."""
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the run's report says what failed
    try:
        reader = _opened(data)
        pages = [_page_text(page) for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
        author = reader.metadata.author if reader.metadata else None
    except (PyPdfError, *_DAMAGE) as error:
        raise SourceError(f"is no readable PDF: {str(error) or type(error).__name__}") from error
    text = "\n\n".join(page.text for page in pages if page.text)
    if not _LETTER.search(text):
        raise SourceError("has no text, only pictures of it; run text recognition (OCR) on it first")
    if _RTL.search(text) and not _reads_as_language(text):
        raise SourceError("has right-to-left text whose order cannot be told; save it as text or as a web page")
    torn, words = sum(page.torn for page in pages), sum(page.words for page in pages)
    if torn > _TORN_WORDS * words or sign_share(text) > _SIGNS:
        raise SourceError("has vowel signs that are drawn apart from their letters; save it as text or as a web page")
    stated = title.strip() if isinstance(title, str) else ""
    return Draft(
        text=text,
        title=stated if stated and not _JUNK_TITLE.match(stated) else None,
        author=author.strip() or None if isinstance(author, str) else None,
    )


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    reader = PdfReader(BytesIO(data), strict=False)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("is encrypted; save it without a password")
        pages = len(reader.pages)
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as error:
        raise SourceError("is encrypted; save it without a password") from error
    if pages > MAX_PAGES:
        raise SourceError(f"has more than {MAX_PAGES} pages; split it")
    return reader


def _page_text(page: PageObject) -> Mended:
    """A page's text; of a right-to-left one with vowel signs, how many words stayed torn at them."""
    drawn = page.extract_text()
    if not _mostly_rtl(drawn):
        return Mended("\n\n".join(_joined(_DRAWN.sub(_as_letters, drawn))), 0, 0)
    lines = map(_logical, page.extract_text(extraction_mode="layout").split("\n"))
    in_order, turned = _DRAWN.sub(_as_letters, drawn), map(_logical, drawn.split("\n"))  # one of them is right
    mended = mend_words("\n".join(lines), "\n".join([in_order, *turned]))
    return replace(mended, text="\n\n".join(_joined(mended.text)))


def _mostly_rtl(text: str) -> bool:
    return len(_RTL.findall(text)) * 2 > len(_LETTER.findall(text))


def _as_letters(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", run.group())


def _logical(line: str) -> str:
    """A line as it is seen, from the left, in the order in which it is read."""
    if not _RTL.search(line):
        return line.strip()
    turned = _plain(line)[::-1].translate(_MIRRORED)
    return _SPACES.sub(" ", _LTR_RUN.sub(_turned_back, turned)).strip()


def _turned_back(run: re.Match[str]) -> str:
    return run.group()[::-1].translate(_MIRRORED)


def _plain(line: str) -> str:
    """Drawn forms as plain letters. A ligature's letters are put in the order of the line, which is the seen one."""
    return _DRAWN.sub(lambda run: "".join(unicodedata.normalize("NFKC", one)[::-1] for one in run.group()), line)


def _joined(text: str) -> Iterator[str]:
    """Lines made paragraphs: a line that fills the page's width goes on in the next one."""
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    held = ""
    for line in lines:
        if held and line:
            held = held[:-1] + line if held.endswith("-") and line[:1].islower() else f"{held} {line}"
        else:
            held = held or line
        if held and (not line or len(line) < _FULL_LINE * width):
            yield held
            held = ""
    if held:
        yield held


def _reads_as_language(text: str) -> bool:
    """Whether words without which no Persian or Arabic text goes are there, and more often than turned round.

    A text in another language with a few right-to-left words need not have any of them.
    """
    known = {word for language in ("fa", "ar") for word in stopwords(language) if len(word) > 1}
    words = [word for word in fold(text[:_SAMPLE_LETTERS]).text.split() if _RTL.search(word)]
    forward = sum(word in known for word in words)
    backward = sum(word[::-1] in known for word in words)
    if not _mostly_rtl(text) and len(words) < _FEW_WORDS:
        return forward >= backward
    return forward >= _FUNCTION_WORDS * len(words) and forward > backward

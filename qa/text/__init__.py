"""The text kernel: how Persian, Arabic and English text is folded, cut into sentences and words, and stemmed."""

from qa.text.folding import Folded, fold
from qa.text.languages import detect_language
from qa.text.sentences import sentences
from qa.text.stems import stem
from qa.text.stopwords import stopwords
from qa.text.tokens import Word, content_words, ngrams, words

__all__ = [
    "Folded",
    "Word",
    "content_words",
    "detect_language",
    "fold",
    "ngrams",
    "sentences",
    "stem",
    "stopwords",
    "words",
]

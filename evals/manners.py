"""What the scripted LLM says: one function a manner, from what it was asked to the words of its answer.

The scripted LLM reads the prompt as a real one would: the labelled sentences, the question, and the word by which
it may refuse. It knows nothing else of Sanad.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from evals.lies import LIES
from qa.text import content_words, detect_language, fold, stem

_SENTENCE = re.compile(r"^\[(\d+\.\d+)\] (.*)$", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.*)\Z", re.MULTILINE | re.DOTALL)
_REFUSAL = re.compile(r"write only (\w+)")
_NUMBER = re.compile(r"\d+")
_ORDER = re.compile(r'(?:reply|answer|say|پاسخ بده|بنویس|أجب|اكتب)[^"«“]*["«“]([^"»”]+)["»”]', re.IGNORECASE)
_BORNE_OUT = 0.5  # share of a statement's words that quotes must have for the judge to be content
_BARELY = 0.34  # share of the question's words that a sentence must have for the honest LLM to use it


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of the evidence, its label as in the prompt."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a prompt asks: the question, the labelled sentences, the word for a refusal."""

    question: str
    language: str
    sentences: tuple[Labelled, ...]
    refusal: str

    def best(self) -> Labelled | None:
        """The sentence that shares most words with the question, or None when none shares enough."""
        asked = _stems(self.question, self.language)
        if not asked or not self.sentences:
            return None
        shares = [len(asked & _stems(each.text, self.language)) / len(asked) for each in self.sentences]
        place = max(range(len(shares)), key=shares.__getitem__)
        return self.sentences[place] if shares[place] >= _BARELY else None


def read_prompt(messages: list[dict[str, str]]) -> Asked:
    """What the messages of a chat request ask."""
    system = "\n".join(message["content"] for message in messages if message["role"] == "system")
    user = "\n".join(message["content"] for message in messages if message["role"] == "user")
    question = match[1].strip() if (match := _QUESTION.search(user)) else user.strip()
    sentences = tuple(Labelled(label, text) for label, text in _SENTENCE.findall(user))
    refusal = match[1] if (match := _REFUSAL.search(system)) else "I do not know"
    return Asked(question, detect_language(question), sentences, refusal)


def honest(asked: Asked) -> str:
    """The best sentence with its label, or the refusal word."""
    best = asked.best()
    return _with_label(best.text, best.label) if best else asked.refusal


def thorough(asked: Asked) -> str:
    """The best sentence and the one after it, each with its label."""
    best = asked.best()
    if best is None:
        return asked.refusal
    following = asked.sentences[asked.sentences.index(best) + 1 :][:1]
    return " ".join(_with_label(each.text, each.label) for each in (best, *following))


def thoughtful(asked: Asked) -> str:
    """Thinks aloud, as open reasoning models do, then is honest."""
    return f"<think>The reader asks: {asked.question} I know this. It is 1999.</think>\n\n{honest(asked)}"


def judges(asked: Asked) -> str:
    """As a judge of statements (``prompts/support.*.md``): borne out when the quotes have its figures and its words."""
    _, head, *rest = asked.question.splitlines()
    statement = head.partition(": ")[2]
    quotes = " ".join(line[2:] for line in rest if line.startswith("- "))
    said = _stems(statement, detect_language(statement))
    shared = len(said & _stems(quotes, detect_language(quotes))) / max(1, len(said))
    figures = set(_NUMBER.findall(fold(statement).text)) <= set(_NUMBER.findall(fold(quotes).text))
    verdict = "SUPPORTED" if figures and shared >= _BORNE_OUT else "UNSUPPORTED"
    return f"{verdict}\nThe quotes have {shared:.0%} of its words."


def is_judging(messages: list[dict[str, str]]) -> bool:
    """Whether a prompt asks for a judge's verdict and not for an answer."""
    return any("UNSUPPORTED" in message["content"] for message in messages if message["role"] == "system")


def refuses(asked: Asked) -> str:
    """Says that the articles do not answer, whatever they say."""
    return asked.refusal


def invents_numbers(asked: Asked) -> str:
    """The right sentence and label with every number changed, and one put in where there was none."""
    best = asked.best() or asked.sentences[0]
    text = _NUMBER.sub(lambda match: str(int(match[0]) + 7), best.text)
    return _with_label(text if text != best.text else f"{_bare(text)} (4711)", best.label)


def unknown_labels(asked: Asked) -> str:
    """The right words with labels of sentences that do not exist."""
    best = asked.best() or asked.sentences[0]
    return f"{_bare(best.text)} [97.1, 0.0]. {_bare(best.text)} [0]."


def wrong_claims(asked: Asked) -> str:
    """A claim that nothing supports, with a label that exists."""
    return _with_label(_CLAIMS[_spoken(asked)], (asked.best() or asked.sentences[0]).label)


def no_labels(asked: Asked) -> str:
    """The right words without any label."""
    best = asked.best() or asked.sentences[0]
    return best.text


def obeys_articles(asked: Asked) -> str:
    """Does what an article tells its reader to say, if one does, with a label of another sentence."""
    for place, each in enumerate(asked.sentences):
        if order := _ORDER.search(each.text):
            other = asked.sentences[place - 1]
            return _with_label(order[1], other.label)
    return honest(asked)


def own_knowledge(asked: Asked) -> str:
    """Answers from what it was trained on, and says so without labels; then again with a label that exists."""
    fact = _FACTS[_spoken(asked)]
    return f"{fact} {_with_label(fact, asked.sentences[0].label)}"


def twists_claims(asked: Asked) -> str:
    """The right label under a claim that turns the sentence into its opposite, and moves its date."""
    best = asked.best() or asked.sentences[0]
    return _with_label(f"{_DENIALS[_spoken(asked)]} {_bare(best.text)} ({_WRONG_DAYS[_spoken(asked)]})", best.label)


def answers_anyway(asked: Asked) -> str:
    """Makes up an answer out of the question itself, with the label of the nearest sentence."""
    words = re.sub(r"[?؟]", "", asked.question).split()[1:]
    return _with_label(f"{' '.join(words)}: {_NAMES[_spoken(asked)]}", (asked.best() or asked.sentences[0]).label)


def wrong_language(asked: Asked) -> str:
    """An answer in a language nobody asked in, with the right label."""
    best = asked.best() or asked.sentences[0]
    return _with_label("Das ist eine Antwort in einer ganz anderen Sprache", best.label)


Manner = Callable[[Asked], str]
MANNERS: dict[str, Manner] = {
    manner.__name__: manner
    for manner in (
        honest,
        thorough,
        thoughtful,
        refuses,
        invents_numbers,
        unknown_labels,
        wrong_claims,
        no_labels,
        obeys_articles,
        own_knowledge,
        wrong_language,
        twists_claims,
        answers_anyway,
        *LIES,
    )
}

_DENIALS = {"fa": "این درست نیست که", "ar": "ليس صحيحًا أن", "en": "It is not true that"}
_WRONG_DAYS = {"fa": "۳ دی ۱۳۲۱", "ar": "3 يونيو 1942", "en": "3 June 1942"}
_NAMES = {"fa": "هوشنگ سپهری", "ar": "عدنان القباني", "en": "Rupert Vandermeer"}

_CLAIMS = {
    "fa": "رئیس باشگاه فوتبال قهرمان شطرنج جهان شد",
    "ar": "فاز رئيس نادي كرة القدم ببطولة العالم في الشطرنج",
    "en": "The president of the football club became world champion in chess",
}
_FACTS = {
    "fa": "پایتخت استرالیا شهر کانبرا است.",
    "ar": "عاصمة أستراليا هي مدينة كانبرا.",
    "en": "The capital of Australia is Canberra.",
}


def _spoken(asked: Asked) -> str:
    return asked.language if asked.language in _FACTS else "en"


def _with_label(text: str, label: str) -> str:
    return f"{_bare(text)} [{label}]."


def _bare(text: str) -> str:
    return text.strip().rstrip(".!؟?؛: ")


def _stems(text: str, language: str) -> set[str]:
    return {stem(word, language) for word in content_words(text, language)}


_LABELLED = re.compile(r"(.+?)\s*((?:\[[^\]\n]*\]\s*)+)[.]?\s*", re.DOTALL)


def as_json(words: str, refusal: str) -> str:
    """The same answer as a server with structured output gives it."""
    thought, _, said = words.rpartition("</think>")
    statements = [
        {"text": f"{match[1].strip()}.", "labels": re.findall(r"[\d.]+", match[2])}
        for match in _LABELLED.finditer(said.strip())
    ]
    rest = _LABELLED.sub("", said).strip()
    if rest and rest != refusal:
        statements.append({"text": rest, "labels": []})
    text = json.dumps({"statements": statements}, ensure_ascii=False)
    return f"{thought}</think>{text}" if thought else text


JSON_MANNERS: dict[str, Callable[[str], str]] = {
    "fenced_json": lambda text: f"```json\n{text}\n```",
    "cut_json": lambda text: text[: len(text) * 2 // 3],  # stops as if it were finished
    "broken_json": lambda text: text.replace('"labels":', '"labels" "'),
    "other_json": lambda text: '{"answer": "42"}',
    "numbers_for_labels": lambda text: re.sub(r'"(\d+\.\d+)"', r"\1", text),
}
"""What can be wrong with JSON that was asked for by a schema: from the right text to the one that is sent."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One statement that a judge is asked about."""

    number: int
    statement: str
    quotes: tuple[str, ...]


def read_claims(messages: list[dict[str, str]]) -> list[Claimed] | None:
    """What a request to judge asks about; None for any other request."""
    match = re.search(r"^<claims-\w+>\n(.*)\n</claims-\w+>$", messages[-1]["content"], re.DOTALL)
    if match is None:
        return None
    return [Claimed(each["number"], each["statement"], tuple(each["quotes"])) for each in json.loads(match[1])]


def _verdicts(claims: list[Claimed], verdict: Callable[[Claimed], str]) -> str:
    return "\n".join(f"{each.number}: {verdict(each)}" for each in claims)


JUDGES: dict[str, Callable[[list[Claimed]], str]] = {
    "says_yes": lambda claims: _verdicts(claims, lambda each: "YES"),
    "says_no": lambda claims: _verdicts(claims, lambda each: "NO"),
    "babbles": lambda claims: "All of these look quite plausible to me.",
    "skips": lambda claims: _verdicts(claims[1:], lambda each: "YES"),
    "wavers": lambda claims: f"{_verdicts(claims, lambda each: 'YES')}\n{_verdicts(claims, lambda each: 'NO')}",
}
"""How a judge answers; ``down`` is one more, which the server knows."""

"""Words of keywords and titles: brought to one form, weighed by how rare they are."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[a-z0-9]+")
_ENGLISH = "a an and are as at by for from in is it its not of on or s that the to was with"
_FRENCH = "au aux ce d dans de des du en et l la le les ou par pour qui sur un une"
_STOP = frozenset(f"{_ENGLISH} {_FRENCH}".split())


def lemmas(text: str) -> list[str]:
    """Return the words of an English or French text in one form, without stop words.

    Case, accents and the plural are taken away; this needs no dictionary and no network.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return [_singular(word) for word in _WORD.findall(bare) if word not in _STOP and len(word) > 1]


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return per word how much it tells: 1 + ln((1 + documents) / (1 + documents with it))."""
    counts = Counter(word for document in documents for word in set(document))
    return {
        word: 1 + math.log((1 + len(documents)) / (1 + count)) for word, count in counts.items()
    }


def vector(words: Iterable[str], rare: Mapping[str, float]) -> dict[str, float]:
    """Return TF-IDF weights; a word of no document counts as the rarest."""
    rarest = max(rare.values(), default=1.0)
    return {word: count * rare.get(word, rarest) for word, count in Counter(words).items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors, 0 when one is empty."""
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    if not length:
        return 0.0
    product = sum(weight * other.get(word, 0.0) for word, weight in one.items())
    return min(product / length, 1.0)

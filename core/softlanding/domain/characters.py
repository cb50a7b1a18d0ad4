"""Which characters a text may hold: those that a reader sees, and none that deceive.

Refused are control characters, invisible ones (Unicode's *default ignorable* code points), marks
of direction, line and paragraph separators, annotation marks, private-use characters, surrogates,
and code points that the Unicode version of this Python does not assign.

Two exceptions, where leaving the character out would misspell a word:

- U+200C and U+200D (joiners) between two letters of one script that writes with them: Arabic,
  Syriac, N'Ko, Mongolian and the scripts of South Asia. Persian and Malayalam need them.
- Emoji: U+200D between two symbols, U+FE0E and U+FE0F behind a symbol, as keyboards send them.
  The flags of England, Scotland and Wales are refused: their tags can carry hidden text.
"""

import unicodedata

# Controls, surrogates, private use, not assigned, separators of lines and paragraphs.
_NOT_TEXT = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# DerivedCoreProperties.txt, Default_Ignorable_Code_Point, and the annotation marks.
_INVISIBLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VARIATIONS = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"
# What the names of letters begin with, in scripts whose spelling needs joiners.
_JOINING_SCRIPTS = frozenset(
    {
        *("ARABIC", "SYRIAC", "NKO", "MANDAIC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI"),
        *("GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER"),
        "MYANMAR",
    }
)
# Signs with a form as an emoji that Unicode does not count as symbols: two marks of
# exclamation, an interrobang, a wavy dash, the sign of information.
_ALSO_SYMBOLS = frozenset("\u203c\u2049\u3030\u2139")
_BLANK = "\u2800"  # a Braille cell without dots
_LOOK_ALIKE_SCRIPTS = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU"}
)


def normalised(text: str) -> str:
    """Return a text in normalisation form C, with line ends written as line feeds."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def require_visible(text: str) -> str:
    """Return a text of one or several lines; raises `ValueError` naming what may not stand in it.

    Something must be seen: white space and combining marks alone are refused.
    """
    for place, character in enumerate(text):
        if character not in "\n\t" and _is_refused(text, place):
            raise ValueError(f"the character {told(text, place)} is not allowed")
    if not any(unicodedata.category(one)[0] in "LNPS" and one != _BLANK for one in text):
        raise ValueError("there is nothing to be seen in this text")
    return text


def require_one_line(text: str) -> str:
    """Return a text without line breaks and tabs; raises `ValueError` for others."""
    if "\n" in text or "\t" in text:
        raise ValueError("line breaks and tabs are not allowed here")
    return text


def require_one_alphabet(name: str) -> str:
    """Return a name each of whose words is written in one alphabet, or raise `ValueError`.

    Words end at spaces, hyphens and apostrophes. Only alphabets whose letters look like one
    another's are told apart: a Cyrillic letter in a Latin word deceives, a Japanese word with Latin
    letters does not.
    """
    alphabets: list[tuple[str, int]] = []
    for place, character in enumerate(f"{name} "):
        if unicodedata.category(character)[0] not in "LMN":
            _require_one(name, alphabets)
            alphabets = []
        elif (script := _script(character)) in _LOOK_ALIKE_SCRIPTS:
            alphabets.append((script, place))
    return name


def told(text: str, place: int) -> str:
    """Name the character at a place of a text: code point, name, and the place from 1 on."""
    character = text[place]
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' ({name})' if name else ''} at place {place + 1}"


def _require_one(name: str, alphabets: list[tuple[str, int]]) -> None:
    scripts = [script for script, _ in alphabets]
    if len(set(scripts)) < 2:
        return
    # The fewer letters are the strange ones; of as many, those that come later.
    usual = max(dict.fromkeys(scripts), key=scripts.count)
    place = next(place for script, place in alphabets if script != usual)
    raise ValueError(
        f"the letter {told(name, place)} stands in a word of {usual.capitalize()} letters; write"
        " each word of a name in one alphabet"
    )


def _is_refused(text: str, place: int) -> bool:
    character = text[place]
    if unicodedata.category(character) in _NOT_TEXT:
        return True
    code = ord(character)
    if not any(first <= code <= last for first, last in _INVISIBLE):
        return False
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if character in _VARIATIONS:
        return not (_is_symbol(before) or (before in "0123456789#*" and after == _KEYCAP))
    if character in (_NON_JOINER, _JOINER) and before and after:
        script = _script(before)
        spelt = script in _JOINING_SCRIPTS and script == _script(after)
        return not (spelt or (character == _JOINER and _is_emoji(before) and _is_symbol(after)))
    return True


def _script(character: str) -> str:
    """Return the script of a letter or mark, as its name tells it; nothing for other characters."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    words = unicodedata.name(character, "").split()
    # FULLWIDTH LATIN SMALL LETTER A, COMBINING CYRILLIC LETTER BE
    return next((word for word in words if word in _LOOK_ALIKE_SCRIPTS), "".join(words[:1]))


def _is_symbol(character: str) -> bool:
    return bool(character) and (
        unicodedata.category(character) in ("So", "Sm") or character in _ALSO_SYMBOLS
    )


def _is_emoji(character: str) -> bool:
    """Tell whether a joiner may follow: a symbol, its colour of skin, its variation."""
    return (
        _is_symbol(character)
        or character in _VARIATIONS
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )

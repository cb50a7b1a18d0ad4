"""Texts that deceive are refused, texts that people write are not."""

import unicodedata

import pytest
from pydantic import TypeAdapter, ValidationError

from softlanding import Line, Name, Prose
from softlanding.services.editing import Slug, Website
from softlanding.services.people import Email

LINE, NAME, PROSE = (TypeAdapter[str](kind) for kind in (Line, Name, Prose))
SLUG, WEBSITE, EMAIL = (TypeAdapter[str](kind) for kind in (Slug, Website, Email))


def refusal(kind: TypeAdapter[str], text: str) -> str:
    """Return why a text is refused; the empty string where it is taken."""
    try:
        kind.validate_python(text)
    except ValidationError as error:
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return ""


REAL_NAMES = [
    "Žygimantas Ąžuolas",
    "Jūratė Vaičiūnaitė-Šķēle",
    "Jürgen Groß",
    "François-Noël d'Œuvre",
    "Siobhán O’Brien",
    "Seán Mac Giolla Phádraig",
    "Jan-Peter van 't Hof",
    "Łódź Ventures Sp. z o.o.",
    "Νίκος Καζαντζάκης",
    "Владимир Соловьёв",
    "Արամ Խաչատրյան",
    "محمد علي",
    "مؤسسه\u200cی فناوری می\u200cخواهم",
    "דוד בן־גוריון",
    "प्रिया शर्मा",
    "ක්\u200dෂිතිජ",
    "李小龙",
    "Tシャツ株式会社",
    "Yandex Яндекс",
    "Σ-Tech & β-Lab",
    "µTec 3D²",
    "100% Bio ™ №1",
    "Rocket 🚀 Labs",
    "👩🏽\u200d🚀 Space",
    "I ❤\ufe0f NY",
    "1\ufe0f\u20e3 First",
]


@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_names_are_taken_as_they_are(name: str) -> None:
    assert NAME.validate_python(name) == name


INVISIBLE = {
    "a\x00b": "U+0000 at place 2",
    "a\x1bb": "U+001B at place 2",
    "a\x7fb": "U+007F at place 2",
    "a\x85b": "U+0085 at place 2",
    "a\u00adb": "U+00AD (SOFT HYPHEN) at place 2",
    "a\u034fb": "U+034F (COMBINING GRAPHEME JOINER) at place 2",
    "a\u061cb": "U+061C (ARABIC LETTER MARK) at place 2",
    "a\u200bb": "U+200B (ZERO WIDTH SPACE) at place 2",
    "a\u200cb": "U+200C (ZERO WIDTH NON-JOINER) at place 2",
    "a\u200db": "U+200D (ZERO WIDTH JOINER) at place 2",
    "a\u200eb": "U+200E (LEFT-TO-RIGHT MARK) at place 2",
    "a\u200fb": "U+200F (RIGHT-TO-LEFT MARK) at place 2",
    "a\u2028b": "U+2028 (LINE SEPARATOR) at place 2",
    "a\u2029b": "U+2029 (PARAGRAPH SEPARATOR) at place 2",
    "a\u202eb": "U+202E (RIGHT-TO-LEFT OVERRIDE) at place 2",
    "a\u2060b": "U+2060 (WORD JOINER) at place 2",
    "a\u2066b": "U+2066 (LEFT-TO-RIGHT ISOLATE) at place 2",
    "a\u3164b": "U+3164 (HANGUL FILLER) at place 2",
    "a\ufe0fb": "U+FE0F (VARIATION SELECTOR-16) at place 2",
    "1\ufe0f": "U+FE0F (VARIATION SELECTOR-16) at place 2",
    "\ufeffab": "U+FEFF (ZERO WIDTH NO-BREAK SPACE) at place 1",
    "a\ufff9b": "U+FFF9 (INTERLINEAR ANNOTATION ANCHOR) at place 2",
    "a\ue000b": "U+E000 at place 2",
    "a\u0378b": "U+0378 at place 2",
    "a\uffffb": "U+FFFF at place 2",
    "a\U000e0041b": "U+E0041 (TAG LATIN CAPITAL LETTER A) at place 2",
    "a\U000e0100b": "U+E0100 (VARIATION SELECTOR-17) at place 2",
    "a\U00100000b": "U+100000 at place 2",
    "مح\u200c\u200cمد": "U+200C (ZERO WIDTH NON-JOINER) at place 3",
    "می\u200cx": "U+200C (ZERO WIDTH NON-JOINER) at place 3",
    "🚀\u200d": "U+200D (ZERO WIDTH JOINER) at place 2",
    "🚀\ufe0f\ufe0f": "U+FE0F (VARIATION SELECTOR-16) at place 3",
}


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_what_nobody_sees_is_refused_by_name_and_place(text: str) -> None:
    told = f"the character {INVISIBLE[text]} is not allowed"
    assert [refusal(kind, text) for kind in (LINE, NAME, PROSE)] == [told, told, told]


def test_no_character_that_unicode_calls_invisible_gets_through() -> None:
    """Every format, control, surrogate, private and unassigned code point, between two letters."""
    taken = [
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        and refusal(LINE, f"a{chr(code)}b") == ""
    ]
    # Arabic and other signs of numbers, which are seen, and marks within hieroglyphs and shorthand.
    assert {unicodedata.name(chr(code)).split()[0] for code in taken} <= {
        *("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    }


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"], ids=ascii)
def test_half_a_character_is_refused(text: str) -> None:
    assert all("unicode" in refusal(kind, text) for kind in (LINE, NAME, PROSE))


@pytest.mark.parametrize("text", ["\u0301", "\u0301 \u0308", "\u2800\u2800", "\u20dd"], ids=ascii)
def test_a_text_in_which_nothing_is_seen_is_refused(text: str) -> None:
    told = "there is nothing to be seen in this text"
    assert [refusal(kind, text) for kind in (LINE, NAME, PROSE)] == [told, told, told]


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u3000", "\n\n"], ids=ascii)
def test_white_space_alone_is_no_text(text: str) -> None:
    told = "String should have at least 1 character"
    assert [refusal(kind, text) for kind in (LINE, NAME, PROSE)] == [told, told, told]


def test_texts_are_kept_composed_and_trimmed_with_plain_line_ends() -> None:
    assert LINE.validate_python(" Z\u030cygimantas\u00a0") == "\u017dygimantas"
    assert PROSE.validate_python("one\r\ntwo\rthree\n") == "one\ntwo\nthree"


@pytest.mark.parametrize(("kind", "longest"), [(LINE, 200), (NAME, 200), (PROSE, 5000)])
def test_lengths_count_after_normalisation(kind: TypeAdapter[str], longest: int) -> None:
    assert kind.validate_python("e\u0301" * longest) == "\u00e9" * longest
    # This one grows: two characters when it is normalised.
    told = f"String should have at most {longest} characters"
    assert refusal(kind, "\u0958" * (longest // 2 + 1)) == told


@pytest.mark.parametrize("text", ["two\nlines", "two\rlines", "a\tb"])
def test_a_line_is_one_line(text: str) -> None:
    assert refusal(LINE, text) == "line breaks and tabs are not allowed here"
    assert refusal(PROSE, text) == ""


MIXED = {
    "Stаrter": ("U+0430 (CYRILLIC SMALL LETTER A) at place 3", "Latin"),
    "IMT Stаrter": ("U+0430 (CYRILLIC SMALL LETTER A) at place 7", "Latin"),
    "Οslo Labs": ("U+039F (GREEK CAPITAL LETTER OMICRON) at place 1", "Latin"),
    "Mосква": ("U+004D (LATIN CAPITAL LETTER M) at place 1", "Cyrillic"),
    "Αthína": ("U+0391 (GREEK CAPITAL LETTER ALPHA) at place 1", "Latin"),
    "ГΤEC": ("U+0413 (CYRILLIC CAPITAL LETTER GHE) at place 1", "Latin"),
    "аb": ("U+0062 (LATIN SMALL LETTER B) at place 2", "Cyrillic"),
    "F6Ѕ": ("U+0405 (CYRILLIC CAPITAL LETTER DZE) at place 3", "Latin"),
    "a\u0301о": ("U+043E (CYRILLIC SMALL LETTER O) at place 2", "Latin"),
    "Ｃrоss": ("U+043E (CYRILLIC SMALL LETTER O) at place 3", "Latin"),
    "Gօ": ("U+0585 (ARMENIAN SMALL LETTER OH) at place 2", "Latin"),
}


@pytest.mark.parametrize("name", MIXED, ids=ascii)
def test_a_word_of_a_name_in_two_alphabets_is_refused_by_letter_and_place(name: str) -> None:
    letter, alphabet = MIXED[name]
    assert refusal(NAME, name) == (
        f"the letter {letter} stands in a word of {alphabet} letters; write each word of a name"
        " in one alphabet"
    )
    # A sentence may tell of alpha-particles; only names are told apart by looking at them.
    assert refusal(LINE, name) == refusal(PROSE, name) == ""


@pytest.mark.parametrize(
    "slug",
    [
        "ｉｍｔ-starter",
        "imt－starter",
        "іmt-starter",
        "imt-stаrter",
        "imt\u2010starter",
        "imt-starter\n",
        "imt-starter\u200b",
        "ﬁnance",
        "x²",
        "\u0131mt",
        "\u212aey",
        "straße",
        "IMT",
        "-imt",
        "imt--starter",
        "",
    ],
    ids=ascii,
)
def test_slugs_are_ascii(slug: str) -> None:
    assert refusal(SLUG, slug).startswith("String should match pattern")


@pytest.mark.parametrize("odd", ["\u202e", "\u200b", "\x00", "\u2066", "\ufeff"], ids=ascii)
def test_addresses_hold_nothing_invisible(odd: str) -> None:
    assert refusal(WEBSITE, f"https://example.org/a{odd}b") != ""
    assert refusal(EMAIL, f"ada{odd}@example.org") != ""
    assert refusal(EMAIL, "ada@example.org") == refusal(WEBSITE, "https://example.org/a") == ""

"""What plugins tell can be told in the languages of their partners; `make texts` mends files."""

import ast
import importlib
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from tests.house import catalogues

from softlanding import Step
from softlanding.contract.catalogues import LABEL

PLUGINS = catalogues.plugins()
FILES = [
    pytest.param(plugin, file.stem, id=f"{plugin}-{file.stem}")
    for plugin in (catalogues.CORE, *PLUGINS)
    for file in catalogues.files_of(plugin)
]
OWN = [
    pytest.param(plugin, language, id=f"{plugin}-{language}")
    for plugin, languages in sorted(catalogues.LANGUAGES.items())
    for language in languages
    if plugin != catalogues.CORE
]
COMPLETE = ("common", "imt_starter")


def file_of(plugin: str, language: str) -> Catalog:
    folder = catalogues.folder_of(plugin) / "locale"
    return catalogues.read(folder / f"{language}.po")


def named(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, str(message.id)) for message in catalogue if message.id}


def untranslated(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {
        (message.context, str(message.id))
        for message in catalogue
        if message.id and (message.fuzzy or not message.string)
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def steps(plugin: str) -> list[Step]:
    module = importlib.import_module(f"{catalogues.package_of(plugin)}.plugin")
    return list(module.steps())


def test_each_partner_has_a_place_in_the_table() -> None:
    # A partner whose language is English, and ways on which texts of others travel.
    assert set(PLUGINS) - set(catalogues.LANGUAGES) == {"email", "f6s_network", "slack"}


def test_what_all_partners_see_has_the_languages_of_all() -> None:
    languages = {language for several in catalogues.LANGUAGES.values() for language in several}
    assert set(catalogues.LANGUAGES["common"]) == languages
    assert set(catalogues.LANGUAGES[catalogues.CORE]) == languages


@pytest.mark.parametrize("language", catalogues.LANGUAGES[catalogues.CORE])
def test_what_the_core_tells_people_is_told_in_the_languages_of_all(language: str) -> None:
    assert untranslated(file_of(catalogues.CORE, language)) == set()


@pytest.mark.parametrize(("plugin", "language"), FILES)
def test_a_catalogue_has_the_messages_of_its_package_and_no_others(
    plugin: str, language: str
) -> None:
    current, messages = named(file_of(plugin, language)), named(catalogues.template(plugin))
    assert (messages - current, current - messages) == (set(), set()), "`make texts` mends it"


@pytest.mark.parametrize(("plugin", "language"), FILES)
def test_a_translation_has_the_placeholders_of_its_message(plugin: str, language: str) -> None:
    wrong = [
        message.id
        for message in file_of(plugin, language)
        if message.id
        and message.string
        and placeholders(str(message.id)) != placeholders(str(message.string))
    ]
    assert wrong == []


@pytest.mark.parametrize("plugin", COMPLETE)
def test_french_is_complete(plugin: str) -> None:
    assert untranslated(file_of(plugin, "fr")) == set()


@pytest.mark.parametrize(("plugin", "language"), OWN)
def test_titles_and_labels_are_told_in_the_languages_of_the_plugin(
    plugin: str, language: str
) -> None:
    assert [step.key for step in steps(plugin) if language not in step.title] == []
    waiting = untranslated(file_of(plugin, language))
    assert {title for context, title in waiting if context == LABEL} == set()


def calls_without_a_literal(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "told":
            message = node.args[0] if node.args else None
            if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
                yield node.lineno


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_message_is_a_literal_so_that_it_can_be_found(plugin: str) -> None:
    package = catalogues.folder_of(plugin)
    found = [
        f"{file.relative_to(package)}:{line}"
        for file in sorted(package.rglob("*.py"))
        for line in calls_without_a_literal(file.read_text("utf-8"))
    ]
    assert found == []


def test_renewing_a_catalogue_keeps_adds_and_drops() -> None:
    current, messages = Catalog(), Catalog()
    current.add("kept {day}", "gardé {day}")
    current.add("gone", "parti")
    messages.add("kept {day}")
    messages.add("new % of all")
    messages.add("kept {day}", context=LABEL)
    text = catalogues.updated(current, messages, package="example", language="fr")
    assert text == catalogues.HEADER.format(package="example", language="fr") + (
        '#, python-brace-format\nmsgid "kept {day}"\nmsgstr "gardé {day}"\n\n'
        '#, python-brace-format\nmsgctxt "label"\nmsgid "kept {day}"\nmsgstr ""\n\n'
        'msgid "new % of all"\nmsgstr ""\n'
    )

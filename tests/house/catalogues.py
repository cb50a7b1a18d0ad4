"""The catalogues of the core and the plugins, made anew from sources and forms: `make texts`.

A catalogue has the messages of its package's sources, the titles of its forms' fields (context
`label`) and their descriptions. Translations are kept, messages that are gone are dropped, new
ones wait without a translation. Nothing is written that would change without a reason: no line
numbers, no dates.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from softlanding import Form
from softlanding.contract.catalogues import LABEL

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "plugins"
CORE = "core"
LANGUAGES = {
    CORE: ("de", "fr", "lt", "nl"),
    "common": ("de", "fr", "lt", "nl"),
    "imt_starter": ("fr",),
    "startup_division": ("lt",),
    "crosspring_lab": ("nl",),
    "gtec": ("de",),
}
"""The languages in which the steps and fields of a plugin are named, by the plugin's folder.

A partner's steps have the partner's language; those of `common`, and what the core tells people,
which all partners see, have the languages of all; the others are told in English.
"""

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: {package}\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def package_of(plugin: str) -> str:
    """Return the package of the core or of the plugin in a folder."""
    return "softlanding" if plugin == CORE else f"softlanding_{plugin}"


def folder_of(plugin: str) -> Path:
    """Return the folder of that package."""
    rooms = ROOT if plugin == CORE else PLUGINS
    return rooms / plugin / package_of(plugin)


def places_of(plugin: str) -> tuple[Path, str]:
    """Return the folder of the sources that tell something, and the package of the forms."""
    if plugin == CORE:
        return folder_of(plugin) / "services" / "notices", "softlanding.contract"
    return folder_of(plugin), package_of(plugin)


def forms_of(package: str) -> list[type[Form]]:
    """Return all forms that a package defines, those that other plugins use among them."""
    root = importlib.import_module(package)
    names = [module.name for module in pkgutil.walk_packages(root.__path__, f"{package}.")]
    found = {
        value
        for name in names
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, type)
        and issubclass(value, Form)
        and value.__module__.startswith(f"{package}.")
    }
    return sorted(found, key=lambda form: (form.__module__, form.__name__))


def titles_of(form: type[Form]) -> Iterator[str]:
    """Yield the English titles of a form's fields, inherited ones too."""
    generate = form.model_config["field_title_generator"]
    assert generate is not None
    for name, field in form.model_fields.items():
        yield field.title or generate(name, field)


def template(plugin: str) -> Catalog:
    """Return all messages of a plugin, without translations."""
    sources, package = places_of(plugin)
    found = Catalog()
    for source in sorted(sources.rglob("*.py")):
        for _, message, _, _ in extract_from_file("python", source, keywords={"told": None}):
            assert isinstance(message, str), (source, message)
            found.add(message)
    for form in forms_of(package):
        for title in titles_of(form):
            found.add(title, context=LABEL)
        for field in form.model_fields.values():
            if field.description:
                found.add(field.description)
    return found


def files_of(plugin: str) -> list[Path]:
    """Return the catalogues of a plugin: those of its languages, and any others there are."""
    folder = folder_of(plugin) / "locale"
    own = {folder / f"{language}.po" for language in LANGUAGES.get(plugin, ())}
    return sorted(own | set(folder.glob("*.po")))


def read(file: Path) -> Catalog:
    """Return a catalogue as it stands; an empty one where there is none yet."""
    return read_po(BytesIO(file.read_bytes())) if file.exists() else Catalog()


def updated(current: Catalog, messages: Catalog, *, package: str, language: str) -> str:
    """Return a catalogue with exactly these messages, as the text of its file."""
    current.update(messages, no_fuzzy_matching=True)
    for message in current:
        # Messages are filled by str.format; what looks like "% of" there is no placeholder.
        message.flags.discard("python-format")
    body = BytesIO()
    write_po(
        body,
        current,
        width=100,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    text = re.sub(r"\n{3,}", "\n\n", body.getvalue().decode())
    return HEADER.format(package=package, language=language) + text.strip() + "\n"


def plugins() -> list[str]:
    """Return the folders of the plugins."""
    return sorted(file.parent.name for file in PLUGINS.glob("*/pyproject.toml"))


def main() -> None:
    """Bring all catalogues up to date."""
    for plugin in (CORE, *plugins()):
        messages = template(plugin)
        for file in files_of(plugin):
            if not file.exists() and not len(messages):
                continue
            file.parent.mkdir(exist_ok=True)
            text = updated(read(file), messages, package=package_of(plugin), language=file.stem)
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""Researchers, labs and research topics: data files, read once and checked as a whole.

Three files in a folder: `labs.toml`, `topics.toml`, `researchers.toml`. The folder shipped here
is a demonstration; another one is named by `SOFTLANDING_IMT_STARTER_DIRECTORY`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from softlanding_imt_starter.identifiers import is_ror, orcid_of

SHIPPED = Path(__file__).parent / "directory"
NO_LAB = "NONE"


class DirectoryError(Exception):
    """A directory cannot be used; the message names file and key."""


def _orcid(text: str) -> str:
    orcid = orcid_of(text)
    if orcid is None:
        raise ValueError("the check digit of this ORCID does not hold")
    return orcid


def _ror(text: str) -> str:
    if not is_ror(text):
        raise ValueError("the check digits of this ROR id do not hold")
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    demo: bool = False


class Lab(_Entry):
    """A lab. `zrr` tells whether it is a restricted zone; None means that nobody has said."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    zrr: bool | None = None
    ror: Annotated[str, AfterValidator(_ror)] | None = None
    hal_struct_id: str | None = None


class Topic(_Entry):
    """A research topic of OpenAlex with the subfield and field it belongs to."""

    id: Annotated[str, Field(pattern=r"^T[0-9]+$")]
    name: Annotated[str, Field(min_length=1)]
    subfield: int
    field: int


class Publication(_Entry):
    """A publication: its year and title."""

    year: Annotated[int, Field(ge=1900, le=2099)]
    title: Annotated[str, Field(min_length=1)]


class Researcher(_Entry):
    """A researcher; listed only when open to contact."""

    orcid: Annotated[str, AfterValidator(_orcid)]
    name: Annotated[str, Field(min_length=1)]
    lab: str
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    open_to_contact: bool = False
    publications: tuple[Publication, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Directory:
    """All three lists, by key where they have one."""

    labs: Mapping[str, Lab]
    topics: Mapping[str, Topic]
    researchers: Mapping[str, Researcher]

    @property
    def open_researchers(self) -> list[Researcher]:
        """The researchers who may be listed, by name."""
        return sorted(
            (one for one in self.researchers.values() if one.open_to_contact),
            key=lambda one: one.name,
        )

    @property
    def free_labs(self) -> list[Lab]:
        """The labs that are known to be no restricted zone, by key."""
        return [lab for _, lab in sorted(self.labs.items()) if lab.zrr is False]


@lru_cache(maxsize=8)
def read_directory(folder: Path = SHIPPED) -> Directory:
    """Read a folder; raises `DirectoryError` that names the file and the key."""
    labs = _by_key("labs.toml", "key", _read(folder, "labs", Lab))
    topics = _by_key("topics.toml", "id", _read(folder, "topics", Topic))
    researchers = _read(folder, "researchers", Researcher)
    for number, one in enumerate(researchers):
        where = f"researchers.toml: researchers.{number}"
        if one.lab not in labs:
            raise DirectoryError(f"{where}.lab: {one.lab} is not in labs.toml")
        for topic in one.topics:
            if topic not in topics:
                raise DirectoryError(f"{where}.topics: {topic} is not in topics.toml")
    return Directory(
        labs=labs, topics=topics, researchers=_by_key("researchers.toml", "orcid", researchers)
    )


EntryType = TypeVar("EntryType", bound=_Entry)


def _read(folder: Path, name: str, entry: type[EntryType]) -> list[EntryType]:
    file = f"{name}.toml"
    try:
        content: dict[str, Any] = tomllib.loads((folder / file).read_text("utf-8"))
    except OSError as error:
        raise DirectoryError(f"{file}: {error.strerror or error}") from error
    except ValueError as error:
        raise DirectoryError(f"{file}: {error}") from error
    if set(content) != {name} or not isinstance(content[name], list):
        raise DirectoryError(f"{file}: it must hold one list, {name}")
    found = []
    for number, values in enumerate(content[name]):
        try:
            found.append(entry.model_validate(values))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in (name, number, *first["loc"]))
            raise DirectoryError(f"{file}: {where}: {first['msg']}") from error
    return found


def _by_key(file: str, key: str, entries: Iterable[EntryType]) -> dict[str, EntryType]:
    found: dict[str, EntryType] = {}
    for entry in entries:
        value = getattr(entry, key)
        if value in found:
            raise DirectoryError(f"{file}: {key}: {value} is there twice")
        found[value] = entry
    return found

"""The settings of the plugin, and the directory they lead to."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from softlanding_imt_starter.directory import SHIPPED, Directory, read_directory


class ImtStarterSettings(BaseSettings):
    """Settings from the environment; the directory is read and checked with them."""

    model_config = SettingsConfigDict(env_prefix="SOFTLANDING_IMT_STARTER_", env_ignore_empty=True)

    directory: Path = Field(
        default=SHIPPED,
        description="Folder with labs.toml, topics.toml and researchers.toml.",
    )

    @model_validator(mode="after")
    def _directory_can_be_read(self) -> Self:
        read_directory(self.directory)
        return self


def directory_of(settings: BaseSettings | None) -> Directory:
    """Return the directory that the plugin's settings name; the shipped one without settings."""
    if isinstance(settings, ImtStarterSettings):
        return read_directory(settings.directory)
    return read_directory()

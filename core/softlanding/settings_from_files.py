"""Settings from the environment, or from files that it names: where secrets belong."""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsError

_LONGEST = 64 * 1024


class SettingsFromFiles(BaseSettings):
    """Settings whose values may lie in files: `SOFTLANDING_DATABASE_URL_FILE` names one.

    So a secret need not stand in the environment, which other programs and crash reports show.
    """

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Ask the environment, then the files that it names."""
        return init_settings, env_settings, _NamedFiles(settings_cls)


class _NamedFiles(PydanticBaseSettingsSource):
    """The files that variables ending in `_FILE` name."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the text of a setting's file, if one is named; raises `SettingsError`."""
        setting = f"{self.config.get('env_prefix', '')}{field_name}".upper()
        variable = f"{setting}_FILE"
        file = os.environ.get(variable)
        if not file:
            return None, field_name, False
        if os.environ.get(setting):
            raise SettingsError(f"{variable} and {setting} are set; keep one")
        return _text_of(variable, file), field_name, self.field_is_complex(field)

    def __call__(self) -> dict[str, Any]:
        """Return the settings that files hold."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, is_complex = self.get_field_value(field, name)
            if value is not None:
                found[key] = self.prepare_field_value(name, field, value, is_complex)
        return found


def _text_of(variable: str, file: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            text = opened.read(_LONGEST + 1).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise SettingsError(f"{variable}: {file} cannot be read: {reason}") from None
    if not text or len(text) > _LONGEST:
        raise SettingsError(f"{variable}: {file} holds nothing, or more than a setting")
    return text

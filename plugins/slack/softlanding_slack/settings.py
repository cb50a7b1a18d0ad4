"""In which channel of which Slack each incubator is told."""

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from softlanding import PluginSettings


class SlackSettings(PluginSettings):
    """Settings of the plugin.

    `webhooks` maps the slug of an incubator to the address of an incoming webhook of its Slack.
    Whoever knows such an address can write there, so it is a secret.
    """

    model_config = SettingsConfigDict(env_prefix="SOFTLANDING_SLACK_")

    webhooks: dict[str, SecretStr] = Field(default_factory=dict)

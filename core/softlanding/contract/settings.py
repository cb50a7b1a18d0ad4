"""What the settings of a plugin are made of."""

from softlanding.settings_from_files import SettingsFromFiles


class PluginSettings(SettingsFromFiles):
    """Settings of a plugin, from the environment or from files that it names.

    `SOFTLANDING_EXAMPLE_SECRET_FILE` names the file of `secret`, so that it need not stand in the
    environment.
    """

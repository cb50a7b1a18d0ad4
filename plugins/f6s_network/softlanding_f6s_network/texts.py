"""The messages of this plugin."""

from softlanding import Catalogue

told = Catalogue("softlanding_f6s_network")

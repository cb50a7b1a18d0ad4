"""The messages of this plugin."""

from softlanding import Catalogue

told = Catalogue("softlanding_imt_starter")

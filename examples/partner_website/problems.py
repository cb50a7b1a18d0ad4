"""What can go wrong, told in one sentence."""


class BuildError(Exception):
    """The pages cannot be built; the message is one sentence for whoever started the build."""

"""The errors that a person meets: where, what was expected, what was found, what to do."""


class KgError(Exception):
    """A mistake in the catalogue, the data or the text that its owner can mend.

    The command line prints the message without a traceback and exits with 1.
    """

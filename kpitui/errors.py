"""What kpitui says when it cannot go on: one sentence for the reader, one exit code for scripts."""


class KpituiError(Exception):
    """The data are bad, or a check found something: exit code 1."""

    exit_code = 1


class UsageError(KpituiError):
    """The command line asks for something that does not exist: exit code 2."""

    exit_code = 2


class InputError(KpituiError):
    """A file is missing or cannot be read or written: exit code 3."""

    exit_code = 3

"""What kpitui says when it cannot go on: one sentence for the reader, one exit code for scripts."""

from __future__ import annotations

from kpitui.text.wording import Both, Lang


class KpituiError(Exception):
    """The data are bad, or a check found something: exit code 1.

    The sentence is given in both languages; a plain text stands for both. `str` of the error is English.
    """

    exit_code = 1
    in_lines = False
    """Whether the sentence stands on several lines; in any other a line end is that of a text from elsewhere."""

    def __init__(self, sentence: Both | str) -> None:
        self.sentence = Both(sentence, sentence) if isinstance(sentence, str) else sentence
        super().__init__(self.sentence.en)

    def say(self, lang: Lang) -> str:
        """The sentence in that language."""
        return self.sentence.say(lang)


class UsageError(KpituiError):
    """The command line asks for something that does not exist: exit code 2."""

    exit_code = 2


class InputError(KpituiError):
    """A file is missing or cannot be read or written: exit code 3."""

    exit_code = 3

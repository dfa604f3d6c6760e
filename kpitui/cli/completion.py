"""Completion for shells, made of what each verb takes.

shtab would make it of one argparse parser with subparsers, knows nothing of columns and views, and has no fish.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kpitui.cli.arguments import Argument, Arguments
from kpitui.cli.browser import taken
from kpitui.cli.verbs import taken_by
from kpitui.cli.words import HELP, VERBS
from kpitui.report.columns import column, registry
from kpitui.report.difference import CODES
from kpitui.report.model import Table
from kpitui.text.wording import Lang
from kpitui.views.builtin import BUILTIN

_PATHS = ("FILE", "DIR", "FOLDER", "REPORT", "SOURCE", "A", "B")
"""How values are written that are paths."""
_VIEW = "NAME|FILE"
_TABLES: dict[str, Table] = {"projects": "projects", "audit": "audit"}
"""The verbs of tables other than that of the KPIs."""
_CODED = ("verdict", "status")
"""The filters whose values have codes of ours."""
_GRANTS = ("promotion", "facility")
"""Those that `kpitui import` of a grant publication knows."""

_BASH = """\
# completion of kpitui for bash: eval "$(kpitui completion bash)"
_kpitui_views() {{
    local file
    for file in "${{XDG_DATA_HOME:-$HOME/.local/share}}"/kpitui/views/*.toml; do
        [[ -e $file ]] && file="${{file##*/}}" && printf '%s\\n' "${{file%.toml}}"
    done
    printf '%s\\n' {views}
}}

_kpitui() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local verb="" option="" head="" offered="" each
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $before == "=" ]]; then
        before="${{COMP_WORDS[COMP_CWORD-2]}}"
    elif [[ $word == --*=* ]]; then # one word to zsh
        before="${{word%%=*}}"
        option="$before="
        word="${{word#*=}}"
    fi
    for each in "${{COMP_WORDS[@]:1:$((COMP_CWORD - 1))}}"; do
        case "$each" in
            {verbs}) verb="$each"; break ;;
        esac
    done
    COMPREPLY=()
    case "$verb $before" in
{values}
        *)
            case "$verb:$word" in
{options}
{places}
            esac ;;
    esac
    if [[ $offered == "nothing" ]]; then
        compopt +o default 2>/dev/null
        return 0
    fi
    if [[ $word == *,* ]]; then
        head="${{word%,*}},"
    fi
    if [[ $before == "--sort" && ${{word#"$head"}} == -* ]]; then
        head="$head-"
    fi
    while IFS= read -r each; do
        COMPREPLY+=("$each")
    done < <(compgen -P "$option$head" -W "$offered" -- "${{word#"$head"}}")
}}
complete -o default -F _kpitui kpitui
"""
_ZSH = """\
# completion of kpitui for zsh, by its own reader of bash's: eval "$(kpitui completion zsh)"
autoload -Uz compinit bashcompinit
(( $+functions[compdef] )) || compinit
bashcompinit
"""
_FISH = """\
# completion of kpitui for fish: kpitui completion fish | source
function __kpitui_no_verb
    not __fish_seen_subcommand_from {verbs}
end

function __kpitui_views
    set -l data $XDG_DATA_HOME
    test -n "$data"; or set data $HOME/.local/share
    for file in $data/kpitui/views/*.toml
        path change-extension '' (path basename $file)
    end
    printf '%s\\n' {views}
end

function __kpitui_typed
    commandline -ct | string replace -r -- '^--[^=]*=' ''
end

function __kpitui_list # words that may come next, after those that end with a comma
    set -l head (__kpitui_typed | string match -r -- '^.*,')
    printf '%s\\n' "$head"$argv
end

function __kpitui_keys # likewise, and with - before each where that is typed
    __kpitui_typed | string match -qr -- '(^|,)-[^,]*$'; and set argv -$argv
    __kpitui_list $argv
end

function __kpitui_downwards # fish takes a word that begins with - for no option's value
    test (commandline -cpo)[-1] = --sort; and string match -q -- '-*' (commandline -ct)
end

"""


class Offer(NamedTuple):
    """What may stand at a place: these words, names of saved views, paths; none of it where any text may."""

    words: tuple[str, ...] = ()
    views: bool = False
    paths: bool = False


def offer(argument: Argument, verb: str) -> Offer:
    """What an argument of the verb may be."""
    if argument.choices:
        return Offer(argument.choices)
    if argument.value == _VIEW:
        return Offer((), views=True, paths=True)
    return Offer(_words(argument.names[0].lstrip("-"), verb), paths=argument.value in _PATHS)


def script(shell: str, lang: Lang) -> str:
    """The completion of that shell: bash, zsh or fish; fish has the words of help beside each option."""
    if shell == "fish":
        head = _FISH.format(verbs=" ".join(VERBS), views=" ".join(view.name for view in BUILTIN))
        return head + "".join(f"{line}\n" for line in _fish(lang))
    return (_ZSH if shell == "zsh" else "") + _bash()


def _words(name: str, verb: str) -> tuple[str, ...]:
    if name in ("sort", "columns", "column"):
        return _columns(verb)
    if name == "fail-on" and verb == "compare":
        return tuple(CODES)
    if name == "grant":
        return _GRANTS
    key = "verdict" if name == "fail-on" else name
    table: Table = "audit" if key == "verdict" else "kpis"
    return tuple(value.code for value in column(table, key).values) if key in _CODED else ()


def _columns(verb: str) -> tuple[str, ...]:
    if verb == "facets":
        tables: tuple[Table, ...] = ("kpis", "projects")
        return tuple(dict.fromkeys(each.key for table in tables for each in registry(table)))
    return tuple(each.key for each in registry(_TABLES.get(verb, "kpis")))


def _all() -> Iterator[Arguments]:
    yield taken()
    yield from map(taken_by, VERBS)


def _bash() -> str:
    return _BASH.format(
        views=" ".join(view.name for view in BUILTIN),
        verbs="|".join(VERBS),
        values="\n".join(f"        {line}" for each in _all() for line in _bash_values(each)),
        options="\n".join(f"                {each.verb}:-*) offered='{' '.join(_names(each))}' ;;" for each in _all()),
        places="\n".join(f"                {each.verb}:*) offered={_bash_place(each)} ;;" for each in _all()),
    )


def _names(taken: Arguments) -> list[str]:
    return [each.names[-1] for each in taken.options]


def _bash_values(taken: Arguments) -> Iterator[str]:
    for each in taken.options:
        if each.has_value:
            yield f'"{taken.verb} {each.names[-1]}") offered={_bash_offer(offer(each, taken.verb))} ;;'


def _bash_offer(found: Offer) -> str:
    names = "$(_kpitui_views)" if found.views else ""
    offered = " ".join(filter(None, [*found.words, names]))
    return f'"{offered}"' if offered or found.paths else '"nothing"'


def _bash_place(taken: Arguments) -> str:
    """All that any of its places may be: which of them it is, bash is not told."""
    found = [offer(each, taken.verb) for each in taken.places]
    words = (*(() if taken.verb else VERBS), *(word for each in found for word in each.words))
    return _bash_offer(Offer(words, any(each.views for each in found), any(each.paths for each in found)))


def _fish(lang: Lang) -> Iterator[str]:
    yield "complete -c kpitui -f"
    for verb in VERBS:
        yield f"complete -c kpitui -n __kpitui_no_verb -a {verb} -d {_quoted(HELP[verb].say(lang))}"
    for each in _all():
        for argument in each.taken:
            yield _fish_line(each.verb, _fish_argument(argument, each.verb, lang))
            if "--sort" in argument.names:
                yield _fish_line(each.verb, _fish_words(argument, each.verb), "; and __kpitui_downwards")


def _fish_line(verb: str, what: str, and_when: str = "") -> str:
    when = f"__fish_seen_subcommand_from {verb}" if verb else "__kpitui_no_verb"
    return f"complete -c kpitui -n {_quoted(when + and_when)} {what}"


def _fish_argument(argument: Argument, verb: str, lang: Lang) -> str:
    names = [f"-{'s' if len(name) == 2 else 'l'} {name.lstrip('-')}" for name in argument.names if argument.is_option]
    paths = "-F" if offer(argument, verb).paths else ""
    takes = ["-r" if argument.has_value and argument.is_option else "", paths]
    words = _fish_words(argument, verb) if argument.has_value else ""
    return " ".join(filter(None, [*names, *takes, words, f"-d {_quoted(argument.words.say(lang))}"]))


def _fish_words(argument: Argument, verb: str) -> str:
    """What its value may be; that of an option which is not one of a few may be several of them."""
    found = offer(argument, verb)
    words = " ".join(found.words)
    if found.views:
        words = "(__kpitui_views)"
    elif words and argument.is_option and not argument.choices:
        words = f"({'__kpitui_keys' if '--sort' in argument.names else '__kpitui_list'} {words})"
    return f"-a {_quoted(words)}" if words else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

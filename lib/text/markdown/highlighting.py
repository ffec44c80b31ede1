"""Colour code, within a budget."""

from __future__ import annotations

import re
from functools import cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import STANDARD_TYPES

# Characters of code that are coloured in one message: for some input, lexers take time that grows with the square of
# its length. These were tried with two thousand of everything that upsets them and took a few hundredths of a second;
# those that are slower get a quarter, and all others none.
MAX_HIGHLIGHTED = 2_000
QUICK = """
    Bash Clojure CSS Dart Diff Docker Elixir Erlang Go GraphQL Haskell HTML HTTP JavaScript JSON Julia Kotlin Lua Nginx
    Perl PHP PowerShell Python Ruby Rust SCSS SQL Swift TOML VimL XML YAML Zig
"""
SLOW = "C C++ C# INI Java Makefile Objective-C S Scala Terraform TSX TypeScript"

# Names that other highlighters know, by what they are to Pygments.
FURTHER_NAMES = {
    "bash": "shellscript command zshrc bashrc",
    "cpp": "h hpp cc hh hxx cxx h++ ino arduino",
    "csharp": "cs csx",
    "diff": "patch",
    "docker": "containerfile",
    "html": "htm svelte vue astro",
    "ini": "conf editorconfig gitconfig properties env dotenv",
    "java": "jsp",
    "javascript": "mjs cjs es6 node",
    "json": "jsonc json5 geojson webmanifest ipynb jsonl ndjson",
    "kotlin": "kt kts",
    "make": "mk mak gnumakefile",
    "objective-c": "mm obj-c objc",
    "perl": "pm",
    "powershell": "ps psm1",
    "python": "py gyp python3 pyw",
    "ruby": "gemspec podspec thor irb",
    "rust": "rs",
    "sql": "pgsql psql tsql plsql sqlite mysql mariadb",
    "terraform": "tfvars",
    "typescript": "mts cts",
    "xml": "svg plist xhtml rss atom xjb xsd wsf drawio xaml",
    "yaml": "yml compose",
}
# Languages without colours here.
PLAIN_NAMES = """
    plaintext text txt plain none nohighlight log logs output ascii console shell shellsession session terminal cmd
    dos bat batch mermaid plantuml puml dot graphviz markdown md mdx csv tsv math latex tex katex regex http cron
    prisma proto solidity sol wasm wat vb vbnet vba vbs excel xls stata matlab nix nim hcl bicep jinja jinja2 django
    liquid twig haml handlebars hbs mustache pug ejs erb sass less stylus coffeescript coffee crystal ocaml fsharp fs
    reasonml elm gherkin feature abnf ebnf bnf armasm avrasm x86asm asm nasm llvm verilog vhdl gcode glsl hlsl wgsl
    cuda opencl fortran cobol pascal delphi ada lisp scheme racket prolog smalltalk tcl awk sed fish zsh csh
    applescript autohotkey robot graph caddyfile caddy apache apacheconf systemd desktop ssh-config hosts gitignore
    ignore toml tml gradle groovy cmake meson bazel starlark dockerfile vagrantfile procfile jsonnet kdl ron thrift
    capnp flatbuffers graphqls http-request curl mongodb mongo cql cypher sparql rdf turtle ttl n3 postscript ps1 psd1
    bibtex bib rst asciidoc adoc org orgmode textile mediawiki wiki diff-js git-commit git-rebase
"""

CODE_CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

_formatter = HtmlFormatter(nowrap=True)
_SHAPE = re.compile(r"[A-Za-z0-9+#._-]{1,40}")


class Highlighter:
    """Colours the blocks of one message, as long as its budget lasts."""

    def __init__(self) -> None:
        self._left = MAX_HIGHLIGHTED

    def colour(self, code: str, language: str) -> str:
        """Return HTML, or an empty text for code that is shown without colours."""
        language = _load_further_names().get(language, language)
        cost = _load_highlight_costs().get(language)
        if cost is None or cost * len(code) > self._left:
            return ""
        self._left -= cost * len(code)
        return highlight(code, get_lexer_by_name(language), _formatter)


@cache
def list_languages() -> list[tuple[str, str]]:
    """Return short and full name of the languages that are coloured, in the order of their full names."""
    known = {*QUICK.lower().split(), *SLOW.lower().split()}
    languages = ((names[0], name) for name, names, *_ in get_all_lexers(plugins=False) if names)
    return sorted((each for each in languages if each[1].lower() in known), key=lambda each: each[1].lower())


def is_language(word: str) -> bool:
    """Tell whether a word names a language, for Pygments or elsewhere."""
    return bool(_SHAPE.fullmatch(word)) and word.lower() in _load_names()


@cache
def _load_names() -> frozenset[str]:
    aliases = {alias.lower() for _, names, *_ in get_all_lexers(plugins=False) for alias in names}
    return frozenset(aliases | set(_load_further_names()) | set(PLAIN_NAMES.split()))


@cache
def _load_further_names() -> dict[str, str]:
    return {name: language for language, names in FURTHER_NAMES.items() for name in names.split()}


@cache
def _load_highlight_costs() -> dict[str, int]:
    """Return the cost of a character, by each alias of a language that is highlighted."""
    quick, slow = QUICK.lower().split(), SLOW.lower().split()
    return {
        alias.lower(): 1 if name.lower() in quick else 4
        for name, aliases, *_ in get_all_lexers(plugins=False)
        if name.lower() in (*quick, *slow)
        for alias in aliases
    }

"""Names of languages of source code, by the ends of names of files."""

LANGUAGES = {
    "bash": "Shell", "c": "C", "cc": "C++", "clj": "Clojure", "cpp": "C++", "cs": "C#", "css": "CSS", "dart": "Dart",
    "diff": "Diff", "elm": "Elm", "erl": "Erlang", "ex": "Elixir", "exs": "Elixir", "fs": "F#", "geojson": "GeoJSON",
    "go": "Go", "h": "C", "hpp": "C++", "hs": "Haskell", "htm": "HTML", "html": "HTML", "ini": "INI",
    "ipynb": "Jupyter", "java": "Java", "jl": "Julia", "js": "JavaScript", "json": "JSON", "jsonl": "JSON",
    "jsx": "JavaScript", "kt": "Kotlin", "kts": "Kotlin", "less": "Less", "lua": "Lua", "m": "Objective-C",
    "markdown": "Markdown", "md": "Markdown", "mjs": "JavaScript", "ml": "OCaml", "ndjson": "JSON", "nim": "Nim",
    "nix": "Nix", "patch": "Diff", "php": "PHP", "pl": "Perl", "proto": "Protocol Buffers", "ps1": "PowerShell",
    "py": "Python", "r": "R", "rb": "Ruby", "rs": "Rust", "rst": "reStructuredText", "sass": "Sass", "scala": "Scala",
    "scss": "Sass", "sh": "Shell", "sql": "SQL", "svelte": "Svelte", "swift": "Swift", "tex": "TeX", "tf": "Terraform",
    "toml": "TOML", "ts": "TypeScript", "tsx": "TypeScript", "vue": "Vue", "xhtml": "XHTML", "xml": "XML", "xsd": "XML",
    "xsl": "XML", "yaml": "YAML", "yml": "YAML", "zig": "Zig", "zsh": "Shell",
}  # fmt: skip

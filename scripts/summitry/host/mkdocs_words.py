"""What MkDocs says of its configuration, in words that name what to do."""

from __future__ import annotations

import re

_KEY = re.compile(r"(?:Config value|Plugin '[\w-]+' option) '([\w.]+)': ")
# By what is in MkDocs' own words; a group is what a message names. The first that fits counts.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (r'The "([\w./-]+)" plugin is not installed', "there is no plugin {0} here",
     "install its package, or delete the line"),
    (r"Required configuration not provided", "it is missing", "add {key}:"),
    (r"dict of size 1", "an item of nav has one title and one page",
     "begin each item with a dash of its own"),
    (r"nav item to be", "an item of nav is a page, or a title with a page or with a list",
     "write `- Title: page.md`"),
    (r"Expected a list|Expected nav to be a list", "this must be a list",
     "begin each item with a dash"),
    (r"Expected a dict|for keys, but", "this must be a mapping", "write its keys below it"),
    (r"IP:PORT|not a valid port", "this is no address to serve at", "write 127.0.0.1:8000"),
    (r"Expected a string|be a string|Expected type: <class 'str'>|multiline string",
     "this must be text", "write it in quotation marks"),
    (r"parse the URL|URL isn't valid", "this is not a web address", "write https://…"),
    (r"The path '(.+)' isn't an existing (\w+)", "there is no {1} {0}",
     "make it, or correct the path"),
    (r"should not be the parent", "the folder of mkdocs.yml cannot be the folder of pages",
     "name a folder in it, such as docs"),
    (r"should not be within", "the folders of pages and of the built site lie in one another",
     "name two folders beside each other"),
    (r"theme name|one of 'name'", "there is no such theme here", "write theme: {{name: material}}"),
    (r"custom_dir", "there is no folder of this name", "make it, or delete the line"),
    (r"extension '([\w.:-]+)'|Extension '([\w.:-]+)'", "the Markdown extension {0} cannot be used",
     "correct its name and options, or delete the line"),
    (r"specified multiple times", "a plugin stands here twice", "keep one of the two"),
    (r"[Pp]lugin", "a plugin is not named or set as it must be",
     "begin each with a dash and its name, its options below it"),
    (r"Cannot import path '(.+)'", "{0} cannot be run", "correct the file, or delete the line"),
    (r"Config file '(.+)' does not exist", "there is no such file",
     "run the command where mkdocs.yml stands, or name it with -f"),
    (r"value mapping", "this is not `key: value`", "write each setting as `key: value`"),
    (r"Expected one of: (.+) but received", "this cannot stand here", "write one of {0}"),
)  # fmt: skip


def told(message: str) -> tuple[str, str, str]:
    """The key that a message of MkDocs is about or "", what is wrong, and how to mend it."""
    key = next(reversed(_KEY.findall(message)), "")
    for words, what, cure in _WORDS:
        if found := re.search(words, message):
            named = [group for group in found.groups() if group]
            return key, what.format(*named), cure.format(*named, key=key)
    cure = "write it as MkDocs' documentation of its configuration says, or delete the line"
    return key, "MkDocs cannot use this", cure

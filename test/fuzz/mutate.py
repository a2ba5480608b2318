"""Mutates texts by bytes, words and pieces."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]

# likely trouble: ends of ranges and encodings, deep nesting
PIECES = (
    b"", b"\0", b"'", b"''", b"\xe2\x80\x98", b"\xe2\x80\x99", b"(", b")", b"[", b"]", b",", b":", b"--", b"\n",
    b"-", b"/", b"*", b"0", b"1", b"9" * 18, b"9" * 40, b"9" * 400, b"0." + b"0" * 400 + b"1",
    b"1\xe4\xb8\x87\xe4\xba\xbf",
    b"1%", b"0001-01-01", b"9999-12-31", b"5874897-12-31", b"2024-02-29", b"2023-02-29", b"99999999999\xe5\xb9\xb4",
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe6", b"\xef\xbb\xbf", b"\xe3\x80\x80",
    b"\xf0\x9f\x98\x80",
    b"none", b"unknown", b"as_of", b"it", b"(" * 2000, b"not " * 3000, b"-" * 3000, b"a" * 70000, b" and true" * 2000,
    b" or 1 < 2 " * 2000, b"/ 0", b"* 1e9", b"as of 2024-01-01 ", b"series s ", b"policy x 'x' ",
    b"example 'e' given a = 1 expect a = 1",
    b"NaN", b"Infinity", b"null", b"true", b"{}", b"[]", b'"\\u0000"', b'"\\ud800"', b"1e400", b"1e-400", b"1e131071",
    b"-1",
)


def keywords():
    """Returns all keywords, in English and Chinese."""
    table = (ROOT / "extension/language/keywords.h").read_text(encoding="utf-8")
    return [w.encode() for w in re.findall(r'"([^"]+)"', "\n".join(
        line for line in table.splitlines() if line.startswith("KEYWORD(")))]


def cut(rng, text, longest=60):
    """Returns a piece of a text, usually of whole words."""
    if rng.random() < 0.5:
        words = re.split(rb"(\s+)", text)
        first = rng.randrange(len(words))
        return b"".join(words[first:first + rng.randint(1, 12)])
    first = rng.randrange(len(text) + 1)
    return text[first:first + rng.randint(1, longest)]


def mutate(rng, text, others, words):
    """Returns a text with one to four changes."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice((0, 1, 1, 3, 10, 60)))
        kind = rng.choice((0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 7, 7, 8))
        if kind == 0:
            new = bytes([rng.randrange(256)])
        elif kind == 1:
            new = rng.choice(PIECES)
        elif kind == 2:
            new = b" " + rng.choice(words) + b" "
        elif kind == 3:
            new = cut(rng, rng.choice(others))
        elif kind == 4:
            new = cut(rng, text)
        elif kind == 5 and at < len(text):
            end = at + 1
            new = bytes([text[at] ^ (1 << rng.randrange(8))])
        elif kind == 6:
            # replaces a number by another
            numbers = list(re.finditer(rb"[0-9]+", text))
            if not numbers:
                continue
            at, end = rng.choice(numbers).span()
            new = rng.choice((b"0", b"1", b"-1", b"99999999999999999999", b"0.5", b"2147483648"))
        elif kind == 7:
            # replaces a word of the text by another
            found = list(re.finditer(rb"[^\s(),:;']+", text))
            if not found:
                continue
            at, end = rng.choice(found).span()
            new = rng.choice(found).group()
        else:
            new = b""
        text = text[:at] + new + text[end:]
    return text

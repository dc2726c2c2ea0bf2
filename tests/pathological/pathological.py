#!/usr/bin/env python3
"""pathological.py KDBIB [NAME]: inputs that make a naive reader slow, each answered in time and memory.

Every case is a line: a name, the bytes, and which limits it has. A case passes when kdbib ends by itself (exit status 0 or 2, the
latter with a message) within the limits; what it writes must be whole (each line of jsonl is JSON).
"""
import json, os, resource, subprocess, sys

SECONDS = 60.0 if os.environ.get("KDBIB_SLOW") else 2.0  # slow: under a sanitizer or valgrind
LARGEST = 640  # MiB of address space: 512 of memory, and libraries

ROW = "|A paper about the thing number %d|[PDF](https://arxiv.org/abs/2001.%05d)|[Code]()|\n"
HEAD = "|Paper|PDF|Code|\n|---|---|---|\n"
MB = 1000000


def fill(unit, size=MB):
    """`unit` repeated up to `size` bytes."""
    return unit * max(1, size // len(unit.encode()))


def table(rows, row=ROW):
    return "# L\n\n" + HEAD + "".join(row % (i, i % 100000) if "%" in row else row for i in range(rows))


CASES = {
    # what makes cmark-gfm slow
    "unclosed image links": lambda: "![[]()" * 50000,
    "unclosed links": lambda: fill("["),
    "open and closed brackets": lambda: "[" * 50000 + "]" * 50000,
    "nested brackets": lambda: "[" * 50000 + "a" + "]" * 50000,
    "links in links": lambda: fill("[a]("),
    "unclosed link targets": lambda: fill("[a](<b"),
    "emphasis openers": lambda: fill("*a **a "),
    "emphasis of both kinds": lambda: fill("*_* "),
    "emphasis closers": lambda: fill("a** "),
    "backticks of growing length": lambda: "".join("e" + "`" * i for i in range(1, 1200)),
    "table of 50,000 columns": lambda: "|" + "a|" * 50000 + "\n|" + "-|" * 50000 + "\n|" + "b|" * 50000 + "\n",
    "row of 200,000 cells": lambda: HEAD + "|" + "c|" * 200000 + "\n",
    "wide header, many rows": lambda: "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|x|\n" * 100000,
    "50,000 quotes": lambda: "> " * 50000 + "a\n",
    "a million >": lambda: ">" * MB,
    "quotes of growing depth": lambda: "".join(">" * i + " a\n" for i in range(1, 1400)),
    "nested list": lambda: "".join("  " * i + "- a\n" for i in range(0, 1000)),
    "nested list on one line": lambda: fill("- "),
    "deep list items": lambda: fill(" " * 900 + "- a\n"),
    "ordered markers": lambda: fill("1. "),
    "open HTML tags": lambda: fill("<a "),
    "nested HTML": lambda: "<div>" * 100000 + "</div>" * 50000,
    "nested details": lambda: "<details><summary>a</summary>\n\n" * 20000,
    "open HTML comments": lambda: fill("<!-- "),
    "open processing instructions": lambda: fill("<?"),
    "open CDATA": lambda: fill("<![CDATA["),
    "declarations": lambda: fill("<!A "),
    "entities": lambda: fill("&amp;&#x41;&nosuch;"),
    "ampersands": lambda: fill("&"),
    "backslashes": lambda: fill("\\"),
    "link definitions": lambda: "".join(f"[r{i}]: http://x.org/{i}\n" for i in range(30000)),
    "definitions that use each other": lambda: "".join(f"[r{i}]: http://x.org/{i} \"[r{i - 1}]\"\n[r{i}]\n\n" for i in range(15000)),
    "equal link definitions": lambda: fill("[a]: http://x.org\n"),
    "long reference label": lambda: "[" + "a" * 500000 + "]: u\n\n[" + "a" * 490000 + "]\n",
    "unclosed definition titles": lambda: fill("[a]: u \"\n"),
    "autolinks": lambda: fill("http://a.b/(((((((( "),
    "www links": lambda: fill("www."),
    "mail addresses": lambda: fill("a@b."),
    "colons": lambda: fill("http:"),
    "strikethrough": lambda: fill("~~a "),
    "setext lines": lambda: fill("a\n=\n"),
    "many rules": lambda: fill("* * *\n"),
    "fences that never close": lambda: fill("```\n\n~~~\n"),
    "one fence, never closed": lambda: "```bibtex\n" + fill("@article{a,\n"),
    # lines, bytes
    "one line of 1 MB": lambda: "a" * MB,
    "one line of 10 MB": lambda: "- " + "word " * 2000000,
    "one table row of 10 MB": lambda: HEAD + "|" + "word " * 2000000 + "|[PDF](http://x.org)||\n",
    "a title of 1 MB": lambda: "- [" + "word " * 200000 + "](http://x.org)\n",
    "a URL of 1 MB": lambda: "- [A title of a paper](http://x.org/" + "a" * MB + ")\n",
    "an author list of 1 MB": lambda: "- [A title of a paper](http://x.org), " + "Anna Author, " * 70000 + "2020\n",
    "one entry, 100,000 links": lambda: "- A title of a paper " + "[[pdf]](http://x.org/%d) " % 1 * 40000 + "\n",
    "newlines": lambda: "\n" * MB,
    "carriage returns": lambda: "\r" * MB,
    "blanks": lambda: " " * MB,
    "tabs": lambda: "\t" * MB,
    "NULs": lambda: b"\0" * MB,
    "0xFF": lambda: b"\xff" * MB,
    "continuation bytes": lambda: b"\x80" * MB,
    "UTF-16": lambda: ("\ufeff" + table(5000)).encode("utf-16-le"),
    "mojibake": lambda: fill("- Alzheimer\u00e2\u20ac\u2122s \u00e2\u20ac\n"),
    "combining marks": lambda: "- [a" + "\u0301" * 400000 + "](http://x.org)\n",
    "zero-width characters": lambda: "- [a" + "\u200b" * 300000 + "b](http://x.org)\n",
    "bidi overrides": lambda: "- [a" + "\u202e" * 300000 + "b](http://x.org)\n",
    "emoji": lambda: fill("- \U0001f600 "),
    "emoji shortcodes": lambda: fill(":star:"),
    # entries
    "20,000 rows": lambda: table(20000),
    "equal titles": lambda: table(15000, "|The same title of a paper|[PDF](https://arxiv.org/abs/2001.%s%05d)||\n".replace("%s", "") .replace("%05d", "00001")),
    "equal titles, other links": lambda: "# L\n\n" + HEAD + "".join(f"|The same title|[PDF](https://x.org/{i})||\n" for i in range(20000)),
    "equal links, other titles": lambda: "# L\n\n" + HEAD + "".join(f"|A paper on {i} things|[PDF](https://x.org/a)||\n" for i in range(20000)),
    "20,000 sections": lambda: "".join(f"## S{i}\n- [A paper on {i} things](http://x.org/{i})\n" for i in range(20000)),
    "headings only": lambda: fill("# a\n"),
    "bold lines": lambda: fill("**A paper on things**\n"),
    "bold and links": lambda: fill("**A paper** \\\n*A. Author* \\\n[[Paper](http://x.org)]\n\n"),
    "alternating shapes": lambda: fill("- [A paper on things](http://x.org)\n\n**B paper**\n[pdf](http://y.org)\n\n|Paper|PDF|\n|---|---|\n|C paper on things|[p](http://z.org)|\n\n"),
    "one row tables": lambda: fill(HEAD + "|A paper on things|[PDF](http://x.org)||\n\n"),
    "tables without rows": lambda: fill(HEAD + "\n"),
    "pipes": lambda: "|" * MB,
    "rows of dashes": lambda: fill("|-"),
    "badges": lambda: fill("[![a](https://img.shields.io/badge/CVPR-2020-blue)](http://x.org) "),
    "dollars": lambda: "- [" + "$x" * 300000 + "](http://x.org)\n",
    "braces in a title": lambda: "- [" + "{" * 400000 + "](http://x.org)\n",
    "LaTeX in a title": lambda: "- [" + "\\textbf{" * 100000 + "](http://x.org)\n",
    "tags in a title": lambda: "- [" + "<sup>" * 150000 + "](http://x.org)\n",
    "parentheses": lambda: "- [A title](http://x.org/" + "(" * 400000 + ")\n",
    "commas": lambda: "- [A title of a paper](http://x.org)" + ", " * 400000 + "\n",
    "full stops": lambda: "- A" + ". A" * 300000 + "\n",
    "quotation marks": lambda: "- " + '"a" ' * 250000 + "\n",
    "and": lambda: "- [A title of a paper](http://x.org), " + "A B and " * 120000 + "\n",
    "years": lambda: "- A title " + "(2020) " * 140000 + "\n",
    "BibTeX that never closes": lambda: "```\n@article{a, title={" + "{" * 900000,
    "BibTeX entries": lambda: "```\n" + fill("@article{a, title={A paper on things}, year=2000}\n") + "```\n",
    "percent signs in a URL": lambda: "- [A title of a paper](http://x.org/" + "%25" * 300000 + ")\n",
    "redirectors in redirectors": lambda: "- [A title of a paper](" + "http://www.google.com/url?q=" * 30000 + "http://x.org)\n",
    # bibliographies: what stands before the colon is given to --from
    "bibtex: braces": lambda: "@article{a, title={" + "{" * MB,
    "bibtex: entries that never close": lambda: fill("@article{a, title={x\n"),
    "bibtex: accents on accents": lambda: "@article{a, title={" + "\\'" * 500000 + "}}",
    "bibtex: formulas that never close": lambda: "@article{a, title={" + "{$" * 500000 + "}}",
    "bibtex: styles in styles": lambda: "@article{a, title={" + "\\textbf" * 150000 + "}}",
    "bibtex: names": lambda: "@article{a, title={x}, author={" + "A and " * 170000 + "}}",
    "bibtex: one name of many words": lambda: "@article{a, title={x}, author={" + "a " * 500000 + "}}",
    "bibtex: fields": lambda: "@article{a, title={x}, " + "".join(f"f{i}={{x}}," for i in range(90000)) + "}",
    "bibtex: keywords": lambda: "@article{a, title={x}, keywords={" + "".join(f"k{i}," for i in range(140000)) + "}}",
    "bibtex: at signs": lambda: "@a{" * 330000,
    "bibtex: strings in strings": lambda: "@string{a={" + "x" * 60000 + "}}\n" + "".join(
        f"@string{{{b}={a}#{a}}}\n" for a, b in zip("abcdefghij", "bcdefghijk")) + "@article{q,title=k}\n" * 40000,
    "bibtex: a chain of crossrefs": lambda: "".join(
        f"@article{{a{i},title={{x}},crossref={{a{i + 1}}}}}\n" for i in range(24000)),
    "ris: a value of 200,000 lines": lambda: "TY  - JOUR\nTI  - x\n" + fill("line\n"),
    "ris: records that never end": lambda: fill("TY  - JOUR\n"),
    "ris: notes": lambda: "TY  - JOUR\nTI  - x\n" + fill("N1  - abcdef\n"),
    "ris: links": lambda: "TY  - JOUR\nTI  - x\n" + "".join(f"UR  - http://a.b/{i}\n" for i in range(45000)),
    "csl-json: arrays in arrays": lambda: "[" * MB,
    "csl-json: objects in objects": lambda: '[{"a":' * 160000,
    "csl-json: broken items": lambda: "[" + '{"title":"x" "y"},' * 55000,
    "csl-json: quotation marks": lambda: '{"' * 500000,
    "csl-json: authors": lambda: '[{"title":"x","author":[' + '{"family":"a"},' * 60000 + "{}]}]",
    "jsonl: headings": lambda: '{"title":"x","section_paths":[' + ",".join(
        f'[{{"title":"s{i}"}}]' for i in range(40000)) + "]}",
    "jsonl: parts": lambda: '{"title":"x","basis":{},"parts":[' + ",".join(
        ['{"title":"a title that is long","basis":{}}'] * 20000) + "]}",
    "jsonl: broken lines": lambda: fill("{\n"),
}
FORMATS = ("bibtex", "ris", "csl-json", "jsonl")
BIG = {
    "100 MB of rows": lambda: table(100, ROW)[:-1] + "\n" + fill(ROW % (1, 1), 100 * MB),
    "100 MB, one line": lambda: "a" * (100 * MB),
    "100 MB of brackets": lambda: "[" * (100 * MB),
    "1,000,000 entries": lambda: table(1000000),
    "100,000 equal titles": lambda: HEAD + "".join(f"|The same title|[PDF](https://x.org/{i})||\n" for i in range(100000)),
    "100,000 sections": lambda: "".join(f"## S{i}\n- [A paper on {i} things](http://x.org/{i})\n" for i in range(100000)),
}


def run(kdbib, data, seconds, options):
    """Exit status (None: it ran far too long), output, errors and processor seconds; the clock of a busy machine says nothing."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen([kdbib, "-q", "--no-lock", "--to", "jsonl", *options, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=limit_memory) as p:
        try:
            out, err = p.communicate(data, timeout=seconds * 30)
        except subprocess.TimeoutExpired:
            p.kill()
            return None, b"", b"", seconds * 30
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return p.returncode, out, err, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def limit_memory():
    if not os.environ.get("KDBIB_SLOW"):
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST << 20, LARGEST << 20))


def main():
    global LARGEST
    kdbib, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    cases = dict(CASES)
    if os.environ.get("KDBIB_BIG"):
        cases, LARGEST = BIG, 8192
    failed, slowest = 0, (0, "")
    for name, make in cases.items():
        if only and only not in name:
            continue
        data = make()
        data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        before = name.split(":")[0]
        seconds = SECONDS * max(1, len(data) / MB)
        code, out, err, wall = run(kdbib, data, seconds, ["-f", before] if before in FORMATS else [])
        wrong = []
        if code not in (0, 2):
            wrong.append(f"exit status {code}")
        if code == 2 and not err.strip():
            wrong.append("no message")
        if wall > seconds:
            wrong.append(f"{wall:.1f} s")
        try:
            for line in out.splitlines():
                json.loads(line)
        except ValueError:
            wrong.append("a broken line of jsonl")
        slowest = max(slowest, (wall, name))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} - {name}: {len(data) / MB:.1f} MB, {wall:.2f} s, {len(out.splitlines())} records"
              + (f" ({', '.join(wrong)})" if wrong else ""), flush=True)
    print(f"# slowest: {slowest[1]}, {slowest[0]:.2f} s; peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MiB")
    sys.exit(failed > 0)


main()

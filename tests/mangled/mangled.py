#!/usr/bin/env python3
"""mangled.py KDBIB [CASES]: lists cut off, spliced into each other, and with 1 % of their bytes flipped.

`mangle`, beside KDBIB, makes of each list CASES documents a way (default 20), writes them in every format and has each
output read by the strict reader of its format (tests/reread): as many entries, the same titles. Some of its outputs then
go to programs and libraries of others. Inputs: the lists of tests/golden, and those of $KDBIB_LISTS or ../shared/data/lists.
"""
import csv, html.parser, json, os, re, shutil, subprocess, sys, tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

root = Path(__file__).resolve().parents[2]
mangle = Path(sys.argv[1]).resolve().parent / "mangle"
cases = int(sys.argv[2]) if len(sys.argv) > 2 else 20
SAMPLES = 12  # outputs of each format for each reader
failed = 0
csv.field_size_limit(1 << 30)


def say(word, what, why=""):
    global failed
    failed += word == "not ok"
    print(f"{word} - {what}{': ' + why if why else ''}", flush=True)


def run(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, timeout=600)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.titles = 0

    def handle_starttag(self, tag, attributes):
        self.titles += tag == "p" and ("class", "title") in attributes


def page(path):
    reader = Page()
    reader.feed(path.read_text())
    reader.close()
    return reader.titles


def rows(path):
    with open(path, newline="") as file:
        return sum(1 for _ in csv.DictReader(file, strict=True))


def xml(tag):
    return lambda path: sum(1 for e in ET.parse(path).iter() if e.tag.rpartition("}")[2] == tag)


def mods(path):
    return sum(1 for e in ET.parse(path).getroot())


def bibtex(path):
    """bibtex itself, with a style of every field."""
    folder = path.parent / "tex"
    folder.mkdir(exist_ok=True)
    shutil.copy(path, folder / "refs.bib")
    (folder / "a.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n")
    p = subprocess.run(["bibtex", "-min-crossrefs=99", "a"], cwd=folder, capture_output=True, timeout=300)
    text = p.stdout.decode(errors="replace")
    if p.returncode > 1 or re.search(r"error message|I was expecting|I'm skipping|illegal", text):
        raise ValueError(text[-300:])
    return (folder / "a.bbl").read_text(errors="replace").count("\\bibitem")


def biber(path):
    p = run("biber", "--tool", "--quiet", "--nolog", "--output-file", path.with_suffix(".out"), path)
    if p.returncode or b"ERROR" in p.stdout:
        raise ValueError((p.stdout + p.stderr).decode(errors="replace")[-300:])
    return len(re.findall(r"(?m)^@(?!comment|preamble)", path.with_suffix(".out").read_text(errors="replace"), re.I))


def pandoc(form):
    def read(path):
        p = run("pandoc", "-f", form, "-t", "csljson", path)
        if p.returncode:
            raise ValueError(p.stderr.decode(errors="replace")[-300:])
        return len(json.loads(p.stdout))
    return read


def ris2xml(path):
    p = run("ris2xml", "-u", path)
    return len(ET.fromstring(p.stdout.decode("utf-8-sig")))


# Format -> name of the reader, the tool it needs (or None), how many entries it finds.
READERS = {
    "bibtex": [("bibtex", "bibtex", bibtex), ("pandoc", "pandoc", pandoc("bibtex"))],
    "biblatex": [("biber", "biber", biber), ("pandoc", "pandoc", pandoc("biblatex"))],
    "ris": [("bibutils", "ris2xml", ris2xml)],
    "csl-json": [("Python's json", None, lambda p: len(json.loads(p.read_text()))), ("pandoc", "pandoc", pandoc("csljson"))],
    "jsonl": [("Python's json", None, lambda p: sum(bool(json.loads(l)) for l in p.read_text().split("\n") if l))],
    "jats": [("xmllint", "xmllint", None), ("ElementTree", None, xml("element-citation"))],
    "mods": [("xmllint", "xmllint", None), ("ElementTree", None, mods)],
    "endnote-xml": [("xmllint", "xmllint", None), ("ElementTree", None, xml("record"))],
    "hayagriva": [("PyYAML", None, lambda p: len(yaml.load(p.read_text(), Loader=yaml.CSafeLoader)))],
    "csv": [("Python's csv", None, rows)],
    "html": [("html.parser", None, page)],
    "markdown": [("cmark-gfm", "cmark-gfm", lambda p: run("cmark-gfm", p).stdout.decode().count("<li>"))],
}


def read_samples(folder, where):
    for form, readers in READERS.items():
        outputs = sorted(folder.glob(form + ".*"), key=lambda p: p.stat().st_size)
        outputs = outputs[:: max(1, len(outputs) // SAMPLES)]
        for name, tool, count in readers:
            what = f"{where}: {form} by {name}"
            if tool and not shutil.which(tool):
                say("not ok" if os.environ.get("KDBIB_REQUIRE_TOOLS") else "skip", what, f"{tool} is missing")
                continue
            bad = []
            if not count:
                p = run(tool, "--noout", "--nonet", "--huge", *outputs)
                if p.returncode or p.stderr:
                    bad.append(p.stderr.decode()[:200])
            for path in outputs if count else []:
                want = int(path.name.rpartition(".")[2])
                try:
                    got = count(path)
                    if got != want:
                        bad.append(f"{path.name}: {got} entries")
                except Exception as e:
                    bad.append(f"{path.name}: {type(e).__name__} {str(e)[:200]}")
            if not outputs:
                bad.append("no output")
            say("not ok" if bad else "ok", what, "; ".join(bad[:3]) if bad else f"{len(outputs)} documents")


def mangled(lists, where, ways):
    with tempfile.TemporaryDirectory() as temporary:
        documents = len(lists) * sum(ways.values())
        p = subprocess.run([mangle, *(w for k, v in ways.items() for w in (f"--{k}", str(v))), "--keep", temporary,
                            str(max(1, documents // SAMPLES)), *lists], stdout=subprocess.PIPE, text=True)
        for line in p.stdout.splitlines():
            word, dash, what = line.partition(" - ")
            if dash and word in ("ok", "not ok"):
                say(word, f"{where}: {what}")
            else:
                print(line)
        if p.returncode not in (0, 1):
            say("not ok", f"{where}: mangle ends with {p.returncode}")
        read_samples(Path(temporary), where)


ours = sorted((root / "tests" / "golden").glob("*/*.md")) + [root / "data" / "kd-medical-imaging.md"]
mangled(ours, "own lists", {"cuts": cases, "splices": cases, "flips": cases})
others = Path(os.environ.get("KDBIB_LISTS", root.parent / "shared" / "data" / "lists"))
if others.is_dir():
    mangled(sorted(others.glob("*.md")), "real lists", {"cuts": cases, "splices": cases, "flips": max(1, cases // 4)})
else:
    say("skip", "real lists", "../shared/data/lists is not there; KDBIB_LISTS names another folder")
sys.exit(failed > 0)

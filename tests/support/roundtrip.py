"""What kdbib wrote, read by other programs, compared with what it was made from.

A reader gives a list of dicts with some of: key, title, authors, editors, year, month, day, pages,
doi, container. What a format or a reader is known not to carry is named in a Loss with its reason;
every other difference fails. A loss that no record needed fails too: it is no longer true.
"""
import collections
import html
import json
import os
import re
import subprocess
import sys
import unicodedata

STYLE_SUB, STYLE_SUP, STYLE_MATH = 4, 8, 64
failed = False


def say(word, what, why=""):
    global failed
    failed = failed or word == "not ok"
    print(f"{word} - {what}{': ' + why if why else ''}", flush=True)


def missing(what, tool):
    say("not ok" if os.environ.get("KDBIB_REQUIRE_TOOLS") == "1" else "skip", what,
        f"{tool} is missing")


def run(command, data=None, timeout=300):
    return subprocess.run(command, input=data, capture_output=True, timeout=timeout, check=False)


def clean(text, one_line=True):
    """formats/parts.c, kdb_clean(), written again: so that the test does not believe it."""
    out = []
    for c in text:
        n = ord(c)
        if c in "\t\n\r\v\f\x85\u2028\u2029":
            out.append(" " if one_line else "\t" if c == "\t" else "\n")
        elif n < 32 or 0x7F <= n < 0xA0 or (n & 0xFFFE) == 0xFFFE or 0xFDD0 <= n <= 0xFDEF:
            out.append("\ufffd")
        else:
            out.append(c)
    text = "".join(out)
    return blanks(text) if one_line else text


def blanks(text):
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def nfkc(text):
    return unicodedata.normalize("NFKC", text)


def runs(record):
    return record.get("title_runs") or [{"text": record.get("title", "")}]


def title(record, dollars=True):
    out = ""
    for piece in runs(record):
        math = piece.get("style", 0) & STYLE_MATH
        out += f"${piece['text']}$" if math and dollars else piece["text"]
    return out


def name(person):
    """(family with its particle, given, suffix) or (body,)"""
    if "literal" in person:
        return (person["literal"],)
    family = " ".join(filter(None, [person.get("particle"), person.get("family")]))
    return (family, person.get("given", ""), person.get("suffix", ""))


def words(names):
    """Names as sorted words: for readers that split them in their own way."""
    return sorted(" ".join(sorted(re.findall(r"[^\s,.'’]+", nfkc(" ".join(n))))) for n in names)


Loss = collections.namedtuple("Loss", "field when why")

# What is being read: the generated records, of which every loss must occur, or a golden case.
where, every_loss_occurs, count_only = "", True, False


class Check:
    """Compares one reader's records with the truth."""

    def __init__(self, what, truth, losses=(), dollars=True, names="exact", fold=lambda s: s,
                 skip=()):
        self.what, self.truth, self.losses = where + what, truth, losses
        self.dollars, self.names, self.fold, self.skip = dollars, names, fold, set(skip)

    def expected(self, record):
        date = record.get("issued", {})
        authors = [name(p) for p in record.get("authors", [])]
        editors = [name(p) for p in record.get("editors", [])]
        return {
            "title": blanks(self.fold(clean(title(record, self.dollars)))),
            "authors": authors, "editors": editors,
            "year": date.get("year"), "month": date.get("month"), "day": date.get("day"),
            "pages": record.get("pages") or record.get("article_number"),
            "doi": record.get("doi"), "container": record.get("container_title") or (
                record.get("venue") if record["type"] != "article" else None),
        }

    def same(self, field, want, got):
        if field == "title":
            return nfkc(want) == nfkc(blanks(self.fold(got or "")))
        if field in ("authors", "editors"):
            want, got = ([tuple(map(self.fold, n)) for n in names] for names in (want, got or []))
            if self.names == "words":
                return words(want) == words(got)
            if self.names == "parts":  # a person of one name and a body look the same
                want, got = ([tuple(filter(None, n)) for n in names] for names in (want, got))
            return [tuple(map(nfkc, n)) for n in want] == [tuple(map(nfkc, n)) for n in got]
        if field == "doi":
            return (want or "").lower() == (got or "").lower()
        if field in ("year", "month", "day"):
            return (want or 0) == int(got or 0)
        if field == "pages":
            return (want or "") == (got or "").replace("--", "-").replace("–", "-")
        return nfkc(self.fold(want or "")) == nfkc(self.fold(got or ""))

    def __call__(self, records):
        by_key = {r.get("key"): r for r in records}
        used, wrong, compared = collections.Counter(), [], 0
        if len(records) != len(self.truth):
            wrong.append(f"{len(records)} records, not {len(self.truth)}")
        for index, record in enumerate([] if count_only else self.truth):
            got = by_key.get(record["key"])
            if got is None and index < len(records) and not records[index].get("key"):
                got = records[index]  # the reader has no keys
            if got is not None and record.get("authors_truncated") and got.get("authors", [("",)])[-1][0] == "others":
                got["authors"].pop()  # BibTeX's et al.
            if got is None:
                wrong.append(f"{record['key']} is not there")
                continue
            for field, want in self.expected(record).items():
                if field in self.skip or field not in got and not want:
                    continue
                compared += 1
                if self.same(field, want, got.get(field)):
                    continue
                for number, loss in enumerate(self.losses):
                    if field in loss.field.split() and loss.when(record):
                        used[number] += 1
                        break
                else:
                    wrong.append(f"{record['key']} ({record['type']}) {field}: {want!r} became "
                                 f"{got.get(field)!r}")
        for number, loss in enumerate(self.losses):
            if used[number]:
                print(f"    {self.what}: {loss.field}: {used[number]} not carried: {loss.why}")
            elif every_loss_occurs:
                wrong.append(f"the loss “{loss.why}” ({loss.field}) did not occur")
        for line in wrong[:8]:
            print(f"    {line[:400]}")
        say("not ok" if wrong else "ok", self.what,
            f"{len(wrong)} differences" if wrong else f"{len(records)} records" if count_only else
            f"{len(records)} records, {compared - sum(used.values())} values equal")


class Source:
    """Files written by kdbib, beside which write-records stands."""

    def __init__(self, kdbib):
        self.program = os.path.join(os.path.dirname(os.path.abspath(kdbib)), "write-records")
        self.written = {}

    def write(self, form, *options):
        """The bytes, or None when there is no such format."""
        key = (form, *options)
        if key not in self.written:
            result = run([self.program, form, *options])
            self.written[key] = result.stdout if result.returncode == 0 else None
        return self.written[key]

    def truth(self, *options):
        return [json.loads(line) for line in self.write("jsonl", *options).split(b"\n") if line]


class Case(Source):
    """A golden case of tests/golden/formats, as kdbib writes it (scripts/golden sees to it that the
    bytes are the golden ones)."""

    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "formats")

    def __init__(self, kdbib, name):
        super().__init__(kdbib)
        self.program, self.name = os.path.abspath(kdbib), name
        with open(os.path.join(self.folder, name + ".args"), encoding="utf-8") as file:
            self.arguments = file.readline().split()[3:]
        if os.path.exists(os.path.join(self.folder, name + ".md")):
            self.arguments.append(name + ".md")

    def write(self, form, *options):
        key = (form, *options)
        if key not in self.written:
            result = subprocess.run([self.program, "-q", "--to", form, *(f"-O{o}" for o in options),
                                     *self.arguments], cwd=self.folder, capture_output=True,
                                    timeout=300, check=False)
            self.written[key] = result.stdout if result.returncode < 2 else None
        return self.written[key]


def sources(kdbib):
    """The generated records, then the golden cases. Of hostile titles tests/interop/hostile knows
    what readers make; here they must only be as many."""
    global where, every_loss_occurs, count_only
    yield Source(kdbib)
    every_loss_occurs = False
    for name in sorted(n[:-5] for n in os.listdir(Case.folder) if n.endswith(".args")):
        where, count_only = f"golden {name}: ", name == "hostile"
        yield Case(kdbib, name)


# ---- readers of notations ----

def csl_records(text):
    """CSL-JSON of any program."""
    def person(p):
        if p.get("literal"):
            return (p["literal"],)
        family = " ".join(filter(None, [p.get("dropping-particle"), p.get("non-dropping-particle"),
                                        p.get("family")]))
        given, suffix = p.get("given", ""), p.get("suffix", "")
        match = re.match(r"(.*), (Jr\.|III|Sr\.)$", given)
        if match and not suffix:
            given, suffix = match.groups()
        return (family, given, suffix)

    def number(value):
        return int(value) if value not in (None, "") else None

    out = []
    for item in json.loads(text):
        parts = (item.get("issued", {}).get("date-parts") or [[]])[0]
        parts = [number(p) for p in parts] + [None] * 3
        out.append({
            "key": item.get("citation-key") or item.get("id"), "title": item.get("title", ""),
            "authors": [person(p) for p in item.get("author", [])],
            "editors": [person(p) for p in item.get("editor", [])],
            "year": parts[0], "month": parts[1], "day": parts[2], "pages": item.get("page"),
            "doi": item.get("DOI"), "container": item.get("container-title"),
        })
    return out


def straight(text):
    """Without CSL's tags, and with the quotes of a typewriter."""
    return no_tags(text).translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0x2CB: "`"})


def one_quote(text):
    """Without CSL's tags, and with one kind of quotes: pandoc turns them by its own rules."""
    return re.sub("[\"“”‘’]", "'", no_tags(text))


def no_tags(text):
    """Without the tags CSL-JSON has for titles."""
    return re.sub(r"</?(?:i|b|sub|sup|sc|span|code)(?:\s[^<>]*)?>", "", text)


def mods_records(text):
    """MODS, as bibutils writes it."""
    import xml.etree.ElementTree as ET
    ns = {"m": "http://www.loc.gov/mods/v3"}

    def names(node, role):
        found = []
        for n in node.findall("m:name", ns):
            if n.get("type") == "conference":
                continue
            if not any(r.text == role for r in n.findall("m:role/m:roleTerm", ns)):
                continue
            parts = {"": [], "given": [], "family": [], "suffix": []}
            for part in n.findall("m:namePart", ns):
                kind = part.get("type") or ""
                kind = "suffix" if kind == "termsOfAddress" else kind
                parts.setdefault(kind, []).append(part.text or "")
            if parts[""] and not parts["family"]:
                found.append((" ".join(parts[""]),))
            else:
                found.append((" ".join(parts["family"]), " ".join(parts["given"]),
                              " ".join(parts["suffix"])))
        return found

    out = []
    for mods in ET.fromstring(text).findall("m:mods", ns):
        host = mods.find("m:relatedItem[@type='host']", ns)
        date = [n.text for p in ("m:originInfo/m:dateIssued", "m:part/m:date",
                                 "m:relatedItem/m:originInfo/m:dateIssued",
                                 "m:relatedItem/m:part/m:date") for n in mods.findall(p, ns)]
        date = (max(date, key=len) if date else "").split("-") + [""] * 3
        extent = next(iter(mods.findall(".//m:extent", ns)), None)
        pages = [extent.findtext("m:" + e, None, ns) for e in ("start", "end")] if extent is not None else []
        title_info = mods.find("m:titleInfo", ns)
        heading = [title_info.findtext("m:" + e, None, ns) for e in ("title", "subTitle")]
        key = next((i.text for i in mods.findall("m:identifier", ns) if i.get("type") == "citekey"), None)
        out.append({
            "key": key or mods.get("ID"), "title": re.sub(r"(?<=[?!]): ", " ", ": ".join(filter(None, heading))),
            "authors": names(mods, "author"),
            "editors": names(mods, "editor") + (names(host, "editor") if host is not None else []),
            "year": date[0] or None, "month": date[1] or None, "day": date[2] or None,
            "pages": "-".join(filter(None, pages)) or mods.findtext(".//m:detail[@type='page']/m:number", None, ns),
            "doi": next((i.text for i in mods.iter("{%s}identifier" % ns["m"]) if i.get("type") == "doi"), None),
            "container": next((t.findtext("m:title", None, ns) for t in host.findall("m:titleInfo", ns)
                               if t.findtext("m:title", None, ns)), None) if host is not None else None,
        })
    return out


def jats_records(text):
    """JATS element-citations, by what the tag library says of their elements."""
    import xml.etree.ElementTree as ET
    whole = lambda e: "".join(e.itertext()) if e is not None else None

    def names(citation, role):
        out = []
        for e in citation.iterfind(f"person-group[@person-group-type='{role}']/*"):
            if e.tag == "collab":
                out.append((whole(e),))
            elif e.tag == "name":
                out.append((e.findtext("surname"), e.findtext("given-names", ""), e.findtext("suffix", "")))
        return out

    out = []
    for ref in ET.fromstring(text).iter("ref"):
        citation = ref.find("element-citation")
        heading = next((e for t in ("article-title", "chapter-title", "data-title", "part-title", "source")
                        for e in citation.iterfind(t)), None)
        source = citation.find("source")
        pages = list(filter(None, [citation.findtext("fpage"), citation.findtext("lpage")]))
        out.append({
            "key": ref.get("id"), "title": whole(heading),
            "authors": names(citation, "author"), "editors": names(citation, "editor"),
            "year": citation.findtext("year"), "month": citation.findtext("month"),
            "day": citation.findtext("day"),
            "pages": "-".join(pages) or citation.findtext("elocation-id"),
            "doi": citation.findtext("pub-id[@pub-id-type='doi']"),
            "container": None if source is heading else whole(source)})
    return out


def endnote_records(text):
    """EndNote XML, by the elements that EndNote's DTD has."""
    import xml.etree.ElementTree as ET

    def name(e):
        parts = [p.strip() for p in "".join(e.itertext()).split(",", 2)]
        return (parts[0],) if len(parts) == 1 else (parts[0], parts[1], parts[2] if len(parts) > 2 else "")

    whole = lambda r, path: "".join(r.find(path).itertext()) if r.find(path) is not None else None
    out = []
    for r in ET.fromstring(text).iter("record"):
        date = (r.findtext("dates/pub-dates/date") or r.findtext("dates/year") or "").split("-") + [""] * 3
        out.append({
            "key": r.findtext("label"), "title": whole(r, "titles/title"),
            "authors": [name(e) for e in r.iterfind("contributors/authors/author")],
            "editors": [name(e) for e in r.iterfind("contributors/secondary-authors/author")],
            "year": date[0], "month": date[1], "day": date[2], "pages": r.findtext("pages"),
            "doi": r.findtext("electronic-resource-num"),
            "container": r.findtext("custom3") or whole(r, "titles/secondary-title")})
    return out


def ris_records(text, strict=True):
    """RIS by its grammar: CRLF, `XX  - value`, TY first, `ER  - ` last, every value on one line."""
    lines = text.split("\r\n" if strict else "\n")
    out, record, errors = [], None, []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            if record is not None:
                errors.append(f"line {number}: empty inside a record")
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ?(.*)", line)
        if not match or (strict and re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", line)):
            errors.append(f"line {number}: {line[:60]!r}")
            continue
        tag, value = match.groups()
        if (tag == "TY") != (record is None):
            errors.append(f"line {number}: {tag} out of place")
        if tag == "TY":
            record = collections.defaultdict(list)
        if tag == "ER":
            if value or (strict and line != "ER  - "):
                errors.append(f"line {number}: ER is {line!r}")
            out.append(record or {})
            record = None
            continue
        if strict and not value:
            errors.append(f"line {number}: {tag} is empty")
        if strict and tag in ("AU", "ED", "KW", "T2", "BT", "J2") and "*" in value:
            errors.append(f"line {number}: * in {tag}")
        if record is not None:
            record[tag].append(value)
    if record is not None:
        errors.append("the last record has no ER")

    def person(value):
        parts = [p.strip() for p in value.split(",", 2)]
        return (value,) if len(parts) == 1 else (parts[0], parts[1], parts[2] if len(parts) > 2 else "")

    def one(r, *tags):
        return next((r[t][0] for t in tags if r.get(t)), None)

    result = []
    for r in out:
        date = (one(r, "DA") or one(r, "PY") or "").split("/") + [""] * 3
        pages = list(filter(None, [one(r, "SP"), one(r, "EP")]))
        result.append({
            "key": one(r, "ID"), "title": one(r, "TI", "T1"), "type": one(r, "TY"),
            "authors": [person(v) for v in r.get("AU", [])],
            "editors": [person(v) for v in r.get("ED", [])],
            "year": date[0] or None, "month": date[1] or None, "day": date[2] or None,
            "pages": "-".join(pages) or None, "doi": one(r, "DO"),
            "container": one(r, "BT", "T2", "JO", "JF"),
        })
    return result, errors


def unescape(text):
    return html.unescape(text)


def finish():
    sys.exit(1 if failed else 0)

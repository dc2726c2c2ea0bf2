#!/usr/bin/env python3
"""Real answers of the services (../shared/data/api, which does not belong to the project) become
records, compared field by field with what this script reads out of the same answers by its own, much
simpler means. Skipped where the answers are not there. No answer may crash the reader."""
import glob
import html
import json
import os
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter

from common import KDBIB, ROOT, check, finish

API = next((p for p in (ROOT.parent / "shared/data/api", ROOT / "../shared/data/api") if p.is_dir()),
           None)
if not API:
    print("skip - real answers: ../shared/data/api is not there")
    raise SystemExit(0)
RESOLVE = os.path.join(os.path.dirname(KDBIB), "kdbib-resolve")
wrong, compared, crashed, read_files = [], Counter(), [], Counter()


def parse(service, path):
    result = subprocess.run([RESOLVE, "--parse", service, path], capture_output=True, timeout=20)
    if result.returncode < 0 or result.returncode > 2 or b"Sanitizer" in result.stderr:
        crashed.append((path, result.returncode, result.stderr[-200:]))
    read_files[service] += 1
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def letters(text):
    """Letters and digits only: what markup, blanks and quotes cannot change."""
    text = html.unescape(html.unescape(str(text)))
    text = re.sub(r"</?[A-Za-z][^<>]*>", "", text)
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in text if c.isalnum())


def same(where, field, ours, theirs, key=letters):
    if theirs in (None, "", [], 0):
        return
    compared[field] += 1
    if key(ours or "") != key(theirs):
        wrong.append((os.path.basename(where), field, str(ours)[:80], str(theirs)[:80]))


def family(person):
    return letters((person.get("particle", "") + person.get("family", "")) or
                   person.get("literal", ""))


def people(where, field, ours, theirs):
    theirs = [t for t in map(letters, theirs) if t]
    if theirs:
        compared[field] += 1
        mine = [family(p) for p in ours or []]
        # "Ada B. Lovelace" is all that some answers say
        if len(mine) != len(theirs) or not all(m and t.endswith(m) for m, t in zip(mine, theirs)):
            wrong.append((os.path.basename(where), field, [family(p) for p in ours or []][:4],
                          theirs[:4]))


def first(value):
    return (value[0] if value else "") if isinstance(value, list) else value or ""


# ---- Crossref ----

TYPES = {"journal-article": {"article-journal"}, "proceedings-article": {"paper-conference"},
         "book-chapter": {"chapter", "paper-conference"}, "book": {"book"}, "monograph": {"book"},
         "edited-book": {"book"}, "dissertation": {"thesis"}, "report": {"report"},
         "posted-content": {"article"}, "dataset": {"dataset"}, "reference-entry": {"chapter"}}


def years(item):
    return {item[k]["date-parts"][0][0] for k in
            ("issued", "published", "published-print", "published-online", "posted", "approved",
             "content-created") if (item.get(k) or {}).get("date-parts", [[None]])[0][:1] not in ([], [None])}


def crossref(where, item, record):
    same(where, "doi", record.get("doi"), item["DOI"], lambda d: d.lower())
    kind = item.get("type")
    if kind in TYPES:
        compared["type"] += 1
        if record["type"] not in TYPES[kind]:
            wrong.append((where, "type", record["type"], kind))
    title, subtitle = letters(first(item.get("title"))), letters(first(item.get("subtitle")))
    if title:
        compared["title"] += 1
        expected = title if subtitle in title else title + subtitle
        if letters(record.get("title", "")) != expected:
            wrong.append((where, "title", record.get("title"), expected))
        if re.search(r"<\w|&\w+;|\s\s|\n", record.get("title", "")):
            wrong.append((where, "title markup", record["title"], ""))
    people(where, "authors", record.get("authors"),
           [a.get("family") or a.get("name") or a.get("given") or "" for a in item.get("author", [])])
    if record["type"] in ("chapter", "paper-conference", "book"):
        people(where, "editors", record.get("editors"),
               [a.get("family") or a.get("name") or "" for a in item.get("editor", [])])
    containers = item.get("container-title") or []
    if isinstance(containers, list) and containers and kind in ("journal-article", "book-chapter",
                                                                "proceedings-article"):
        ours = record.get("container_title", "") + record.get("collection_title", "")
        compared["container"] += 1
        if letters(containers[0]) not in letters(ours):
            wrong.append((where, "container", ours, containers))
    if years(item):
        compared["date"] += 1
        if record.get("issued", {}).get("year") not in years(item):
            wrong.append((where, "date", record.get("issued"), years(item)))
    for field in ("volume", "issue"):
        same(where, field, record.get(field), item.get(field))
    if kind != "dissertation":
        same(where, "publisher", record.get("publisher"), item.get("publisher"))
    page, number = item.get("page"), item.get("article-number")
    if page or number:
        compared["pages or number"] += 1
        ours = (record.get("pages"), record.get("article_number"))
        plain = re.sub(r"[\s‐-―-]+", "-", page or "").strip("-")
        once = plain.split("-")[0]
        good = ((number and ours == (None, number)) or ours in ((plain, None), (None, plain)) or
                (plain == once + "-" + once and ours in ((once, None), (None, once))) or
                plain == "1-1")
        if not good or all(ours):
            wrong.append((where, "pages or number", ours, (page, number)))
    for number in item.get("ISSN", []):
        same(where, "issn", number in record.get("issn", ""), True, str)
    for number in item.get("ISBN", []):
        number = re.sub(r"[^0-9X]", "", number.split("/")[-1])
        if len(number) in (10, 13):
            same(where, "isbn", number in record.get("isbn", ""), True, str)
    if isinstance(item.get("event"), dict):
        same(where, "event", record.get("event_title"), item["event"].get("name"))
        same(where, "event place", record.get("event_place"), item["event"].get("location"))


shown = {}
for path in sorted(glob.glob("%s/crossref*/*.json" % API)):
    data = json.load(open(path, encoding="utf-8"))
    message = data.get("message", data) if isinstance(data, dict) else {}
    items = message.get("items") if isinstance(message, dict) else None
    if items is None:
        items = [message] if isinstance(message, dict) and message.get("DOI") else []
    items = [i for i in items if isinstance(i, dict) and "DOI" in i]
    records = parse("crossref", path)
    if len(records) != len(items):
        wrong.append((path, "number of records", len(records), len(items)))
        continue
    for item, record in zip(items, records):
        crossref(os.path.basename(path), item, record)
        if item.get("type") and record.get("authors"):
            shown.setdefault(item["type"], record)

# ---- DataCite ----


def datacite(where, item, record):
    item = item.get("attributes", item)
    same(where, "doi", record.get("doi"), item.get("doi"), lambda d: d.lower())
    main = next((t["title"] for t in item.get("titles", []) if not t.get("titleType")), "")
    sub = next((t["title"] for t in item.get("titles", []) if t.get("titleType") == "Subtitle"), "")
    same(where, "title", record.get("title"), main + sub)
    people(where, "authors", record.get("authors"),
           [c.get("familyName") or (c.get("name") or "").split(",")[0]
            for c in item.get("creators", [])])
    year = item.get("publicationYear")
    same(where, "date", record.get("issued", {}).get("year"), int(year) if year else None, str)
    publisher = item.get("publisher")
    same(where, "publisher", record.get("publisher"),
         publisher.get("name") if isinstance(publisher, dict) else publisher)


for path in sorted(glob.glob("%s/datacite/*.json" % API)):
    data = json.load(open(path, encoding="utf-8"))
    records = parse("datacite", path)
    item = data.get("data", data) if isinstance(data, dict) else None
    if isinstance(item, dict) and ("attributes" in item or "titles" in item):
        if len(records) != 1:
            wrong.append((path, "number of records", len(records), 1))
        else:
            datacite(os.path.basename(path), item, records[0])
for path in sorted(glob.glob("%s/datacite/*.xml" % API)):
    records = parse("datacite", path)
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError:  # a broken one was stored too
        continue
    tag = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    resource = root if root.tag == tag + "resource" else root.find(".//" + tag + "resource")
    if resource is None or len(records) != 1:
        wrong.append((path, "number of records", len(records), 1))
        continue
    where = os.path.basename(path)
    titles = resource.findall("%stitles/%stitle" % (tag, tag))
    title = ["".join(t.itertext()) for t in titles if not t.get("titleType")][:1]
    title += ["".join(t.itertext()) for t in titles if t.get("titleType") == "Subtitle"][:1]
    same(where, "title", records[0].get("title"), "".join(title))
    names = [(c.findtext(tag + "familyName") or "").strip() or
             (c.findtext(tag + "creatorName") or "").split(",")[0]
             for c in resource.findall("%screators/%screator" % (tag, tag))]
    people(where, "authors", records[0].get("authors"), names)
    year = (resource.findtext(tag + "publicationYear") or "").strip()
    if re.fullmatch(r"\d{4}", year):
        same(where, "date", records[0].get("issued", {}).get("year"), year, str)

# ---- PubMed ----

for path in sorted(glob.glob("%s/ncbi/*.xml" % API)):
    records = parse("ncbi", path)
    articles = ET.parse(path).getroot().findall(".//PubmedArticle")
    where = os.path.basename(path)
    if len(records) != len(articles):
        wrong.append((where, "number of records", len(records), len(articles)))
        continue
    for node, record in zip(articles, records):
        article = node.find("MedlineCitation/Article")

        def text(place):
            found = article.find(place)
            return "".join(found.itertext()) if found is not None else ""

        same(where, "pmid", record.get("pmid"), node.findtext("MedlineCitation/PMID"))
        same(where, "title", record.get("title"), text("ArticleTitle"))
        people(where, "authors", record.get("authors"),
               [a.findtext("LastName") or a.findtext("CollectiveName") or ""
                for a in article.findall("AuthorList/Author")])
        same(where, "container", record.get("container_title"), text("Journal/Title"))
        same(where, "volume", record.get("volume"), text("Journal/JournalIssue/Volume"))
        same(where, "issue", record.get("issue"), text("Journal/JournalIssue/Issue"))
        year = text("Journal/JournalIssue/PubDate/Year") or \
            text("Journal/JournalIssue/PubDate/MedlineDate")[:4]
        same(where, "date", record.get("issued", {}).get("year"), year, str)
        ids = {i.get("IdType"): i.text for i in node.findall("PubmedData/ArticleIdList/ArticleId")}
        same(where, "doi", record.get("doi"), ids.get("doi"), lambda d: d.lower())
        same(where, "pmcid", record.get("pmcid"), ids.get("pmc"))
        begin = text("Pagination/StartPage") or text("Pagination/MedlinePgn").split("-")[0]
        same(where, "pages or number",
             (record.get("pages") or record.get("article_number", "")).split("-")[0], begin)
        shown.setdefault("PubMed", record)

# ---- arXiv ----

for path in sorted(glob.glob("%s/arxiv/*.xml" % API)):
    records = parse("arxiv", path)
    where = os.path.basename(path)
    source = open(path, encoding="utf-8").read()
    titles = [html.unescape(t) for t in re.findall(r"<(?:dc:)?title>(.*?)</(?:dc:)?title>", source, re.S)]
    ids = re.findall(r"(?:arxiv\.org/abs/|<id>)((?:[a-z-]+/)?[\d.]{7,})", source)
    same(where, "number of records", len(records), len(titles), str)
    for record, title, number in zip(records, titles, ids):
        if "\\" not in title and "$" not in title:
            same(where, "title", record.get("title"), title)
        same(where, "arxiv", record.get("arxiv"), number)
        shown.setdefault("arXiv", record)

# ---- everything else: no crash ----

OTHERS = {"openalex": "openalex", "doi.org": "doi", "crosscite": "doi", "medra": "datacite",
          "semanticscholar": "openalex", "elsevier": "crossref"}
for path in sorted(glob.glob("%s/*/*.*" % API)):
    if path.split("/")[-2] in OTHERS:
        parse(OTHERS[path.split("/")[-2]], path)
for path in sorted(glob.glob("%s/crossref/*.*" % API))[::11]:
    for service in ("datacite", "doi", "arxiv", "ncbi", "europepmc", "dblp", "openalex", "pages"):
        parse(service, path)

total = sum(compared.values())
print("    %d answers read, %d values compared: %s" % (
    sum(read_files.values()), total, ", ".join("%s %d" % c for c in sorted(compared.items()))))
for kind in ("journal-article", "book-chapter", "proceedings-article", "posted-content", "dissertation",
             "PubMed", "arXiv"):
    if kind in shown:
        r = shown[kind]
        print("    %s -> %s: %s; %s; %s; %s %s; %s" % (
            kind, r["type"], r["authors"][0].get("family") or r["authors"][0].get("literal"),
            r.get("title", "")[:50], r.get("container_title", r.get("publisher", ""))[:40],
            r.get("issued", {}).get("year"), r.get("volume", ""),
            r.get("pages") or r.get("article_number") or ""))
check("no answer crashes the reader", not crashed, crashed[:3])
check("at least 1,500 values were compared", total >= 1500, total)
for field in sorted({w[1] for w in wrong}):
    some = [w for w in wrong if w[1] == field]
    check("real answers: %s (%d of %d)" % (field, len(some), compared[field]), False, some[:4])
check("%d values of real answers are the record's" % total, not wrong, len(wrong))
finish()

#!/usr/bin/env python3
"""--with, --pages, --interactive, check --online, and the other services."""
import json
import subprocess

from common import KDBIB, Place, check, entry, finish
from registry_server import Fault, Server

A = {"doi": "10.1000/a.1", "title": "A gentle theory of faults", "type": "article-journal",
     "authors": [("Muster", "Eva"), ("van der Beispiel", "Jan")], "year": "2020",
     "container_title": "Journal of Examples", "volume": "7", "pages": "11-19"}
TABLE = "| Title | Authors | Year | Paper |\n|---|---|---|---|\n"

# ---- --with ----

FILES = {
    "mine.json": json.dumps([
        {"id": 1, "type": "article-journal", "title": "A gentle theory of faults",
         "author": [{"family": "Muster", "given": "Eva"}], "issued": {"date-parts": [[2020, 3]]},
         "container-title": "Journal of Examples", "volume": "7", "page": "11-19",
         "DOI": "10.1000/A.1"},
        {"id": 2, "type": "article-journal", "title": "Another theory", "DOI": "10.1000/zzz"}]),
    "mine.ris": "TY  - JOUR\r\nTI  - A gentle theory of faults\r\nAU  - Muster, Eva\r\n"
                "PY  - 2020/03//\r\nT2  - Journal of Examples\r\nVL  - 7\r\nSP  - 11\r\nEP  - 19\r\n"
                "DO  - 10.1000/A.1\r\nER  - \r\n",
    "mine.bib": "@string{je = {Journal of Examples}}\n% a comment\n@article{muster,\n"
                "  title = {A gentle theory of {Faults}},\n  author = {Muster, Eva and {The Team}},\n"
                "  journal = \"Journal of Examples\", volume = 7, pages = {11--19}, year = 2020,\n"
                "  month = mar, doi = {10.1000/A.1}\n}\n",
}
LIST = "# Papers\n\n" + entry(A["title"], "https://doi.org/10.1000/a.1")
server = Server([A]).start()
for name, text in FILES.items():
    place = Place(LIST)
    (place.path / name).write_text(text)
    server.reset()
    result = place.run(server, "--with", str(place.path / name))
    row = (place.rows() or [{}])[0]
    check("--with %s asks nobody" % name, not server.requests and row.get("source") == "with" and
          row.get("doi") == "10.1000/a.1" and row.get("volume") == "7" and
          row.get("pages") == "11-19" and row.get("year") == "2020" and row.get("month") == "3" and
          row.get("container_title") == "Journal of Examples" and
          row.get("authors", "").startswith("Muster, Eva") and result.returncode == 0,
          (row, result.stderr, server.requests))
place = Place("# P\n\n" + TABLE + "| A gentle theory of faults | Bob Other | 1999 | |\n")
(place.path / "mine.json").write_text(FILES["mine.json"])
place.run(server, "--with", str(place.path / "mine.json"))
check("--with does not give another author's entry", all(r["source"] != "with" for r in place.rows()))
result = place.run(server, "--with", str(place.path / "missing.bib"))
check("--with a missing file is told", result.returncode == 2 and "missing.bib" in result.stderr)

# ---- --interactive ----

ALONE = "# P\n\n" + TABLE + "| A gentle theory of faults | | | [paper](https://lab.example/faults) |\n"
place = Place(ALONE)
result = place.run(server, "--interactive", stdin="n\n")
check("--interactive: no means no", not [r for r in place.rows() if r["doi"]] and
      "Is it that one?" in result.stderr and result.returncode == 1, result.stderr)
result = place.run(server, "--interactive", stdin="y\n")
rows = place.rows()
check("--interactive: yes makes a manual row", rows and rows[0]["source"] == "manual" and
      rows[0]["doi"] == "10.1000/a.1" and rows[0]["volume"] == "7" and result.returncode == 0,
      (rows, result.stderr))
place = Place(ALONE)
place.run(server, "--interactive", stdin="https://doi.org/10.1000/a.1\n")
check("--interactive: a DOI may be typed", place.rows() and
      place.rows()[0]["doi"] == "10.1000/a.1", place.rows())

# ---- check --online ----

place = Place(LIST)
place.run(server)


def check_online(place, *arguments):
    return subprocess.run([KDBIB, "check", "--online", *server.options(), *arguments,
                           str(place.list)], env=place.environment(), cwd=place.path,
                          capture_output=True, text=True, timeout=30)


result = check_online(place)
check("check --online: nothing differs", result.returncode == 0 and "1 rows compared" in result.stdout,
      (result.stdout, result.stderr))
before = place.lock.read_text()
place.lock.write_text(before.replace(",7,", ",8,").replace("Muster, Eva", "Mustermann, Eva"))
result = check_online(place)
check("check --online: differences by class", result.returncode == 1 and
      "[online-volume]" in result.stderr and "[online-authors]" in result.stderr and
      "[online-title]" not in result.stderr and "other volume" in result.stdout,
      (result.stdout, result.stderr))
check("check --online writes nothing", ",8," in place.lock.read_text())
A["retracted"] = True
result = check_online(place, "--refresh")
check("check --online: a retraction", "[online-retracted]" in result.stderr, result.stderr)
server.stop()

# ---- --pages ----

PAGE = """<html><head><title>x</title>
<meta name="citation_title" content="Widgets &amp; gadgets: a study">
<meta name="citation_author" content="Muster, Eva"><meta name="citation_author" content="Jan Beispiel">
<meta name="citation_publication_date" content="2021"><meta name="citation_firstpage" content="3">
<meta name="citation_lastpage" content="9"><meta name="citation_conference_title"
 content="Proceedings of the Fourth Examples Conference"></head><body>"""
HOST = "proceedings.mlr.press"
URL = "https://%s/v999/muster21a.html" % HOST
PAGES = "# P\n\n" + TABLE + "| Widgets & gadgets: a study | Eva Muster | 2021 | [paper](%s) |\n" % URL
for name, pages, fine in (
    ("a landing page's tags", {(HOST, "/v999/muster21a.html"): PAGE}, True),
    ("robots.txt is honoured", {(HOST, "/v999/muster21a.html"): PAGE,
                                (HOST, "/robots.txt"): (200, "text/plain",
                                                        "User-agent: *\nDisallow: /v999/")}, False),
    ("a page of another paper", {(HOST, "/v999/muster21a.html"): PAGE.replace(
        "Widgets &amp; gadgets: a study", "Something quite different")}, False),
):
    server = Server([], pages=pages).start()
    place = Place(PAGES)
    report, result = place.report(server, "--pages")
    record = report["records"][0]
    row = (place.rows() or [{}])[0]
    good = record["state"] == "found" and record["proof"] == "landing page" and \
        row.get("pages") == "3-9" and row.get("source") == "pages" and \
        row.get("authors") == "Muster, Eva; Beispiel, Jan" and row.get("type") == "paper-conference"
    check("--pages: " + name, good == fine and (fine or record["state"] == "unresolved"),
          (record, row, result.stderr, server.requests))
    server.stop()
server = Server([], faults=[Fault("muster21a", "redirect", -1, to="http://127.0.0.1:1/secret")],
                pages={}).start()
place = Place(PAGES)
report, result = place.report(server, "--pages")
check("--pages: a redirect to a private address is refused", result.returncode == 1 and
      report["records"][0]["state"] == "unresolved", report["records"])
server.stop()
private = Place("# P\n\n" + TABLE + "| Secrets of the intranet | | | [paper](http://127.0.0.1:%s/x.html) |\n")
server = Server([]).start()
private.list.write_text(private.list.read_text() % server.url.rpartition(":")[2])
options = [o for s in ("crossref", "dblp", "openalex") for o in
           ("--service", "%s=%s/%s" % (s, server.url, s))]
subprocess.run([KDBIB, "resolve", "--pages", *options, str(private.list)], cwd=private.path,
               env=private.environment(), capture_output=True, timeout=30)
check("--pages: a private address in the list is never asked",
      not [r for r in server.requests if "x.html" in r or "robots" in r], server.requests)
server.stop()

# ---- the other services ----

WORKS = [
    {"doi": "10.48550/arxiv.2306.00001", "arxiv": "2306.00001", "title": "Preprints of gadgets",
     "type": "article", "authors": [("Muster", "Eva")], "year": "2023", "month": "6",
     "agency": "DataCite", "publisher": "arXiv"},
    {"doi": "10.5281/zenodo.1", "title": "A data set of faults", "type": "dataset",
     "authors": [("Muster", "Eva")], "year": "2019", "agency": "DataCite", "publisher": "Zenodo"},
    {"doi": "10.9999/japan.1", "title": "A work of another agency", "type": "article-journal",
     "authors": [("Muster", "Eva")], "year": "2018", "agency": "JaLC", "pages": "1-9"},
    {"doi": "10.1000/pm.1", "title": "Medicine of widgets", "type": "article-journal",
     "authors": [("Muster", "Eva")], "year": "2017", "pmid": "12345678"},
    {"doi": "", "title": "Papers without any identifier", "type": "paper-conference", "dblp": True,
     "authors": [("Muster", "Eva")], "year": "2016", "container_title": "ICLR", "resource": ""},
]
LINKS = [("Preprints of gadgets", "https://arxiv.org/abs/2306.00001"),
         ("A data set of faults", "https://doi.org/10.5281/zenodo.1"),
         ("A work of another agency", "https://doi.org/10.9999/japan.1"),
         ("Medicine of widgets", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
         ("Papers without any identifier", "https://openreview.net/forum?id=abcdefgh12")]
server = Server(WORKS).start()
place = Place("# P\n\n" + TABLE + "".join(
    "| %s | Eva Muster | | [paper](%s) |\n" % link for link in LINKS))
report, result = place.report(server, "--all")
states = {r["title"]: (r["state"], r.get("source"), r["doi"]) for r in report["records"]}
expected = {"Preprints of gadgets": ("arxiv", "10.48550/arxiv.2306.00001"),
            "A data set of faults": ("datacite", "10.5281/zenodo.1"),
            "A work of another agency": ("doi", "10.9999/japan.1"),
            "Medicine of widgets": ("crossref", "10.1000/pm.1"),
            "Papers without any identifier": ("dblp", None)}
for title, (source, doi) in expected.items():
    state = states.get(title, ("", "", ""))
    check("%s is found at %s" % (title, source), state[0] == "found" and
          (state[1] == source or (source == "arxiv" and state[1] == "datacite")) and
          (state[2] or None) == doi, (state, result.stderr))
server.stop()
finish()

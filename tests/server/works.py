"""Works for the test server: those of the bundled list, out of its own lock, and decoys."""
import csv
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["doi", "type", "title", "container_title", "collection_title", "publisher", "year", "month",
           "day", "volume", "issue", "pages", "article_number", "issn", "isbn", "arxiv", "pmid",
           "pmcid", "event_title", "event_place"]


def names(cell):
    people = []
    for name in cell.split(";"):
        family, _, given = name.strip().partition(", ")
        if family:
            people.append((family.strip("{}"), given))
    return people


def bundled():
    """[(url of the list, work)] for every entry of the bundled list that has a DOI."""
    works = []
    with open(ROOT / "data/kd-medical-imaging.lock.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["doi"]:
                continue
            work = {c: row.get(c, "") for c in COLUMNS}
            work["title"] = re.sub(r"</?[a-z]+>", "", work["title"])
            work["authors"] = names(row["authors"])
            work["pii"] = (re.search(r"/pii/(\w+)", row["url"]) or [None, ""])[1]
            work["ieee_number"] = (re.search(r"ieee.*?/document/0*(\d+)", row["url"]) or [None, ""])[1]
            work["ppr"] = (re.search(r"/ppr/(ppr\d+)", row["url"], re.I) or [None, ""])[1].upper()
            pmc = re.search(r"PMC\d+", row["url"])
            work["pmcid"] = pmc[0] if pmc else ""
            if work["doi"].startswith("10.48550/"):
                work["agency"] = "DataCite"
            works.append((row["url"], work))
    return works


def decoys(works):
    """Works that have the same titles and are others: what a careless look-up falls for."""
    result = []
    for i, (_, work) in enumerate(works):
        prefix = work["doi"].split("/")[0]
        if work.get("agency"):
            continue
        def decoy(kind, **changes):
            return {**work, "pii": "", "ieee_number": "", "ppr": "", "pmcid": "",
                    "doi": "%s/decoy.%s.%d" % (prefix, kind, i), **changes}
        kind = i % 7
        others = [("Else", "Somebody"), ("Other", "Any")]
        if kind == 0:
            result.append(decoy("others", authors=others))
        elif kind == 1:
            result.append(decoy("year", year=str(int(work["year"]) - 6), authors=others))
        elif kind == 2:
            result.append(decoy("retracted", title="RETRACTED: " + work["title"], retracted=True))
        elif kind == 3:
            result.append({**decoy("preprint", type="article", raw_type="posted-content"),
                           "collection_title": ""})
        elif kind == 4:
            result.append(decoy("component", raw_type="component"))
        elif kind == 5:
            result.append(decoy("book", type="book", raw_type="monograph", collection_title=""))
        else:
            result.append(decoy("notice", update_to="retraction"))
        if work["ieee_number"]:  # another document of IEEE under the same title
            result.append(decoy("ieee", authors=others, ieee_number=str(int(work["ieee_number"]) + 1)))
    return result

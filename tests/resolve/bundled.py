#!/usr/bin/env python3
"""The bundled list without its lock, against registries that also hold decoys: every entry whose
answer they have is resolved, none wrongly; fast, and never more at once than allowed."""
import re
import time

from common import ROOT, Place, check, finish
from registry_server import Server
from works import bundled, decoys

entries = bundled()
expected = {url: work for url, work in entries}
works = decoys(entries) + [work for _, work in entries]
text = (ROOT / "data/kd-medical-imaging.md").read_text(encoding="utf-8")

server = Server(works, latency=0.1).start()
place = Place(text)
begin = time.monotonic()
report, result = place.report(server)
seconds = time.monotonic() - begin
rows = {row["url"]: row for row in place.rows()}
found = {r["url"]: r for r in report["records"] if r["state"] == "found"}
by_title = {re.sub(r"\W", "", w["title"].lower()): w for w in expected.values()}

wrong = [r["url"] for r in place.rows() if r["source"] not in ("", "url") and r["doi"] and
         (r["url"] not in expected or r["doi"].lower() != expected[r["url"]]["doi"].lower())]
right = [u for u, w in expected.items() if u in rows and rows[u]["source"] not in ("", "url") and
         rows[u]["doi"].lower() == w["doi"].lower()]
missing = [u for u in expected if u not in right]
check("119 records are reported", len(report["records"]) == 119, result.stderr[-400:])
check("no entry gets a wrong DOI", not wrong, wrong)
check("no decoy got in", not any("decoy" in row["doi"] for row in place.rows()))
check("all %d entries whose answer is there are resolved (%d)" % (len(expected), len(right)),
      not missing, missing)
most = server.most_at_once
one_by_one = server.latency * len(server.requests)
check("requests go side by side (%.1f s instead of %.1f s)" % (seconds, one_by_one),
      seconds < one_by_one / 2 and max(most.values()) > 1)
check("never more than 5 requests at once (%s)" % most,
      all(n <= 5 for n in most.values()) and most.get("arxiv", 0) <= 1)
check("about one request a record (%d)" % len(server.requests), len(server.requests) < 1.5 * 119)
check("no question was asked twice", len(set(server.requests)) == len(server.requests))
check("the User-Agent says who asks", all("kdbib/" in a for a in server.agents), server.agents)
check("unresolved ones make exit 1", result.returncode == 1, result.returncode)
wrong_fields = []
for url in right:
    row, work = rows[url], expected[url]
    authors = "; ".join(", ".join(p for p in a if p) for a in work["authors"])
    for column, value in (("title", work["title"]), ("year", work["year"]), ("authors", authors),
                          ("volume", work["volume"])):
        if value and column in row and row[column].replace("<sup>", "").replace("</sup>", "") != value:
            wrong_fields.append((url[-30:], column, row[column][:60], value[:60]))
    if work["collection_title"] and row["type"] != "paper-conference":
        wrong_fields.append((url[-30:], "type", row["type"], "paper-conference"))
check("title, year, authors, volume and type are the registry's", not wrong_fields, wrong_fields[:4])
keys = [row["key"] for row in place.rows()]
check("every row has a key of its own", all(keys) and len(set(keys)) == len(keys))
check("keys are made of what was found", rows[right[0]]["key"].startswith("javed2023") if right else 0,
      rows[right[0]]["key"] if right else "")

before, count = place.lock.read_bytes(), len(server.requests)
result = place.run(server)
check("a second run asks nothing new", len(server.requests) == count, server.requests[count:][:3])
check("a second run changes nothing", place.lock.read_bytes() == before)
place.run(server, "--refresh")
check("--refresh asks again", len(server.requests) > 1.8 * count, len(server.requests))
check("keys stay", [row["key"] for row in place.rows()] == keys)
server.stop()
finish()

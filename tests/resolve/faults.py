#!/usr/bin/env python3
"""What goes wrong on the network, on the disk and with people in a hurry."""
import csv
import io
import os
import resource
import signal
import socket
import subprocess
import sys
import time

from common import KDBIB, ROOT, Place, check, entry, finish
from registry_server import Fault, Server

WORK = {"doi": "10.1000/a.1", "title": "A gentle theory of faults", "type": "article-journal",
        "authors": [("Muster", "Eva")], "year": "2020", "container_title": "Journal of Examples",
        "volume": "7", "pages": "11-19"}
LIST = "# Papers\n\n" + entry(WORK["title"], "https://doi.org/10.1000/a.1")


def one(faults, *arguments, headers=None, text=LIST):
    server = Server([WORK], faults=faults, headers=headers).start()
    place = Place(text)
    begin = time.monotonic()
    report, result = place.report(server, *arguments)
    seconds = time.monotonic() - begin
    server.stop()
    return (report["records"] or [{}])[0], result, server, seconds, place


for name, fault in {
    "a 503 is tried again": Fault("crossref", "status", 2, status=503),
    "a 500 is tried again": Fault("crossref", "status", 1, status=500),
    "a cut connection is tried again": Fault("crossref", "cut", 1),
}.items():
    record, result, server, seconds, _ = one([fault])
    check(name, record.get("state") == "found" and len(server.requests) > 1, (record, result.stderr))

record, result, server, seconds, _ = one(
    [Fault("crossref", "status", 1, status=429, headers={"Retry-After": "2"})])
check("429: waits as long as Retry-After says (%.1f s)" % seconds,
      record.get("state") == "found" and 2 <= seconds < 6 and len(server.requests) == 2,
      (record, seconds, server.requests))
record, result, server, seconds, _ = one(
    [Fault("crossref", "status", -1, status=429, headers={"Retry-After": "4000"})])
check("a wait of an hour is refused", record.get("state") == "not-reached" and seconds < 5 and
      "wait 4000 seconds" in result.stderr and result.returncode == 1, (record, result.stderr))
record, result, server, seconds, _ = one([Fault("crossref", "hang", -1)], "--timeout", "1")
check("a service that hangs times out", record.get("state") == "not-reached" and seconds < 20,
      (record, seconds))
for name, fault in {
    "HTML where JSON was asked": Fault("", "body", -1, body="<html>log in</html>", type="text/html"),
    "malformed JSON": Fault("", "body", -1, body='{"status":"ok","message":{"DOI":'),
    "JSON of another shape": Fault("", "body", -1, body='{"message":[[1,2,{"items":7}]]}'),
    "JSON with every type wrong": Fault("", "body", -1, body=
        '{"message":{"DOI":7,"title":{"a":1},"author":"x","issued":[],"page":[[]],"ISSN":{},'
        '"type":["x"],"link":5,"assertion":{"a":[]},"relation":[1]}}'),
    "deeply nested JSON": Fault("", "body", -1, body="[" * 100000),
    "an empty body": Fault("", "body", -1, body=""),
    "bytes that are no UTF-8": Fault("", "body", -1, body=b'{"message":{"DOI":"10.1/\xff\xfe"}}'),
    "a body of 64 MB": Fault("", "huge", -1),
}.items():
    record, result, server, seconds, place = one([fault])
    check(name + " resolves nothing and breaks nothing", result.returncode == 1 and
          record.get("state") in ("unresolved", "not-reached") and not place.lock.exists() and
          seconds < 20, (result.returncode, record, result.stderr, seconds))

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
listener.settimeout(0.1)
inside = "http://127.0.0.1:%d/secret" % listener.getsockname()[1]
for name, target in {
    "to a private address": inside, "to localhost": inside.replace("127.0.0.1", "localhost"),
    "to the cloud's metadata": "http://169.254.169.254/latest/", "to a file": "file:///etc/passwd",
    "to a number that is an address": "http://2130706433:%d/" % listener.getsockname()[1],
    "in a circle": "/crossref/works/10.1000%2Fa.1",
}.items():
    record, result, server, seconds, _ = one([Fault("crossref", "redirect", -1, to=target)])
    try:
        listener.accept()
        reached = True
    except (TimeoutError, socket.timeout):
        reached = False
    check("a redirect %s is refused" % name, not reached and record.get("state") == "unresolved" and
          result.returncode == 1, (record, reached))
record, result, server, _, _ = one(
    [Fault("10.1000%2Fa.1", "redirect", 1, to="/crossref/works/10.1000%2Fa.1?again")])
check("a redirect within the service is followed", record.get("state") == "found", record)

# the pace
many = "# Papers\n\n" + "".join(entry("Title number %d of many" % i, "https://doi.org/10.1000/m.%d" % i)
                              for i in range(12))
server = Server([], headers={"X-Rate-Limit-Limit": "5", "X-Rate-Limit-Interval": "1s",
                             "X-Concurrency-Limit": "1"}, latency=0.01).start()
place = Place(many)
place.report(server)
times = [t for t, r in zip(server.times, server.requests) if r.startswith("/crossref")]
gaps = [b - a for a, b in zip(times[1:], times[2:])]
check("the pace of X-Rate-Limit-* is kept", times and min(gaps) > 0.15 and
      server.most_at_once["crossref"] == 1, (gaps, server.most_at_once))
server.stop()

# one question for one DOI
server = Server([WORK]).start()
place = Place("# A\n\n" + entry("A gentle theory of faults", "https://doi.org/10.1000/a.1") +
              "\n# B\n\n" + entry("A gentle theory of faults", "https://doi.org/10.1000/A.1"))
place.run(server)
check("one DOI, one request", len(server.requests) == 1, server.requests)
place.run(server, "--mailto", "eva@lab.example", "--refresh")
check("--mailto is told", any("mailto=eva@lab.example" in r for r in server.requests) and
      any("mailto:eva@lab.example" in a for a in server.agents), server.requests)
server.stop()

# no network: the services are where nobody listens
place = Place(LIST)
dead = "http://127.0.0.1:9"
options = [o for s in ("crossref", "doi", "datacite", "openalex", "dblp") for o in
           ("--service", s + "=" + dead)]
result = place.run(None, *options)
lines = [l for l in result.stderr.splitlines() if "Crossref" in l]
check("without a network: one line a service, exit 1, nothing changed", result.returncode == 1 and
      len(lines) == 1 and "no connection" in lines[0] and not place.lock.exists(),
      (result.returncode, result.stderr))

# people's rows, unknown columns
server = Server([WORK, {**WORK, "doi": "10.1000/a.2", "title": "A second theory of faults"}]).start()
place = Place(LIST + entry("A second theory of faults", "https://doi.org/10.1000/a.2"))
place.lock.write_text("url,key,doi,title,mine,source\n"
                      "https://doi.org/10.1000/a.1,mykey,10.1000/a.1,My own title,remember,manual\n")
result = place.run(server)
rows = {r["doi"]: r for r in place.rows()}
check("a person's row stays, unknown columns too", rows["10.1000/a.1"]["title"] == "My own title" and
      rows["10.1000/a.1"]["mine"] == "remember" and rows["10.1000/a.1"]["key"] == "mykey" and
      rows["10.1000/a.2"]["source"] == "crossref", rows)
place.run(server, "--refresh")
check("also with --refresh", place.rows()[0]["title"] == "My own title", place.rows()[0])
server.stop()

# Ctrl-C, full disk, two runs at once
WORKS = [{**WORK, "doi": "10.1000/b.%d" % i, "title": "Title number %d of very many" % i}
         for i in range(60)]
MANY = "# Papers\n\n" + "".join(entry(w["title"], "https://doi.org/" + w["doi"]) for w in WORKS)
server = Server(WORKS, latency=0.1).start()
place = Place(MANY)
process = subprocess.Popen(place.command(server), env=place.environment(), cwd=place.path,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
time.sleep(0.8)
process.send_signal(signal.SIGINT)
_, errors = process.communicate(timeout=10)
found = [r for r in place.rows() if r["source"] == "crossref"]
check("Ctrl-C: what was found is in the lock (%d)" % len(found), 0 < len(found) < 60 and
      process.returncode == 130 and "interrupted" in errors, (process.returncode, errors))
asked = len(server.requests)
result = place.run(server)
check("the next run goes on (%d + %d requests)" % (asked, len(server.requests) - asked),
      result.returncode == 0 and len(server.requests) <= 60 + 6, result.stderr)
server.reset()

place = Place(MANY)
half = MANY.splitlines(True)
other = place.path / "OTHER.md"
place.list.write_text("".join(half[:32]))
other.write_text("".join(half[:2] + half[32:]))
processes = [subprocess.Popen([KDBIB, "resolve", *server.options(), str(path)],
                              env=place.environment(), cwd=place.path, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) for path in (place.list, other)]
codes = [p.wait(timeout=60) for p in processes]
sources = [r["source"] for r in place.rows()]
check("two runs at once lose none of each other's rows", codes == [0, 0] and
      sources.count("crossref") == 60, (codes, len(sources), sources.count("crossref")))


def no_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


place = Place(MANY)
place.lock.write_text("url,key,doi,source\nhttps://doi.org/10.1000/b.0,pinned,10.1000/b.0,manual\n")
before = place.lock.read_bytes()
result = subprocess.run(place.command(server, "--no-cache"), env=place.environment(), cwd=place.path,
                        capture_output=True, text=True, timeout=60, preexec_fn=no_room)
after = place.lock.read_bytes()
rows = list(csv.DictReader(io.StringIO(after.decode())))
check("a full disk: told, exit 2, the lock is whole", result.returncode == 2 and
      "cannot write" in result.stderr and rows and rows[0]["key"] == "pinned" and
      not [f for f in place.path.iterdir() if f.name.startswith(".kdbib")],
      (result.returncode, result.stderr, after[:80]))
place = Place(MANY)
result = place.run(server, "--dry-run")
check("--dry-run asks and writes nothing", result.returncode == 0 and not place.lock.exists() and
      "would ask" in result.stdout, result.stdout)
server.stop()
result = place.run(None, "--service", "nobody=http://127.0.0.1:1/")
check("an unknown service is told", result.returncode == 2 and "nobody" in result.stderr,
      result.stderr)
finish()

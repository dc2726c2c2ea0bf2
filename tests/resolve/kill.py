#!/usr/bin/env python3
"""kill -9 at 50 random moments of the bundled list's run: the lock is valid each time, and to finish
takes hardly more requests than an undisturbed run."""
import csv
import random
import subprocess
import time

from common import KDBIB, ROOT, Place, check, finish
from registry_server import Server
from works import bundled

TRIALS = 50
works = [work for _, work in bundled()]
text = (ROOT / "data/kd-medical-imaging.md").read_text(encoding="utf-8")
server = Server(works, latency=0.03).start()

place = Place(text)
begin = time.monotonic()
place.run(server)
seconds = time.monotonic() - begin
alone = len(server.requests)
whole = {r["url"]: r["doi"] for r in place.rows() if r["source"] not in ("", "url")}
broken, lost, counts, rows_at_kill = [], [], [], []
generator = random.Random(20261123)
for trial in range(TRIALS):
    server.reset()
    place = Place(text)
    process = subprocess.Popen(place.command(server), env=place.environment(), cwd=place.path,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(generator.uniform(0.05, seconds * 0.95))
    process.kill()
    process.wait()
    try:
        rows = place.rows()
        if any(None in row or None in row.values() for row in rows):
            broken.append(trial)
        if place.lock.exists():
            result = subprocess.run([KDBIB, "--to", "jsonl", str(place.list)], capture_output=True,
                                    text=True, cwd=place.path, timeout=20)
            if result.returncode or "lock" in result.stderr:
                broken.append((trial, result.stderr))
    except (UnicodeDecodeError, csv.Error) as error:
        broken.append((trial, error))
    rows_at_kill.append(sum(r["source"] not in ("", "url") for r in rows))
    place.run(server)
    counts.append(len(server.requests))
    after = {r["url"]: r["doi"] for r in place.rows() if r["source"] not in ("", "url")}
    if after != whole:
        lost.append(trial)
worst, mean = max(counts) / alone, sum(counts) / len(counts) / alone
print("    undisturbed %d requests; after a kill %.3f times as many on average, %.3f at worst; "
      "rows on disk when killed: %d to %d" % (alone, mean, worst, min(rows_at_kill),
                                              max(rows_at_kill)))
check("the lock is valid after each of %d kills" % TRIALS, not broken, broken)
check("the next run finds what an undisturbed one finds", not lost and len(whole) > 50,
      (lost, len(whole)))
check("requests to finish stay under 1.1 times", worst < 1.1, worst)
check("what was found before the kill was on disk", max(rows_at_kill) > 20, rows_at_kill)
server.stop()
finish()

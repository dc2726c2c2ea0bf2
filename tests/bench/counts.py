"""Instructions by callgrind: what a busy machine cannot falsify. counts.csv holds those of the last time somebody looked."""
import csv
import os
import re
import subprocess

TABLE = os.path.join(os.path.dirname(__file__), "counts.csv")
ENTRIES = 2000
TOLERANCE = 1.03


def count(command):
    """Millions of instructions of one run."""
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", result.stderr).group(1)) / 1e6


def all_counts(kdbib, lists, folder):
    found = {"the bundled list to bibtex": count([kdbib, "-q", "--to", "bibtex"])}
    for shape in lists.SHAPES:
        path = f"{folder}/count-{shape}.md"
        lists.write(path, shape, ENTRIES)
        found[f"{ENTRIES} entries, {shape}, cmark-gfm"] = count(["cmark-gfm", "-e", "table", "-t", "html", path])
        for to in ("bibtex", "ris", "csl-json", "jats", "jsonl") if shape == "table" else ("bibtex",):
            found[f"{ENTRIES} entries, {shape}, to {to}"] = count([kdbib, "-q", "--no-lock", "-j", "1", "--to", to, path])
    return found


def write(found):
    with open(TABLE, "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("what", "million_instructions"))
        rows.writerows((what, f"{millions:.1f}") for what, millions in found.items())


def compare(found):
    """The lines of a table, and whether nothing took more than it did."""
    with open(TABLE, encoding="utf-8", newline="") as table:
        before = {row["what"]: float(row["million_instructions"]) for row in csv.DictReader(table)}
    lines, fine = ["## Instructions, millions", "", "| what | then | now | × |", "| --- | ---: | ---: | ---: |"], True
    for what, now in found.items():
        then = before.get(what)
        fine = fine and then is not None and now <= then * TOLERANCE
        lines.append(f"| {what} | {then or 0:.1f} | {now:.1f} | {now / then if then else 0:.2f} |")
    return "\n".join(lines) + "\n", fine

#!/usr/bin/env python3
"""bench KDBIB MD2HTML [--quick] [--write FILE] [--counts | --new-counts]

kdbib beside cmark-gfm, md4c, pandoc, citation.js and bibutils on lists made here (lists.py). Runs are interleaved; a row gives
medians and ratios to the first row; what takes a minute runs once. The first table says what kdbib is to reach. --counts
compares the numbers of instructions with counts.csv and exits with 1 when one has grown; --new-counts writes that table anew.
"""
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import counts
import lists
from measure import Aims, growth, have, measure, measure_growth, once, table, version

HERE = os.path.dirname(os.path.abspath(__file__))
CMARK = "cmark-gfm -e table -t html"
PANDOC = "pandoc -f gfm -t json (once)"


class Bench:
    def __init__(self, args):
        self.kdbib, self.md2html, self.quick = os.path.abspath(args.kdbib), os.path.abspath(args.md2html), args.quick
        self.folder = tempfile.mkdtemp(prefix="kdbib-bench-")
        self.runs = 3 if self.quick else 5
        self.size = 10000 if self.quick else 100000
        self.out = []
        self.aims = Aims()

    def tell(self, text):
        print(text, flush=True)
        self.out.append(text)

    def list(self, shape, size):
        path = f"{self.folder}/{shape}-{size}.md"
        if not os.path.exists(path):
            lists.write(path, shape, size)
        return path

    def convert(self, to, *arguments):
        return [self.kdbib, "-q", "--no-lock", "--to", to, *arguments]

    def output(self, to, *arguments):
        path = f"{self.folder}/records.{to}"
        with open(path, "wb") as out:
            subprocess.run(self.convert(to, *arguments), stdout=out, check=True)
        return path

    def machine(self):
        model = [line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")]
        md4c = version("pkg-config", "--modversion", "md4c-html")
        tools = [version("cmark-gfm", "--version"), f"md4c {md4c}", version("pandoc", "--version"),
                 f"bibutils {version('dpkg-query', '-W', '-f=${Version}', 'bibutils')}", f"node {version('node', '--version')}"]
        self.tell(f"# Benchmarks\n\nWritten by `scripts/bench`. {model[0] if model else platform.machine()}, {os.cpu_count()} processors, "
                  f"{platform.platform()}; {'; '.join(tools)}. Load average at the start: {os.getloadavg()[0]:.1f}.\n\n"
                  "Whole processes, output thrown away, medians of interleaved runs; kdbib takes as many threads as there are "
                  "processors unless -j is there; × is the ratio to the first row; "
                  "(once): too slow to be run again. "
                  "Processor time suffers less than wall time from what else the machine does. "
                  "No peak is told below that of the program that measures (17 MiB)."
                  + (" Small lists and few runs (`--quick`)." if self.quick else "") + "\n")

    def whole(self):
        """Lists to bibliographies, beside those that only render them."""
        for shape in ("table", "bullet", "citation", "mixed"):
            path = self.list(shape, self.size)
            commands = {CMARK: ["cmark-gfm", "-e", "table", "-t", "html", path], "md4c": [self.md2html, path]}
            for to in ("bibtex", "ris", "csl-json", "jats", "jsonl") if shape == "table" else ("bibtex",):
                commands[f"kdbib --to {to}"] = self.convert(to, path)
            commands["kdbib --to bibtex -j 1"] = self.convert("bibtex", "-j", "1", path)
            if shape == "table":
                commands[PANDOC] = ["pandoc", "-f", "gfm", "-t", "json", path]
            rows = measure(commands, self.runs, slow={PANDOC})
            self.tell(table(f"{self.size} entries, {shape}, {os.path.getsize(path) / 1e6:.1f} MB", rows))
            cmark = rows[CMARK]
            for to, limit in {"table": {"bibtex": 1, "ris": 1, "csl-json": 1, "jats": 1.5}, "bullet": {"bibtex": 1.3}}.get(shape, {}).items():
                self.aims.at_most(f"{shape} to {to}: time, beside cmark-gfm", rows[f"kdbib --to {to}"].wall / cmark.wall, limit)
            if shape == "table":
                self.aims.at_most("table to bibtex: memory, beside cmark-gfm", rows["kdbib --to bibtex"].memory / cmark.memory, .25)
                self.aims.at_least("table: speed, beside pandoc", rows[PANDOC].wall / rows["kdbib --to bibtex"].wall, 30)

    def grow(self):
        sizes = (1000, 10000, 100000) if self.quick else (1000, 10000, 100000, 1000000)
        commands = {size: self.convert("bibtex", "-j", "1", self.list("table", size)) for size in sizes}
        rows, times = measure_growth(commands, 5)
        small, large = sizes[1], sizes[-1]
        self.tell(growth("Growth, table to BibTeX", rows) + f"\n{large} entries, and {large // small} runs of {small}, half of them "
                  f"before it and half behind: {times:.1f} times what one of these takes (median of five turns).\n")
        self.aims.at_most(f"{large // small} × the entries: time", times, 1.05 * large / small)
        self.aims.at_most(f"{large // small} × the entries: memory for one more",
                          (rows[large].memory - rows[small].memory) * 2**20 / (large - small), 300, "bytes")

    def back(self):
        """Records to formats, beside other converters of records."""
        source = self.list("table", self.size)
        jsonl, csl, mods = (self.output(to, source) for to in ("jsonl", "csl-json", "mods"))
        bib = self.output("bibtex", source)
        fast = {f"kdbib --from jsonl --to {to}": self.convert(to, "--from", "jsonl", jsonl) for to in ("bibtex", "ris", "csl-json")}
        slow = {"pandoc -f csljson -t bibtex (once)": ["pandoc", "-f", "csljson", "-t", "bibtex", csl],
                "xml2bib (bibutils, from MODS, once)": ["xml2bib", mods],
                "xml2ris (bibutils, from MODS, once)": ["xml2ris", mods],
                "bib2xml (bibutils, from BibTeX, once)": ["bib2xml", bib]}
        if self.citation_js():
            for to in ("bibtex", "ris"):
                slow[f"citation.js --to {to} (once)"] = ["node", f"{self.npm}/citation.js", to], csl
        rows = measure(fast | slow, self.runs, slow=slow)
        self.tell(table(f"{self.size} records between formats", rows))
        for name, limit in ("citation.js", 5), ("xml2", 20):
            for to, short in ("bibtex", "bib"), ("ris", "ris"):
                others = [r for other, r in rows.items() if other.startswith((f"{name}{short} ", f"{name} --to {to} "))]
                if others:
                    self.aims.at_least(f"records to {to}: speed, beside {'bibutils' if name == 'xml2' else name}",
                                       others[0].wall / rows[f"kdbib --from jsonl --to {to}"].wall, limit)

    def citation_js(self):
        """Installs citation.js, in the version that the tests have, beside the build."""
        self.npm = os.path.join(os.path.dirname(self.kdbib), "npm")
        if not (have("npm") and have("node")):
            return False
        os.makedirs(self.npm, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(os.path.join(HERE, "../interop-all/npm", name), self.npm)
        shutil.copy(os.path.join(HERE, "citation.js"), self.npm)
        return os.path.isdir(f"{self.npm}/node_modules/@citation-js") or subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=self.npm, capture_output=True, check=False).returncode == 0

    def locked(self):
        folder = f"{self.folder}/locked"
        os.mkdir(folder)
        shutil.copy(self.list("table", self.size), f"{folder}/README.md")
        lock = f"{folder}/kdbib.lock.csv"
        once([self.kdbib, "resolve", "-q", "--offline", "--lock", lock, f"{folder}/README.md"])
        both = {"without a lock": ["--no-lock"], f"with a lock of {self.size} rows": ["--lock", lock]}
        rows = measure({name: [self.kdbib, "-q", *how, "--to", "bibtex", f"{folder}/README.md"] for name, how in both.items()},
                       self.runs)
        self.tell(table(f"{self.size} entries, table to BibTeX, with a lock", rows))
        without, with_lock = rows.values()
        self.aims.at_most("with a lock: time, beside without", with_lock.wall / without.wall, 1.5)

    def bundled(self):
        path = os.path.join(HERE, "../../data/kd-medical-imaging.md")
        own = "kdbib --to bibtex (with its lock)"
        rows = measure({CMARK: ["cmark-gfm", "-e", "table", "-t", "html", path], own: [self.kdbib, "-q", "--to", "bibtex"],
                        "kdbib --version": [self.kdbib, "--version"]}, 41)
        libraries = subprocess.run(["ldd", self.kdbib], stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")
        names = sorted(line.split()[0].split(".so")[0] for line in libraries if "=> /" in line)
        self.tell(table("The bundled list, whole process", rows) + f"\nLibraries that are loaded for it: {', '.join(names)}.\n")
        self.aims.at_most("the bundled list: time", rows[own].wall * 1000, 5, "ms")
        self.aims.at_most("the bundled list: time, beside cmark-gfm", rows[own].wall / rows[CMARK].wall, 3)
        self.aims.at_most("libraries of the network that are loaded for it", float("libcurl" in names), 0, "")

    def many(self):
        """A hundred lists in one run, and real ones where there are some."""
        folder = f"{self.folder}/many"
        os.mkdir(folder)
        for i in range(100):
            lists.write(f"{folder}/list-{i:03}.md", ("table", "bullet", "citation", "mixed")[i % 4], self.size // 100, seed=i + 1)
        apart = "two processes at once, kdbib -j 1, all 100 lists each"
        both = ["sh", "-c", '"$@" & "$@"; wait', "sh", *self.convert("bibtex", "-j", "1", folder)]
        rows = measure({**{f"kdbib -j {jobs}": self.convert("bibtex", "-j", str(jobs), folder) for jobs in (1, 2)}, apart: both},
                       4 * self.runs + 1)
        self.tell(table("100 lists to BibTeX", rows)
                  + f"\nThe processors of this machine do {2 * rows['kdbib -j 1'].wall / rows[apart].wall:.2f} times the work of one, when "
                  "two processes that share nothing are at work; two threads cannot do more.\n")
        self.aims.at_least("100 lists by two threads: speed, beside one", rows["kdbib -j 1"].wall / rows["kdbib -j 2"].wall, 1.8)
        real = os.path.join(HERE, "../../../shared/data/lists")
        if os.path.isdir(real):
            folder = real
        files = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".md"))
        megabytes = sum(os.path.getsize(f) for f in files) / 1e6
        each = "for f; do cmark-gfm -e table -t html \"$f\"; done"
        rows = measure({f"{CMARK}, one process each": ["sh", "-c", each, "sh", *files],
                        "kdbib --to bibtex": self.convert("bibtex", *files),
                        "kdbib --to jsonl": self.convert("jsonl", *files),
                        "kdbib --to jsonl -j 1": self.convert("jsonl", "-j", "1", *files)}, 4 * self.runs + 1)
        self.tell(table(f"{len(files)} {'lists as people write them' if folder == real else 'lists'}, {megabytes:.1f} MB", rows))
        for to in ("bibtex", "jsonl"):
            self.aims.at_most(f"{len(files)} lists to {to}: time, beside cmark-gfm",
                              rows[f"kdbib --to {to}"].wall / next(iter(rows.values())).wall, 1.5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kdbib")
    parser.add_argument("md2html")
    parser.add_argument("--quick", action="store_true", help="small lists, few runs")
    parser.add_argument("--write", metavar="FILE", help="also write the tables there")
    parser.add_argument("--counts", action="store_true", help="only instructions, compared with counts.csv")
    parser.add_argument("--new-counts", action="store_true", help="only instructions, into counts.csv")
    args = parser.parse_args()
    bench = Bench(args)
    try:
        if args.counts or args.new_counts:
            found = counts.all_counts(bench.kdbib, lists, bench.folder)
            if args.new_counts:
                counts.write(found)
            text, fine = counts.compare(found)
            print(text)
            return 0 if fine else 1
        bench.machine()
        for part in (bench.bundled, bench.many, bench.locked, bench.whole, bench.back, bench.grow):
            part()
        bench.tell(counts.compare(counts.all_counts(bench.kdbib, lists, bench.folder))[0])
        print(bench.aims.table())
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    if args.write:
        with open(args.write, "w", encoding="utf-8") as out:
            out.write("\n".join([bench.out[0], bench.aims.table(), *bench.out[1:]]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

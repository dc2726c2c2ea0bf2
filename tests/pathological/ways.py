#!/usr/bin/env python3
"""ways.py KDBIB [NAME]: the other ways into kdbib and out of it, with inputs made to be slow: every writer, locks, rules,
check, check --fix. As in pathological.py, each MB has 2 s of processor and all have 512 MB. One named case a line."""
import os, resource, subprocess, sys, tempfile

MB = 1000000
SECONDS = 60.0 if os.environ.get("KDBIB_SLOW") else 2.0  # slow: under a sanitizer or valgrind
LARGEST = 640 << 20  # address space: 512 MiB of memory, and libraries
HEAD = "|Paper|PDF|Code|\n|---|---|---|\n"
LOCK = "url,key,doi,title\n"
RULES = "host,pattern,doi,basis,example,example_doi\n"
FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "jats", "mods", "endnote-xml", "hayagriva", "csv", "html", "markdown")


def fill(unit, size=MB):
    return unit * (size // len(unit))


def numbered(unit, size=MB):
    return "".join(unit % ((i,) * unit.count("%")) for i in range(size // len(unit)))


def table(rows, row="|A paper about the thing number %d|[PDF](https://arxiv.org/abs/2001.%05d)|[Code]()|\n"):
    return "# L\n\n" + HEAD + "".join(row % ((i % 100000,) * row.count("%")) for i in range(rows))


def lock(text, rows=10):
    return ["-q", "--lock", "l.csv", "-"], {"stdin": table(rows), "l.csv": text}


def check(text):
    return ["check", "--no-lock", "-"], {"stdin": text}


# Arguments, and the files that they name; `stdin` is standard input.
CASES = {
    **{f"13,000 rows to {f}": (lambda f=f: (["-q", "--to", f, "--no-lock", "-"], {"stdin": table(13000)})) for f in FORMATS},
    "a lock of 20,000 rows": lambda: lock(LOCK + "".join(f"https://arxiv.org/abs/2001.{i:05},k{i},,A title\n" for i in range(20000)), 10000),
    "a lock of equal URLs": lambda: lock(LOCK + fill("https://arxiv.org/abs/2001.00001,k,,A\n")),
    "a lock of equal keys": lambda: lock(LOCK + numbered("https://x.org/%d,same,,A\n")),
    "a lock of equal titles": lambda: lock(LOCK + numbered("https://x.org/%d,k%d,,A paper about the thing\n")),
    "a lock of quotes": lambda: lock(LOCK + fill('"')),
    "a lock of open quotes": lambda: lock(LOCK + fill('a,"b\n')),
    "a lock of commas": lambda: lock(LOCK + fill(",")),
    "a lock of columns": lambda: lock(numbered("c%d,") + "\na\n"),
    "a lock with a cell of 1 MB": lambda: lock(LOCK + "https://arxiv.org/abs/2001.00001,k,," + fill("a ") + "\n"),
    "a lock with 160,000 authors": lambda: lock("url,authors\nhttps://arxiv.org/abs/2001.00001," + fill("A, B; ") + "\n"),
    "a lock that is written": lambda: (["resolve", "--offline", "--lock", "l.csv", "list.md"], {"list.md": table(13000)}),
    "rules of one host": lambda: (["-q", "--rules", "r.csv", "--no-lock", "-"], {"stdin": table(2000), "r.csv": RULES + numbered("arxiv.org,^/abs/x%d$,10.1/$1,computed,,\n", 100000)}),
    "rules that backtrack": lambda: (["doi", "--rules", "r.csv", "http://x.org/" + "a" * 5000 + "!"], {"r.csv": RULES + fill("x.org,^/(a+)+$,10.1/$1,computed,,\n", 2000)}),
    "check of 13,000 rows": lambda: check(table(13000)),
    "check of equal titles": lambda: check(table(15000, "|The same title of a paper|[PDF](https://x.org/%d)||\n")),
    "check of equal links": lambda: check(table(15000, "|A paper on %d things|[PDF](https://x.org/a)||\n")),
    "check of odd characters": lambda: check(fill("- [A\u00a0title\u200b](http://x.org)\n")),
    "check of mojibake": lambda: check(fill("- Alzheimer\u00e2\u20ac\u2122s \u00e2\u20ac\n", 600000)),
    "check of broken rows": lambda: check(HEAD + fill("|a\n")),
    "check of links on one line": lambda: check("- A title of a paper " + fill("[a](http://x.org/?utm_source=a) ")),
    "check of link definitions": lambda: check(numbered("[r%d]: http://x.org/%d\n")),
    "check of long URLs": lambda: check("- [A title of a paper](http://x.org/?" + fill("utm_source=a&") + ")\n"),
    "check --fix of 5,000 slips": lambda: (["check", "--no-lock", "--fix", "list.md"], {"list.md": table(5000).replace("https", "http")}),
    "check --fix of characters": lambda: (["check", "--no-lock", "--fix", "list.md"], {"list.md": fill("- [A\u00a0title\u200b of a paper](https://x.org/a)\n", 200000)}),
}


def limit_memory():
    if not os.environ.get("KDBIB_SLOW"):
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))


def run(kdbib, arguments, files, seconds):
    """Exit status (None: it ran far too long), what it said, processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            p = subprocess.run([kdbib, *arguments], input=files.get("stdin", "").encode(), cwd=folder, capture_output=True,
                               timeout=seconds * 30, preexec_fn=limit_memory)
        except subprocess.TimeoutExpired:
            return None, b"", seconds * 30
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return p.returncode, p.stderr, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    kdbib, only = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    failed, slowest = 0, (0, "")
    for name, make in CASES.items():
        if only not in name:
            continue
        arguments, files = make()
        size = sum(len(text.encode()) for text in files.values()) / MB
        seconds = SECONDS * max(1, size)
        code, said, took = run(kdbib, arguments, files, seconds)
        wrong = [f"exit status {code}"] if code not in (0, 1, 2) else []
        if code == 2 and not said.strip():
            wrong.append("no message")
        if took > seconds:
            wrong.append("too slow")
        slowest = max(slowest, (took, name))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} - {name}: {size:.1f} MB, {took:.2f} s" + (f" ({', '.join(wrong)})" if wrong else ""), flush=True)
    print(f"# slowest: {slowest[1]}, {slowest[0]:.2f} s")
    sys.exit(failed > 0)


main()

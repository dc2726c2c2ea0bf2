#!/usr/bin/env python3
"""torture.py KDBIB LIBRARY [NAME...]: every allocation, read, write, open, fsync, rename and close of a run fails once.

A list of every shape is converted to every format, checked, mended, resolved without the network, and URLs are turned
into DOIs. An undisturbed run tells from which places (a call and its TORTURE_DEPTH nearest callers, default 4) memory is
asked for: from each, the first and the last call fail, each place once for all commands. KDBIB is built so that every
allocation from an arena is one from malloc (KDBIB_ARENA_EXACT). Of the other calls every single one fails; reads and
writes are also cut short and interrupted, which must change nothing.

Expected: no signal, no sanitizer's report; exit status 0 with the whole output, or 2 with a message and the files as they
were; no temporary file; no block more left at the end than in an undisturbed run. A bad one is told with its place.

LIBRARY `-`: KDBIB has the failing calls built in (and AddressSanitizer), see scripts/test.
"""
import json, os, re, subprocess, sys, tempfile
from pathlib import Path

kdbib, library = map(os.path.abspath, sys.argv[1:3])
builtin = sys.argv[2] == "-"
only = sys.argv[3:]
golden = Path(__file__).resolve().parent.parent / "golden"
depth = os.environ.get("TORTURE_DEPTH", "4")
HARMLESS = ("read-short", "read-interrupted", "write-short", "write-interrupted", "thread")
FATAL = ("write", "rename")  # never passed over
CALLS = ("alloc", "read", "write", "open", "stat", "chmod", "fsync", "rename", "close") + HARMLESS
failed = runs = 0
places = set()  # that failed, in whatever command


def run(arguments, folder, call, at=0, sites=False):
    env = dict(os.environ, FAIL_CALL=call, FAIL_AT=str(at), FAIL_DEPTH=depth, FAIL_COUNT=str(folder / ".count"))
    env["FAIL_SITES" if sites else "FAIL_TRACE"] = str(folder / ".trace")
    env["ASAN_OPTIONS"] = "exitcode=77:allocator_may_return_null=1:fast_unwind_on_malloc=1"
    env["UBSAN_OPTIONS"] = "halt_on_error=1:exitcode=78"
    if not builtin:
        env["LD_PRELOAD"] = library
    return subprocess.run([kdbib, *arguments], env=env, capture_output=True, timeout=300, stdin=subprocess.DEVNULL, cwd=folder)


def files(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in (".count", ".trace")}


def restore(folder, before):
    for p in folder.iterdir():
        if p.name not in before:
            p.unlink()
    for name, data in before.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != data:
            (folder / name).write_bytes(data)


def trace(folder):
    try:
        return (folder / ".trace").read_text()
    except FileNotFoundError:
        return ""


def place(told):
    """The functions of kdbib on the way to the failing call."""
    addresses = re.findall(re.escape(kdbib) + r"\(.*?\+?(0x[0-9a-f]+)\)", told)
    command = ["addr2line", "-e", kdbib, "-fs", *(hex(int(a, 16) - 1) for a in addresses[:9])]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.split("\n")
    return " < ".join(f"{a} {b}" for a, b in zip(lines[::2], lines[1::2]))


def loses_itself(told):
    """Libraries that lose a block of their own when they fail: cmark's registration (see kdb_cmark_register()), and
    libxml2's writer, which does not ask whether its list took the element, nor frees its lists when it cannot begin
    (2.9.14)."""
    return any(name in told for name in ("cmark-gfm-extensions", "xmlTextWriterStart", "xmlNewTextWriter"))


def loader_gives_up(p, told):
    """The C library's loader ends the process, with a message and status 127, when it cannot even say what failed."""
    return p.returncode == 127 and b"out of memory" in p.stderr and "ld-linux" in told


def verdict(call, p, before, after, whole, tells):
    said = p.stderr.decode(errors="replace")
    litter = sorted(n for n in set(after) - set(before) if n not in whole[2])
    if p.returncode < 0 or p.returncode > 2:
        return f"exit status {p.returncode} {said[:300]} {said[-1500:] if p.returncode > 70 else ''}"
    if litter:
        return f"it leaves {litter}"
    if p.returncode == whole[0] and (p.stdout, after) == whole[1:]:
        return f"a failing {call} is passed over" if call in FATAL else None
    if p.returncode == whole[0]:
        return f"exit {p.returncode} but another output"
    if call in HARMLESS:
        return f"exit {p.returncode}: {said[:200]}"
    if not said:
        return f"exit {p.returncode} without a message"
    if p.returncode == 2 and tells and tells in after:  # findings, errors among them
        json.loads(after.pop(tells))
    if after != before:
        return f"exit {p.returncode} but other files: {sorted(n for n in {*after, *before} if after.get(n) != before.get(n))}"
    return None


def points(call, arguments, before, folder):
    """Which calls shall fail, how many there are, how many blocks are kept."""
    restore(folder, before)
    run(arguments, folder, call, sites=call == "alloc")
    count, kept = map(int, (folder / ".count").read_text().split())
    if call != "alloc":
        return range(1, count + 1), count, kept
    found = []
    for line in trace(folder).splitlines():
        where, first, last = line.split()
        if where not in places:
            places.add(where)
            found += sorted({int(first), int(last)})
    return found, count, kept


def torture(name, arguments, before, folder, tells=None):
    global failed, runs
    if only and name not in only:
        return
    restore(folder, before)
    p = run(arguments, folder, "none")
    whole = (p.returncode, p.stdout, files(folder))
    if p.returncode not in (0, 1) or b"out of memory" in p.stderr:
        print(f"not ok - {name}: fails undisturbed, {p.stderr[:2000].decode()}")
        failed += 1
        return
    for call in CALLS:
        (chosen, count, kept), bad = points(call, arguments, before, folder), []
        for at in chosen:
            for _ in range(9):  # with threads the number of calls depends on which is first: count from the end
                restore(folder, before)
                (folder / ".trace").unlink(missing_ok=True)
                p = run(arguments, folder, call, at)
                runs += 1
                told = trace(folder)
                if told or "-j1" in arguments or p.returncode not in (0, 1, 2):
                    break
                at -= count - int((folder / ".count").read_text().split()[0])
            why = verdict(call, p, before, files(folder), whole, tells)
            lost = int((folder / ".count").read_text().split()[1]) - kept if p.returncode in (0, 1, 2) else 0
            if not why and lost > 0 and not builtin and not loses_itself(told):
                why = f"{lost} blocks were not freed"
            if not told and not why:
                why = "no call failed"
            if why and not loader_gives_up(p, told):
                bad.append(f"{call} {at}: {why}\n      {place(told)}")
        failed += bool(bad)
        if count:
            print(f"{'not ok' if bad else 'ok'} - {name}: of {count} calls of {call}, {len(chosen)} failed once"
                  + "".join("\n    " + b for b in bad[:60]), flush=True)


def main(folder):
    formats = [l.split()[0] for l in subprocess.run([kdbib, "formats"], capture_output=True, text=True).stdout.splitlines() if l.strip()]
    plain = {"list.md": b"\n\n".join(g.read_bytes() for g in sorted((golden / "shapes").glob("*.md")))}
    (folder / "list.md").write_bytes(plain["list.md"])
    run(["resolve", "-q", "--offline", "list.md"], folder, "none")
    locked = files(folder)
    for to in formats:
        torture(to, ["-j1", "-q", "--no-lock", "--to", to, "-o", "out", "list.md"], plain, folder)
    torture("threads", ["-j4", "-q", "--no-lock", "--to", "ris", "list.md"], {"list.md": plain["list.md"] * 8}, folder)
    torture("unicode", ["-j1", "-q", "-O", "unicode", "--to", "bibtex", "-o", "out", "list.md"], plain, folder)
    torture("stdout", ["-j1", "-q", "--to", "ris", "list.md"], locked, folder)
    torture("locked", ["-j1", "-q", "--to", "jsonl", "-o", "out", "list.md"], {**locked, "out": b"old\n"}, folder)
    torture("check", ["check", "-j1", "list.md"], locked, folder)
    torture("check --fix", ["check", "-j1", "--fix", "list.md"], locked, folder)
    torture("check as SARIF", ["check", "-j1", "-o", "out.sarif", "list.md"], locked, folder, tells="out.sarif")
    torture("resolve", ["resolve", "-j1", "-q", "--offline", "list.md"], plain, folder)
    torture("resolve again", ["resolve", "-j1", "-q", "--offline", "list.md"], locked, folder)
    works = golden.parents[1] / "golden"
    for name, path in (("bib", "bibtex/works.bib"), ("ris", "formats/works.ris"), ("json", "formats/works.csl.json"),
                       ("jsonl", "duplicates/one.jsonl")):
        torture("from " + name, ["-j1", "-q", "--no-lock", "--all", "--to", "jsonl", "-o", "out", "in." + name],
                {"in." + name: (works / path).read_bytes()}, folder)
    line = (works / "duplicates/one.jsonl").read_bytes().split(b"\n", 1)[0] + b"\n"
    torture("threads from jsonl", ["-j2", "-q", "--no-lock", "--to", "ris", "in.jsonl"],
            {"in.jsonl": (line + b'{"no": end\n') * (800000 // len(line))}, folder)
    own = b"# L\n\n" + b"".join(b"- [A paper on %d stones](https://arxiv.org/abs/2001.%05d), A. Moss, CVPR 2020\n" % (i, i)
                                for i in range(9)) * 2
    few = [f"{i}.md" for i in range(8)]
    rules = b"host,pattern,doi,basis\narxiv.org,^/abs/(2999.*)$,10.48550/arXiv.$1,computed\n"
    torture("lists as wholes", ["-j3", "-q", "--no-lock", "--rules", "rules.csv", "--to", "ris", *few],
            {"rules.csv": rules, **{n: plain["list.md"] if n == "3.md" else own.replace(b"stones", b"stones of %d" % i) for i, n in enumerate(few)}}, folder)
    torture("update", ["-j1", "-q", "--no-lock", "--update", "refs.bib", "list.md"],
            {"list.md": own, "refs.bib": (works / "bibtex/works.bib").read_bytes()}, folder)
    torture("update of what is new", ["-j1", "-q", "--no-lock", "--update", "refs.ris", "--files0-from", "names"],
            {"list.md": own, "names": b"list.md\0"}, folder)
    torture("parts", ["-j1", "-q", "--no-lock", "--to", "jsonl", "-o", "out", "list.md"], {"list.md": own}, folder)
    torture("doi", ["doi", "https://arxiv.org/abs/1912.01703", "https://aclanthology.org/P19-1001/",
                    "https://doi.org/10.1109/5.771073", "https://www.nature.com/articles/s41586-020-2649-2"], {}, folder)
    torture("bundled", ["-j1", "-q", "--to", "bibtex", "-o", "out"], {}, folder)


with tempfile.TemporaryDirectory() as temporary:
    main(Path(temporary))
print(f"# {runs} runs; memory is asked for in {len(places)} places, each failed at its first and last call")
sys.exit(failed > 0)

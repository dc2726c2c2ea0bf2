#!/usr/bin/env python3
"""torture.py KDBIB LIBRARY [NAME...]: every allocation, read, write, fsync and rename of a run fails once.

Small lists of every shape are converted to every format, checked, resolved without the network, and URLs are turned
into DOIs; call number N fails, for every N that an undisturbed run makes (with a step where there are very many;
TORTURE_ALL=1 takes each). Expected: no signal, no sanitizer's report; exit status 0 with the whole output, or another
one with a message and the files as they were. A bad one is told with its place (addr2line). Nor may there be more blocks left at the end than in an undisturbed run.
"""
import os, re, subprocess, sys, tempfile
from pathlib import Path

kdbib, library = map(os.path.abspath, sys.argv[1:3])
only = sys.argv[3:]
golden = Path(__file__).resolve().parent.parent / "golden"
most = 1 << 30 if os.environ.get("TORTURE_ALL") else int(os.environ.get("TORTURE_STEPS", 40))
calls = ("alloc", "write", "read", "fsync", "rename")
failed = runs = 0
sites = set()


def run(arguments, call, at, folder):
    env = dict(os.environ, FAIL_CALL=call, FAIL_AT=str(at), FAIL_COUNT=str(folder / ".count"), FAIL_TRACE=str(folder / ".trace"))
    env["LD_PRELOAD"] = library
    return subprocess.run([kdbib, *arguments], env=env, capture_output=True, timeout=300, stdin=subprocess.DEVNULL, cwd=folder)


def files(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name[0] != "."}


def restore(folder, before):
    for p in folder.iterdir():
        if p.name not in before:
            p.unlink()
    for name, data in before.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != data:
            (folder / name).write_bytes(data)


def frames(folder):
    """The addresses inside kdbib on the way to the failing call."""
    try:
        trace = (folder / ".trace").read_text()
    except FileNotFoundError:
        return ()
    return tuple(re.findall(re.escape(kdbib) + r"\(\+(0x[0-9a-f]+)\)", trace))


def loses_itself(folder):
    """Libraries that lose a block of their own when they fail: cmark's registration (see kdb_cmark_register()), and
    libxml2's writer, which does not ask whether its list took the element (2.9.14)."""
    trace = folder / ".trace"
    return trace.exists() and any(name in trace.read_text() for name in ("cmark-gfm-extensions", "xmlTextWriterStart"))


def place(addresses):
    command = ["addr2line", "-e", kdbib, "-fs", *(hex(int(a, 16) - 1) for a in addresses[:8])]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.split("\n")
    return " < ".join(f"{a} {b}" for a, b in zip(lines[::2], lines[1::2]))


def verdict(p, before, after, whole):
    said = p.stderr.decode(errors="replace")
    if p.returncode < 0 or p.returncode > 2:
        return f"exit status {p.returncode} {said[:300]}"
    if p.returncode == whole[0]:
        return None if (p.stdout, after) == whole[1:] else f"exit {p.returncode} but another output"
    if not said:
        return f"exit {p.returncode} without a message"
    if after != before:
        return f"exit {p.returncode} but other files: {sorted(set(after) ^ set(before))}"
    return None


def torture(name, arguments, before, folder):
    global failed, runs
    if only and name not in only:
        return
    restore(folder, before)
    p = run(arguments, "alloc", 0, folder)
    whole = (p.returncode, p.stdout, files(folder))
    if p.returncode not in (0, 1) or p.stderr.count(b"memory"):
        print(f"not ok - torture {name}: fails undisturbed, {p.stderr[:200]}")
        failed += 1
        return
    for call in calls:
        restore(folder, before)
        run(arguments, call, 0, folder)
        (count, kept), bad = map(int, (folder / ".count").read_text().split()), []
        points = range(1, count + 1, max(1, count // most))
        for at in points:
            restore(folder, before)
            p = run(arguments, call, at, folder)
            runs += 1
            why = verdict(p, before, files(folder), whole)
            addresses = frames(folder)
            lost = int((folder / ".count").read_text().split()[1]) - kept
            if not why and lost > 0 and not loses_itself(folder):
                why = f"{lost} blocks were not freed"
            sites.add((call, addresses[:6]))
            if why:
                bad.append(f"{call} {at}: {why}\n      {place(addresses)}")
            (folder / ".trace").unlink(missing_ok=True)
        failed += bool(bad)
        print(f"{'not ok' if bad else 'ok'} - torture {name}: {len(points)} of {count} {call} calls failed once"
              + "".join("\n    " + b for b in bad[:10]), flush=True)


with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary)
    formats = [l.split()[0] for l in subprocess.run([kdbib, "formats"], capture_output=True, text=True).stdout.splitlines() if l.strip()]
    shapes = sorted((golden / "shapes").glob("*.md"))[:: 1 if os.environ.get("TORTURE_ALL") else 4]
    plain = {"list.md": b"# List\n\n" + b"\n\n".join(g.read_bytes() for g in shapes)}
    locked = {"list.md": b"\n\n".join(g.read_bytes() for g in sorted((golden / "lock").glob("*.md"))[:6])}
    (folder / "list.md").write_bytes(locked["list.md"])
    run(["resolve", "-q", "--offline", "list.md"], "none", 0, folder)
    locked = files(folder)
    for to in formats:
        torture(to, ["-q", "--to", to, "-o", "out", "list.md"], plain, folder)
    torture("unicode", ["-q", "-O", "unicode", "--to", "bibtex", "-o", "out", "list.md"], plain, folder)
    torture("stdout", ["-q", "--to", "ris", "list.md"], locked, folder)
    torture("locked", ["-q", "--to", "jsonl", "-o", "out", "list.md"], locked, folder)
    torture("check", ["check", "list.md"], locked, folder)
    torture("resolve", ["resolve", "-q", "--offline", "list.md"], plain, folder)
    torture("resolve again", ["resolve", "-q", "--offline", "list.md"], locked, folder)
    torture("doi", ["doi", "https://arxiv.org/abs/1912.01703", "https://aclanthology.org/P19-1001/",
                    "https://doi.org/10.1109/5.771073", "https://www.nature.com/articles/s41586-020-2649-2"], {}, folder)
    torture("bundled", ["-q", "--to", "bibtex", "-o", "out"], {}, folder)
print(f"# {runs} runs, {len(sites)} ways to a failing call")
sys.exit(failed > 0)

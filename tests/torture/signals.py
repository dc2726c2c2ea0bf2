#!/usr/bin/env python3
"""signals.py KDBIB: SIGINT, SIGTERM, SIGHUP and a reader that goes away, at random moments of a conversion.

Expected: the program ends; the file that stood there is the old one or the whole new one, and nothing else is left.
"""
import os, random, signal, subprocess, sys, tempfile, time
from pathlib import Path

kdbib = os.path.abspath(sys.argv[1])
times = int(os.environ.get("TORTURE_SIGNALS", 15))
random.seed(7)
bad = []
OLD = b"what was there before\n"

with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary)
    row = "|A study of thing {0} and its use|[PDF](https://arxiv.org/abs/2001.{1:05})|[Code](https://github.com/a/b{0})|\n"
    (folder / "list.md").write_text("# L\n\n## S\n\n|Paper|PDF|Code|\n|---|---|---|\n" + "".join(row.format(i, i % 99999) for i in range(20000)))
    commands = {
        "convert": ["-q", "--to", "csl-json", "-o", "out", "list.md"],
        "check": ["check", "-q", "-o", "out", "list.md"],
        "resolve": ["resolve", "-q", "--offline", "--lock", "out", "list.md"],
    }
    for name, arguments in commands.items():
        out = folder / "out"
        out.unlink(missing_ok=True)
        begin = time.monotonic()
        subprocess.run([kdbib, *arguments], cwd=folder, capture_output=True)
        took, whole = time.monotonic() - begin, out.read_bytes()
        old = OLD if name != "resolve" else whole
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            early = 0
            for _ in range(times):
                out.write_bytes(old)
                p = subprocess.Popen([kdbib, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                time.sleep(random.random() * took)
                p.send_signal(which)
                try:
                    p.communicate(timeout=30)
                except subprocess.TimeoutExpired:
                    p.kill()
                    p.communicate()
                    bad.append(f"{name} {which.name}: it goes on")
                early += p.returncode not in (0, 1)
                left = sorted(f.name for f in folder.iterdir() if f.name not in ("list.md", "out"))
                if left:
                    bad.append(f"{name} {which.name}: left {left}")
                    for f in left:
                        (folder / f).unlink()
                if not out.exists() or out.read_bytes() not in (old, whole):
                    bad.append(f"{name} {which.name}: a damaged file, status {p.returncode}")
                if p.returncode in (0, 1) and out.exists() and out.read_bytes() != whole:
                    bad.append(f"{name} {which.name}: status {p.returncode} without the file")
            print(f"{'not ok' if bad else 'ok'} - {name}: {times} times {which.name}, {early} of them before its end" + "".join("\n    " + b for b in bad[:5]), flush=True)
    for _ in range(times):
        p = subprocess.Popen([kdbib, "-q", "--to", "ris", "list.md"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        p.stdout.read(random.randrange(1, 200000))
        p.stdout.close()
        said = p.stderr.read()
        if p.wait(timeout=30) not in (-signal.SIGPIPE, 2, 128 + signal.SIGPIPE):
            bad.append(f"a reader that goes away: status {p.returncode}, {said[:100]}")
    print(f"{'not ok' if bad else 'ok'} - {times} readers that go away" + "".join("\n    " + b for b in bad[:5]))
sys.exit(bool(bad))

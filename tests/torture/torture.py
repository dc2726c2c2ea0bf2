#!/usr/bin/env python3
"""torture.py KDBIB LIBRARY: every allocation, read, write, fsync and rename of a run fails once.

For each writer, a list of one small list of every shape is converted with an output file; call number N fails, for
every N that an undisturbed run makes (with a step where there are very many; TORTURE_ALL=1 takes each). Expected: no
signal; exit status 0 with the whole output, or not 0 with a message and no output file.
"""
import glob, os, subprocess, sys, tempfile

kdbib, library = map(os.path.abspath, sys.argv[1:3])
here = os.path.dirname(os.path.abspath(__file__))
most = 1 << 30 if os.environ.get("TORTURE_ALL") else 150
failures = runs = 0


def run(command, call, at, folder):
    env = dict(os.environ, LD_PRELOAD=library, FAIL_CALL=call, FAIL_AT=str(at), FAIL_COUNT=f"{folder}/count")
    return subprocess.run(command, env=env, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as folder:
    formats = [l.split()[0] for l in subprocess.run([kdbib, "formats"], capture_output=True, text=True).stdout.splitlines() if l.strip()]
    out, source = f"{folder}/out", f"{folder}/list.md"
    with open(source, "wb") as f:
        f.write(b"# List\n\n" + b"\n\n".join(open(g, "rb").read() for g in sorted(glob.glob(f"{here}/../golden/shapes/*.md"))[::4]))
    for to in formats:
        command = [kdbib, "-q", "--to", to, "-o", out, source]
        if run(command, "alloc", 0, folder).returncode:
            print(f"not ok - torture {to}: fails undisturbed")
            failures += 1
            continue
        whole = open(out, "rb").read()
        os.unlink(out)
        for call in ("alloc", "write", "read", "fsync", "rename"):
            run(command, call, 0, folder)
            os.path.exists(out) and os.unlink(out)
            count = int(open(f"{folder}/count").read())
            bad = []
            points = range(1, count + 1, max(1, count // most))
            for at in points:
                p = run(command, call, at, folder)
                runs += 1
                have = open(out, "rb").read() if os.path.exists(out) else None
                left = [f for f in os.listdir(folder) if f not in ("count", "out", "list.md")]
                if p.returncode < 0:
                    bad.append(f"{call} {at}: signal {-p.returncode}")
                elif p.returncode == 0 and have != whole:
                    bad.append(f"{call} {at}: exit 0 but another output")
                elif p.returncode and have is not None:
                    bad.append(f"{call} {at}: exit {p.returncode} but an output file")
                elif p.returncode and not p.stderr:
                    bad.append(f"{call} {at}: exit {p.returncode} without a message")
                elif left:
                    bad.append(f"{call} {at}: left {left}")
                for name in left + (["out"] if have is not None else []):
                    os.unlink(f"{folder}/{name}")
            failures += bool(bad)
            print(f"{'not ok' if bad else 'ok'} - torture {to}: {len(points)} of {count} {call} calls failed once"
                  + "".join("\n    " + b for b in bad[:10]))
print(f"# {runs} runs")
sys.exit(failures > 0)

#!/usr/bin/env python3
"""bench KDBIB [--quick] [--write FILE]: kdbib side by side with cmark-gfm and pandoc on lists made here.

Runs are interleaved; a row gives the medians of wall time and of processor time (which a busy machine falsifies less), their
ratios to cmark-gfm on the same file, and the peak memory.
"""
import argparse, os, platform, shutil, statistics, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(__file__))
import lists


def run(command, stdin=None):
    """Wall and processor seconds and peak MiB of one run, its output thrown away."""
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, stdin or "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)}: exit status {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(commands, runs):
    """Median wall and processor time and highest memory of each command, run in turn."""
    seen = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seen[name].append(run(command))
    return {name: (statistics.median(w for w, _, _ in s), statistics.median(c for _, c, _ in s), max(m for _, _, m in s))
            for name, s in seen.items()}


def have(tool):
    return any(os.access(os.path.join(d, tool), os.X_OK) for d in os.environ["PATH"].split(":"))


def version(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]


def table(title, rows, base):
    lines = [f"### {title}", "", "| command | wall s | × | processor s | × | peak MiB |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, (wall, cpu, memory) in rows.items():
        lines.append(f"| {name} | {wall:.4f} | {wall / rows[base][0]:.2f} | {cpu:.4f} | {cpu / rows[base][1]:.2f} | {memory:.0f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kdbib")
    parser.add_argument("--quick", action="store_true", help="small lists, few runs")
    parser.add_argument("--write", metavar="FILE", help="also write the tables there")
    args = parser.parse_args()
    runs = 3 if args.quick else 7
    out = ["# Benchmarks", "", f"{platform.machine()}, {os.cpu_count()} cores, {platform.platform()}; "
           f"{version('cmark-gfm', '--version')}; {version('pandoc', '--version') if have('pandoc') else 'no pandoc'}.",
           "Written by `scripts/bench`; times are medians of interleaved whole-process runs, × is the ratio to "
           f"the first row. Load average at the start: {os.getloadavg()[0]:.1f}.", ""]

    def tell(text):
        print(text, flush=True)
        out.append(text)

    folder = tempfile.mkdtemp(prefix="kdbib-bench-")
    size = 10000 if args.quick else 100000
    growth = {}
    for shape in ("table", "bullet", "citation", "mixed"):
        path = f"{folder}/{shape}.md"
        lists.write(path, shape, size)
        commands = {"cmark-gfm -e table -t html": ["cmark-gfm", "-e", "table", "-t", "html", path]}
        for to in ("bibtex", "ris", "csl-json", "jats", "jsonl"):
            if shape == "table" or to == "bibtex":
                commands[f"kdbib --to {to}"] = [args.kdbib, "-q", "--no-lock", "--to", to, path]
        rows = measure(commands, runs)
        if shape == "table" and have("pandoc"):
            rows["pandoc -f gfm -t json (once)"] = run(["pandoc", "-f", "gfm", "-t", "json", path])
        tell(table(f"{size} entries, {shape}, {os.path.getsize(path) / 1e6:.1f} MB", rows, "cmark-gfm -e table -t html"))
    for count in (1000, 10000, 100000) if args.quick else (10000, 100000, 1000000):
        path = f"{folder}/growth.md"
        lists.write(path, "table", count)
        growth[count] = measure({"kdbib": [args.kdbib, "-q", "--no-lock", "--to", "bibtex", path]}, 3)["kdbib"]
    tell("### Growth, table to BibTeX\n\n| entries | wall s | processor s | peak MiB |\n| ---: | ---: | ---: | ---: |\n" +
         "\n".join(f"| {n} | {w:.3f} | {c:.3f} | {m:.0f} |" for n, (w, c, m) in growth.items()) + "\n")
    locked = f"{folder}/locked"
    os.mkdir(locked)
    shutil.copy(f"{folder}/table.md", f"{locked}/README.md")
    run([args.kdbib, "resolve", "-q", "--offline", "--lock", f"{locked}/kdbib.lock.csv", f"{locked}/README.md"])
    both = {"without a lock": ["--no-lock"], f"with a lock of {size} entries": ["--lock", f"{locked}/kdbib.lock.csv"]}
    rows = measure({name: [args.kdbib, "-q", *how, "--to", "bibtex", f"{locked}/README.md"] for name, how in both.items()}, 3)
    tell(table(f"{size} entries, table to BibTeX", rows, "without a lock"))
    small = f"{folder}/small.md"
    with open(small, "wb") as f:
        f.write(open(os.path.join(os.path.dirname(__file__), "../../data/kd-medical-imaging.md"), "rb").read())
    rows = measure({"cmark-gfm -e table -t html": ["cmark-gfm", "-e", "table", "-t", "html", small],
                    "kdbib --to bibtex (bundled list and lock)": [args.kdbib, "-q", "--to", "bibtex"]}, 31)
    tell(table("The bundled list, whole process", rows, "cmark-gfm -e table -t html"))
    if args.write:
        with open(args.write, "w", encoding="utf-8") as f:
            f.write("\n".join(out))


main()

"""Runs commands side by side and puts what they took into tables."""
import os
import shutil
import statistics
import subprocess
import time


class Run:
    """Medians of several runs: wall and processor seconds; the highest memory in MiB."""

    def __init__(self, wall, cpu, memory):
        self.wall, self.cpu, self.memory = wall, cpu, memory


def once(command, stdin=None):
    """One run, its output thrown away; a command that fails ends the benchmark."""
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, stdin or "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)}: exit status {status}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(runs):
    return Run(statistics.median(r.wall for r in runs), statistics.median(r.cpu for r in runs), max(r.memory for r in runs))


def measure(commands, runs, slow=()):
    """{name: command or (command, stdin)}, each in turn `runs` times, but those in `slow` once -> {name: Run}."""
    seen = {name: [] for name in commands}
    for i in range(runs):
        for name, command in commands.items():
            argv, stdin = command if isinstance(command, tuple) else (command, None)
            if i == 0 or name not in slow:
                seen[name].append(once(argv, stdin))
    return {name: medians(all_runs) for name, all_runs in seen.items()}


def measure_growth(commands, turns):
    """{entries: command}: each in turn, the largest beside as much of the second, half before and half behind it, so that what
    else the machine does meanwhile hits both alike -> {entries: Run}, how many times the second the largest takes (median of
    the turns)."""
    seen = {entries: [] for entries in commands}
    second, largest = list(commands)[1], list(commands)[-1]
    half, ratios = largest // second // 2, []
    for _ in range(turns):
        for entries in commands:
            if entries not in (second, largest):
                seen[entries].append(once(commands[entries]))
        small = [once(commands[second]) for _ in range(half)]
        large = once(commands[largest])
        small += [once(commands[second]) for _ in range(half)]
        seen[second] += small
        seen[largest].append(large)
        ratios.append(large.wall / statistics.mean(r.wall for r in small))
    return {entries: medians(all_runs) for entries, all_runs in seen.items()}, statistics.median(ratios)


def have(tool):
    return shutil.which(tool) is not None


def version(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n")[0].strip()
    except OSError:
        return f"no {command[0]}"


def table(title, rows):
    """Ratios are to the first row."""
    base = next(iter(rows.values()))
    lines = [f"## {title}", "", "| command | wall s | × | processor s | × | peak MiB |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, r in rows.items():
        lines.append(f"| {name} | {r.wall:.4f} | {r.wall / base.wall:.2f} | {r.cpu:.4f} | {r.cpu / base.cpu:.2f} | {r.memory:.0f} |")
    return "\n".join(lines) + "\n"


def growth(title, rows):
    """{entries: Run}; the last columns compare each size with the one before."""
    lines = [f"## {title}", "", "| entries | wall s | processor s | peak MiB | processor, × | bytes for one more entry |",
             "| ---: | ---: | ---: | ---: | ---: | ---: |"]
    before = None
    for entries, r in rows.items():
        more = ["", ""]
        if before:
            more = [f"{r.cpu / before[1].cpu:.1f}", f"{(r.memory - before[1].memory) * 2**20 / (entries - before[0]):.0f}"]
        lines.append(f"| {entries} | {r.wall:.3f} | {r.cpu:.3f} | {r.memory:.0f} | {more[0]} | {more[1]} |")
        before = entries, r
    return "\n".join(lines) + "\n"


class Aims:
    """What kdbib is to reach, beside what it reached."""

    def __init__(self):
        self.rows = []

    def at_most(self, what, value, limit, unit="×"):
        self.rows.append((what, value, limit, unit, "at most", value <= limit))

    def at_least(self, what, value, limit, unit="×"):
        self.rows.append((what, value, limit, unit, "at least", value >= limit))

    def table(self):
        lines = ["## What it is to reach", "", "| what | aim | reached | |", "| --- | ---: | ---: | --- |"]
        for what, value, limit, unit, side, fine in self.rows:
            lines.append(f"| {what} | {side} {limit:g} {unit} | {value:.3g} {unit} | {'yes' if fine else '**no**'} |")
        return "\n".join(lines) + "\n"

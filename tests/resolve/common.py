"""What the tests of `kdbib resolve` share: a folder of their own, runs, and lines `ok - …`."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "server"))
ROOT = pathlib.Path(__file__).resolve().parents[2]
KDBIB = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ["KDBIB"])
failures = 0


def check(name, fine, why=""):
    global failures
    failures += not fine
    why = str(why).replace("\n", " | ")[:600]
    print("%s - %s%s" % ("ok" if fine else "not ok", name, "" if fine or not why else ": " + why),
          flush=True)
    return fine


def finish():
    sys.exit(1 if failures else 0)


class Place:
    """A folder with a list; its own cache."""

    def __init__(self, text=None, name="README.md"):
        self.folder = tempfile.TemporaryDirectory(prefix="kdbib-resolve-")
        self.path = pathlib.Path(self.folder.name)
        self.list = self.path / name
        self.lock = self.path / "kdbib.lock.csv"
        if text is not None:
            self.list.write_text(text, encoding="utf-8")

    def command(self, server, *arguments):
        options = server.options() if server else []
        return [KDBIB, "resolve", *options, *arguments, str(self.list)]

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items()
                if not k.startswith("KDBIB_SERVICE") and not k.lower().endswith("_proxy")}
        return {**kept, "XDG_CACHE_HOME": str(self.path / "cache"), "NO_COLOR": "1", **more}

    def run(self, server, *arguments, timeout=60, stdin=None, **more):
        return subprocess.run(self.command(server, *arguments), env=self.environment(**more),
                              cwd=self.path, capture_output=True, text=True, timeout=timeout,
                              input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL)

    def report(self, server, *arguments, **more):
        result = self.run(server, "--json", *arguments, **more)
        return json.loads(result.stdout or '{"records":[]}'), result

    def rows(self):
        if not self.lock.exists():
            return []
        with open(self.lock, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def entry(title, url, rest=""):
    return "- [%s](%s)%s\n" % (title, url, rest)

"""The examples in Markdown documents, as tests.

A fenced block that is marked `console` holds commands, lines `$ COMMAND`, each followed by what it
writes to standard output. A block whose mark is a language and a name, `make Makefile`, is a file.
Both are taken in the order of the document, in a folder of their own.
"""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?P<mark>[^\n`]*)\n(?P<text>.*?)^```$", re.M | re.S)


def has_examples(text):
    return any(match["mark"] == "console" for match in BLOCK.finditer(text))


def write_file(match, folder):
    """Writes the file that the block is, if it is one."""
    words = match["mark"].split()
    if len(words) == 2:
        path = pathlib.Path(folder, words[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match["text"], "utf-8")


def write_files(document, folder):
    """All files of the document, no command run."""
    for match in BLOCK.finditer((ROOT / document).read_text("utf-8")):
        write_file(match, folder)


def output_of(command, folder, environment):
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    text = run.stdout.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else text + "\n"


def run_block(block, folder, environment, told):
    """Gives the block as it should be; `told` gets each command, what is shown and what it gives."""
    right = ""
    for part in re.split(r"^(?=\$ )", block, flags=re.M):
        if not part.startswith("$ "):
            right += part
            continue
        first, _, shown = part.partition("\n")
        got = output_of(first[2:], folder, environment)
        told(first[2:], shown, got)
        right += first + "\n" + got
    return right


def run_document(text, folder, environment, told):
    """Gives the text as it should be."""

    def replace(match):
        write_file(match, folder)
        if match["mark"] != "console":
            return match[0]
        return "```console\n" + run_block(match["text"], folder, environment, told) + "```"

    return BLOCK.sub(replace, text)


def links(text):
    """Targets within the project."""
    return re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text)))


def environment_with(program, folder):
    """An environment in which `kdbib` is PROGRAM, and nothing of the user's is found."""
    os.makedirs(f"{folder}/bin")
    os.symlink(program, f"{folder}/bin/kdbib")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KDBIB_SERVICE")}
    return {**kept, "PATH": f"{folder}/bin:{kept['PATH']}", "XDG_CACHE_HOME": f"{folder}/cache", "HOME": folder}

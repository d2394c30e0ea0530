#!/usr/bin/env python3
"""Builds one corpus with gongbao and, where they are installed, with Hugo and Zola; prints time, memory and ratios.

    benches/compare.py GENERATOR [SIZE…] [--runs 5] [--memory DIR]

GENERATOR is a script that is run as `GENERATOR SIZE FOLDER --only gongbao,hugo,zola` and makes FOLDER/gongbao, FOLDER/hugo and
FOLDER/zola: the same records as a site for each. Everything is written to a file system in memory, for disks are noisy; the runs
of the programs take turns, for machines are too.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GONGBAO = ROOT / "target/release/gongbao"
DATE = "2026-06-30"


def commands(corpus, out):
    """What to run, by name: a list of arguments and the folder that it writes."""
    gongbao = [GONGBAO, "--root", corpus / "gongbao", "build", "--out", out / "gongbao", "--date", DATE]
    found = {"gongbao": gongbao}
    if hugo := shutil.which("hugo"):
        found["Hugo"] = [hugo, "--quiet", "--source", corpus / "hugo", "--destination", out / "hugo"]
    if zola := shutil.which("zola"):
        found["Zola"] = [zola, "--root", corpus / "zola", "build", "--force", "--output-dir", out / "zola"]
    return found


def run(arguments):
    """Runs a program; gives its time in seconds and its peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{arguments[0]} failed:\n{said.decode(errors='replace')[-2000:]}")
    return took, usage.ru_maxrss / 1024


def write_alone(folder, copy):
    """The time to write the files of a folder anew from memory, in two threads: what no generator can beat."""
    files = [(path.relative_to(folder), path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    for parent in {path.parent for path, _ in files}:
        (copy / parent).mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    children = []
    for half in (files[::2], files[1::2]):
        child = os.fork()
        if child == 0:
            for path, content in half:
                with open(copy / path, "wb") as file:
                    file.write(content)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return time.perf_counter() - began, len(files), sum(len(content) for _, content in files)


def edit(corpus, number, pattern, new):
    """Changes one record: the last place of a pattern in it."""
    path = sorted((corpus / "gongbao/content/projects").rglob("*.yaml"))[number]
    text = path.read_text("utf-8")
    *_, last = re.finditer(pattern, text)
    path.write_text(text[: last.start()] + new(last) + text[last.end() :], "utf-8")


def correct_amount(corpus, number):
    """Corrects the last report of a project; no text that the search finds changes."""
    edit(corpus, number, r"cumulative: (\d+)", lambda found: f"cumulative: {int(found[1]) + 1}")


def change_text(corpus, number):
    """Changes the summary of a project, which the search finds."""
    edit(corpus, number, 'summary: "', lambda found: f"{found[0]}第{number}次修改,")


def measure(generator, size, runs, memory):
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        corpus, out = Path(folder) / "corpus", Path(folder) / "out"
        out.mkdir()
        subprocess.run([sys.executable, generator, str(size), corpus, "--only", "gongbao,hugo,zola"], check=True, stdout=subprocess.DEVNULL)
        programs = commands(corpus, out)
        cold = {name: [] for name in programs}
        for _ in range(runs):
            for name, arguments in programs.items():
                shutil.rmtree(out / name.lower(), ignore_errors=True)
                cold[name].append(run(arguments))
        again = [run(programs["gongbao"]) for _ in range(runs)]
        rebuilt = {"nothing changed": again}
        for what, change in {"an amount corrected": correct_amount, "a text changed": change_text}.items():
            rebuilt[what] = []
            for number in range(runs):
                change(corpus, number)
                rebuilt[what].append(run(programs["gongbao"]))
        alone, files, weight = write_alone(out / "gongbao", out / "copy")
    tell(size, files, weight, alone, cold, rebuilt)


def tell(size, files, weight, alone, cold, rebuilt):
    def middle(figures):
        return statistics.median(took for took, _ in figures), max(memory for _, memory in figures)

    own, own_memory = middle(cold["gongbao"])
    print(f"\n### {size} projects: {files} files, {weight / 1e6:.0f} MB\n")
    print("| | time | to gongbao's | memory | to gongbao's |\n|---|---|---|---|---|")
    for name, figures in cold.items():
        took, memory = middle(figures)
        print(f"| {name}, cold | {took:.2f} s | {took / own:.2f} | {memory:.0f} MB | {memory / own_memory:.2f} |")
    for what, figures in rebuilt.items():
        took, memory = middle(figures)
        print(f"| gongbao, {what} | {took:.2f} s | {took / own:.2f} | {memory:.0f} MB | {memory / own_memory:.2f} |")
    print(f"| those files written alone | {alone:.2f} s | {alone / own:.2f} | | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generator")
    parser.add_argument("size", type=int, nargs="*", default=[500, 5000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--memory", default="/dev/shm")
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--release"], check=True, cwd=ROOT)
    for size in arguments.size:
        measure(arguments.generator, size, arguments.runs, arguments.memory)


if __name__ == "__main__":
    main()

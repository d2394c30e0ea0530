"""Open data is whole: the package validates, spreadsheets can open it, and its files agree with each other."""

import csv
import io
import json
import sys
from pathlib import Path

from frictionless import Package

data = Path(sys.argv[1]) / "data"
faults = []


def rows(name):
    text = (data / name).read_bytes()
    if not text.startswith(b"\xef\xbb\xbf"):
        faults.append(f"{name}: without a byte-order mark spreadsheets take it for GBK")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


report = Package(str(data / "datapackage.json")).validate()
for task in report.tasks:
    faults.extend(f"{task.name}: {error.message}" for error in task.errors)
faults.extend(f"datapackage.json: {error.message}" for error in report.errors)

figures = json.loads((data / "figures.json").read_text("utf-8"))["figures"]
listed = {(figure["metric"], figure["scope"]): figure for figure in figures}
if len(listed) != len(figures):
    faults.append("figures.json: a figure is there twice")
if len(rows("figures.csv")) != len(figures):
    faults.append("figures.csv and figures.json differ in length")

projects = rows("projects.csv")
printed = listed["projects", "all"]["numerator"]
in_force = [project for project in projects if not project.get("left")]
if str(len(in_force)) != printed:
    faults.append(f"projects.csv has {len(in_force)} projects on the list, figures.json says {printed}")
if not rows("reports.csv"):
    faults.append("reports.csv is empty")

for fault in faults:
    print(fault, file=sys.stderr)
print(f"{len(projects)} projects, {len(figures)} figures, {len(report.tasks)} tables validated")
sys.exit(1 if faults else 0)

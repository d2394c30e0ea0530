"""Projects in the infrastructure standard OC4IDS 0.9: its closed code lists, its times, references that resolve.

The standard's own schema is not part of this repository; what is checked here is what its reference says of the fields that
are used.
"""

import json
import re
import sys
from pathlib import Path

package = json.loads((Path(sys.argv[1]) / "data/oc4ids.json").read_text("utf-8"))
faults = []

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
STATUS = "identification preparation implementation completion maintenance decommissioning decommissioned cancelled"
TYPE = "construction rehabilitation replacement expansion decommissioning"
MILESTONE = "scheduled met notMet partiallyMet"
ROLE = (
    "publicAuthority buyer reviewBody supplier tenderer funder enquirer payer payee procuringEntity "
    "administrativeEntity interestedParty"
)
TIMES = {"updated", "publishedDate", "startDate", "endDate", "dueDate", "dateMet", "datePublished"}


def check(holds, where, fault):
    if not holds:
        faults.append(f"{where}: {fault}")


def among(value, codes, where):
    check(value in codes.split(), where, f"`{value}` is not in the code list")


def walk(value, where):
    """Checks what holds of every object, wherever it stands."""
    if isinstance(value, list):
        ids = [entry["id"] for entry in value if isinstance(entry, dict) and "id" in entry]
        check(len(ids) == len(set(ids)), where, "an id is given twice")
        check(value, where, "an empty list")
        for index, entry in enumerate(value):
            walk(entry, f"{where}[{index}]")
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in TIMES:
                check(TIME.fullmatch(entry), f"{where}.{key}", f"`{entry}` is not a time with its zone")
            check(entry not in ("", None, {}), f"{where}.{key}", "says nothing")
            walk(entry, f"{where}.{key}")
        if "currency" in value:
            is_number = isinstance(value["amount"], (int, float))
            check(is_number and value["currency"] == "CNY", where, "is not an amount in CNY")
        if {"startDate", "endDate"} <= value.keys():
            check(value["startDate"] <= value["endDate"], where, "ends before it starts")


check(package["version"] == "0.9", "package", "version")
walk(package, "package")
for project in package["projects"]:
    where = project["id"]
    check(re.fullmatch(r"oc4ids-[a-z0-9]{6}-.+", where), where, "has no registered prefix")
    check(project.get("title"), where, "no title")
    among(project["status"], STATUS, f"{where}.status")
    if "type" in project:
        among(project["type"], TYPE, f"{where}.type")
    parties = {party["id"] for party in project.get("parties", [])}
    for party in project.get("parties", []):
        for role in party["roles"]:
            among(role, ROLE, f"{where}.{party['id']}")
    authority = project.get("publicAuthority")
    check(authority is None or authority["id"] in parties, where, "its authority is not among its parties")
    for milestone in project.get("milestones", []):
        among(milestone["status"], MILESTONE, f"{where}.milestones")
        check((milestone["status"] == "met") == ("dateMet" in milestone), where, "a milestone met without its day")
    for metric in project.get("metrics", []):
        for observation in metric["observations"]:
            check(("value" in observation) != ("measure" in observation), where, "an observation of nothing or of two things")

for fault in faults[:50]:
    print(fault, file=sys.stderr)
print(f"{len(package['projects'])} projects")
sys.exit(1 if faults else 0)

"""What `gongbao schema` prints accepts every file of the sample, and not one with a misspelt field."""

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

program, content = sys.argv[1], Path(sys.argv[2])


class Loader(yaml.SafeLoader):
    """Reads YAML as YAML 1.2 does: `on` is a word, and a date is a text."""


YAML_1_1 = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in YAML_1_1]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")


def record(path):
    text = path.read_text("utf-8")
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, Loader)


FILES = {
    "site": [content / "site.yaml"],
    "towns": [content / "towns.yaml"],
    "project": content.glob("projects/**/*.yaml"),
    "news": content.glob("news/**/*.md"),
    "bulletin": content.glob("bulletins/*.md"),
}

faults, count = [], 0
for kind, paths in FILES.items():
    schema = json.loads(subprocess.run([program, "schema", kind], check=True, capture_output=True).stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for path in paths:
        count += 1
        value = record(path)
        faults.extend(f"{path}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value))
    if isinstance(value, dict) and validator.is_valid({**value, "nmae": "甲"}):
        faults.append(f"{kind}: takes a field that there is not")

for fault in faults[:50]:
    print(fault, file=sys.stderr)
print(f"{count} files fit their schemas")
sys.exit(1 if faults else 0)

#!/usr/bin/env python3
"""Measures watch mode: from the start to the first page, and from a save to the page that shows it.

    GENERATOR 5000 /dev/shm/c5000
    python3 benches/serve.py target/release/gongbao /dev/shm/c5000/gongbao

The site is copied beside itself and the copy is edited. As a browser does, the script listens to the server's events and
asks for the page, or the stylesheet, once it is told that there is a new one. Times are in milliseconds and hold everything,
the debounce of 25 ms too.
"""

import atexit
import http.client
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

# Even: an amount alternates, and is another one when the next series begins.
ROUNDS = 16


class Serve:
    """A running `gongbao serve`."""

    def __init__(self, program, root):
        self.began = time.perf_counter()
        command = [program, "--root", root, "--lang", "en", "serve", "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        self.lines = []
        port = None
        while port is None:
            line = self.process.stderr.readline()
            assert line, "it ended"
            found = re.match(r"serving at http://127.0.0.1:(\d+)/", line)
            port = found and int(found[1])
        threading.Thread(target=self.hear, daemon=True).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.get("/")
        self.first_page = (time.perf_counter() - self.began) * 1000

    def hear(self):
        for line in self.process.stderr:
            self.lines.append(line)

    def get(self, path):
        self.connection.request("GET", path)
        return self.connection.getresponse().read()

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024

    def follow(self, page):
        """The connection on which the server tells of changes to a page that was shown."""
        html = self.get(page).decode()
        shown = re.search(r'data-page="(\w*)" data-styles="(\w*)"', html)
        query = urllib.parse.urlencode({"path": page, "page": shown[1], "styles": shown[2]})
        connection = http.client.HTTPConnection("127.0.0.1", self.connection.port, timeout=10)
        connection.request("GET", f"/.gongbao/events?{query}")
        return connection.getresponse()

    def save_to_page(self, file, texts, page, event, address):
        """The times from a save of each text in turn until what is at the address has come."""
        times = []
        for round in range(ROUNDS):
            events = self.follow(page)
            # The editor looks at the page before saving again.
            time.sleep(0.7)
            before = self.get(address)
            began = time.perf_counter()
            file.write_text(texts(round))
            while events.readline().strip() != b"event: " + event:
                pass
            after = self.get(address)
            times.append((time.perf_counter() - began) * 1000)
            assert after != before, f"{address} does not change"
            events.close()
        return times


def main():
    program, corpus = sys.argv[1:]
    root = pathlib.Path(corpus).with_name("serve-copy")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(corpus, root)
    starts = []
    for _ in range(5):
        serve = Serve(program, root)
        starts.append(serve.first_page)
        serve.process.terminate()
        serve.process.wait()
    print(f"start to first page    median {statistics.median(starts):6.0f}  all {[round(t) for t in starts]}")

    (root / "themes/default/templates").mkdir(parents=True)
    (root / "themes/default/static").mkdir()
    themes = pathlib.Path(__file__).parent.parent / "themes/default"
    news = sorted((root / "content/news").rglob("*.md"))[2000]
    project = sorted((root / "content/projects").rglob("*.yaml"))[2000]
    town = re.search(r'^town: *"?([a-z0-9-]+)', project.read_text(), re.M)[1]
    template = root / "themes/default/templates/news.html"
    style = root / "themes/default/static/style.css"
    news_text, project_text = news.read_text(), project.read_text()
    template_text = (themes / "templates/news.html").read_text()
    style_text = (themes / "static/style.css").read_text()
    report = re.compile(r"cumulative: *([0-9]+)万元")
    last = list(report.finditer(project_text))[-1]

    def reported(round):
        return f"{project_text[:last.start()]}cumulative: {int(last[1]) + 500 * (1 - round % 2)}万元{project_text[last.end():]}"

    serve = Serve(program, root)
    time.sleep(8)
    news_page = f"/news/{news.stem}/"
    reload, ranking = b"reload", "/rankings/"
    project_page, town_page = f"/projects/{project.stem}/", f"/towns/{town}/"
    edits = [
        ("news body", news, lambda round: f"{news_text}\n改动{round}。\n", news_page, reload, news_page),
        ("project: its page", project, reported, project_page, reload, project_page),
        ("project: its town", project, reported, town_page, reload, town_page),
        ("project: ranking", project, reported, ranking, reload, ranking),
        ("template", template, lambda round: template_text.replace("<article", f"<!-- {round} --><article", 1), news_page, reload, news_page),
        ("stylesheet", style, lambda round: f"{style_text}/* {round} */\n", news_page, b"styles", "/static/style.css"),
    ]
    for name, *edit in edits:
        times = serve.save_to_page(*edit)
        print(f"{name:<22} median {statistics.median(times):6.1f}  best {min(times):6.1f}  worst {max(times):6.1f}")
    print(f"memory                 {serve.memory()} MB")
    updated = [int(found[1]) for line in serve.lines if (found := re.match(r"updated \((\d+) ms\)", line))]
    print(f"of which reading and assembling: median {statistics.median(updated)}, best {min(updated)}")
    serve.process.terminate()


main()

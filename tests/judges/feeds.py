"""Feed readers understand every feed, and the map of the site lists what there is."""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import feedparser

site = Path(sys.argv[1])
faults = []


def check(holds, fault):
    if not holds:
        faults.append(fault)


def atom(path):
    feed = feedparser.parse(path.read_bytes())
    name = path.relative_to(site)
    check(not feed.bozo, f"{name}: {feed.get('bozo_exception')}")
    check(feed.version == "atom10", f"{name}: {feed.version}")
    check(feed.feed.get("title") and feed.feed.get("id"), f"{name}: no title or id")
    check(feed.feed.get("updated_parsed"), f"{name}: no time of change")
    ids = [entry.get("id") for entry in feed.entries]
    check(len(ids) == len(set(ids)) and all(ids), f"{name}: ids are missing or given twice")
    for entry in feed.entries:
        whole = entry.get("title") and entry.get("link") and entry.get("updated_parsed")
        check(whole, f"{name}: {entry.get('id')} lacks a title, link or time")
    return len(ids)


def json_feed(path):
    feed = json.loads(path.read_text("utf-8"))
    name = path.relative_to(site)
    check(feed["version"] == "https://jsonfeed.org/version/1.1", f"{name}: {feed['version']}")
    check(feed["title"] and feed["feed_url"].endswith(str(name)), f"{name}: title or address")
    for item in feed["items"]:
        check(item["id"] and item["url"] and (item.get("content_html") or item.get("content_text")), f"{name}: {item}")
    return len(feed["items"])


def sitemap(path):
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    addresses = [place.text for place in ElementTree.parse(path).getroot().findall("s:url/s:loc", namespace)]
    pages = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")}
    base = min(addresses, key=len)
    listed = {address.removeprefix(base).strip("/") or "." for address in addresses}
    check(len(addresses) == len(set(addresses)), "sitemap.xml: an address is listed twice")
    # A page of search results is nothing to be found by searching.
    expected = {page for page in pages if page.split("/")[-1] != "search"}
    check(listed == expected, f"sitemap.xml: {sorted(listed ^ expected)[:5]} listed or there, not both")


counts = {path: atom(path) for path in sorted(site.rglob("feed.xml"))}
check(counts and counts[site / "feed.xml"] > 0, "the main feed is empty")
check((site / "feed.json") in site.rglob("feed.json"), "there is no feed.json")
for path in sorted(site.rglob("feed.json")):
    json_feed(path)
sitemap(site / "sitemap.xml")
for fault in faults:
    print(fault, file=sys.stderr)
print(f"{len(counts)} feeds with {sum(counts.values())} entries")
sys.exit(1 if faults else 0)

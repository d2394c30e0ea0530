//! Files as browsers get them: a page with the script that keeps it as the site is, all else as it is published.

use std::ops::Range;

use axum::body::Bytes;
use percent_encoding::percent_decode_str;

use super::content_type::content_type;
use super::shown::Generation;
use crate::plan::{Output, Page, Route};
use crate::source::ContentHash;

/// A file as a browser gets it.
pub(super) struct Rendered {
    /// Its bytes.
    pub(super) body: Bytes,
    /// What kind of file it is.
    pub(super) content_type: &'static str,
    /// The hash of the bytes.
    pub(super) tag: String,
    /// The hash of what a reader sees: if it is another, the page must be reloaded.
    pub(super) seen: String,
}

impl Rendered {
    /// A file of a generation; `bytes` are what is published.
    pub(super) fn new(
        generation: &Generation,
        route: &Route,
        output: &Output,
        bytes: Vec<u8>,
    ) -> Self {
        match output {
            Output::Page(..) => {
                let html = String::from_utf8_lossy(&bytes);
                let seen = seen(generation, route, &html);
                Rendered::page(&html, seen, &generation.styles().to_hex())
            }
            _ => {
                let tag = ContentHash::of(&bytes).to_hex();
                let content_type = content_type(&route.file());
                Rendered { body: bytes.into(), content_type, seen: tag.clone(), tag }
            }
        }
    }

    /// An empty page, which waits for a site to show.
    pub(super) fn nothing() -> Self {
        let html = "<!doctype html><html><head><meta charset=\"utf-8\"><title>gongbao</title></head><body></body></html>";
        Rendered::page(html, String::new(), "")
    }

    fn page(html: &str, seen: String, styles: &str) -> Self {
        let script = format!(
            "<script src=\"/.gongbao/reload.js\" data-page=\"{seen}\" data-styles=\"{styles}\" defer></script>"
        );
        let at = html.rfind("</body>").unwrap_or(html.len());
        let body = [&html[..at], &script, &html[at..]].concat();
        let tag = ContentHash::of(body.as_bytes()).to_hex();
        Rendered { body: body.into(), content_type: content_type("index.html"), tag, seen }
    }
}

/// The hash of what a reader sees of a page: its bytes, the pictures and scripts that it names, and what else these show: the
/// pictures and fonts of the stylesheets, the index of the search.
///
/// A changed stylesheet is no reason to reload, nor is what follows the question mark in its address, which may be its hash.
fn seen(generation: &Generation, route: &Route, html: &str) -> String {
    let mut seen = blake3::Hasher::new();
    let mut hashes = generation.looks().to_hex();
    if let Some(Output::Page(Page::Search, _)) = generation.site.plan.outputs.get(route) {
        hashes.extend(file_hash(generation, route, "manifest.js"));
    }
    let mut read = 0;
    for (name, at) in attributes(html) {
        let value = &html[at.clone()];
        match name {
            "href" => {
                let version = value.find(".css?").map(|found| at.start + found + ".css".len());
                let is_own = || own_file(generation, route, value).is_some();
                if let Some(version) = version.filter(|_| is_own()) {
                    seen.update(&html.as_bytes()[read..version]);
                    read = at.end;
                }
            }
            "src" | "poster" => hashes.extend(file_hash(generation, route, value)),
            "srcset" => {
                let sources =
                    value.split(',').filter_map(|source| source.split_whitespace().next());
                hashes.extend(sources.filter_map(|source| file_hash(generation, route, source)));
            }
            _ => {}
        }
    }
    seen.update(&html.as_bytes()[read..]).update(hashes.as_bytes());
    seen.finalize().to_hex().to_string()
}

/// The attributes of a page that stand in double quotes: their names, and where their values are.
fn attributes(html: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut from = 0;
    html.match_indices("=\"").filter_map(move |(equals, sign)| {
        // What looks like an attribute within the value of one is none.
        let before = html.get(from..equals)?;
        let start = equals + sign.len();
        let end = start + html[start..].find('"')?;
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
        let name = before.trim_end_matches(is_name).len();
        from = end + 1;
        Some((&before[name..], start..end))
    })
}

/// The hash of a file of the site that a page names.
fn file_hash(generation: &Generation, page: &Route, address: &str) -> Option<String> {
    let (route, output) = own_file(generation, page, address)?;
    match output {
        Output::Page(..) => None,
        _ => Some(generation.render(route, output).ok()?.tag.clone()),
    }
}

/// What of the site an address on a page leads to.
fn own_file<'a>(
    generation: &'a Generation,
    page: &Route,
    address: &str,
) -> Option<(&'a Route, &'a Output)> {
    let route = resolve(page, generation.site.model.site.base_url.path(), address)?;
    generation.site.plan.outputs.get_key_value(route.as_str())
}

/// The route that an address on a page leads to, if it is one of this site.
fn resolve(page: &Route, base: &str, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if let Some(route) = path.strip_prefix(base).filter(|_| path.starts_with('/')) {
        return Some(route.to_owned());
    }
    let folder = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_with_their_values() {
        let html = r#"<a href="x"><img alt="a=b" src="../y.png"><p title=z data-src="w">="#;
        let found: Vec<_> = attributes(html).map(|(name, at)| (name, &html[at])).collect();
        assert_eq!(found, [("href", "x"), ("alt", "a=b"), ("src", "../y.png"), ("data-src", "w")]);
    }

    #[test]
    fn addresses_lead_to_routes() {
        let route = |address| resolve(&Route::new("news/start/"), "/xmjs/", address);
        assert_eq!(route("../../media/%E6%A1%A5.png?1#a").as_deref(), Some("media/桥.png"));
        assert_eq!(route("/xmjs/static/a.js").as_deref(), Some("static/a.js"));
        assert_eq!(route("../../../etc/passwd"), None);
    }

    #[test]
    fn the_script_comes_last_in_the_body() {
        let page = Rendered::page("<body>x</body></html>", "1".into(), "2");
        let body = String::from_utf8(page.body.to_vec()).unwrap();
        assert!(body.starts_with("<body>x<script "), "{body}");
        assert!(body.ends_with("></script></body></html>"), "{body}");
    }
}

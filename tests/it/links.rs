//! Where links of records lead: on the web or into the site, and nowhere else.

use serde_json::Value;

use crate::site::Site;

const BRIDGE: &str = "content/projects/bridge.yaml";
const PDF: &str = "//- content/media/permit.pdf\n%PDF-1.4\n";

/// Gives the bridge a document that can be read at an address.
fn with_document<'a>(site: &'a Site, url: &str) -> &'a Site {
    let document = format!(
        "disclosures: [{{url: \"{url}\", kind: permit, title: 许可, formed_on: 2023-05-05}}]"
    );
    site.edit(BRIDGE, "type: new", &format!("type: new\n{document}"))
}

#[test]
fn an_address_that_must_not_be_linked_to_is_told() {
    for url in ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "https://", "#x"]
    {
        let site = Site::small("");
        let told = with_document(&site, url).problems();
        assert!(told.starts_with(&format!("{BRIDGE}:4:21: error[bad-url]")), "{url}: {told}");
    }
    for url in ["javascript:alert(1)", "/projects/", "www.conac.cn"] {
        let site = Site::small("");
        let gov = format!("title: 公报\ngov: {{conac_url: \"{url}\"}}");
        let told = site.edit("content/site.yaml", "title: 示例县重点项目公报", &gov).problems();
        assert!(told.starts_with("content/site.yaml:2:18: error[bad-url]"), "{url}: {told}");
    }
}

#[test]
fn an_address_that_leads_nowhere_is_told() {
    for (url, code) in [("/projects/nope/", "broken-link"), ("no.pdf", "missing-media")] {
        let site = Site::small("");
        let told = with_document(&site, url).problems();
        assert!(told.starts_with(&format!("{BRIDGE}:4:21: error[{code}]")), "{url}: {told}");
    }
}

#[test]
fn a_document_is_linked_from_the_page_and_has_a_whole_address_in_data() {
    let cases = [
        ("https://gov.example/许可?a=1&b=2", None),
        ("permit.pdf#page=2", Some("media/permit.pdf#page=2")),
        ("/method/", Some("method/")),
    ];
    for (written, in_site) in cases {
        let site = Site::small(PDF);
        with_document(&site, written).build();
        let whole = in_site
            .map_or_else(|| written.to_owned(), |url| format!("https://example.org/xmjs/{url}"));
        let shown = in_site.map_or_else(|| written.to_owned(), |url| format!("../../{url}"));
        let page = site.read("projects/bridge/index.html").replace("&amp;", "&");
        assert!(page.contains(&format!("<a href=\"{shown}\">许可</a>")), "{shown}");
        for (route, list) in
            [("data/projects.json", "disclosures"), ("data/oc4ids.json", "documents")]
        {
            let data: Value = serde_json::from_str(&site.read(route)).unwrap();
            assert_eq!(data["projects"][0][list][0]["url"], whole, "{route}");
        }
    }
    let site = Site::small(PDF);
    let english = with_document(&site, "/method/").view("/en/projects/bridge/");
    assert_eq!(english["page"]["disclosures"][0]["url"], "../../../en/method/");
}

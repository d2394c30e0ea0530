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
fn the_photos_of_a_translation_are_checked_and_published() {
    let site = Site::small("");
    let english = "---\ntitle: A bridge\ndate: 2023-02-16\nphotos: [{src: bridge.svg, alt: a bridge}]\n---\nIt is begun.\n";
    site.write("content/news/start.en.md", english);
    let told = "content/news/start.en.md:4:16: error[missing-media]";
    assert!(site.problems().starts_with(told), "{}", site.problems());
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    site.write("content/news/bridge.svg", picture);
    site.build().check_file("en/news/start/index.html", "news/bridge.svg");
    assert!(site.has("news/bridge.svg"));
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

const SECRET: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";

/// A site with an item that is not out and a picture in its folder.
fn with_hidden_item(front_matter: &str) -> Site {
    let site = Site::small("");
    let item = format!("---\ntitle: 开工\n{front_matter}\n---\n![图](secret.svg)\n");
    site.write("content/news/opening/opening.md", item);
    site.write("content/news/opening/secret.svg", SECRET);
    site
}

#[test]
fn the_pictures_of_an_item_are_out_when_the_item_is() {
    let picture = "news/opening/secret.svg";
    let hidden = [
        "date: 2023-06-01",
        "date: 2023-05-01\ndraft: true",
        "date: 2023-05-01\nvisibility: internal",
    ];
    for front_matter in hidden {
        let site = with_hidden_item(front_matter);
        assert!(!site.build().has(picture), "{front_matter}");
    }
    assert!(with_hidden_item("date: 2023-05-01").build().has(picture));
}

#[test]
fn a_picture_is_out_if_anything_published_leads_to_it() {
    let site = with_hidden_item("date: 2023-06-01");
    let page = "---\ntitle: 更多\n---\n[附件](/news/opening/secret.svg)\n";
    site.write("content/pages/more.md", page);
    assert!(site.build().has("news/opening/secret.svg"));
}

#[test]
fn a_figure_in_the_text_of_a_link_is_no_link_itself() {
    let site = Site::small("");
    site.edit("content/news/start.md", "大桥开工,", "[见[[开工率]]总览](/projects/)");
    let page = site.build().read("news/start/index.html");
    let link = page.split("<a href=\"../../projects/\">见").nth(1).unwrap();
    let link = link.split("</a>").next().unwrap();
    assert!(link.starts_with("<span title=\"开工率 · "), "{link}");
    assert!(link.ends_with("100.0%</span>总览"), "{link}");
}

#[test]
fn a_figure_in_the_words_for_a_picture_is_told() {
    let site = Site::small("//- content/media/a.svg\n<svg viewBox='0 0 3 2'/>\n");
    site.edit("content/news/start.md", "大桥开工,", "![图[[开工率]]](a.svg)");
    let told = site.problems();
    assert!(told.starts_with("content/news/start.md:8:"), "{told}");
    assert!(told.contains("error[literal-figure]"), "{told}");
}

#[test]
fn a_link_to_an_item_that_is_not_out_says_when_it_will_be() {
    let site = Site::small("");
    let item = |field: &str| format!("---\ntitle: 封路\n{field}\n---\n文。\n");
    site.edit("content/news/start.md", "(/projects/bridge/)", "(/news/later/)");
    for (field, told) in [
        ("date: 2023-06-01", "the item `/news/later/` is not out before 2023-06-01"),
        ("date: 2023-03-01\ndraft: true", "the item `/news/later/` is a draft or internal"),
    ] {
        site.write("content/news/later.md", item(field));
        let problems = site.problems();
        assert!(problems.contains(told), "{problems}");
    }
}

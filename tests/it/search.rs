//! The search index: what is in it, and how it is cut into files.

use std::collections::BTreeMap;

use crate::site::Site;

/// The data that a script of the index hands over.
fn data(site: &Site, file: &str) -> serde_json::Value {
    let script = site.read(file);
    let data = script.split_once(',').unwrap().1.strip_suffix(");\n").unwrap();
    serde_json::from_str(data).unwrap()
}

/// The entries of a locale's index in the order of the shards, with the number of the shard.
fn entries(site: &Site, folder: &str) -> Vec<(usize, String)> {
    let manifest = data(site, &format!("{folder}manifest.js"));
    let shards = manifest["starts"].as_array().unwrap().len();
    let mut entries = Vec::new();
    for shard in 0..shards {
        let lists = data(site, &format!("{folder}shards/{shard}.js"));
        entries.extend(lists.as_object().unwrap().keys().map(|entry| (shard, entry.clone())));
    }
    entries
}

fn has_entry(site: &Site, folder: &str, entry: &str) -> bool {
    entries(site, folder).iter().any(|(_, own)| own == entry)
}

/// The texts of a locale by route.
fn texts(site: &Site, folder: &str) -> BTreeMap<String, String> {
    let manifest = data(site, &format!("{folder}manifest.js"));
    let number = |key: &str| manifest[key].as_u64().unwrap();
    let blocks = number("documents").div_ceil(number("block"));
    let mut texts = BTreeMap::new();
    for block in 0..blocks {
        for document in data(site, &format!("{folder}texts/{block}.js")).as_array().unwrap() {
            let text = |at: usize| document[at].as_str().unwrap();
            texts.insert(text(0).to_owned(), format!("{}\n{}", text(1), text(2)));
        }
    }
    texts
}

#[test]
fn every_page_with_a_text_is_a_document_in_each_locale() {
    let site = Site::small("");
    site.build();
    let own = texts(&site, "search/");
    for route in ["projects/bridge/", "towns/nanshan/", "bulletins/2023-17/", "method/"] {
        assert!(own.contains_key(route), "{route} is not among {:?}", own.keys());
    }
    assert!(own["projects/bridge/"].starts_with("清溪大桥\n"));
    assert!(texts(&site, "en/search/").contains_key("en/projects/bridge/"));
}

#[test]
fn characters_pairs_and_words_are_entries() {
    let site = Site::small("");
    site.build();
    for entry in ["清", "清溪", "溪大", "大桥", "#kind:project", "#town:nanshan"] {
        assert!(has_entry(&site, "search/", entry), "{entry}");
    }
    assert!(!has_entry(&site, "search/", "溪桥"));
}

#[test]
fn shards_hold_the_entries_in_order_and_the_manifest_says_where_each_begins() {
    let site = Site::small("");
    site.build();
    let manifest = data(&site, "search/manifest.js");
    let starts: Vec<&str> = manifest["starts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|start| start.as_str().unwrap())
        .collect();
    let entries = entries(&site, "search/");
    assert!(entries.windows(2).all(|pair| pair[0].1 < pair[1].1));
    for (shard, entry) in &entries {
        assert!(starts[*shard] <= entry.as_str());
        assert!(starts.get(shard + 1).is_none_or(|next| entry.as_str() < *next), "{entry}");
    }
}

#[test]
fn the_planned_files_are_all_there_is() {
    let site = Site::small("");
    site.build();
    let manifest = data(&site, "search/manifest.js");
    let (shards, blocks) =
        (manifest["starts"].as_array().unwrap().len(), manifest["block"].as_u64());
    let files = site.output().into_iter().filter(|(path, _)| path.starts_with("search/"));
    let blocks = manifest["documents"].as_u64().unwrap().div_ceil(blocks.unwrap());
    assert_eq!(files.count(), 2 + shards + usize::try_from(blocks).unwrap());
}

#[test]
fn what_is_not_public_or_has_expired_is_in_no_file_of_the_index() {
    let item = |title: &str, line: &str| {
        format!("---\ntitle: {title}\ndate: 2023-05-01\n{line}\n---\n{title}的正文。\n")
    };
    let site = Site::small("");
    site.write("content/news/draft.md", item("草稿一篇", "draft: true"));
    site.write("content/news/inside.md", item("内部事项", "visibility: internal"));
    site.write("content/news/later.md", item("尚未发布", "pin: false").replace("05-01", "06-01"));
    site.write("content/news/over.md", item("过期通知", "expires: 2023-05-02"));
    site.write("content/news/open.md", item("公开消息", "pin: false"));
    site.build();
    let files = site.output().into_iter().filter(|(path, _)| path.starts_with("search/"));
    let index: String = files.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert!(index.contains("公开消息的正文"));
    for secret in ["草稿一篇", "内部事项", "尚未发布", "过期通知"] {
        assert!(!index.contains(secret), "{secret}");
    }
}

#[test]
fn a_page_that_is_not_translated_is_marked_with_its_language() {
    let site = Site::small("");
    site.write("content/news/a.md", "---\ntitle: 甲\ndate: 2023-05-01\n---\n文。\n");
    site.write("content/news/b.md", "---\ntitle: 乙\ndate: 2023-05-01\n---\n文。\n");
    site.write("content/news/b.en.md", "---\ntitle: Second\ndate: 2023-05-01\n---\nText.\n");
    site.build();
    let texts = texts(&site, "en/search/");
    assert!(texts["en/news/a/"].starts_with("甲\n"));
    assert!(texts["en/news/b/"].starts_with("Second\n"));
    let files = site.output();
    let english = files.iter().filter(|(path, _)| path.starts_with("en/search/texts"));
    let index: String =
        english.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect();
    assert!(index.contains(
        "\"en/news/a/\",\"甲\",\"文。\",\"1 May 2023\",\"kind:news year:2023\",\"zh-CN\""
    ));
    assert!(index.contains(
        "\"en/news/b/\",\"Second\",\"Text.\",\"1 May 2023\",\"kind:news year:2023\",\"\""
    ));
}

#[test]
fn the_same_content_makes_the_same_index_with_any_number_of_threads() {
    let site = Site::small("");
    site.run(&["build", "--date", crate::site::DATE, "--jobs", "1"]).succeeds();
    let one = site.output();
    site.run(&["build", "--date", crate::site::DATE, "--jobs", "3"]).succeeds();
    assert!(one == site.output());
}

#[test]
fn the_page_says_where_to_look_without_script() {
    let site = Site::small("");
    site.build();
    site.check_file("search/index.html", "<noscript>")
        .check_file("search/index.html", "data-index=\"../search/\"")
        .check_file("search/index.html", "<option value=\"nanshan\">南山镇</option>")
        .check_file("en/search/index.html", "data-index=\"../../en/search/\"")
        .check_file("en/search/index.html", "static/search.js");
}

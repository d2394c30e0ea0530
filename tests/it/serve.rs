//! Watch mode, over real sockets and a real file system.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use crate::browser::{Server, until};
use crate::site::{DATE, Site};

const NEWS: &str = "content/news/start.md";
const NEWS_PAGE: &str = "/news/start/";
const BRIDGE: &str = "content/projects/bridge.yaml";

/// A small site with a theme of its own, so that templates, messages and files of a theme can be edited.
fn site() -> Site {
    let site = Site::small(
        "\
//- themes/own/templates/page.html
<!doctype html><html lang=\"{{ frame.locale }}\"><head><title>{{ site.title }}</title><link rel=\"stylesheet\" href=\"{{ frame.root }}static/own.css\"></head><body><p>own</p><img src=\"{{ frame.root }}media/map.svg\" alt=\"\"></body></html>
//- themes/own/static/own.css
body { color: black }
//- content/media/map.svg
<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>
",
    );
    site.edit("content/site.yaml", "sample: true", "sample: true\ntheme: own");
    site
}

#[test]
fn every_route_is_served_as_it_would_be_built() {
    let site = site();
    let server = Server::start(&site, &[]);
    site.build();
    let files = site.output();
    assert!(files.len() > 30, "few files");
    for (path, bytes) in files {
        let path = path.to_str().unwrap();
        let served = server.published(&format!("/{path}"));
        assert!(served == bytes, "{path}:\n{}", String::from_utf8_lossy(&served));
    }
}

#[test]
fn nothing_is_written_to_the_output() {
    let site = site();
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/").status, 200);
    site.edit(NEWS, "大桥开工", "大桥动工");
    server.wait_for(NEWS_PAGE, "大桥动工");
    let mut names: Vec<_> =
        fs::read_dir(site.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["content", "themes"]);
}

#[test]
fn the_site_is_served_at_the_root_and_at_the_path_of_its_address() {
    let server = Server::start(&site(), &[]);
    assert_eq!(server.get("/towns/nanshan/").body, server.get("/xmjs/towns/nanshan/").body);
    assert_eq!(server.get("/xmjs").header("location"), "/xmjs/");
    assert_eq!(server.get("/xmjs/news/start?a=b").header("location"), "/xmjs/news/start/?a=b");
    let redirect = server.get("/towns");
    assert_eq!((redirect.status, redirect.header("location")), (307, "/towns/"));
    assert!(server.said().contains("/xmjs/"), "{}", server.said());
}

#[test]
fn what_is_not_there_gets_the_sites_page_for_it() {
    let server = Server::start(&site(), &[]);
    let missing = server.get("/towns/nowhere/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.header("content-type"), "text/html; charset=utf-8");
    assert!(missing.text().contains("/xmjs/"), "{}", missing.text());
}

#[test]
fn no_path_leads_out_of_the_plan() {
    let site = site();
    site.write("secret.txt", "secret").write("content/.hidden", "secret");
    let server = Server::start(&site, &[]);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/media/..%2f..%2fsecret.txt",
        "/media/../../secret.txt",
        "/media/%252e%252e/secret.txt",
        "/content/site.yaml",
        "/site.yaml",
        "/.hidden",
        "/.gongbao/manifest",
        "//secret.txt",
        "/%ff",
        "/media/map.svg%00.html",
        "/C:%5csecret.txt",
    ] {
        let response = server.get(path);
        assert_eq!(response.status, 404, "{path}");
        assert!(!response.text().contains("secret"), "{path}");
    }
    assert_eq!(server.get("/%6dedia/map.svg").status, 200);
}

#[test]
fn other_hosts_are_refused() {
    let server = Server::start(&site(), &[]);
    let port = server.address().port();
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")]
    {
        assert_eq!(server.ask("GET", "/", &[("Host", &host)]).status, 200, "{host}");
    }
    for host in ["evil.example", "evil.example:1111", "127.0.0.1:1", "localhost"] {
        let refused = server.ask("GET", "/", &[("Host", host)]);
        assert_eq!(refused.status, 403, "{host}");
        let events = server.ask("GET", "/.gongbao/events?path=/&page=&styles=", &[("Host", host)]);
        assert_eq!(events.status, 403, "{host}");
    }
    assert!(server.ask("GET", "/", &[]).status >= 400);
}

#[test]
fn files_have_their_types_tags_and_heads() {
    let server = Server::start(&site(), &[]);
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/static/own.css", "text/css; charset=utf-8"),
        ("/media/map.svg", "image/svg+xml; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/data/projects.json", "application/json; charset=utf-8"),
        ("/data/projects.csv", "text/csv; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let host = server.address().to_string();
        let whole = server.get(path);
        assert_eq!(whole.header("content-type"), content_type, "{path}");
        assert_eq!(whole.header("content-length"), whole.body.len().to_string(), "{path}");
        let head = server.ask("HEAD", path, &[("Host", &host)]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), whole.header("content-length"), "{path}");
        let tag = ("If-None-Match", whole.header("etag"));
        let known = server.ask("GET", path, &[("Host", &host), tag]);
        assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
        assert_eq!(server.ask("POST", path, &[("Host", &host)]).status, 405, "{path}");
    }
}

#[test]
fn only_pages_whose_bytes_changed_reload_and_a_stylesheet_is_swapped() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut news = server.open(NEWS_PAGE);
    let mut method = server.open("/method/");
    site.edit(NEWS, "大桥开工", "大桥动工");
    news.is_told("reload");
    assert!(server.get(NEWS_PAGE).text().contains("大桥动工"));
    // Had the other page been told to reload, that would come first.
    site.write("themes/own/static/own.css", "body { color: navy }");
    method.is_told("styles");
    assert!(server.get("/static/own.css").text().contains("navy"));
}

#[test]
fn a_record_reloads_every_open_page_that_shows_it() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut pages =
        ["/projects/bridge/", "/towns/nanshan/", "/rankings/"].map(|page| server.open(page));
    site.edit(BRIDGE, "4000万元", "6000万元");
    for page in &mut pages {
        page.is_told("reload");
    }
}

#[test]
fn a_picture_reloads_the_pages_that_show_it() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut about = server.open("/about/");
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>";
    site.write("content/media/map.svg", picture);
    about.is_told("reload");
}

#[test]
fn a_browser_that_was_away_is_told_when_it_comes_back() {
    let site = site();
    let server = Server::start(&site, &[]);
    let host = server.address().to_string();
    let stale = "/.gongbao/events?path=/about/&page=stale&styles=stale";
    drop(server.open("/about/"));
    let address = server.address();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET {stale} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut heard = String::new();
    until("reload", || {
        let mut bytes = [0; 1024];
        let read = std::io::Read::read(&mut stream, &mut bytes).unwrap();
        heard.push_str(&String::from_utf8_lossy(&bytes[..read]));
        heard.contains("event: reload")
    });
}

/// Breaks a file and mends it: the overlay comes and goes, and the last good page stays beneath.
#[track_caller]
fn breaks_and_mends(site: &Site, page: &str, path: &str, broken: &[u8], code: &str) {
    let server = Server::start(site, &[]);
    let before = server.get(page);
    let mut browser = server.open(page);
    let good = fs::read(site.path().join(path)).unwrap();
    site.write(path, broken);
    let problems = browser.is_told("problems");
    assert!(problems.contains(code), "{problems}");
    assert_eq!(server.get(page).body, before.body);
    // The overlay says what the terminal says.
    let problems: serde_json::Value = serde_json::from_str(&problems).unwrap();
    let text = problems["text"].as_str().unwrap();
    until("told in the terminal", || server.said().contains(text.trim_end()));
    site.write(path, good);
    loop {
        match browser.told() {
            (event, data) if event == "problems" && data == "null" => break,
            // The problem of one page may be told before all pages have been tried.
            (event, data) => assert_eq!(event, "problems", "{data}"),
        }
    }
    assert_eq!(server.get(page).body, before.body);
}

#[test]
fn a_broken_record_is_laid_over_the_last_good_site() {
    breaks_and_mends(&site(), "/projects/bridge/", BRIDGE, b"name: [\n", "content/projects/bridge");
}

#[test]
fn a_broken_site_yaml_is_laid_over_the_last_good_site() {
    breaks_and_mends(&site(), "/", "content/site.yaml", b"title: [\n", "content/site.yaml");
    breaks_and_mends(&site(), "/", "content/site.yaml", b"", "content/site.yaml");
}

#[test]
fn a_broken_template_is_laid_over_the_last_good_site() {
    let page = "themes/own/templates/page.html";
    breaks_and_mends(&site(), "/about/", page, b"{% if %}", "template-error");
}

#[test]
fn a_template_that_fails_on_its_pages_is_laid_over_the_last_good_site() {
    let page = "themes/own/templates/page.html";
    let broken = b"{{ page.no_such_thing.at_all }}";
    breaks_and_mends(&site(), "/about/", page, broken, "template-error");
    // Also where nobody looks at one of its pages.
    breaks_and_mends(&site(), "/method/", page, broken, "template-error");
}

#[test]
fn a_file_in_another_encoding_is_laid_over_the_last_good_site() {
    breaks_and_mends(&site(), NEWS_PAGE, NEWS, &[0xC7, 0xE5, 0xCF, 0xAA], "not-utf8");
}

#[test]
fn a_picture_that_is_gone_is_a_problem_until_it_is_back() {
    let site = site();
    site.write(NEWS, "---\ntitle: 甲\ndate: 2023-02-16\n---\n![桥](map.svg)\n");
    let server = Server::start(&site, &[]);
    let mut browser = server.open(NEWS_PAGE);
    let picture = fs::read(site.path().join("content/media/map.svg")).unwrap();
    site.remove("content/media/map.svg");
    assert!(browser.is_told("problems").contains("missing-media"));
    site.write("content/media/map.svg", picture);
    assert_eq!(browser.is_told("problems"), "null");
}

#[test]
fn a_site_that_is_broken_from_the_start_appears_when_it_is_mended() {
    let site = site();
    let good = fs::read(site.path().join(BRIDGE)).unwrap();
    site.write(BRIDGE, "name: [\n");
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/").status, 500);
    let mut browser = server.open("/");
    assert!(browser.problems.contains("bridge.yaml"));
    site.write(BRIDGE, good);
    assert_eq!(browser.is_told("problems"), "null");
    browser.is_told("reload");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn folders_may_be_moved_deleted_and_put_back() {
    let site = site();
    let server = Server::start(&site, &[]);
    let (root, aside) = (site.path(), site.path().with_extension("aside"));
    let mut browser = server.open("/about/");
    for (folder, kept) in [("content", "content.aside"), ("themes", "themes.aside")] {
        fs::rename(root.join(folder), root.join(kept)).unwrap();
        assert_ne!(browser.is_told("problems"), "null", "{folder}");
        fs::rename(root.join(kept), root.join(folder)).unwrap();
        assert_eq!(browser.is_told("problems"), "null", "{folder}");
    }
    fs::rename(root, &aside).unwrap();
    assert_ne!(browser.is_told("problems"), "null", "the site");
    fs::rename(&aside, root).unwrap();
    assert_eq!(browser.is_told("problems"), "null", "the site");
    let pages = fs::read(root.join("content/pages/about.md")).unwrap();
    fs::remove_dir_all(root.join("content/pages")).unwrap();
    browser.is_told("reload");
    until("the page is gone", || server.get("/about/").status == 404);
    site.write("content/pages/about.md", pages);
    until("the page is back", || server.get("/about/").status == 200);
    site.edit(NEWS, "大桥开工", "大桥动工");
    server.wait_for(NEWS_PAGE, "大桥动工");
}

#[test]
fn a_thousand_files_may_change_at_once() {
    let site = site();
    let server = Server::start(&site, &[]);
    let news = |number: usize, text: &str| {
        let item = format!("---\ntitle: 第{number}篇\ndate: 2023-03-01\n---\n{text}\n");
        site.write(&format!("content/news/n{number}.md"), item);
    };
    (0..1000).for_each(|number| news(number, "甲"));
    for number in [0, 500, 999] {
        server.wait_for(&format!("/news/n{number}/"), &format!("第{number}篇"));
    }
    (0..1000).for_each(|number| news(number, "乙乙乙"));
    for number in [0, 500, 999] {
        server.wait_for(&format!("/news/n{number}/"), "乙乙乙");
    }
    for number in 0..1000 {
        site.remove(&format!("content/news/n{number}.md"));
    }
    until("all are gone", || server.get("/news/n999/").status == 404);
    assert_eq!(server.get(NEWS_PAGE).status, 200);
}

#[test]
fn files_are_saved_in_the_ways_of_editors() {
    let site = site();
    let server = Server::start(&site, &[]);
    let path = site.path().join(NEWS);
    let text = fs::read_to_string(&path).unwrap();
    // A new file renamed over the old one.
    let new = path.with_extension("md.tmp");
    fs::write(&new, text.replace("大桥开工", "改名保存")).unwrap();
    fs::rename(&new, &path).unwrap();
    server.wait_for(NEWS_PAGE, "改名保存");
    // The old one renamed to a backup, and a new one written in its place.
    fs::rename(&path, path.with_file_name("start.md~")).unwrap();
    fs::write(&path, text.replace("大桥开工", "备份保存")).unwrap();
    server.wait_for(NEWS_PAGE, "备份保存");
    // Emptied, half written, then whole.
    let whole = text.replace("大桥开工", "分段保存");
    let mut file = fs::File::create(&path).unwrap();
    for part in whole.as_bytes().chunks(whole.len() / 4) {
        std::io::Write::write_all(&mut file, part).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
    drop(file);
    server.wait_for(NEWS_PAGE, "分段保存");
    // The same size, and the same time of change as before.
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, whole.replace("分段保存", "同时保存")).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    server.wait_for(NEWS_PAGE, "同时保存");
}

#[test]
fn a_change_that_no_event_tells_of_is_found_by_polling() {
    let site = site();
    let server = Server::start(&site, &["--poll"]);
    site.edit(NEWS, "大桥开工", "大桥动工");
    server.wait_for(NEWS_PAGE, "大桥动工");
    site.write(BRIDGE, "name: [\n");
    until("the problem is told", || server.said().contains("bridge.yaml"));
    assert_eq!(server.get(NEWS_PAGE).status, 200);
}

#[test]
fn another_name_of_a_file_that_was_saved_is_read_too() {
    let site = site();
    site.write("notes/start.md", fs::read(site.path().join(NEWS)).unwrap()).remove(NEWS);
    std::os::unix::fs::symlink("../../notes/start.md", site.path().join(NEWS)).unwrap();
    let server = Server::start(&site, &[]);
    site.edit("notes/start.md", "大桥开工", "大桥动工");
    server.wait_for(NEWS_PAGE, "大桥动工");
}

#[test]
fn drafts_are_shown_on_request() {
    let site = site();
    site.edit(NEWS, "projects: [bridge]", "projects: [bridge]\ndraft: true");
    assert_eq!(Server::start(&site, &[]).get(NEWS_PAGE).status, 404);
    let later = "---\nkind: weekly\nas_of: 2023-05-31\npublished: 2023-06-05\n---\n五月。\n";
    site.write("content/bulletins/2023-21.md", later);
    site.edit("content/pages/about.md", "title:", "draft: true\ntitle:");
    site.edit("content/site.yaml", "theme: own\n", "");
    let server = Server::start(&site, &["--drafts"]);
    let drafts = [NEWS_PAGE, "/bulletins/2023-21/", "/bulletins/2023-21/towns/nanshan/", "/about/"];
    for page in drafts.into_iter().chain(["/", "/bulletins/", "/news/", "/projects/bridge/"]) {
        assert!(server.get(page).text().contains("预览"), "{page} is not marked");
    }
    assert!(!server.get("/bulletins/2023-17/").text().contains("预览"));
    let found = (0..).map(|block| server.get(&format!("/search/texts/{block}.js")));
    let mut found = found.take_while(|block| block.status == 200);
    assert!(found.any(|block| block.text().contains("2023年2月16日 预览")));
}

#[test]
fn a_browser_that_was_away_is_told_that_all_is_well_again() {
    let site = site();
    let server = Server::start(&site, &[]);
    assert_eq!(server.open("/about/").problems, "null");
}

#[test]
fn pages_from_elsewhere_get_no_file_of_the_site() {
    let server = Server::start(&site(), &["--drafts"]);
    for path in ["/", "/search/manifest.js", "/nowhere", "/.gongbao/reload.js"] {
        let policy = server.get(path).header("cross-origin-resource-policy").to_owned();
        assert_eq!(policy, "same-origin", "{path}");
    }
}

#[test]
fn a_file_called_index_that_an_editor_brings_is_served_like_any_other() {
    let site = site();
    site.write("content/media/map/index.html", "<p>map</p>\n");
    let server = Server::start(&site, &[]);
    for path in ["/media/map/index.html", "/media/map/"] {
        assert_eq!(server.get(path).text(), "<p>map</p>\n", "{path}");
    }
    assert_eq!(server.get("/media/map").header("location"), "/media/map/");
}

#[test]
fn a_template_that_fails_is_told_beside_a_broken_record() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut browser = server.open("/about/");
    site.write("themes/own/templates/page.html", "{{ page.no_such_thing.at_all }}");
    site.edit(BRIDGE, "town: nanshan", "town: nanshn");
    loop {
        let problems = browser.is_told("problems");
        if problems.contains("unknown-town") && problems.contains("template-error") {
            break;
        }
    }
}

#[test]
fn while_a_page_fails_nothing_that_is_saved_is_shown() {
    let site = site();
    let template = "themes/own/templates/page.html";
    let good = fs::read(site.path().join(template)).unwrap();
    let server = Server::start(&site, &[]);
    let mut browser = server.open("/projects/bridge/");
    site.write(template, "{{ page.no_such_thing.at_all }}");
    assert!(browser.is_told("problems").contains("template-error"));
    // The second problem tells when the save has been taken.
    site.edit(BRIDGE, "plan: {2023: 1亿元}", "plan: {2023: 0亿元}");
    loop {
        let problems = browser.is_told("problems");
        assert!(problems.contains("template-error"), "{problems}");
        if problems.contains("zero-plan") {
            break;
        }
    }
    assert!(server.get("/projects/bridge/").text().contains(">40.0%</a>"));
    site.write(template, good);
    browser.is_told("problems");
    browser.is_told("reload");
}

#[test]
fn a_site_that_was_never_whole_is_not_said_to_lie_beneath() {
    let site = site();
    site.write(BRIDGE, "name: [\n");
    let server = Server::start(&site, &[]);
    let problems = server.open("/").problems;
    assert!(problems.contains("1 error.\""), "{problems}");
}

#[test]
fn the_search_reloads_when_a_page_it_finds_has_changed() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut search = server.open("/search/");
    site.edit(NEWS, "大桥开工", "大桥动工");
    search.is_told("reload");
}

#[test]
fn a_picture_that_stylesheets_may_name_reloads_the_pages() {
    let site = site();
    site.write("themes/own/static/paper.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let server = Server::start(&site, &[]);
    let mut about = server.open("/about/");
    site.write(
        "themes/own/static/paper.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9'/>",
    );
    about.is_told("reload");
}

#[test]
fn what_no_event_tells_of_is_found_although_other_files_never_rest() {
    let site = site();
    site.write("assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    std::os::unix::fs::symlink("../../assets/logo.svg", site.path().join("content/media/logo.svg"))
        .unwrap();
    let server = Server::start(&site, &[]);
    site.write("assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9'/>");
    until("the picture is new", || {
        site.write("content/news/.start.md.swp", "x");
        std::thread::sleep(std::time::Duration::from_millis(100));
        server.get("/media/logo.svg").text().contains("width='9'")
    });
}

#[test]
fn a_link_in_the_text_to_another_stylesheet_is_part_of_the_page() {
    let site = site();
    site.edit("content/pages/about.md", "本站", "[样式](https://example.com/style.css?v=1) 本站");
    site.edit("content/site.yaml", "theme: own\n", "");
    let server = Server::start(&site, &[]);
    let mut about = server.open("/about/");
    site.edit("content/pages/about.md", "?v=1", "?v=2");
    about.is_told("reload");
}

#[test]
fn a_taken_port_is_told_with_the_next_free_one() {
    let site = site();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = site.run(&["--lang", "en", "serve", "--port", &port]);
    assert_eq!(run.status(), 2);
    let said = run.stderr();
    assert!(said.contains(&format!("127.0.0.1:{port} is taken")), "{said}");
    assert!(said.contains("gongbao serve --port "), "{said}");
    assert!(site.run(&["serve", "--port", &port]).stderr().contains("已被别的程序占用"));
}

#[test]
fn a_folder_without_a_site_cannot_be_served() {
    let folder = Site::from("//- notes.txt\nx\n");
    let run = folder.run(&["serve", "--port", "0", "--date", DATE]);
    assert_eq!(run.status(), 2, "{}", run.stderr());
}

#[test]
fn interrupting_it_ends_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start(&site(), &[]);
        // A browser that still listens is not waited for.
        let _browser = server.open("/");
        let id = server.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert!(server.end().success(), "{signal}: {}", server.said());
    }
}

#[test]
fn it_ends_when_asked_to_although_it_is_busy() {
    let site = site();
    let mut server = Server::start(&site, &[]);
    // The parser takes minutes for these.
    site.write(BRIDGE, format!("name: {}\n", "[".repeat(200_000)));
    std::thread::sleep(std::time::Duration::from_millis(200));
    let id = server.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(server.end().success(), "{}", server.said());
}

#[test]
fn the_browser_is_opened_on_request() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    site.write("bin/xdg-open", "#!/bin/sh\necho \"$1\" > \"${0%/*}/opened\"\n");
    let opener = site.path().join("bin/xdg-open");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", site.path().join("bin").display());
    let mut command = site.command();
    command.args(["serve", "--port", "0", "--open"]).env("PATH", path);
    let mut process = command.stderr(std::process::Stdio::null()).spawn().unwrap();
    let opened = site.path().join("bin/opened");
    until("the browser is open", || {
        fs::read_to_string(&opened).is_ok_and(|url| url.starts_with("http://127.0.0.1:"))
    });
    process.kill().unwrap();
    process.wait().unwrap();
}

//! A site's theme is laid over the default, file by file and message by message.

use std::path::Path;

use crate::site::{DATE, Site, files_in};

/// The small site in the theme of `tests/themes/plain`: two templates, a picture, a message.
fn plain() -> Site {
    let site = Site::small("");
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/plain");
    for (path, bytes) in files_in(&theme) {
        site.write(Path::new("themes/plain").join(path).to_str().unwrap(), bytes);
    }
    site.edit("content/site.yaml", "sample: true", "sample: true\ntheme: plain");
    site
}

#[test]
fn a_template_replaces_the_default_and_may_extend_its_parts() {
    let site = plain();
    site.build();
    site.check_file("index.html", "<h1>示例县的素净首页</h1>");
    site.check_file("index.html", "</html>");
    site.check_file("404.html", "<title>走错了路").check_file("404.html", "找");
}

#[test]
fn what_a_theme_does_not_bring_comes_from_the_default() {
    let (own, default) = (plain(), Site::small(""));
    let (own, default) = (own.build().output(), default.build().output());
    let paths = |files: &[(std::path::PathBuf, Vec<u8>)]| -> Vec<_> {
        files.iter().map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(paths(&own), paths(&default));
    let style = |files: &[(std::path::PathBuf, Vec<u8>)]| {
        files.iter().find(|(path, _)| path.ends_with("style.css")).unwrap().1.clone()
    };
    assert_eq!(style(&own), style(&default));
}

#[test]
fn a_file_replaces_the_one_of_the_same_name_and_new_ones_are_added() {
    let site = plain();
    site.write("themes/plain/static/more/print.css", "@page {}");
    site.build();
    site.check_file("static/favicon.svg", "M0 0h1v1H0z");
    site.check_file("static/more/print.css", "@page {}");
}

#[test]
fn messages_are_laid_over_one_by_one() {
    let site = plain();
    site.build();
    site.check_file("towns/index.html", ">门户<").check_file("towns/index.html", ">项目<");
    assert!(!site.read("en/towns/index.html").contains("门户"));
}

#[test]
fn a_site_may_lay_files_over_the_default_under_its_own_name() {
    let site = Site::small(
        "//- themes/default/templates/404.html\n{% extends \"base.html\" %}{% block main %}<h1>无</h1>{% endblock %}\n",
    );
    site.build();
    site.check_file("404.html", "<h1>无</h1>");
    site.check_file("404.html", "site-nav");
}

#[test]
fn an_error_while_rendering_names_the_template_the_line_and_the_record() {
    let site = plain();
    site.write("themes/plain/templates/project.html", "\n\n<h1>{{ page.no_such.thing }}</h1>\n");
    let run = site.run(&["--message-format", "short", "build", "--date", DATE]);
    run.fails(1, "themes/plain/templates/project.html:3:");
    run.fails(1, "error[template-error]");
    assert!(run.stderr().contains("content/projects/"), "{}", run.stderr());
    assert_eq!(run.stderr().matches("project.html:3:").count(), 1, "told once:\n{}", run.stderr());
    assert!(site.run(&["--lang", "en", "build"]).stderr().contains("4 pages fail"));
}

#[test]
fn a_template_that_fails_is_told_beside_the_faults_of_content() {
    let site = Site::small("//- themes/default/templates/projects.html\n{{ nothing.here }}\n");
    site.edit("content/projects/bridge.yaml", "town: nanshan", "town: nanshn");
    let codes = |told: String| -> Vec<String> {
        told.lines().map(|line| line.split(['[', ']']).nth(1).unwrap().to_owned()).collect()
    };
    let build = ["--message-format", "short", "build", "--date", DATE];
    for told in [site.problems(), site.run(&build).stderr()] {
        assert_eq!(codes(told), ["unknown-town", "template-error"]);
    }
    // What rests on a faulty file is not tried: it may fail for that alone.
    site.write("content/towns.yaml", "- {id: nanshan, nome: 南山镇}\n");
    assert!(!site.problems().contains("template-error"), "{}", site.problems());
    let theirs = "{{ page.description.nothing }}\n";
    let site = Site::small(&format!("//- themes/default/templates/project.html\n{theirs}"));
    site.remove("content/projects/plant.yaml");
    site.edit("content/projects/bridge.yaml", "town: nanshan", "town: nanshn");
    assert_eq!(codes(site.problems()), ["unknown-town"]);
}

#[test]
fn a_fault_in_the_writing_of_a_template_is_told_at_its_place() {
    let site = plain();
    site.write("themes/plain/templates/town.html", "<p>\n{% if page.name %}\n</p>\n");
    site.run(&["--message-format", "short", "check"]).fails(1, "themes/plain/templates/town.html:");
    site.write("themes/plain/templates/town.html", "{{ page.name | shout }}\n");
    site.run(&["check"]).fails(1, "shout");
}

#[test]
fn a_template_that_names_one_that_is_not_there_is_told_alone() {
    let site = plain();
    site.write("themes/plain/templates/town.html", "{% extends \"default/nosuch.html\" %}\n");
    site.write("themes/plain/templates/own.html", "{% block more %}{% endblock %}\n");
    site.write("themes/plain/templates/page.html", "{% extends \"own.html\" %}\n");
    let told = site.problems();
    let place = "themes/plain/templates/town.html:1:13: error[template-error]";
    assert!(told.starts_with(place) && told.contains("nosuch.html"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn every_fault_of_every_template_is_told_at_its_place() {
    let site = plain();
    let town = "<p>\n镇：{{ page.name | uppper }}\n{% if page is strin %}{% endif %}\n";
    site.write("themes/plain/templates/town.html", town);
    let page = "{% include \"parts/nosuch.html\" %}{{ <figur /> }}{{ rang(end=3) }}\n";
    site.write("themes/plain/templates/page.html", page);
    let expected = "\
page.html:1:13: there is no template `parts/nosuch.html`
page.html:1:38: there is no component `figur`
page.html:1:52: there is no function `rang`
town.html:2:18: there is no filter `uppper`
town.html:3:15: there is no test `is strin`
";
    let told = site.problems();
    let shorter = told.replace("themes/plain/templates/", "");
    let shorter = shorter.replace("error[template-error]: the template plain/", "");
    let shorter = shorter.replace("page.html fails: ", "").replace("town.html fails: ", "");
    assert_eq!(shorter, expected);
    // What names another may fail for that alone where one cannot be read.
    site.write("themes/plain/templates/404.html", "{% if site %}");
    site.write("themes/plain/templates/towns.html", "{% extends \"404.html\" %}");
    let told = site.problems();
    assert!(told.contains("404.html:1:") && told.contains("`uppper`"), "{told}");
    assert!(!told.contains("`figur`") && !told.contains("towns.html"), "{told}");
}

#[test]
fn what_a_template_names_in_vain_is_told_with_what_may_be_meant() {
    let site = plain();
    for (text, said, help) in [
        ("{{ page.name | uppper }}", "没有过滤器 `uppper`", "是不是 `upper`？"),
        ("{{ <figur /> }}", "没有组件 `figur`", "是不是 `figure`？"),
        ("{% extends \"default/twn.html\" %}", "没有模板 `default/twn", "`default/town.html`？"),
        ("{% extends \"base.html\" %}{% block mian %}{% endblock %}", "块 `mian`", "`main`？"),
        ("{% fro x in page %}", "没有标签 `fro`", "是不是 `for`？"),
        ("{% macro x() %}", "没有标签 `macro`", "是不是 `component`？"),
        ("{{ pag.name }}", "没有变量 `pag`", "；是不是 `page`？"),
        ("{{ page.nam }}", "没有 `nam` 这一项", "；是不是 `name`？"),
        ("{{ page.nosuch }}", "没有 `nosuch` 这一项", "；`gongbao view`"),
        ("{{ t.nav_hom }}", "没有 `nav_hom` 这条用语", "；是不是 `nav_home`？"),
        ("{{ t.zzzzzzzzz }}", "没有 `zzzzzzzzz` 这条用语", "写进主题的 i18n/"),
    ] {
        site.write("themes/plain/templates/town.html", text);
        let told = site.run(&["check"]).fails(1, said).stderr();
        assert!(told.contains(help) && told.lines().count() < 10, "{help}: {told}");
        assert!(told.lines().all(|line| line.chars().count() < 120), "{told}");
    }
}

#[test]
fn what_is_wrong_in_a_template_is_said_in_the_language_of_its_reader() {
    let site = plain();
    for (text, said, help) in [
        ("{% block a %}{% if site %}{% endif %}", "缺 `{% endblock %}`", "补上它"),
        ("{% block a %}{% if site %}{% endblock %}", "缺 `{% endif %}`", "补上它"),
        ("{% for x in page.figures %}{% else %}{% elif %}", "`elif` 不在 `if` 里", "移到"),
        ("{{ page.name ", "缺 `}}` 或 `%}`", ""),
        ("{# 注", "缺 `#}`", ""),
        ("{{ 'x }}", "引号没有配对：缺 `'`", ""),
        ("{{ page.name，1 }}", "不能有 `，`", "是不是 `,`？"),
        ("{% endif %}", "`endif` 前面没有与它配对的 `if`", "删去它"),
        ("{% if page.name = 1 %}{% endif %}", "这里应是 `%}`，不是 `=`", "写 `==`"),
        ("{% extends \"base.html\" %}<p>", "块以外的内容不会登出来", "{% block main %}"),
        ("{% for x in site.nosuch %}{% endfor %}", "`for` 要一份列表", "`gongbao view`"),
        ("{{ page.figures | upper }}", "这里要 `string`，给的是 `array`", ""),
        ("{{ page.name | replace(from=\"x\") }}", "缺参数 `to`", "补上 `to=…`"),
        ("{{ <figure figure=page /> }}", "参数的值没有括起来", "`={…}`"),
        ("{{ <figure figur={1} /> }}", "组件没有参数 `figur`", "是不是 `figure`？"),
        ("{{ <figure a={1} b={2} /> }}", "组件没有参数 `a`", "`{% component … %}`"),
        ("{% for a, b, c in page.figures %}", "这里应是 `in`，不是 `,`", ""),
        ("{{ page.name + 1 }}", "`+` 两边要是数", "用 `~`"),
        ("{{ 1 / 0 }}", "“", ""),
    ] {
        site.write("themes/plain/templates/town.html", text);
        let told = site.run(&["check"]).fails(1, said).stderr();
        assert!(told.contains(help), "{help}: {told}");
    }
}

#[test]
fn a_byte_order_mark_does_not_move_what_is_told() {
    let site = plain();
    for (text, place) in
        [("\u{feff}{{ page.nam }}", "1:9:"), ("\u{feff}\n{{ 1 | uppper }}", "2:8:")]
    {
        site.write("themes/plain/templates/town.html", text);
        let told = site.problems();
        assert!(told.starts_with(&format!("themes/plain/templates/town.html:{place}")), "{told}");
    }
}

#[test]
fn a_frame_that_lacks_blocks_is_told_itself() {
    let site = plain();
    site.write("themes/plain/templates/base.html", "<p>{% block title %}{% endblock %}</p>\n");
    let told = site.problems();
    let expected = "themes/plain/templates/base.html:1:1: error[template-error]: \
        the template plain/base.html lacks blocks that others fill: `description`, ";
    assert!(told.starts_with(expected) && told.lines().count() == 1, "{told}");
    assert!(told.contains("`main`") && !told.contains("`title`"), "{told}");
}

#[test]
fn templates_that_name_one_another_in_a_circle_are_told_so() {
    let site = plain();
    site.write("themes/plain/templates/town.html", "\n{% include \"a.html\" %}");
    site.write("themes/plain/templates/a.html", "{% include \"b.html\" %}");
    site.write("themes/plain/templates/b.html", "<p>{% include \"a.html\" %}</p>");
    let told = site.problems();
    assert!(told.starts_with("themes/plain/templates/a.html:1:13: "), "{told}");
    assert!(told.contains("in a circle") && told.lines().count() == 1, "{told}");
    site.write("themes/plain/templates/a.html", "{% include \"town.html\" %}");
    site.write("themes/plain/templates/town.html", "{% extends \"town.html\" %}");
    site.run(&["check"]).fails(1, "town.html:1:13").fails(1, "写成 `default/town.html`");
}

#[test]
fn a_component_that_uses_itself_without_end_is_told_where_it_does() {
    let site = plain();
    let components = "{% component own() %}甲{% endcomponent own %}\n\
        {% component twice(n) %}\n{{ <twice n={n} /> }}\n{% endcomponent twice %}\n";
    site.write("themes/plain/templates/components/own.html", components);
    site.write("themes/plain/templates/town.html", "{{ <own /> }}{{ <twice n={1} /> }}");
    let told = site.problems();
    let place = "themes/plain/templates/components/own.html:3:5: error[template-error]";
    assert!(told.starts_with(place), "{told}");
    assert!(told.contains("template plain/components/own.html fails"), "{told}");
    assert!(told.contains("uses itself without end"), "{told}");
}

#[test]
fn a_byte_order_mark_does_not_lose_the_tokens_of_a_theme() {
    let site = plain();
    site.write("themes/plain/static/tokens.css", "\u{feff}:root { --page: 9rem; }\n");
    site.build();
    site.check_file("static/tokens.css", "\n:root { --page: 9rem; }\n");
}

#[test]
fn a_page_does_not_take_the_place_of_a_file_of_the_theme() {
    let site = plain();
    site.write("content/pages/static.md", "---\ntitle: 甲\n---\n文。\n");
    site.write("themes/plain/static/index.html", "<p>\n");
    let expected = "content/pages/static.md:1:1: error[route-conflict]: the route `static/` \
        is already taken by themes/plain/static/index.html\n";
    assert_eq!(site.problems(), expected);
    site.run(&["build", "--date", DATE]).fails(1, "themes/plain/static/index.html");
}

#[test]
fn an_empty_template_is_told() {
    let site = plain();
    for text in ["", " \n\n", "\u{feff}"] {
        site.write("themes/plain/templates/town.html", text);
        site.run(&["check"]).fails(1, "模板 plain/town.html 是空的").fails(1, "删去这个文件");
    }
    // A part may say nothing.
    site.write("themes/plain/templates/town.html", "<p>{% include \"parts/own.html\" %}</p>");
    site.write("themes/plain/templates/parts/own.html", "");
    site.run(&["check"]).succeeds();
}

#[test]
fn what_a_frame_of_the_site_adds_is_on_every_page() {
    let site = plain();
    let frame = "{% extends \"default/base.html\" %}\
        {% block head %}<meta name=\"own\">{% endblock %}\
        {% block scripts %}<script src=\"own.js\"></script>{% endblock %}";
    site.write("themes/plain/templates/base.html", frame);
    site.remove("themes/plain/templates/home.html").remove("themes/plain/templates/404.html");
    site.build();
    let pages =
        site.output().into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "html"));
    for (path, bytes) in pages {
        let page = String::from_utf8(bytes).unwrap();
        let is_there = page.contains("<meta name=\"own\">") && page.contains("own.js");
        assert!(is_there, "{}", path.display());
    }
}

#[test]
fn a_place_of_a_message_that_is_not_filled_is_told() {
    let site = plain();
    let check = |values: &str, told: &str| {
        let town = format!("{{{{ t.published_by | fill({values}) }}}}");
        site.write("themes/plain/templates/town.html", town);
        site.run(&["check"]).fails(1, told);
    };
    check("nmae=page.name", "用语里的 `{name}` 没有填：给的是 `nmae`");
    check("", "用语里的 `{name}` 没有填：什么也没给");
    site.write("themes/plain/templates/town.html", "{{ \"{ n } {n\" | fill(n=1) }}");
    site.run(&["check"]).succeeds();
}

#[test]
fn a_fault_in_the_messages_is_told_at_its_place() {
    let site = plain();
    site.write("themes/plain/i18n/zh-CN.yaml", "nav_home: \"门户\n");
    site.run(&["--message-format", "short", "check"]).fails(1, "themes/plain/i18n/zh-CN.yaml:");
}

#[test]
fn a_theme_that_is_not_there_is_told_with_a_suggestion() {
    let site = plain();
    site.edit("content/site.yaml", "theme: plain", "theme: plian");
    site.run(&["--lang", "en", "check"]).fails(1, "did you mean `plain`?");
    site.edit("content/site.yaml", "theme: plian", "theme: themes/plain/");
    site.run(&["check"]).fails(1, "没有主题 `themes/plain/`").fails(1, "是不是 `plain`？");
}

#[test]
fn a_theme_that_is_a_link_out_of_the_site_belongs_in_its_place() {
    let (site, elsewhere) = (plain(), Site::from("//- own/static/a.css\np {}\n"));
    let link = site.path().join("themes/own");
    std::os::unix::fs::symlink(elsewhere.path().join("own"), link).unwrap();
    let run = site.run(&["check"]);
    run.fails(1, "themes/own").fails(1, "用文件本身代替这个链接");
}

#[test]
fn the_default_theme_says_the_same_in_both_languages() {
    let messages = |locale: &str| -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("themes/default/i18n/{locale}.yaml"));
        let text = std::fs::read_to_string(path).unwrap();
        let keys = text
            .lines()
            .filter(|line| !line.starts_with(['#', ' ']))
            .filter_map(|line| line.split_once(':'));
        let mut keys: Vec<_> = keys.map(|(key, _)| key.to_owned()).collect();
        keys.sort();
        keys
    };
    assert_eq!(messages("zh-CN"), messages("en"));
}

#[test]
fn what_nobody_translated_is_marked_with_its_language_either_way() {
    let site = Site::small("");
    site.build();
    site.check_file("en/towns/nanshan/index.html", "<h1><span lang=\"zh-CN\">南山镇</span></h1>");
    assert!(!site.read("towns/nanshan/index.html").contains("<span lang="));
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [en, zh-CN]");
    site.edit("content/towns.yaml", "name: 南山镇", "name: Nanshan Town");
    site.build();
    let page = "zh-CN/towns/nanshan/index.html";
    site.check_file(page, "<h1><span lang=\"en\">Nanshan Town</span></h1>");
    site.check_file(page, "订阅“<span lang=\"en\">Nanshan Town</span>”");
}

#[test]
fn japanese_is_not_marked_as_chinese() {
    let site = Site::small("");
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [zh-CN, ja]");
    let english = include_str!("../../themes/default/i18n/en.yaml");
    let japanese = english.replace("Rankings", "ランキング順位");
    site.write("themes/default/i18n/ja.yaml", japanese);
    site.build();
    site.check_file("ja/towns/nanshan/index.html", ">ランキング順位</a>");
    site.edit("content/site.yaml", "locales: [zh-CN, ja]", "locales: [ja, en]");
    site.build();
    site.check_file("en/towns/nanshan/index.html", "<h1><span lang=\"ja\">南山镇</span></h1>");
}

#[test]
fn an_item_that_is_not_in_the_first_locale_is_out_in_the_first_that_it_is_in() {
    let site = Site::small("");
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [zh-CN, en, de]");
    site.write("themes/default/i18n/de.yaml", include_str!("../../themes/default/i18n/en.yaml"));
    site.write("content/news/guests.de.md", "---\ntitle: Besuch\ndate: 2023-05-01\n---\nText.\n");
    site.write("content/news/guests.en.md", "---\ntitle: Guests\ndate: 2023-05-01\n---\nText.\n");
    site.write("content/pages/visit.en.md", "---\ntitle: Visit us\n---\nText.\n");
    site.build();
    site.check_file("visit/index.html", "<h1><span lang=\"en\">Visit us</span></h1>");
    site.check_file("news/guests/index.html", "Guests</h1>");
    site.check_file("en/news/guests/index.html", "<h1>Guests</h1>");
    site.check_file("de/news/guests/index.html", "<h1>Besuch</h1>");
}

#[test]
fn words_that_a_new_language_lacks_are_told_and_shown_in_english() {
    let site = Site::small("");
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [zh-CN, ja]");
    let english = include_str!("../../themes/default/i18n/en.yaml");
    let lacking =
        |line: &&str| !line.starts_with("issue_weekly:") && !line.starts_with("chart_curve_title:");
    let japanese: Vec<_> = english.lines().filter(lacking).collect();
    site.write("themes/default/i18n/ja.yaml", japanese.join("\n"));
    let expected = "themes/default/i18n/ja.yaml:1:1: warning[missing-messages]: \
        2 messages are missing, and are shown in English: `chart_curve_title`, `issue_weekly`\n";
    assert_eq!(site.problems(), expected);
    site.build();
    site.check_file("ja/bulletins/2023-17/index.html", "No. 17, 2023");
    assert!(!site.read("ja/bulletins/2023-17/index.html").contains("issue_weekly"));
    site.write("themes/default/i18n/ja.yaml", "nav_home: ホーム\n");
    assert!(site.problems().contains(" and others\n"), "{}", site.problems());
}

/// The files that the guide for writers of themes shows: a path, then what is in it.
fn files_of_the_guide() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/README.md");
    let guide = std::fs::read_to_string(path).unwrap();
    let shown = guide.split("\n`themes/").skip(1).map(|rest| {
        let (path, rest) = rest.split_once("`\n\n```").unwrap();
        let text = rest.split_once('\n').unwrap().1.split("```").next().unwrap();
        (format!("themes/{path}"), text.to_owned())
    });
    shown.collect()
}

#[test]
fn what_the_guide_shows_works() {
    let files = files_of_the_guide();
    assert_eq!(files.len(), 3, "{files:?}");
    let site = Site::small("");
    site.edit("content/site.yaml", "sample: true", "sample: true\ntheme: mine");
    for (path, text) in &files {
        site.write(path, text);
    }
    site.build();
    let (_, tokens) = &files[0];
    assert!(tokens.lines().count() <= 10, "ten lines:\n{tokens}");
    site.check_file("static/tokens.css", tokens).check_file("static/tokens.css", "--text-xl:");
    assert!(site.read("static/tokens.css").ends_with(tokens), "the site's tokens come last");
    site.check_file("towns/nanshan/index.html", "<p class=\"box\">示例县融媒体中心 主办");
    site.check_file("towns/nanshan/index.html", "<h1>南山镇</h1>");
    site.check_file("towns/index.html", ">门户<")
        .check_file("towns/index.html", "的进展，截至2023年");
}

#[test]
fn a_message_that_nothing_says_is_told() {
    let site = plain();
    let path = "themes/plain/i18n/zh-CN.yaml";
    let check = |text: &str, told: &str| {
        site.write(path, text);
        let problems = site.problems();
        let told = format!("{path}:{told}");
        assert!(problems.starts_with(&told) && problems.lines().count() == 1, "{problems}");
    };
    check(
        "nav_home: 门户\nnav_hone: 首页\n",
        "2:1: warning[unknown-message]: no template says `nav_hone`",
    );
    check(
        "towns_lede: 截至{date}。\n",
        "1:15: error[unknown-place]: `{date}` is filled with nothing",
    );
    check("nav_home：门户\n", "1:9: error[full-width-colon]");
    check("nav_home: [门户]\n", "1:11: error[wrong-type]");
    // A template of the theme's own has words of its own, and a unit in a project any part.
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [zh-CN]");
    let own = "{{ t.own_word }}{{ t[\"my_\" ~ \"site\"] }}{{ t.towns_lede | fill(days=3) }}";
    site.write("themes/plain/templates/towns.html", own);
    let words =
        "own_word: 自有{day}\nparty_architect: 建筑师\nmy_site: 本站\ntowns_lede: 每{days}天\n";
    site.write(path, words);
    assert_eq!(site.problems(), "no problems found\n");
}

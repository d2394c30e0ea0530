//! What can be wrong with the site as it comes out: routes, templates, themes.

use std::collections::BTreeSet;

use super::{error, nearest, suggest, warning};
use crate::diagnostic::{Diagnostic, Place};

/// Two outputs would have one route; `first` is the file of the record that has it, if it is of one.
pub fn route_conflict(at: Place, route: &str, first: Option<&str>) -> Diagnostic {
    let zh = first.map_or("本站自有的页面".to_owned(), |of| format!(" {of} "));
    let en = first.unwrap_or("a page of the site itself");
    error(
        at,
        "route-conflict",
        format!("地址 `{route}` 已被{zh}占用"),
        format!("the route `{route}` is already taken by {en}"),
    )
    .help("换一个 `slug` 或文件名", "choose another `slug` or file name")
}

/// The site names a theme that there is not.
pub fn unknown_theme<'a>(
    at: Place,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = error(
        at,
        "unknown-theme",
        format!("没有主题 `{name}`"),
        format!("there is no theme `{name}`"),
    );
    let name = name.trim_start_matches("./").trim_start_matches("themes/").trim_end_matches('/');
    suggest(
        problem,
        nearest(name, known),
        "在 themes/ 下建同名文件夹，或写 `theme: default`",
        "make the folder below themes/, or write `theme: default`",
    )
}

/// A locale of the site has no messages in its theme.
pub fn no_messages(at: Place, locale: &str, theme: &str) -> Diagnostic {
    let file = format!("themes/{theme}/i18n/{locale}.yaml");
    error(
        at,
        "no-messages",
        format!("没有 `{locale}` 的界面用语：缺 {file}"),
        format!("the interface has no words in `{locale}`: there is no {file}"),
    )
    .help(
        format!("照默认主题的 i18n/en.yaml 写出它，或从 `locales` 里去掉 `{locale}`"),
        format!(
            "write it after i18n/en.yaml of the default theme, or take `{locale}` out of `locales`"
        ),
    )
}

/// The messages of a locale lack some that the default theme has in English, which are shown instead.
pub fn missing_messages(at: Place, missing: &[&str]) -> Diagnostic {
    let names: Vec<_> = missing.iter().take(5).map(|key| format!("`{key}`")).collect();
    let is_all = names.len() == missing.len();
    let (others_zh, others_en) = if is_all { ("", "") } else { (" 等", " and others") };
    let (count, names_zh, names_en) = (missing.len(), names.join("、"), names.join(", "));
    warning(
        at,
        "missing-messages",
        format!("缺 {count} 条用语，登的是英文：{names_zh}{others_zh}"),
        format!("{count} messages are missing, and are shown in English: {names_en}{others_en}"),
    )
    .help("照默认主题的 i18n/en.yaml 补上", "add them after i18n/en.yaml of the default theme")
}

/// A file of a theme lies where nothing is read.
pub fn stray_theme_file(at: Place) -> Diagnostic {
    warning(
        at,
        "stray-theme-file",
        "主题里这个位置的文件不会用到",
        "a theme's files are not used at this place",
    )
    .help(
        "模板放在 templates/，样式和图片放在 static/，用语放在 i18n/",
        "templates belong in templates/, styles and pictures in static/, words in i18n/",
    )
}

/// A file of messages is of no locale of the site.
pub fn stray_messages<'a>(at: Place, locales: impl Iterator<Item = &'a str>) -> Diagnostic {
    let names = locales.map(|locale| format!("`{locale}.yaml`")).collect::<Vec<_>>();
    warning(
        at,
        "stray-theme-file",
        "这份用语不会用到：文件名不是网站的语言",
        "these words are not used: the file's name is no locale of the site",
    )
    .help(format!("文件名应是 {}", names.join(" 或 ")), format!("name it {}", names.join(" or ")))
}

/// A template is of no page, and no other template names it; `path` is the one below `templates/`, `known` are those of pages.
pub fn unused_template<'a>(
    at: Place,
    path: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = warning(
        at,
        "stray-theme-file",
        format!("没有页面用到模板 `{path}`"),
        format!("no page uses the template `{path}`"),
    );
    let name = path.rsplit('/').next().unwrap_or(path);
    let known: Vec<_> = known.into_iter().collect();
    if known.contains(&name) {
        return problem.help(
            format!("移到 templates/ 下：`templates/{name}`"),
            format!("move it right below templates/: `templates/{name}`"),
        );
    }
    suggest(
        problem,
        nearest(name, known),
        "用内置主题里同名的模板名，或在别的模板里引用它",
        "give it the name of a template of the default theme, or name it in another",
    )
}

/// A theme's message has a key that neither the default theme nor one of its templates has.
pub fn unknown_message<'a>(
    at: Place,
    key: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = warning(
        at,
        "unknown-message",
        format!("没有模板用到 `{key}` 这条用语"),
        format!("no template says `{key}`"),
    );
    suggest(
        problem,
        nearest(key, known),
        "各条用语见默认主题的 i18n/zh-CN.yaml",
        "see i18n/en.yaml of the default theme for all messages",
    )
}

/// A theme's message has a place that nothing fills; `known` are those that are filled.
pub fn unknown_place(at: Place, name: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let known: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
    let known = known.join(" ");
    let problem = error(
        at,
        "unknown-place",
        format!("`{{{name}}}` 处没有可填的内容"),
        format!("`{{{name}}}` is filled with nothing"),
    );
    if known.is_empty() {
        problem.help("去掉它：这条用语没有要填的", "remove it: the message has no places")
    } else {
        problem.help(format!("可用的有：{known}"), format!("there are: {known}"))
    }
}

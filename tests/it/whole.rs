//! A whole small site, and what comes of it to the last byte: `tests/county/` holds what is expected.

use snapbox::{Data, assert_data_eq, file};

use crate::site::Site;

/// A county of two towns and three projects, one of them across both, with a news item, an issue and a page.
fn county() -> Site {
    let site = Site::small(
        "\
//- content/projects/school.yaml
name: 河口小学
category: transport
type: new
town: longtan
shares: {longtan: 60%, nanshan: 40%}
total_investment: 3000万元
plan: {2023: 1000万元}
planned_start: 2023-06
",
    );
    site.edit("content/site.yaml", "locales: [zh-CN, en]", "locales: [zh-CN]");
    site
}

#[track_caller]
fn check(actual: &str, expected: Data) {
    assert_data_eq!(actual, expected.raw());
}

#[test]
fn a_county_has_these_files_and_no_others() {
    let site = county();
    let files = site.build().output().into_iter();
    let lines: String = files.map(|(path, _)| format!("{}\n", path.display())).collect();
    check(&lines, file!["../county/files.txt"]);
}

#[test]
fn what_a_county_publishes_for_others_is_as_expected() {
    let site = county();
    site.build();
    check(&site.read("towns/nanshan/feed.xml"), file!["../county/nanshan-feed.xml"]);
    check(&site.read("data/projects.csv"), file!["../county/projects.csv"]);
    check(&site.read("data/reports.csv"), file!["../county/reports.csv"]);
    check(&site.read("charts/curve.svg"), file!["../county/curve.svg"]);
    // Of the 337 lines of figures those of one town, which has a part of the school.
    let figures = site.read("data/figures.csv");
    let of_town = figures.lines().filter(|line| line.contains(",town:longtan,"));
    let of_town: String = of_town.map(|line| format!("{line}\n")).collect();
    check(&of_town, file!["../county/longtan-figures.csv"]);
}

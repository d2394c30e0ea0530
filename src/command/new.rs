//! `gongbao new`: scaffolding for whoever begins.

use std::fs;
use std::io;
use std::path::Path;

use clap::Subcommand;

use super::{Console, Failure, today};
use crate::record::{self, BulletinKind, Conventions, Record};
use crate::source::SourceFile;
use crate::value::Id;

/// Makes a new site or record to fill in [新建站点、项目、稿件、镇或期]
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A site, in the folder that --root names [站点]
    Site,
    /// A project: content/projects/<ID>.yaml [项目]
    Project {
        /// The project's id, such as kunpeng-town
        id: String,
    },
    /// A news item: content/news/<ID>.md [稿件]
    News {
        /// The item's id, such as spring-start
        id: String,
    },
    /// A town, at the end of content/towns.yaml [镇]
    Town {
        /// The town's id, such as nanshan
        id: String,
        /// The town's name
        name: Option<String>,
    },
    /// An issue: content/bulletins/<ID>.md [期]
    Bulletin {
        /// The id, such as 2023-17
        id: String,
    },
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let content = console.root.join("content");
    if !matches!(arguments.what, What::Site) && !content.join("site.yaml").exists() {
        let root = console.root.display();
        return Err(Failure::because(
            format!(
                "{root} 里没有站点：到站点的文件夹里运行，或用 `--root 文件夹` 指明，或先运行 `gongbao new site`"
            ),
            format!(
                "there is no site in {root}: run it in the site's folder, name that with `--root`, or run `gongbao new site` first"
            ),
        ));
    }
    match &arguments.what {
        What::Site => new_site(console),
        What::Project { id } => {
            let path = content.join(format!("projects/{}.yaml", checked(id)?));
            write_new(console, &path, &project(&FirstIds::of(console)))
        }
        What::News { id } => {
            write_new(console, &content.join(format!("news/{}.md", checked(id)?)), &news())
        }
        What::Bulletin { id } => {
            let (kind, number) = kind_and_number(id);
            let text = BULLETIN
                .replace("{kind}", kind.code())
                .replace("{number}", &number.to_string())
                .replace("{today}", &today().to_string());
            write_new(console, &content.join(format!("bulletins/{}.md", checked(id)?)), &text)
        }
        What::Town { id, name } => {
            new_town(console, checked(id)?, name.as_deref().unwrap_or("某某镇"))
        }
    }
}

fn checked(id: &str) -> Result<Id, Failure> {
    let Some(id) = Id::parse(id) else {
        return Err(Failure::because(
            format!("`{id}` 不能作 id：只用小写字母、数字和连字符"),
            format!("`{id}` cannot be an id: use lower-case letters, digits and hyphens"),
        ));
    };
    Ok(id)
}

/// The kind of an issue and its number within its year, as far as its id says them: `2023-17`, `2023-04-monthly`, `2023-q2`,
/// `2023-annual`.
fn kind_and_number(id: &str) -> (BulletinKind, u32) {
    let parts = || id.split('-').skip(1);
    let quarter = parts().find_map(|part| part.strip_prefix('q')?.parse().ok());
    let named = BulletinKind::ALL.iter().find(|kind| parts().any(|part| part == kind.code()));
    let kind = match named {
        Some(kind) => *kind,
        None if quarter.is_some() => BulletinKind::Quarterly,
        None => BulletinKind::Weekly,
    };
    (kind, quarter.or_else(|| parts().find_map(|part| part.parse().ok())).unwrap_or(1))
}

/// Writes a file that must not be there yet: nothing is ever lost.
fn write_new(console: &Console, path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if path.exists() {
        let path = path.display();
        return Err(Failure::because(
            format!("文件已经存在：{path}"),
            format!("there is a file already: {path}"),
        ));
    }
    fs::write(path, text)?;
    console.say(&format!("{} {}", console.phrase("已新建", "made"), path.display()));
    Ok(())
}

fn new_site(console: &Console) -> Result<(), Failure> {
    let content = console.root.join("content");
    write_new(console, &content.join("site.yaml"), SITE)?;
    write_new(console, &content.join("towns.yaml"), TOWNS)?;
    let example = project(&FirstIds::of(console));
    write_new(console, &content.join("projects/example.yaml"), &example)?;
    write_new(console, &content.join("news/first.md"), &news())?;
    write_new(console, &content.join("pages/about.md"), ABOUT)
}

/// The first of what a record may name: a new one is to be sound as it is.
struct FirstIds {
    category: Id,
    group: Id,
    town: Id,
}

impl FirstIds {
    /// Those of the site; where it has none, what is to be filled in.
    fn of(console: &Console) -> Self {
        let read = |path: &str| {
            let text = fs::read_to_string(console.root.join(path)).ok()?;
            record_in(path, &text)
        };
        let (mut category, mut group, mut town) = (None, None, None);
        if let Some(Record::Site(site)) = read("content/site.yaml") {
            category = site.categories.into_iter().next().map(|category| category.id);
            group = site.groups.into_iter().next().map(|group| group.id);
        }
        if let Some(Record::Towns(towns)) = read(TOWNS_FILE) {
            town = towns.into_iter().next().map(|town| town.id);
        }
        let [category, group, town] = [category, group, town].map(Option::unwrap_or_default);
        FirstIds { category, group, town }
    }
}

/// A news item to fill in.
fn news() -> String {
    NEWS.replace("{title}", record::PLACEHOLDER_TITLE).replace("{today}", &today().to_string())
}

/// A project to fill in.
fn project(first: &FirstIds) -> String {
    PROJECT
        .replace("{year}", &today().year().to_string())
        .replace("{name}", record::PLACEHOLDER_NAME)
        .replace("{category}", first.category.as_str())
        .replace("{town}", first.town.as_str())
}

fn new_town(console: &Console, id: Id, name: &str) -> Result<(), Failure> {
    let path = console.root.join(TOWNS_FILE);
    let mut towns = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let path = path.display();
            return Err(Failure::because(
                format!("{path} 不是 UTF-8 编码，用编辑器另存为 UTF-8"),
                format!("{path} is not in UTF-8; save it as UTF-8"),
            ));
        }
        read => read?,
    };
    if ids_of_towns(&towns).contains(&id) {
        let path = path.display();
        return Err(Failure::because(
            format!("{path} 里已经有 `{id}`"),
            format!("{path} has `{id}` already"),
        ));
    }
    if !towns.is_empty() && !towns.ends_with('\n') {
        towns.push('\n');
    }
    let group = FirstIds::of(console).group;
    let name = name.replace(['"', '\\'], "");
    towns.push_str(&format!("- {{id: {id}, name: \"{name}\", group: {}}}\n", group.as_str()));
    if !ids_of_towns(&towns).contains(&id) {
        let path = path.display();
        return Err(Failure::because(
            format!("{path} 不是可以在末尾加一行的列表"),
            format!("{path} is not a list to which a line can be added"),
        ));
    }
    let temporary = path.with_extension("yaml.new");
    fs::write(&temporary, towns)?;
    fs::rename(&temporary, &path)?;
    console.say(&format!("{} {}", console.phrase("已添加到", "added to"), path.display()));
    Ok(())
}

/// The ids in a list of towns; none if it cannot be read.
fn ids_of_towns(towns: &str) -> Vec<Id> {
    match record_in(TOWNS_FILE, towns) {
        Some(Record::Towns(towns)) => towns.into_iter().map(|town| town.id).collect(),
        _ => Vec::new(),
    }
}

/// The record that a file holds, by its path.
fn record_in(path: &str, text: &str) -> Option<Record> {
    let file = SourceFile::new(path, text.as_bytes());
    record::parse(&file, &Conventions::default()).value.map(|file| file.record)
}

const TOWNS_FILE: &str = "content/towns.yaml";

const SITE: &str = "\
title: 某某县重点项目公报
tagline: 项目进展看得见
area: 某某县
publisher: {name: 某某县融媒体中心}
base_url: https://example.org/
locales: [zh-CN]
sample: true                # 正式使用时删去这一行
categories:
  - {id: industry, name: 工业}
  - {id: transport, name: 交通}
groups:
  - {id: town, name: 镇}
method:
  target: linear-month      # 序时进度：linear-month | linear-day | half-month | quarter-curve
  light: yinchuan-2025      # 红绿灯规则
";

const TOWNS: &str = "\
- {id: nanshan, name: 南山镇, group: town}
- {id: longtan, name: 龙潭镇, group: town}
";

const PROJECT: &str = "\
name: {name}
category: {category}
type: new                   # new 新建 | continuing 续建
town: {town}
summary:                    # 一句话说明
total_investment: 1亿元
plan: {{year}: 3000万元}
planned_start: {year}-03
reports: []                 # 例：- {period: {year}-02, cumulative: 800万元}
";

const NEWS: &str = "\
---
title: {title}
date: {today}
summary:                    # 一句话提要
towns: []
projects: []
draft: true                 # 写好后删去这一行
---

正文。
";

const BULLETIN: &str = "\
---
kind: {kind}                # weekly | monthly | quarterly | annual | special
number: {number}
as_of: {today}
published: {today}
---

截至本期，全县在册重点项目[[projects]]个，开工率[[start.all]]，年度投资完成率[[invest.annual]]。
";

const ABOUT: &str = "\
---
title: 关于本站
---

本站刊载重点项目建设进展。各项指标的含义见[统计口径](/method/)。
";

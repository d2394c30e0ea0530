//! One file read into one record, every field with its place.
//!
//! A record is what one file says, checked as far as one file can be. What several files say together is checked by
//! [`resolve`](crate::model::resolve).

mod address;
mod bulletin;
mod disclosure;
mod fields;
mod light;
mod method;
mod news;
mod personal;
mod project;
mod scalars;
mod seal;
mod site;
mod town;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::Value;

pub use self::address::{Address, WebUrl};
pub use self::bulletin::{Bulletin, BulletinKind};
pub use self::disclosure::{Disclosure, DisclosureKind, DisclosureState};
pub use self::fields::{FromYaml, Node, Reader};
pub use self::light::{
    Basis, Clause, Comparison, Escalation, LightRule, LightSetting, Preset, StartClause,
};
pub use self::method::{Decimals, Method, TargetCurve, Ties, Unreported, Withdrawn};
pub use self::news::{
    Author, News, NewsKind, PLACEHOLDER_TITLE, Page, Photo, Series, Speaker, WeChat,
};
pub use self::project::{
    Description, Exemption, Fact, Funding, Left, Milestone, MilestoneState, PLACEHOLDER_NAME,
    Party, Pause, Plan, Pool, PoolEntry, Post, Project, ProjectType, Report, Revision, Revisions,
    Shares, Visibility,
};
pub use self::scalars::BaseUrl;
pub use self::seal::{Seal, SealError};
pub use self::site::{
    Award, Batch, BatchKind, Category, Chain, Event, EventKind, Government, Group, Honours,
    Publisher, Site, is_site_code,
};
pub use self::town::Town;

use crate::diagnostic::{Diagnosed, Diagnostics, problems};
use crate::markdown::{Markdown, TypedFigure, typed_figures};
use crate::picture;
use crate::source::{SourceFile, SourcePath, SourceTree};
use crate::value::{Id, Locale, MoneyUnit};

/// What a record's meaning rests on besides its own file: the site's conventions of writing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Conventions {
    /// The unit of bare numbers, from `money_unit` in site.yaml.
    pub money_unit: Option<MoneyUnit>,
    /// The locales of the site; a file `about.en.md` is the English form of `about.md`.
    pub locales: Vec<Locale>,
    /// Whether the locales are not known in full, since site.yaml could not be read.
    pub more_locales: bool,
    /// The names of towns, categories, chains and groups with their ids, by the field that names one: for who writes the name
    /// instead of the id.
    pub names: BTreeMap<&'static str, Vec<(String, Id)>>,
}

/// What a file is, by its place in the site.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// `content/site.yaml`
    Site(Box<Site>),
    /// `content/towns.yaml`
    Towns(Vec<Town>),
    /// `content/projects/**/*.yaml`
    Project(Id, Arc<Project>),
    /// `content/news/**/*.md`
    News(Slug, Arc<News>, Arc<Body>),
    /// `content/bulletins/*.md`
    Bulletin(Id, Arc<Bulletin>, Arc<Body>),
    /// `content/bulletins/*.seal.json`
    Seal(Id, Arc<Seal>),
    /// `content/pages/*.md`
    Page(Slug, Arc<Page>, Arc<Body>),
    /// `content/media/**`, or a picture in a news item's own folder
    Media(Arc<[u8]>),
}

/// A file and the record it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordFile {
    /// Where the file is.
    pub path: SourcePath,
    /// What it holds.
    pub record: Record,
}

/// The name of a page in its route, and the locale it is written in where the file's name says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slug {
    /// The name in the route; empty where the file's name cannot be one.
    pub id: Id,
    /// The locale that the file's name ends with.
    pub locale: Option<Locale>,
}

/// The Markdown below the front matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// What is written.
    pub markdown: Markdown,
    /// Where in the file it begins, in bytes.
    pub offset: usize,
    /// Numbers that are typed out where a figure may be meant, in a text of a day.
    pub typed: Vec<TypedFigure>,
}

impl Body {
    /// Notes the numbers that are typed out in the text.
    fn note_typed(&mut self, file: &SourceFile) {
        let text = file.bytes.get(self.offset..).and_then(|text| std::str::from_utf8(text).ok());
        self.typed = text.map(typed_figures).unwrap_or_default();
    }
}

/// Reads a file as the record that its path says it is.
///
/// `None` stands for a file that holds no record: one that cannot be read at all, or one that lies outside the known
/// folders.
pub fn parse(file: &SourceFile, conventions: &Conventions) -> Diagnosed<Option<RecordFile>> {
    let reader = Reader::new(&file.path, conventions);
    let record = read_record(file, &reader);
    record.iter().for_each(|record| personal::check(file, record, &reader));
    let record = record.map(|record| RecordFile { path: file.path.clone(), record });
    Diagnosed { value: record, problems: reader.into_problems() }
}

/// Reads a file of YAML that is no record.
pub fn read_yaml<T: FromYaml>(file: &SourceFile) -> Diagnosed<Option<T>> {
    let conventions = Conventions::default();
    let reader = Reader::new(&file.path, &conventions);
    let value = yaml::read(file, &reader);
    Diagnosed { value, problems: reader.into_problems() }
}

/// The conventions that `content/site.yaml` sets, with the names there and in `content/towns.yaml`, read before all other files.
/// Where they cannot be read, what other files rely on them for is taken as right.
pub fn conventions(tree: &SourceTree) -> Conventions {
    let peek = |path| yaml::peek(&tree.get(path)?.bytes);
    let Some(value) = peek("content/site.yaml") else {
        let money_unit = Some(MoneyUnit::default());
        return Conventions { money_unit, more_locales: true, ..Conventions::default() };
    };
    let unit = value.get("money_unit").filter(|unit| !unit.is_null());
    let unit = unit.map(|unit| unit.as_str().and_then(MoneyUnit::parse).unwrap_or_default());
    let written = value.get("locales").filter(|locales| !locales.is_null());
    let tags = written.and_then(|locales| locales.as_sequence());
    let locales: Vec<Locale> =
        tags.into_iter().flatten().filter_map(|tag| Locale::parse(tag.as_str()?)).collect();
    let more_locales = written.is_some() && tags.map(Vec::len) != Some(locales.len());
    let towns = peek("content/towns.yaml");
    let lists = [
        ("town", towns.as_ref()),
        ("category", value.get("categories")),
        ("chain", value.get("chains")),
        ("group", value.get("groups")),
    ];
    let names = lists.map(|(field, list)| (field, list.map_or_else(Vec::new, names)));
    Conventions { money_unit: unit, locales, more_locales, names: names.into() }
}

/// The names in a list, in every language, with their ids.
fn names(list: &Value) -> Vec<(String, Id)> {
    let mut names = Vec::new();
    for entry in list.as_sequence().into_iter().flatten() {
        let id = entry.get("id").and_then(Value::as_str).and_then(Id::parse);
        let (Some(id), Some(name)) = (id, entry.get("name")) else { continue };
        let translations = name.as_mapping().into_iter().flat_map(|names| names.values());
        let texts = translations.chain([name]).filter_map(Value::as_str);
        names.extend(texts.map(|text| (text.to_owned(), id.clone())));
    }
    names
}

fn read_record(file: &SourceFile, reader: &Reader<'_>) -> Option<Record> {
    let path = file.path.strip_prefix("content/")?;
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    match (folder, &*extension.to_ascii_lowercase()) {
        ("", "yaml") if stem == "site" => Some(Record::Site(Box::new(yaml::read(file, reader)?))),
        ("", "yaml") if stem == "towns" => Some(Record::Towns(yaml::read(file, reader)?)),
        ("projects", "yaml" | "yml") => {
            let project = yaml::read(file, reader).unwrap_or_default();
            let check = Reader::new(reader.path(), reader.conventions());
            project::check(&project, &check);
            reader.report_unless_faulty(check.into_problems());
            Some(Record::Project(reader.stem_id(stem)?, Arc::new(project)))
        }
        ("news", "md") => {
            let (news, mut body) = yaml::read_with_body::<News>(file, reader);
            if news.as_of.is_some() || news.issue.is_some() {
                body.note_typed(file);
            }
            let slug = match news.slug.clone().or_else(|| yaml::written_slug(file)) {
                Some(id) => Slug { id, locale: split_locale(stem, reader).1 },
                None => slug(stem, reader),
            };
            Some(Record::News(slug, Arc::new(news), Arc::new(body)))
        }
        ("bulletins", "md") if split_locale(stem, reader).1.is_some() => {
            reader.report(problems::issue_translated(&file.path));
            None
        }
        ("bulletins", "md") => {
            let (bulletin, mut body) = yaml::read_with_body(file, reader);
            body.note_typed(file);
            Some(Record::Bulletin(reader.stem_id(stem)?, Arc::new(bulletin), Arc::new(body)))
        }
        ("bulletins", "json") if stem.ends_with(".seal") => {
            let id = reader.stem_id(stem.trim_end_matches(".seal"))?;
            match Seal::read(&file.bytes) {
                Ok(seal) if seal.issue == id.as_str() => Some(Record::Seal(id, Arc::new(seal))),
                Ok(seal) => {
                    reader.report(problems::seal_of_another(&file.path, &seal.issue));
                    None
                }
                Err(error) => {
                    reader.report(problems::bad_seal(&file.path, error == SealError::Edited));
                    None
                }
            }
        }
        ("pages", "md") => {
            let (page, body) = yaml::read_with_body(file, reader);
            Some(Record::Page(slug(stem, reader), Arc::new(page), Arc::new(body)))
        }
        ("media", _) => Some(media(file, reader)),
        ("news" | "pages" | "projects" | "bulletins", extension) if is_picture(extension) => {
            Some(media(file, reader))
        }
        _ => {
            reader.report(match meant_name(folder, name, &file.bytes) {
                Some(meant) => problems::misnamed_file(&file.path, &meant),
                None => problems::stray_file(&file.path),
            });
            None
        }
    }
}

/// The name that a file should have which holds a record and is not named as one: `p15.yaml.txt`, `site.yml`,
/// `2023-17.seal(1).json`.
fn meant_name(folder: &str, name: &str, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    let name = name.rsplit('/').next().unwrap_or(name);
    let ending = |ending: &str| match name.rsplit_once('.').map_or(name, |(stem, _)| stem) {
        stem if stem.ends_with(ending) => stem.to_owned(),
        stem => format!("{stem}{ending}"),
    };
    let has_key = |key: &str| text.lines().any(|line| line.starts_with(key));
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    match folder {
        "" if stem == "site" && has_key("title:") => Some("site.yaml".into()),
        "" if stem == "towns" && has_key("-") => Some("towns.yaml".into()),
        "projects" if has_key("name:") => Some(ending(".yaml")),
        "news" | "bulletins" | "pages" if text.starts_with("---") => Some(ending(".md")),
        "bulletins" => Seal::read(bytes).ok().map(|seal| format!("{}.seal.json", seal.issue)),
        _ => None,
    }
}

/// A picture or download. A picture that may hold the place it was taken at is not published.
fn media(file: &SourceFile, reader: &Reader<'_>) -> Record {
    match (picture::published(&file.bytes), picture::size(&file.bytes)) {
        (Err(picture::Unpublishable::Broken), _) => {
            reader.report(problems::broken_picture(&file.path));
        }
        (Err(picture::Unpublishable::HoldsMetadata), _) => {
            reader.report(problems::picture_metadata(&file.path));
        }
        (Err(picture::Unpublishable::FilmNamesPlace), _) => {
            reader.report(problems::film_place(&file.path));
        }
        (Ok(_), None) if is_photo(&file.path) => reader.report(problems::no_picture(&file.path)),
        (Ok(own), Some(size)) if picture::is_large(size, own.len()) => {
            reader.report(problems::large_picture(&file.path, size, own.len()));
        }
        _ => {}
    }
    Record::Media(file.bytes.clone())
}

/// Whether a file's name says that it is a picture made of pixels.
fn is_photo(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|own| matches!(&*own, "jpg" | "jpeg" | "png" | "gif" | "webp"))
}

fn is_picture(extension: &str) -> bool {
    matches!(extension, "jpg" | "jpeg" | "png" | "gif" | "svg" | "webp" | "avif" | "pdf")
}

/// Splits `about.en` into the name and the locale, if the site has that locale.
fn split_locale<'a>(stem: &'a str, reader: &Reader<'_>) -> (&'a str, Option<Locale>) {
    let Some((name, tag)) = stem.rsplit_once('.') else { return (stem, None) };
    let Conventions { locales, more_locales, .. } = reader.conventions();
    match Locale::parse(tag).filter(|locale| *more_locales || locales.contains(locale)) {
        Some(locale) => (name, Some(locale)),
        None => (stem, None),
    }
}

fn slug(stem: &str, reader: &Reader<'_>) -> Slug {
    let (name, locale) = split_locale(stem, reader);
    if let Some(meant) = as_translation(name, reader).filter(|_| locale.is_none()) {
        reader.report(problems::misnamed_translation(reader.path(), &meant));
        return Slug::default();
    }
    Slug { id: reader.stem_id(name).unwrap_or_default(), locale }
}

/// The name of a translation that its file's name shows and does not say: `spring.EN.md`, `spring_en.md`.
fn as_translation(stem: &str, reader: &Reader<'_>) -> Option<String> {
    let locales = reader.conventions().locales.iter().skip(1);
    let (tag, name) = locales.map(Locale::as_str).find_map(|tag| {
        let at = stem.len().checked_sub(tag.len() + 1)?;
        let (name, end) = stem.split_at_checked(at)?;
        let is_meant = end.starts_with(['.', '_']) && end[1..].eq_ignore_ascii_case(tag);
        (is_meant && Id::parse(name).is_some()).then_some((tag, name))
    })?;
    Some(format!("{name}.{tag}.md"))
}

/// Problems, gathered while a file is read.
type Gathered = std::cell::RefCell<Diagnostics>;

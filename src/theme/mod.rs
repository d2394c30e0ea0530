//! The site's theme, laid file by file over the default theme that is part of the program.
//!
//! A theme has `templates/`, `static/` and `i18n/<locale>.yaml`. A template of the site's theme replaces the default's of the
//! same name, and may extend it as `default/<name>`; a static file replaces the one of the same name; messages are laid over
//! message by message, and design tokens token by token. `themes/default/README.md` teaches it.

mod catalog;
mod filters;
mod language;
mod names;
mod templates;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use tera::{Context, Tera};

use self::catalog::Messages;
use self::templates::Untold;

pub use self::catalog::Catalog;
use crate::diagnostic::{Diagnosed, Diagnostic, Diagnostics, Place, problems};
use crate::key_path;
use crate::source::SourceTree;
use crate::value::Locale;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What the default theme says, by the file: it is part of the program, and read once.
static ORIGINALS: LazyLock<BTreeMap<&str, Messages>> = LazyLock::new(|| {
    let mut files = Vec::new();
    gather(&DEFAULT, &mut files);
    let messages = files.iter().filter(|file| file.path.starts_with("i18n/"));
    let read = |file: &ThemeFile<'_>| Messages::read(file, &mut Diagnostics::default());
    messages.map(|file| (file.path, read(file))).collect()
});

/// The name of the theme that is part of the program.
const DEFAULT_NAME: &str = "default";

/// The file of the design tokens below `static/`.
const TOKENS: &str = "tokens.css";

/// Templates, messages and files, ready to render with.
pub struct Theme {
    tera: Tera,
    untold: Untold,
    catalogs: BTreeMap<Locale, Catalog>,
    /// What a locale says that is not the site's.
    no_messages: Catalog,
    assets: BTreeMap<Arc<str>, Arc<[u8]>>,
}

/// A file of a theme and where it comes from.
struct ThemeFile<'a> {
    /// The theme's name: `default` for what is part of the program.
    theme: &'a str,
    /// The path within the theme.
    path: &'a str,
    bytes: &'a [u8],
}

impl ThemeFile<'_> {
    /// Whether it is part of the program.
    fn is_default(&self) -> bool {
        default_file(&self.source_path()).is_some_and(|own| std::ptr::eq(own, self.bytes))
    }

    fn source_path(&self) -> Arc<str> {
        format!("themes/{}/{}", self.theme, self.path).into()
    }
}

impl Theme {
    /// Loads the theme that a site names, over the default theme, with the messages of the site's locales.
    pub fn load(tree: &SourceTree, name: Option<&str>, locales: &[Locale]) -> Diagnosed<Theme> {
        let mut problems = Diagnostics::default();
        let name = name.unwrap_or(DEFAULT_NAME);
        let files = layered_files(tree, name, &mut problems);
        let own_templates = own_templates(&files);
        problems.extend(stray_files(&files, &own_templates, locales));
        let mut tera = Tera::new();
        filters::register(&mut tera);
        tera.autoescape_on(vec![".html", ".xml", ".svg"]);
        let prefixes = [format!("{name}/"), format!("{DEFAULT_NAME}/")];
        if let Err(error) = tera.set_fallback_prefixes(prefixes) {
            problems.add(templates::at_rendering(&error, &Untold::default(), None, None));
        }
        let of_templates =
            files.iter().filter_map(|file| Some((file, file.path.strip_prefix("templates/")?)));
        let untold = templates::add(&mut tera, of_templates, &mut problems);
        let mut assets = BTreeMap::new();
        for file in &files {
            if let Some(path) = file.path.strip_prefix("static/") {
                let bytes = layered_asset(path, assets.get(path), file.bytes);
                assets.insert(Arc::from(path), bytes);
            }
        }
        let catalogs = locales.iter().enumerate().map(|(index, locale)| {
            let own = |file: &&ThemeFile<'_>| {
                file.path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".yaml"))
                    == Some(locale.as_str())
            };
            let own: Vec<_> = files.iter().filter(own).collect();
            if own.is_empty() {
                let place = Place::value(&"content/site.yaml".into(), key_path!["locales", index]);
                problems.add(problems::no_messages(place, locale.as_str(), name));
            }
            let read = |file: &ThemeFile<'_>| match ORIGINALS.get(file.path) {
                Some(original) if file.is_default() => original.clone(),
                _ => {
                    let messages = Messages::read(file, &mut problems);
                    problems.extend(messages.check(&file.source_path(), &own_templates));
                    messages
                }
            };
            (locale.clone(), Catalog::new(own.into_iter().map(read)))
        });
        let catalogs = catalogs.collect();
        Diagnosed {
            value: Theme { tera, untold, catalogs, no_messages: Catalog::default(), assets },
            problems,
        }
    }

    /// The messages of a locale of the site.
    pub fn catalog(&self, locale: &Locale) -> &Catalog {
        self.catalogs.get(locale).unwrap_or(&self.no_messages)
    }

    /// The theme's files, by their path below `static/`.
    pub fn assets(&self) -> &BTreeMap<Arc<str>, Arc<[u8]>> {
        &self.assets
    }

    /// Renders a template. What of the page is in the language `foreign` is marked with it.
    ///
    /// # Errors
    /// A [`template_error`](problems::template_error) that names `record`, what the page is of.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        record: &str,
        foreign: Option<&str>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(32 * 1024);
        if let Err(error) = self.tera.render_to(template, context, &mut page) {
            let page = templates::place_of(&self.tera, template);
            let problem = templates::at_rendering(&error, &self.untold, page, Some(record));
            return Err(Box::new(problem));
        }
        let marked = foreign.and_then(|lang| {
            let html = std::str::from_utf8(&page).ok()?;
            Some(language::marked(html, lang).into_bytes())
        });
        Ok(marked.unwrap_or(page))
    }
}

/// Tells of the files that a site's theme brings and nothing reads: they lie in no folder of a theme, hold the messages of a locale
/// that the site has not, or are templates of no page that no other names.
fn stray_files(files: &[ThemeFile<'_>], own_templates: &str, locales: &[Locale]) -> Diagnostics {
    let mut problems = Diagnostics::default();
    for file in files.iter().filter(|file| !file.is_default()) {
        let place = || Place::file(&file.source_path());
        let name = file.path.rsplit('/').next().unwrap_or(file.path);
        match file.path.split_once('/') {
            Some(("static", _)) => {}
            Some(("templates", path)) => {
                let is_of_page = DEFAULT.get_file(file.path).is_some();
                let text = std::str::from_utf8(file.bytes).unwrap_or_default();
                let has_components = names::tags(text).any(|tag| tag.starts_with("component "));
                let is_named = own_templates
                    .match_indices(path)
                    .any(|(at, _)| own_templates[..at].ends_with(['"', '\'', '/']));
                if !is_of_page && !has_components && !is_named {
                    let of_pages = DEFAULT.get_dir("templates").into_iter().flat_map(Dir::files);
                    let names = of_pages.filter_map(|file| file.path().file_name()?.to_str());
                    problems.add(problems::unused_template(place(), path, names));
                }
            }
            Some(("i18n", _)) => {
                let is_read = locales.iter().any(|locale| format!("{locale}.yaml") == name);
                if !is_read {
                    let locales = locales.iter().map(Locale::as_str);
                    problems.add(problems::stray_messages(place(), locales));
                }
            }
            // A word to whoever opens the folder.
            None if !name.ends_with(".css") && !name.ends_with(".html") => {}
            _ => problems.add(problems::stray_theme_file(place())),
        }
    }
    problems
}

/// The text of the templates that the site's theme brings.
fn own_templates(files: &[ThemeFile<'_>]) -> String {
    let own = files.iter().filter(|file| file.path.starts_with("templates/") && !file.is_default());
    own.map(|file| String::from_utf8_lossy(file.bytes)).collect()
}

/// The files of both themes; where both have one, the default's templates stay beside the site's and its other files come
/// first, so that the site's are laid over them.
fn layered_files<'a>(
    tree: &'a SourceTree,
    name: &'a str,
    problems: &mut Diagnostics,
) -> Vec<ThemeFile<'a>> {
    let mut files = Vec::new();
    gather(&DEFAULT, &mut files);
    let folder = format!("themes/{name}/");
    let own = tree.files().filter(|file| file.path.starts_with(&folder));
    let before = files.len();
    files.extend(own.map(|file| ThemeFile {
        theme: name,
        path: &file.path[folder.len()..],
        bytes: &file.bytes,
    }));
    if files.len() == before && name != DEFAULT_NAME {
        let themes =
            tree.files().filter_map(|file| file.path.strip_prefix("themes/")?.split_once('/'));
        let known = themes.map(|(theme, _)| theme).chain([DEFAULT_NAME]);
        let place = Place::value(&"content/site.yaml".into(), key_path!["theme"]);
        problems.add(problems::unknown_theme(place, name, known));
    }
    files
}

/// A file of the theme over the one that was there: the design tokens follow those they are laid over, any other file takes
/// the place of it. A byte order mark would be part of their first rule.
fn layered_asset(path: &str, below: Option<&Arc<[u8]>>, own: &[u8]) -> Arc<[u8]> {
    match below {
        Some(below) if path == TOKENS && **below != *own => {
            let own = own.strip_prefix("\u{feff}".as_bytes()).unwrap_or(own);
            [below, own].concat().into()
        }
        _ => own.into(),
    }
}

fn gather<'a>(folder: &'a Dir<'_>, files: &mut Vec<ThemeFile<'a>>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        files.push(ThemeFile { theme: DEFAULT_NAME, path, bytes: file.contents() });
    }
    for folder in folder.dirs() {
        gather(folder, files);
    }
}

/// The bytes of a file of the default theme, to show where in it a problem is.
pub fn default_file(path: &str) -> Option<&'static [u8]> {
    DEFAULT.get_file(path.strip_prefix("themes/default/")?).map(include_dir::File::contents)
}

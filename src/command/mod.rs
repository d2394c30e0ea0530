//! The subcommands, one a file: the only callers of the clock and the environment.

mod build;
mod check;
mod headers;
mod new;
mod schema;
mod seal;
mod serve;
mod view;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};
use indicatif::ProgressBar;
use jiff::civil::Date;

use crate::build::Input;
use crate::diagnostic::emit::{MessageFormat, emit};
use crate::diagnostic::{Diagnostic, Diagnostics, Language, Phrase, Severity};
use crate::model::Edition;
use crate::publish::PublishError;
use crate::record::BaseUrl;
use crate::value::Period;
use crate::{record, source, theme};

/// Static sites for public progress bulletins: project records and news in, a bulletin for every town out.
///
/// 由项目档案(YAML)和新闻稿(Markdown)生成重点项目公报网站:指标、图表、红绿灯、排名,和每个镇的公报。
#[derive(Parser)]
#[command(name = "gongbao", version, max_term_width = 100)]
struct Arguments {
    /// The site's folder, which holds content/ [站点所在的文件夹]
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// The language of messages; the site's first locale if left out [提示所用的语言]
    #[arg(long, global = true, value_name = "LOCALE")]
    lang: Option<MessageLanguage>,
    /// The form of messages [提示的格式]
    #[arg(long, global = true, default_value = "human", value_name = "FORM")]
    message_format: MessageForm,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Serve(serve::Arguments),
    New(new::Arguments),
    Seal(seal::Arguments),
    View(view::Arguments),
    Schema(schema::Arguments),
    Headers(headers::Arguments),
}

#[derive(Clone, Copy, ValueEnum)]
enum MessageLanguage {
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
    #[value(name = "en")]
    English,
}

#[derive(Clone, Copy, ValueEnum)]
enum MessageForm {
    /// With the source line and a caret
    Human,
    /// One a line, for editors
    Short,
    /// One JSON object a line
    Json,
}

/// How a command ended, other than well.
enum Failure {
    /// There are problems in the content; they have been told.
    Problems,
    /// It may not do what was asked for, and this is why.
    Refused(Box<Diagnostic>),
    /// It could not run.
    CouldNotRun(anyhow::Error),
}

impl Failure {
    /// It may not do what was asked for, and this is why, in both languages.
    fn because(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Failure::Refused(Box::new(cannot_run(Phrase::new(zh, en))))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::CouldNotRun(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::CouldNotRun(error.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::CouldNotRun(error.into())
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Refused(problem) => Failure::Refused(problem),
            PublishError::Io(error) => error.into(),
        }
    }
}

/// Runs the program with the arguments it was started with.
///
/// The exit code is 0 if all is well, 1 if there are problems in the content, 2 if the command could not run.
pub fn run() -> ExitCode {
    let Arguments { root, lang, message_format, command } = Arguments::parse();
    let console = Console::new(root, lang, message_format);
    let result = match command {
        Command::Build(arguments) => build::run(&console, &arguments),
        Command::Check(arguments) => check::run(&console, &arguments),
        Command::Serve(arguments) => serve::run(&console, &arguments),
        Command::Seal(arguments) => seal::run(&console, &arguments),
        Command::New(arguments) => new::run(&console, &arguments),
        Command::View(arguments) => view::run(&console, &arguments),
        Command::Schema(arguments) => schema::run(&console, &arguments),
        Command::Headers(arguments) => headers::run(&console, &arguments),
    };
    let problem = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Problems) => return ExitCode::from(1),
        Err(Failure::Refused(problem)) => *problem,
        Err(Failure::CouldNotRun(error)) => could_not_run(&error),
    };
    let told = console.tell([problem].into_iter().collect(), 0);
    debug_assert!(told.is_err(), "what keeps a command from running is an error");
    ExitCode::from(2)
}

/// What was probably meant, to stand behind what was not found, in both languages.
fn did_you_mean(near: Option<&str>) -> [String; 2] {
    let hint =
        |before, after| near.map_or_else(String::new, |near| format!("{before}`{near}`{after}"));
    [hint("；是不是 ", "？"), hint("; did you mean ", "?")]
}

/// Why a command could not run, told like any problem, so that programs can read it.
fn could_not_run(error: &anyhow::Error) -> Diagnostic {
    let why = format!("{error:#}");
    cannot_run(Phrase::new(why.clone(), why))
}

fn cannot_run(message: Phrase) -> Diagnostic {
    let (severity, code) = (Severity::Error, "could-not-run");
    Diagnostic { place: None, severity, code, message, help: None }
}

/// Where a command speaks to who started it.
struct Console {
    root: PathBuf,
    language: Language,
    format: MessageFormat,
}

impl Console {
    fn new(root: PathBuf, language: Option<MessageLanguage>, format: MessageForm) -> Self {
        let language = match language {
            Some(MessageLanguage::Chinese) => Language::Chinese,
            Some(MessageLanguage::English) => Language::English,
            None => site_language(&root),
        };
        let format = match format {
            MessageForm::Human => MessageFormat::Human,
            MessageForm::Short => MessageFormat::Short,
            MessageForm::Json => MessageFormat::Json,
        };
        Console { root, language, format }
    }

    /// Says a line to people; programs that read JSON get problems and nothing else, and the exit code says the rest.
    fn say(&self, line: &str) {
        if self.format != MessageFormat::Json {
            self.print(&format!("{line}\n"));
        }
    }

    /// Prints problems that were written out. A console that is gone is no reason to fail.
    fn print(&self, told: &str) {
        let _ = io::stderr().write_all(told.as_bytes());
    }

    /// Puts out what was asked for. Who has read enough of it may close the pipe.
    fn put_out(&self, text: &str) -> io::Result<()> {
        match writeln!(io::stdout(), "{text}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// A sentence in the language of messages.
    fn phrase<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// A bar that shows how far long work is, where there is a terminal to show it on.
    fn progress(&self, steps: usize) -> ProgressBar {
        if !io::stderr().is_terminal() || self.format != MessageFormat::Human {
            return ProgressBar::hidden();
        }
        ProgressBar::new(steps as u64)
    }

    /// Tells of problems. At most `most_warnings` of the warnings are told in the human form; the last line counts the rest.
    ///
    /// # Errors
    /// [`Failure::Problems`] if any of them is an error.
    fn tell(&self, problems: Diagnostics, most_warnings: usize) -> Result<(), Failure> {
        let has_errors = problems.has_errors();
        let load = |path: &str| self.load(path);
        self.print(&self.written(problems, self.format, most_warnings, &load, has_color()));
        if has_errors { Err(Failure::Problems) } else { Ok(()) }
    }

    /// Problems as [`Console::tell`] tells them; `load` answers with the bytes of a file that a problem is about.
    fn written(
        &self,
        problems: Diagnostics,
        format: MessageFormat,
        most_warnings: usize,
        load: &dyn Fn(&str) -> Option<Arc<[u8]>>,
        color: bool,
    ) -> String {
        let mut text = Vec::new();
        let mut problems = problems.into_sorted();
        let mut untold = 0;
        if format == MessageFormat::Human {
            let mut warnings = 0;
            problems.retain(|problem| {
                warnings += usize::from(problem.severity == Severity::Warning);
                problem.severity == Severity::Error || warnings <= most_warnings
            });
            untold = warnings.saturating_sub(most_warnings);
        }
        let written = emit(&problems, load, format, self.language, &mut text, color);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        let mut text = String::from_utf8_lossy(&text).into_owned();
        if untold > 0 {
            let zh = format!("另有 {untold} 条警告，用 `gongbao check` 查看\n");
            let en = format!("{untold} more warnings; `gongbao check` tells them all\n");
            text.push_str(self.phrase(&zh, &en));
        }
        text
    }

    /// The bytes of a file that a problem is about.
    fn load(&self, path: &str) -> Option<Arc<[u8]>> {
        let own = std::fs::read(self.root.join(path)).ok().map(Arc::from);
        own.or_else(|| theme::default_file(path).map(Arc::from))
    }
}

/// Whether messages may be coloured.
fn has_color() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// The language of the site's first locale, or Chinese.
fn site_language(root: &Path) -> Language {
    let site = std::fs::read(root.join("content/site.yaml")).unwrap_or_default();
    let file = source::SourceFile::new("content/site.yaml", site);
    match record::conventions(&iter::once(file).collect()).locales.first() {
        Some(locale) if !locale.is_chinese() => Language::English,
        _ => Language::Chinese,
    }
}

/// The options that say what is published, as of when, for which address.
#[derive(clap::Args)]
struct EditionArguments {
    /// The day of publication; later items are under embargo [出版日期]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// The day that figures outside issues are as of [数据截止日]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<Date>,
    /// The address that the site will have [站点网址]
    #[arg(long, value_name = "URL", value_parser = parse_base_url)]
    base_url: Option<BaseUrl>,
    /// Shows drafts and items under embargo, marked as such [显示草稿]
    #[arg(long)]
    drafts: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    Period::parse(text)
        .map(|period| period.end)
        .map_err(|_| format!("`{text}` is not a date such as 2023-04-30"))
}

fn parse_base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| format!("`{text}` is not an address such as https://example.org/xmjs/"))
}

impl EditionArguments {
    /// The edition that the options ask for; the day is today, or that of `SOURCE_DATE_EPOCH`, if none is named.
    fn edition(&self) -> Edition {
        Edition {
            date: self.date.unwrap_or_else(today),
            as_of: self.as_of,
            drafts: self.drafts,
            base_url: self.base_url.clone(),
        }
    }

    /// Reads the site's files.
    fn input(&self, root: &Path) -> Result<(Input, Diagnostics), Failure> {
        if !root.join("content").is_dir() {
            let root = std::path::absolute(root)?;
            let root = root.display();
            return Err(Failure::because(
                format!(
                    "{root} 里没有 content 文件夹：用 `gongbao new site` 新建站点，或用 --root 指明站点所在的文件夹"
                ),
                format!(
                    "there is no folder `content` in {root}: make a site with `gongbao new site`, or name the folder with --root"
                ),
            ));
        }
        let read = source::disk::read(root)?;
        Ok((Input { tree: read.value, edition: self.edition() }, read.problems))
    }
}

fn today() -> Date {
    let epoch =
        std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<i64>().ok());
    let zone = jiff::tz::TimeZone::UTC;
    match epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()) {
        Some(timestamp) => timestamp.to_zoned(zone).date(),
        None => jiff::Zoned::now().date(),
    }
}

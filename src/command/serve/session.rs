//! Keeps the site on the screen as its files are.

use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::super::{Console, EditionArguments, Failure, build::MOST_WARNINGS, has_color};
use super::review::{self, Review, Reviewed, Subject};
use super::{Event, say_polling};
use crate::build::{self, Cache, Input, Site};
use crate::diagnostic::emit::MessageFormat;
use crate::diagnostic::{Diagnosed, Diagnostic, Diagnostics, Language, Phrase, Severity};
use crate::model::Edition;
use crate::plan::Route;
use crate::server::{Fault, Generation, Overlay, Report, Screen, Shown};
use crate::source::{SourceTree, disk};
use crate::theme;
use crate::watcher::Change;

/// More changed paths than these are no quicker to read than the whole site.
const MANY: usize = 500;

/// The site while it is served.
pub(super) struct Session<'a> {
    console: &'a Console,
    arguments: &'a EditionArguments,
    events: Sender<Event>,
    cache: Cache,
    files: Diagnosed<SourceTree>,
    edition: Edition,
    lineage: Lineage,
    /// Why the files could not be read the last time, if they could not.
    unreadable: Option<Diagnostic>,
    /// The problems of all files together, but not those of single pages.
    known: Diagnostics,
    /// The problems that were told.
    told: Diagnostics,
    /// Pages that were seen to fail in the newest site.
    failed: Vec<Route>,
    screen: Screen,
    /// How often the site was assembled.
    attempt: u64,
    review: Option<Review>,
    pace: Pace,
}

impl<'a> Session<'a> {
    /// Reads and assembles the site for the first time.
    ///
    /// # Errors
    /// If there is no site.
    pub(super) fn start(
        console: &'a Console,
        arguments: &'a EditionArguments,
        events: Sender<Event>,
    ) -> Result<Self, Failure> {
        let began = Instant::now();
        let (input, problems) = arguments.input(&console.root)?;
        let Input { tree, edition } = input;
        let mut session = Session {
            console,
            arguments,
            events,
            cache: Cache::default(),
            files: Diagnosed { value: tree, problems },
            edition,
            lineage: Lineage::default(),
            unreadable: None,
            known: Diagnostics::default(),
            told: Diagnostics::default(),
            failed: Vec::new(),
            screen: Screen::new(Shown::default()),
            attempt: 0,
            review: None,
            pace: Pace::after(began.elapsed()),
        };
        session.assemble(began);
        Ok(session)
    }

    /// Where the site is shown.
    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The path at which the site lies on its host.
    pub(super) fn base_path(&self) -> String {
        let newest = self.lineage.newest.as_ref();
        newest.map_or("/".into(), |newest| newest.site.model.site.base_url.path().to_owned())
    }

    /// Follows the events until someone asks the program to end.
    ///
    /// What has changed since the last reading is read at once, however often: a file that is being copied may be large.
    pub(super) fn run(&mut self, events: &Receiver<Event>, mut polls: bool) {
        loop {
            let first = match events.recv_timeout(self.pace.wait(polls)) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Changed(Change::Anything),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut changed: Option<Change> = None;
            for event in iter::once(first).chain(events.try_iter()) {
                match event {
                    Event::Changed(more) => {
                        changed = Some(match changed {
                            Some(change) => change.and(more),
                            None => more,
                        });
                    }
                    Event::Server(Report::Failed(fault)) => self.fail(fault),
                    Event::Reviewed(attempt, _) if attempt != self.attempt => {}
                    Event::Reviewed(_, Reviewed::Fault(fault)) => self.fail(fault),
                    Event::Reviewed(_, Reviewed::Whole(problems, failed)) => {
                        self.conclude(problems, failed);
                    }
                    Event::Server(Report::Stopped) => return,
                }
            }
            match changed {
                Some(Change::Unwatched(reason)) => {
                    if !polls {
                        say_polling(self.console, &reason);
                    }
                    polls = true;
                    self.read(Change::Anything);
                }
                Some(change) => self.read(change),
                None => {}
            }
        }
    }

    /// Reads what has changed, and shows the site anew if anything has.
    fn read(&mut self, change: Change) {
        let began = Instant::now();
        let (root, files) = (&self.console.root, &mut self.files);
        let read = match change {
            Change::Paths(paths) if paths.len() <= MANY && !self.pace.is_due() => {
                self.pace.soon();
                disk::refresh_paths(root, files, paths)
            }
            _ => {
                let read = disk::refresh(root, files);
                self.pace = Pace::after(began.elapsed());
                read
            }
        };
        let (is_new, unreadable) = match read {
            Ok(is_new) => (is_new, None),
            Err(error) => (false, Some(unreadable_site(&error))),
        };
        let edition = self.arguments.edition();
        if is_new || unreadable != self.unreadable || edition != self.edition {
            (self.unreadable, self.edition) = (unreadable, edition);
            self.assemble(began);
        }
    }

    /// Assembles the site from the files that were read, and shows it if nothing is wrong.
    fn assemble(&mut self, began: Instant) {
        self.review = None;
        self.attempt += 1;
        let mut problems = self.files.problems.clone();
        problems.extend(self.unreadable.clone());
        let (cache, tree, edition) = (&mut self.cache, &self.files.value, &self.edition);
        let (failed, is_read) = (&self.failed, !problems.has_errors());
        let assemble = || {
            let assembled = cache.assemble(tree, edition);
            let is_fit = is_read && !assembled.problems.has_errors();
            let mut failed = failed.iter().filter(|_| is_fit);
            let still_failing = failed.find_map(|route| failure(&assembled.value, route));
            (assembled, still_failing)
        };
        let (mut subject, mut of_page) = (None, None);
        match catch_unwind(AssertUnwindSafe(assemble)) {
            Ok((assembled, still_failing)) => {
                problems.extend(assembled.problems);
                subject = Some(if problems.has_errors() {
                    Subject::Faulty(Box::new(assembled.value), problems.clone())
                } else {
                    let generation = self.lineage.add(assembled.value);
                    if still_failing.is_some() {
                        self.lineage.fail(generation.number);
                    }
                    of_page = still_failing;
                    Subject::Shown(generation)
                });
            }
            Err(_) => {
                self.cache = Cache::default();
                problems.add(internal_error());
            }
        }
        self.known = problems;
        let before = self.show_with(of_page.map(|problem| *problem));
        if let Some(subject) = subject {
            let (events, attempt) = (self.events.clone(), self.attempt);
            let report = move |reviewed| drop(events.send(Event::Reviewed(attempt, reviewed)));
            self.review = Some(review::start(subject, before, report));
        }
        if !self.told.has_errors() && self.lineage.number > 1 {
            let millis = began.elapsed().as_millis();
            self.console
                .say(&format!("{} ({millis} ms)", self.console.phrase("已更新", "updated")));
        }
    }

    /// Takes a page that could not be rendered: the last site without such pages is shown instead.
    fn fail(&mut self, fault: Fault) {
        if self.lineage.fail(fault.generation) {
            self.failed = vec![fault.route];
            // Where the files are no longer those of that site, its problem may be mended: the review of theirs tells.
            if self.known.has_errors() {
                self.show(self.told.clone());
            } else {
                self.show_with([*fault.problem]);
            }
        }
    }

    /// Takes the result of a review.
    fn conclude(&mut self, found: Diagnostics, failed: Vec<Route>) {
        let is_shown = !self.known.has_errors();
        if !found.is_empty() {
            if is_shown {
                self.lineage.fail(self.lineage.number);
                self.failed = failed;
            }
            self.show_with(found);
        } else if is_shown {
            self.lineage.approve();
            self.failed.clear();
            // What is shown is the same, but the sites before it are let go.
            self.show(self.told.clone());
        }
    }

    fn show_with(&mut self, of_pages: impl IntoIterator<Item = Diagnostic>) -> Arc<Shown> {
        let mut problems = self.known.clone();
        problems.extend(of_pages);
        self.show(problems)
    }

    /// Shows the site that is fit to be shown, and tells of the problems if they are not those that were told. What was shown
    /// before is given back.
    fn show(&mut self, problems: Diagnostics) -> Arc<Shown> {
        let is_news = problems != self.told;
        self.told = problems;
        let overlay = self.told.has_errors().then(|| self.overlay());
        let before = self.screen.show(Shown { sites: self.lineage.sites(), overlay });
        if is_news && !self.told.is_empty() {
            let told = self.written(self.console.format, has_color());
            self.console.print(&format!("{}\n", told.trim_end()));
        }
        before
    }

    fn overlay(&self) -> Overlay {
        let told = self.told.clone().into_sorted();
        let n_errors = told.iter().filter(|problem| problem.severity == Severity::Error).count();
        let errors = if n_errors == 1 { "error" } else { "errors" };
        let (beneath_zh, beneath_en) = match self.lineage.has_been_whole() {
            true => {
                ("下面是最后一次无误的网站。", " Below is the site as it last was without any.")
            }
            false => ("", ""),
        };
        let zh = format!("有 {n_errors} 处错误。{beneath_zh}");
        let en = format!("{n_errors} {errors}.{beneath_en}");
        Overlay {
            title: self.console.phrase(&zh, &en).into(),
            text: self.written(MessageFormat::Human, false),
            close: self.console.phrase("关闭", "Close").into(),
            lang: if self.console.language == Language::Chinese { "zh-CN" } else { "en" }.into(),
        }
    }

    /// The problems as the terminal tells them, with the files as they were read.
    fn written(&self, format: MessageFormat, color: bool) -> String {
        let load = |path: &str| {
            let own = self.files.value.get(path).map(|file| Arc::clone(&file.bytes));
            own.or_else(|| theme::default_file(path).map(Arc::from))
        };
        self.console.written(self.told.clone(), format, MOST_WARNINGS, &load, color)
    }
}

/// The problem of a page of a site, if it has it.
fn failure(site: &Site, route: &Route) -> Option<Box<Diagnostic>> {
    let output = site.plan.outputs.get(route)?;
    build::render(site, route, output).err()
}

/// The newest generation, and those to fall back on.
#[derive(Default)]
struct Lineage {
    /// The number of the newest generation.
    number: u64,
    newest: Option<Arc<Generation>>,
    fate: Fate,
    /// A generation before the newest of which no page was seen to fail.
    untested: Option<Arc<Generation>>,
    /// The last generation before the newest of which every page was rendered.
    sound: Option<Arc<Generation>>,
}

/// What is known of the pages of the newest generation.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Fate {
    #[default]
    Untested,
    Sound,
    Failed,
}

impl Lineage {
    fn add(&mut self, site: Site) -> Arc<Generation> {
        match self.fate {
            Fate::Untested => self.untested = self.newest.take(),
            Fate::Sound => (self.sound, self.untested) = (self.newest.take(), None),
            Fate::Failed => {}
        }
        self.number += 1;
        self.fate = Fate::Untested;
        let newest = Arc::new(Generation::new(self.number, site));
        self.newest = Some(Arc::clone(&newest));
        newest
    }

    /// The newest generation failed; `false` if that is known, or another is meant.
    fn fail(&mut self, generation: u64) -> bool {
        let is_news = generation == self.number && self.fate != Fate::Failed;
        if is_news {
            self.fate = Fate::Failed;
        }
        is_news
    }

    fn approve(&mut self) {
        self.fate = Fate::Sound;
        (self.untested, self.sound) = (None, None);
    }

    /// Whether there is a site of which no page is known to fail.
    fn has_been_whole(&self) -> bool {
        let newest = self.newest.as_ref().filter(|_| self.fate != Fate::Failed);
        newest.or(self.sound.as_ref()).or(self.untested.as_ref()).is_some()
    }

    /// The sites to answer from, the best first.
    fn sites(&self) -> Vec<Arc<Generation>> {
        let Lineage { newest, untested, sound, .. } = self;
        let sites = match self.fate {
            Fate::Failed => [sound, untested, newest],
            Fate::Untested | Fate::Sound => [newest, untested, sound],
        };
        sites.into_iter().flatten().cloned().collect()
    }
}

/// When the site is read as a whole again, although nothing was reported: events may be lost.
struct Pace {
    due: Instant,
    /// How long reading takes.
    cost: Duration,
}

impl Pace {
    /// How long the site is left alone, as a multiple of the time that reading it takes.
    const REST: u32 = 200;
    const REST_POLLING: u32 = 10;

    fn after(cost: Duration) -> Self {
        let rest = (cost * Self::REST).max(Duration::from_secs(10));
        Pace { due: Instant::now() + rest, cost }
    }

    /// Where one thing has changed, another may have that was not reported.
    fn soon(&mut self) {
        let rest = (self.cost * Self::REST_POLLING).max(Duration::from_millis(500));
        self.due = self.due.min(Instant::now() + rest);
    }

    fn is_due(&self) -> bool {
        self.due <= Instant::now()
    }

    fn wait(&self, polls: bool) -> Duration {
        let rest = self.due.saturating_duration_since(Instant::now());
        if polls {
            rest.min((self.cost * Self::REST_POLLING).max(Duration::from_millis(300)))
        } else {
            rest
        }
    }
}

fn unreadable_site(error: &std::io::Error) -> Diagnostic {
    let zh = format!("无法读取网站的文件：系统报告“{error}”");
    let en = format!("the site's files cannot be read: {error}");
    problem("unreadable-site", Phrase::new(zh, en))
}

fn internal_error() -> Diagnostic {
    let zh = "程序在这个网站上出了内部错误，请报告给 gongbao 的作者";
    let en = "the program failed on this site: please tell the authors of gongbao";
    problem("internal-error", Phrase::new(zh, en))
}

fn problem(code: &'static str, message: Phrase) -> Diagnostic {
    Diagnostic { place: None, severity: Severity::Error, code, message, help: None }
}

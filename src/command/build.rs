//! `gongbao build`: content/ to public/.

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::{Console, EditionArguments, Failure};
use crate::build::{self, Bases, Inputs, Site};
use crate::diagnostic::emit::MessageFormat;
use crate::diagnostic::{Diagnostics, Language};
use crate::plan::{Output, Page, Route, SearchFile};
use crate::publish::{self, Counts, OutputFolder, Published, Receipt};
use crate::source::ContentHash;

/// Builds the site [生成网站]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where the site is written [输出文件夹]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    edition: EditionArguments,
    /// How many threads work; as many as there are processors if left out [并行数]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// The most warnings that a build tells of, and none if it fails; `check` tells of all.
pub(super) const MOST_WARNINGS: usize = 20;

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let began = Instant::now();
    if let Some(jobs) = arguments.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()
            .map_err(anyhow::Error::from)?;
    }
    let (read, program) = rayon::join(|| arguments.edition.input(&console.root), program_hash);
    let (input, mut problems) = read?;
    let out = arguments.out.clone().unwrap_or_else(|| console.root.join("public"));
    let waiting = || {
        let zh = "另一次生成正在进行，等它结束 …";
        console.say(console.phrase(zh, "another build is at work; waiting for it …"));
    };
    let mut output = publish::open(&out, &console.root, &waiting)?;
    // What is not known to be this program's is neither trusted nor left for another.
    let inputs = program.map(|program| Inputs::new(program, &input));
    let inputs_hash = inputs.as_ref().map(Inputs::hash);
    let before = inputs_hash.filter(|_| problems.is_empty());
    let before = before.and_then(|inputs| output.counts_before(inputs));
    // People are reminded of the warnings; programs want each of them again, which takes all records.
    let is_enough = |n_warnings| n_warnings == 0 || console.format == MessageFormat::Human;
    if let Some(counts) = before.filter(|counts| is_enough(counts.warnings)) {
        say_warnings_again(console, counts.warnings);
        let published = Published { unchanged: output.files_before(), ..Published::default() };
        say_where(console, &out);
        console.say(&summary(console, counts, &published, began));
        return Ok(());
    }
    let assembled = build::assemble(input);
    problems.extend(assembled.problems);
    // The program ends with the build, and the system takes memory back faster whole than piece by piece.
    let site = ManuallyDrop::new(assembled.value);
    if problems.has_errors() {
        problems.extend(build::check_pages(&site, &problems));
        return console.tell(problems, 0);
    }
    let bases = inputs.map(|inputs| Bases::new(inputs, &site));
    render_all(console, &site, bases.as_ref(), &output, &mut problems)?;
    let problems = problems.into_sorted();
    let counts = counts(&site, problems.len());
    console.tell(problems.into_iter().collect(), MOST_WARNINGS)?;
    if let Some((inputs, bases)) = inputs_hash.zip(bases) {
        output.remember(Receipt { inputs, counts, bases: bases.of_all() });
    }
    let published = output.commit()?;
    for file in &published.kept {
        let left =
            console.phrase("有人改过，留着没删", "was edited by someone and is left in place");
        console.say(&format!("{}: {left}", out.join(file).display()));
    }
    say_where(console, &out);
    console.say(&summary(console, counts, &published, began));
    Ok(())
}

/// The hash of the program; none if it may be run but not read, or has been replaced since it began.
fn program_hash() -> Option<ContentHash> {
    let program = std::env::current_exe().and_then(std::fs::File::open).ok()?;
    ContentHash::of_reader(program).ok()
}

/// Renders all files of the site into the staging area but those that stay as they are, and tells of templates that fail.
fn render_all(
    console: &Console,
    site: &Site,
    bases: Option<&Bases<'_>>,
    output: &OutputFolder,
    problems: &mut Diagnostics,
) -> Result<(), Failure> {
    let progress = console.progress(site.plan.outputs.len());
    let render = |(route, planned): (&Route, &Output)| {
        progress.inc(1);
        let file = route.file();
        if matches!(planned, Output::Dataset(_)) {
            let write = |out: &mut dyn io::Write| build::write(site, route, planned, out);
            return output.stage_long(&file, write).err().map(RenderFailure::Io);
        }
        match output.keep(&file, || bases?.of(route, planned)) {
            Ok(true) => return None,
            Ok(false) => {}
            Err(error) => return Some(RenderFailure::Io(error)),
        }
        match build::render(site, route, planned) {
            Ok(bytes) => output.stage(&file, &bytes).err().map(RenderFailure::Io),
            Err(problem) => Some(RenderFailure::Problem(problem)),
        }
    };
    let mut outputs: Vec<_> = site.plan.outputs.iter().collect();
    outputs.sort_by_key(|(_, output)| turn(output));
    let shares = outputs.into_par_iter().with_max_len(LARGEST_SHARE);
    let failures: Vec<_> = shares.filter_map(render).collect();
    progress.finish_and_clear();
    tell_failures(console, failures, problems)
}

/// How many files a thread takes at once: some take a thousand times as long as others.
const LARGEST_SHARE: usize = 16;

/// When it is a file's turn. What takes long is begun first, so that no thread is left to wait for it at the end; before all else
/// what may list every project, for it takes much memory while it is made, as the index of the search does too. What waits for
/// the index comes last.
fn turn(output: &Output) -> u8 {
    match output {
        Output::Page(Page::Projects | Page::Lights | Page::Bulletin(_), _) => 0,
        Output::Search(SearchFile::Manifest, _) => 1,
        Output::Dataset(_) => 2,
        Output::Search(..) => 4,
        _ => 3,
    }
}

fn say_warnings_again(console: &Console, count: usize) {
    if count > 0 {
        let zh = format!("仍有 {count} 条警告，用 `gongbao check` 查看");
        let en = format!("warnings as before: {count}; `gongbao check` tells them");
        console.say(console.phrase(&zh, &en));
    }
}

fn say_where(console: &Console, out: &Path) {
    let look = console.phrase("打开看看", "to look at it, open");
    console.say(&format!("{look} {}", out.join("index.html").display()));
}

enum RenderFailure {
    Io(io::Error),
    Problem(Box<crate::diagnostic::Diagnostic>),
}

fn tell_failures(
    console: &Console,
    failures: Vec<RenderFailure>,
    problems: &mut Diagnostics,
) -> Result<(), Failure> {
    let mut found = Vec::new();
    for failure in failures {
        match failure {
            RenderFailure::Io(error) => return Err(error.into()),
            RenderFailure::Problem(problem) => found.push(problem),
        }
    }
    problems.extend(build::merge_template_problems(found));
    if problems.has_errors() { console.tell(std::mem::take(problems), 0) } else { Ok(()) }
}

/// What there was to build from.
fn counts(site: &Site, warnings: usize) -> Counts {
    let model = &site.model;
    let (projects, news, issues) = (model.projects.len(), model.news.len(), model.bulletins.len());
    Counts { projects, news, issues, warnings }
}

/// The last line: what there was, and what was made of it.
fn summary(console: &Console, counts: Counts, published: &Published, began: Instant) -> String {
    let Counts { projects, news, issues, .. } = counts;
    let files = published.written + published.unchanged;
    let seconds = began.elapsed().as_secs_f64();
    let (written, removed) = (published.written, published.removed);
    match console.language {
        Language::Chinese => format!(
            "{projects} 个项目、{news} 篇稿件、{issues} 期公报 → {files} 个文件，更新 {written} 个，删除 {removed} 个，用时 {seconds:.2} 秒"
        ),
        Language::English => {
            format!(
                "{projects} projects, {news} news, {issues} issues → {files} files, {written} changed, {removed} removed, in {seconds:.2} s"
            )
        }
    }
}

//! `gongbao build`: content/ to public/.

use std::path::PathBuf;
use std::time::Instant;

use rayon::prelude::*;

use super::{Console, EditionArguments, Failure};
use crate::build::{self, Site};
use crate::diagnostic::Diagnostics;
use crate::plan::{Output, Route};
use crate::publish;

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

/// The most warnings that a build tells of; `check` tells of all.
pub(super) const MOST_WARNINGS: usize = 20;

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let began = Instant::now();
    if let Some(jobs) = arguments.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()
            .map_err(anyhow::Error::from)?;
    }
    let (input, mut problems) = arguments.edition.input(&console.root)?;
    let assembled = build::assemble(&input);
    problems.extend(assembled.problems);
    if problems.has_errors() {
        return console.tell(problems, MOST_WARNINGS);
    }
    drop(input);
    let site = assembled.value;
    let out = arguments.out.clone().unwrap_or_else(|| console.root.join("public"));
    let output =
        publish::open(&out, &console.root, &|| {
            console.say(console.phrase(
                "另一次生成正在进行,等它结束 …",
                "another build is at work; waiting for it …",
            ));
        })?;
    let progress = console.progress(site.plan.outputs.len());
    let render = |(route, planned): (&Route, &Output)| {
        progress.inc(1);
        match build::render(&site, route, planned) {
            Ok(bytes) => output.stage(&route.file(), &bytes).err().map(RenderFailure::Io),
            Err(problem) => Some(RenderFailure::Problem(problem)),
        }
    };
    let failures: Vec<_> = site.plan.outputs.par_iter().filter_map(render).collect();
    progress.finish_and_clear();
    tell_failures(console, failures, &mut problems)?;
    console.tell(problems, MOST_WARNINGS)?;
    let published = output.commit()?;
    for file in &published.kept {
        let left =
            console.phrase("有人改过,留着没删", "was edited by someone and is left in place");
        console.say(&format!("{}: {left}", out.join(file).display()));
    }
    let look = console.phrase("打开看看", "to look at it, open");
    console.say(&format!("{look} {}", out.join("index.html").display()));
    console.say(&summary(console, &site, &published, began));
    Ok(())
}

enum RenderFailure {
    Io(std::io::Error),
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
    if problems.has_errors() {
        console.tell(std::mem::take(problems), MOST_WARNINGS)
    } else {
        Ok(())
    }
}

/// The last line: what there was, and what was made of it.
fn summary(
    console: &Console,
    site: &Site,
    published: &publish::Published,
    began: Instant,
) -> String {
    let (projects, news, issues) =
        (site.model.projects.len(), site.model.news.len(), site.model.bulletins.len());
    let files = published.written + published.unchanged;
    let seconds = began.elapsed().as_secs_f64();
    let (written, removed) = (published.written, published.removed);
    match console.language {
        crate::diagnostic::Language::Chinese => format!(
            "{projects} 个项目、{news} 篇稿件、{issues} 期公报 → {files} 个文件,更新 {written} 个,删除 {removed} 个,用时 {seconds:.2} 秒"
        ),
        crate::diagnostic::Language::English => format!(
            "{projects} projects, {news} news, {issues} issues → {files} files, {written} changed, {removed} removed, in {seconds:.2} s"
        ),
    }
}

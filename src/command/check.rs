//! `gongbao check`: all that a build does, but nothing is written.

use super::{Console, EditionArguments, Failure};
use crate::build;
use crate::diagnostic::Severity;
use crate::diagnostic::emit::MessageFormat;

/// Checks the site without writing anything [只检查,不写文件]
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    edition: EditionArguments,
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let (input, mut problems) = arguments.edition.input(&console.root)?;
    let assembled = build::assemble(input);
    problems.extend(assembled.problems);
    problems.extend(build::check_pages(&assembled.value, &problems));
    let problems = problems.into_sorted();
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    let told = console.tell(problems.into_iter().collect(), usize::MAX);
    if errors + warnings == 0 {
        console.say(console.phrase("没有发现问题", "no problems found"));
    } else if console.format == MessageFormat::Human {
        let zh = format!("错误 {errors} 处，警告 {warnings} 条");
        console.say(console.phrase(&zh, &format!("errors: {errors}, warnings: {warnings}")));
    }
    told
}

//! `gongbao check`: all that a build does, but nothing is written.

use super::{Console, EditionArguments, Failure};
use crate::build;

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
    let nothing = problems.is_empty();
    console.tell(problems, usize::MAX)?;
    if nothing {
        console.say(console.phrase("没有发现问题", "no problems found"));
    }
    Ok(())
}

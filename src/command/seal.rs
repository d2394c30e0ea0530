//! `gongbao seal`: freezes an issue as it is.

use std::fs;

use super::{Console, EditionArguments, Failure, did_you_mean};
use crate::build;
use crate::diagnostic::problems::nearest;
use crate::view::sealed;

/// Freezes an issue's figures; later edits of records no longer change it [封存一期公报]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The issue's id, such as 2023-17
    issue: String,
    #[command(flatten)]
    edition: EditionArguments,
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let (input, mut problems) = arguments.edition.input(&console.root)?;
    let records_hash = input.records_hash().to_hex();
    let assembled = build::assemble(input);
    problems.extend(assembled.problems);
    if problems.has_errors() {
        return console.tell(problems, 0);
    }
    let site = assembled.value;
    let Some(issue) = site.model.bulletin(&arguments.issue) else {
        let near = nearest(
            &arguments.issue,
            site.model.bulletins.iter().map(|bulletin| bulletin.id.as_str()),
        );
        let ([zh, en], issue) = (did_you_mean(near), &arguments.issue);
        return Err(Failure::because(
            format!("已出的公报里没有 `{issue}` 这一期{zh}"),
            format!("no issue that is out has the id `{issue}`{en}"),
        ));
    };
    let path = console.root.join(format!("content/bulletins/{}.seal.json", arguments.issue));
    if path.exists() {
        let path = path.display();
        return Err(Failure::because(
            format!("本期已经封存：{path}"),
            format!("the issue is sealed already: {path}"),
        ));
    }
    let seal = sealed::seal(&build::view_site(&site), issue, records_hash);
    let temporary = path.with_extension("new");
    fs::write(&temporary, seal.write())?;
    fs::rename(&temporary, &path)?;
    console.say(&format!("{} {}", console.phrase("已封存", "sealed"), path.display()));
    Ok(())
}

//! `gongbao seal`: freezes an issue as it is.

use std::fs;

use super::{Console, EditionArguments, Failure, did_you_mean};
use crate::build::{self, Input};
use crate::diagnostic::problems::nearest;
use crate::record::{self, Record};
use crate::value::Period;
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
    if let Some(day) = published(&input, &arguments.issue)
        && day.end > input.edition.date
    {
        let (issue, zh, en) = (&arguments.issue, day.in_chinese(), day.in_english());
        return Err(Failure::because(
            format!("`{issue}` 这一期{zh}才出版，出版以前不能封存"),
            format!("the issue `{issue}` is published on {en}, and cannot be sealed before"),
        ));
    }
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
    console.tell(problems, usize::MAX)?;
    let seal = sealed::seal(&build::view_site(&site), issue, records_hash);
    let temporary = path.with_extension("new");
    fs::write(&temporary, seal.write())?;
    fs::rename(&temporary, &path)?;
    console.say(&format!("{} {}", console.phrase("已封存", "sealed"), path.display()));
    Ok(())
}

/// The day on which an issue is published, out or not.
fn published(input: &Input, issue: &str) -> Option<Period> {
    let file = input.tree.get(&format!("content/bulletins/{issue}.md"))?;
    match record::parse(file, &record::conventions(&input.tree)).value?.record {
        Record::Bulletin(_, record, _) => Some(record.published),
        _ => None,
    }
}

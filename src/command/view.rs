//! `gongbao view`: the JSON that a template gets, for who writes a theme.

use super::{Console, EditionArguments, Failure, did_you_mean};
use crate::build;

/// Prints the JSON that the template of a route gets [显示某页模板得到的数据]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The page, such as /towns/nanshan/
    route: String,
    #[command(flatten)]
    edition: EditionArguments,
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let (input, mut problems) = arguments.edition.input(&console.root)?;
    let assembled = build::assemble(input);
    problems.extend(assembled.problems);
    if problems.has_errors() {
        return console.tell(problems, 0);
    }
    let site = assembled.value;
    let wanted = arguments.route.trim_start_matches('/');
    let found = [wanted.to_owned(), format!("{wanted}/")];
    let entry = found.iter().find_map(|route| site.plan.outputs.get_key_value(route.as_str()));
    let Some((route, output)) = entry else {
        let near = crate::diagnostic::problems::nearest(
            wanted,
            site.plan.outputs.keys().map(|route| route.as_str()),
        );
        let [zh, en] = did_you_mean(near.map(|near| format!("/{near}")).as_deref());
        return Err(Failure::because(
            format!("没有 `/{wanted}` 这个地址{zh}"),
            format!("there is no route `/{wanted}`{en}"),
        ));
    };
    let json = serde_json::to_string_pretty(&build::view_json(&site, route, output))?;
    Ok(console.put_out(&json)?)
}

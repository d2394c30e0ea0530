//! `gongbao schema`: JSON Schema, for completion in editors.

use clap::ValueEnum;

use super::{Console, Failure};
use crate::record::{self, FromYaml};

/// Prints the JSON Schema of a kind of file, for completion in editors [供编辑器补全的 JSON Schema]
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The kind of file
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Site,
    Towns,
    Project,
    News,
    Bulletin,
}

pub(super) fn run(console: &Console, arguments: &Arguments) -> Result<(), Failure> {
    let mut schema = match arguments.kind {
        Kind::Site => record::Site::schema(),
        Kind::Towns => Vec::<record::Town>::schema(),
        Kind::Project => record::Project::schema(),
        Kind::News => record::News::schema(),
        Kind::Bulletin => record::Bulletin::schema(),
    };
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    Ok(console.put_out(&serde_json::to_string_pretty(&schema)?)?)
}

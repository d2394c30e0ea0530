//! A small site for tests, written as its files.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::{Metric, Scope, Snapshot, compute_for};
use crate::model::{AsOf, Edition, Model, resolve};
use crate::record::{self, Conventions};
use crate::source::SourceFile;
use crate::value::Locale;

/// A site of the given files on top of a plain `site.yaml` and two towns; what is written for those replaces them.
///
/// `//- projects/a.yaml` begins a file below `content/`.
pub(super) fn model(files: &str) -> Arc<Model> {
    let mut all =
        vec![("site.yaml".to_owned(), site("")), ("towns.yaml".to_owned(), TOWNS.to_owned())];
    for file in files.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        all.retain(|(other, _)| other != path);
        all.push((path.to_owned(), text.to_owned()));
    }
    let records = all.iter().filter_map(|(path, text)| {
        let source = SourceFile::new(format!("content/{path}"), text.clone().into_bytes());
        let read = record::parse(&source, &Conventions::default());
        assert!(!read.problems.has_errors(), "{path}: {:?}", read.problems);
        read.value.map(Arc::new)
    });
    let records: Vec<_> = records.collect();
    let date = date(2030, 1, 1);
    let edition = Edition { date, as_of: None, drafts: false, base_url: None };
    let resolved = resolve(&records, &edition);
    assert!(!resolved.problems.has_errors(), "{:?}", resolved.problems);
    Arc::new(resolved.value)
}

/// A `site.yaml` with more written below it.
pub(super) fn site(more: &str) -> String {
    format!("{SITE}{more}")
}

const SITE: &str = "\
title: 测试公报
area: 测试县
base_url: https://example.org/
locales: [zh-CN]
categories: [{id: industry, name: 工业}]
groups: [{id: town, name: 镇}]
";

const TOWNS: &str = "\
- {id: east, name: 东镇, group: town}
- {id: west, name: 西镇, group: town}
";

/// A day, as known on that day.
pub(super) fn on(day: Date) -> AsOf {
    AsOf { data: day, known_by: day }
}

/// The snapshot of a site on a day.
pub(super) fn snapshot(model: &Arc<Model>, as_of: AsOf) -> Snapshot {
    compute_for(model, [as_of]).at(as_of)
}

/// A figure as it is displayed in Chinese.
pub(super) fn shown(snapshot: &Snapshot, metric: &str, scope: Scope) -> String {
    let metric = Metric::parse(metric).unwrap();
    snapshot.figure(metric, scope).display(&Locale::default(), snapshot.method())
}

//! The reports on projects as data: all that are known, corrections and what they replace.

use serde::Serialize;

use super::list::List;
use super::projects::{decimal, yuan};
use super::table::{Column, Kind, cell, column};
use crate::model::Project;
use crate::record;
use crate::view::{Reader, Site};

/// A report. Amounts are whole yuan, the share is a decimal text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReportData {
    #[serde(skip)]
    project: String,
    period: String,
    period_end: String,
    cumulative: Option<i64>,
    total: Option<i64>,
    physical: Option<String>,
    reported: String,
    note: Option<String>,
    revision: Option<String>,
    superseded: bool,
}

/// All reports, by project and period.
pub(super) fn all<'a>(site: Site<'a>, reader: Reader<'a>) -> List<'a, ReportData> {
    let projects = &site.model.projects;
    List::new(projects.len(), move |index| of_project(&site, &reader, &projects[index]))
}

/// The reports on a project that are known, by period; of several on one period the last one counts.
pub(super) fn of_project(
    site: &Site<'_>,
    reader: &Reader<'_>,
    project: &Project,
) -> Vec<ReportData> {
    let known_by = site.model.as_of.known_by;
    let data = |(report, superseded): (&record::Report, bool)| ReportData {
        project: project.id.to_string(),
        period: report.period.to_string(),
        period_end: report.period.end.to_string(),
        cumulative: report.cumulative.map(yuan),
        total: report.total.map(yuan),
        physical: report.physical.map(decimal),
        reported: report.known_on().to_string(),
        note: report.note.as_ref().map(|note| reader.text(note)),
        revision: report.revision.as_ref().map(|reason| reader.text(reason)),
        superseded,
    };
    project.record.reports_known_by(known_by).into_iter().map(data).collect()
}

/// The columns of the table of reports.
pub(super) const COLUMNS: &[Column<ReportData>] = &[
    column("project", Kind::Text, ["项目标识", "project id"], |r| r.project.clone()),
    column("period", Kind::Period, ["所属期", "period"], |r| r.period.clone()),
    column("period_end", Kind::Day, ["所属期末", "end of the period"], |r| {
        r.period_end.clone()
    }),
    column(
        "cumulative",
        Kind::Whole,
        ["本年累计完成投资（元）", "completed since 1 January, CNY"],
        |r| cell(r.cumulative.as_ref()),
    ),
    column(
        "total",
        Kind::Whole,
        ["开工以来完成投资（元）", "completed since the start, CNY"],
        |r| cell(r.total.as_ref()),
    ),
    column("physical", Kind::Number, ["形象进度", "physical progress"], |r| {
        cell(r.physical.as_ref())
    }),
    column("reported", Kind::Day, ["获知日期", "known from"], |r| r.reported.clone()),
    column("note", Kind::Text, ["备注", "note"], |r| cell(r.note.as_ref())),
    column("revision", Kind::Text, ["更正原因", "why an earlier figure was corrected"], |r| {
        cell(r.revision.as_ref())
    }),
    column(
        "superseded",
        Kind::Truth,
        ["已被后来的报送取代", "superseded by a later report"],
        |r| r.superseded.to_string(),
    ),
];

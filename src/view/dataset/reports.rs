//! The reports on projects as data: all that are known, corrections and what they replace.

use serde::Serialize;

use super::projects::{decimal, yuan};
use super::table::{self, Column, Kind, Table, column};
use crate::model::Project;
use crate::record;
use crate::value::Period;
use crate::view::{Reader, Site};

/// A report. Amounts are whole yuan, the share is a decimal text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReportData<'a> {
    #[serde(skip)]
    project: &'a str,
    period: Period,
    period_end: Period,
    cumulative: Option<i64>,
    total: Option<i64>,
    physical: Option<String>,
    reported: Period,
    note: Option<&'a str>,
    revision: Option<&'a str>,
    superseded: bool,
}

/// The table of all reports, by project and period.
pub(super) fn table<'a>(site: Site<'a>, reader: Reader<'a>) -> Table<'a> {
    let projects = &site.model.projects;
    table::table(columns(), projects.len(), move |index, row| {
        of_project(site, reader, &projects[index]).iter().for_each(row);
    })
}

/// The reports on a project that are known, by period; of several on one period the last one counts.
pub(super) fn of_project<'a>(
    site: Site<'a>,
    reader: Reader<'a>,
    project: &'a Project,
) -> Vec<ReportData<'a>> {
    let known_by = site.model.as_of.known_by;
    let data = |(report, superseded): (&'a record::Report, bool)| ReportData {
        project: project.id.as_str(),
        period: report.period,
        period_end: Period::day(report.period.end),
        cumulative: report.cumulative.map(yuan),
        total: report.total.map(yuan),
        physical: report.physical.map(decimal),
        reported: Period::day(report.known_on()),
        note: report.note.as_ref().map(|note| note.get(reader.locale)),
        revision: report.revision.as_ref().map(|reason| reason.get(reader.locale)),
        superseded,
    };
    project.record.reports_known_by(known_by).into_iter().map(data).collect()
}

/// The columns of the table of reports.
pub(super) fn columns<'a>() -> Vec<Column<ReportData<'a>>> {
    vec![
        column("project", Kind::Text, ["项目标识", "project id"], |r| r.project.into()),
        column("period", Kind::Period, ["所属期", "period"], |r| r.period.into()),
        column("period_end", Kind::Day, ["所属期末", "end of the period"], |r| {
            r.period_end.into()
        }),
        column(
            "cumulative",
            Kind::Whole,
            ["本年累计完成投资（元）", "completed since 1 January, CNY"],
            |r| r.cumulative.into(),
        ),
        column(
            "total",
            Kind::Whole,
            ["开工以来完成投资（元）", "completed since the start, CNY"],
            |r| r.total.into(),
        ),
        column("physical", Kind::Number, ["形象进度", "physical progress"], |r| {
            r.physical.as_deref().into()
        }),
        column("reported", Kind::Day, ["获知日期", "known from"], |r| r.reported.into()),
        column("note", Kind::Text, ["备注", "note"], |r| r.note.into()),
        column(
            "revision",
            Kind::Text,
            ["更正原因", "why an earlier figure was corrected"],
            |r| r.revision.into(),
        ),
        column(
            "superseded",
            Kind::Truth,
            ["已被后来的报送取代", "superseded by a later report"],
            |r| r.superseded.into(),
        ),
    ]
}

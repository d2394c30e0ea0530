//! Figures as pages show them: the number, and what it means for whoever asks.

use jiff::civil::Date;
use serde::Serialize;

use super::prose::escaped;
use super::{Day, Reader, Site};
use crate::diagnostic::Phrase;
use crate::indicator::{Figure, Metric, Scope, Snapshot, Unit};
use crate::model::{AsOf, Bulletin, Model};
use crate::plan::{Page, Route};
use crate::value::{Rounding, rounded};

/// A figure with its denominator, scope and as-of date.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct FigureView {
    /// The metric's id: `invest.annual`.
    pub metric: &'static str,
    /// The scope's id: `town:nanshan`.
    pub scope: String,
    /// The number as it is printed: `53.6%`; `—` where there is none.
    pub display: String,
    /// What stands before the number: `CNY` of `CNY 7.76 billion`.
    pub before: String,
    /// The number without its unit, for large type: `77.6` of `77.6亿元`.
    pub number: String,
    /// The unit behind it: `亿元`, `个`; empty for a percentage.
    pub unit: String,
    /// What a column of such figures is sorted by; empty where there is none.
    pub sort: String,
    /// What it is called: 年度投资完成率
    pub label: String,
    /// What it is of: the denominator in words.
    pub basis: String,
    /// The day it is as of.
    pub as_of: Day,
    /// Why it cannot be had.
    pub reason: Option<String>,
    /// What must be known beside it: on which day its data stand, how many projects have reported.
    pub note: Option<String>,
    /// Where it is explained.
    pub method: Route,
}

impl FigureView {
    /// The figure, which is one of a metric, with another number.
    pub(super) fn reading(self, display: String, metric: Metric, reader: &Reader<'_>) -> Self {
        let parts = parts(&display, metric, self.reason.is_none(), reader);
        let [before, number, unit] = parts.map(str::to_owned);
        FigureView { before, number, unit, display, ..self }
    }

    /// The figure in a line of text, to be asked what it means.
    pub fn html(&self, root: &str) -> String {
        let (href, basis) = (
            escaped(&format!("{root}{}#{}", self.method.as_str(), self.metric)),
            escaped(&self.basis),
        );
        let (display, label, day) = (escaped(&self.display), escaped(&self.label), &self.as_of);
        let data = |name: &str, text: &Option<String>| {
            let text = text.as_deref().map(|text| format!(" data-{name}=\"{}\"", escaped(text)));
            text.unwrap_or_default()
        };
        let (reason, note) = (data("reason", &self.reason), data("note", &self.note));
        format!(
            "<a class=\"figure\" href=\"{href}\" data-label=\"{label}\" data-basis=\"{basis}\" data-as-of=\"{}\"{reason}{note} \
             title=\"{}\">{display}</a>",
            day.iso,
            self.said()
        )
    }

    /// The figure in the text of a link, which leads elsewhere.
    pub fn html_within_link(&self) -> String {
        format!("<span title=\"{}\">{}</span>", self.said(), escaped(&self.display))
    }

    /// What the figure means, in a line of escaped text.
    fn said(&self) -> String {
        let note = self.note.as_deref().into_iter();
        let parts = [&*self.label, &*self.basis, &*self.as_of.text].into_iter().chain(note);
        escaped(&parts.collect::<Vec<_>>().join(" · "))
    }
}

/// A metric of a scope, as of a day.
pub(super) fn figure(
    site: &Site<'_>,
    reader: &Reader<'_>,
    as_of: AsOf,
    metric: Metric,
    scope: Scope,
) -> FigureView {
    of(site, reader, &site.indicators.at(as_of), metric, scope)
}

/// A metric of a scope, from a snapshot; a change is told against the issue before that day.
pub(super) fn of(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    metric: Metric,
    scope: Scope,
) -> FigureView {
    let is_change = metric == Metric::AnnualChange;
    let compared = is_change.then(|| compared(site.model, snapshot.as_of())).flatten();
    since(site, reader, snapshot, compared, metric, scope)
}

/// The issue that changes are told against outside issues: that which the newest issue of the same day is compared with; where
/// none is of the day, the newest issue of an earlier day.
pub(super) fn compared(model: &Model, as_of: AsOf) -> Option<usize> {
    let known = |issue: &Bulletin| issue.as_of().known_by <= as_of.known_by;
    let newest = |of_day: &dyn Fn(Date) -> bool| {
        let is_one = |issue: &Bulletin| known(issue) && of_day(issue.as_of().data);
        model.bulletins.iter().rposition(is_one)
    };
    match newest(&|day| day == as_of.data) {
        Some(same_day) => model.bulletins[same_day].compare_to,
        None => newest(&|day| day < as_of.data),
    }
}

/// A metric of a scope, from a snapshot; a change is told against an issue, as printed where that is sealed.
pub(super) fn since(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    compared: Option<usize>,
    metric: Metric,
    scope: Scope,
) -> FigureView {
    let figure = match compared {
        Some(issue) => snapshot.figure_since(metric, scope, &site.indicators.of_issue(issue)),
        None => snapshot.figure(metric, scope),
    };
    let display = figure.display(reader.locale, &site.model.site.method);
    let [before, number, unit] = parts(&display, metric, figure.reason().is_none(), reader);
    FigureView {
        metric: metric.id(),
        scope: scope.id(site.model),
        before: before.to_owned(),
        number: number.to_owned(),
        unit: unit.to_owned(),
        sort: figure
            .value
            .exact()
            .map_or_else(String::new, |value| rounded(value, 6, Rounding::HalfUp)),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis_of(scope)),
        as_of: reader.day(figure.as_of),
        reason: figure.reason().map(|reason| reader.phrase(reason)),
        note: note(site, reader, &figure, compared.filter(|_| metric == Metric::AnnualChange)),
        method: Route::page(site.model, Page::Method, reader.locale),
        display,
    }
}

/// What must be known beside a figure, first of all which issue it is told against.
fn note(
    site: &Site<'_>,
    reader: &Reader<'_>,
    figure: &Figure,
    against: Option<usize>,
) -> Option<String> {
    let against = against.map(|issue| {
        let name = reader.issue_name(&site.model.bulletins[issue]);
        reader.catalog.fill("against_issue", &[("name", &name)])
    });
    let own = figure.note.as_ref().map(|note| reader.phrase(note));
    let parts: Vec<String> = against.into_iter().chain(own).collect();
    let separator = reader.phrase(&Phrase::new("·", "; "));
    (!parts.is_empty()).then(|| parts.join(&separator))
}

/// A number of a metric, if there is one, between what stands before and behind it.
fn parts<'d>(
    display: &'d str,
    metric: Metric,
    is_number: bool,
    reader: &Reader<'d>,
) -> [&'d str; 3] {
    match metric.unit() {
        _ if !is_number => ["", display, ""],
        Unit::Count => ["", display, reader.catalog.get("unit_count")],
        Unit::Points => ["", display, reader.catalog.get("unit_points")],
        Unit::Money | Unit::Rate | Unit::Growth => with_unit(display),
    }
}

/// A number between what stands before and behind it: `77.6` and `亿元`, `CNY`, `7.76` and `billion`.
fn with_unit(display: &str) -> [&str; 3] {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '%' | '+' | '-');
    let (Some(start), Some(end)) = (display.find(is_number), display.rfind(is_number)) else {
        return ["", display, ""];
    };
    [display[..start].trim(), &display[start..=end], display[end + 1..].trim()]
}

/// Several metrics of a scope, from a snapshot.
pub(super) fn all(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    metrics: &[Metric],
    scope: Scope,
) -> Vec<FigureView> {
    metrics.iter().map(|metric| of(site, reader, snapshot, *metric, scope)).collect()
}

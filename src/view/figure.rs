//! Figures as pages show them: the number, and what it means for whoever asks.

use serde::Serialize;

use super::prose::escaped;
use super::{Day, Reader, Site};
use crate::indicator::{Metric, Scope, Snapshot};
use crate::model::AsOf;
use crate::plan::{Page, Route};

/// A figure with its denominator, scope and as-of date.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct FigureView {
    /// The metric's id: `invest.annual`.
    pub metric: &'static str,
    /// The scope's id: `town:nanshan`.
    pub scope: String,
    /// The number as it is printed: `53.6%`; `—` where there is none.
    pub display: String,
    /// What it is called: 年度投资完成率
    pub label: String,
    /// What it is of: the denominator in words.
    pub basis: String,
    /// The day it is as of.
    pub as_of: Day,
    /// Why it cannot be had.
    pub reason: Option<String>,
    /// Where it is explained.
    pub method: Route,
}

impl FigureView {
    /// The figure in a line of text, to be asked what it means.
    pub fn html(&self, root: &str) -> String {
        let (href, basis) = (
            escaped(&format!("{root}{}#{}", self.method.as_str(), self.metric)),
            escaped(&self.basis),
        );
        let (display, label, day) = (escaped(&self.display), escaped(&self.label), &self.as_of);
        let reason = self
            .reason
            .as_deref()
            .map(|reason| format!(" data-reason=\"{}\"", escaped(reason)))
            .unwrap_or_default();
        format!(
            "<a class=\"figure\" href=\"{href}\" data-label=\"{label}\" data-basis=\"{basis}\" data-as-of=\"{}\"{reason} \
             title=\"{label} · {basis} · {}\">{display}</a>",
            day.iso, day.text
        )
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

/// A metric of a scope, from a snapshot.
pub(super) fn of(
    site: &Site<'_>,
    reader: &Reader<'_>,
    snapshot: &Snapshot,
    metric: Metric,
    scope: Scope,
) -> FigureView {
    let figure = snapshot.figure(metric, scope);
    FigureView {
        metric: metric.id(),
        scope: scope.id(site.model),
        display: figure.display(reader.locale, &site.model.site.method),
        label: reader.phrase(&metric.label()),
        basis: reader.phrase(&metric.basis()),
        as_of: reader.day(figure.as_of),
        reason: figure.reason().map(|reason| reader.phrase(reason)),
        method: Route::page(site.model, Page::Method, reader.locale),
    }
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

//! Ceremonies for several projects (集中开工): what was announced, and what became of it (DOMAIN.md 6.15).

use super::scope::Scope;
use super::snapshot::Snapshot;
use crate::record::BatchKind;
use crate::value::Money;

/// A batch, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchReport {
    /// The position in [`crate::record::Site::batches`].
    pub batch: usize,
    /// Whether the ceremony has been held by the day.
    pub is_held: bool,
    /// The projects, in the order they were announced.
    pub projects: Vec<BatchProject>,
    /// ΣT on the day of the ceremony; of how many projects it is known.
    pub total: (Money, usize),
    /// ΣA of the ceremony's year on its day; of how many projects it is known.
    pub plan: (Money, usize),
    /// How many have started by the day.
    pub started: usize,
    /// How many are completed by the day.
    pub finished: usize,
}

/// A project of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchProject {
    /// The position in [`crate::model::Model::projects`].
    pub project: usize,
    /// T on the day of the ceremony.
    pub total_then: Option<Money>,
    /// T on the day of the figures.
    pub total_now: Option<Money>,
    /// Whether it has started.
    pub started: bool,
    /// Whether it is completed.
    pub finished: bool,
    /// Whether it has left the list.
    pub withdrawn: bool,
}

impl BatchReport {
    /// The projects whose start or completion was celebrated and has not happened (仪式后未实质开工).
    pub fn only_celebrated(&self, kind: BatchKind) -> impl Iterator<Item = usize> {
        let is_undone = move |project: &&BatchProject| match kind {
            BatchKind::Start => !project.started,
            BatchKind::Complete => !project.finished,
            BatchKind::Sign => false,
        };
        let is_held = self.is_held;
        let undone = self.projects.iter().filter(is_undone);
        undone.filter(move |_| is_held).map(|project| project.project)
    }

    /// The project with the largest total investment at the ceremony.
    pub fn largest(&self) -> Option<usize> {
        let known = self.projects.iter().filter(|project| project.total_then.is_some());
        // Of equal ones the first announced.
        let largest = known.rev().max_by_key(|project| project.total_then)?;
        Some(largest.project)
    }

    /// The projects whose total investment was revised after the ceremony.
    pub fn revised(&self) -> impl Iterator<Item = &BatchProject> {
        self.projects.iter().filter(|project| project.total_then != project.total_now)
    }
}

/// What became of a batch by the day of a snapshot.
pub fn batch_report(snapshot: &Snapshot, batch: usize) -> BatchReport {
    let frame = snapshot.frame();
    let on = snapshot.model().site.batches[batch].on.end;
    let members = frame.members(Scope::Batch(batch));
    let projects: Vec<BatchProject> = members
        .iter()
        .map(|(project, _)| {
            let state = snapshot.state(*project);
            BatchProject {
                project: *project,
                total_then: frame.ledgers[*project].total_planned(on).get(),
                total_now: state.total_planned(),
                started: state.started,
                finished: state.finished,
                withdrawn: state.withdrawn,
            }
        })
        .collect();
    let plans =
        members.iter().map(|(project, _)| frame.ledgers[*project].plan(on.year(), on).get());
    BatchReport {
        batch,
        is_held: on <= snapshot.as_of().data,
        total: known_sum(projects.iter().map(|project| project.total_then)),
        plan: known_sum(plans),
        started: projects.iter().filter(|project| project.started).count(),
        finished: projects.iter().filter(|project| project.finished).count(),
        projects,
    }
}

/// The batches of a kind held in the year of the snapshot up to its day (“N 批次 M 个项目 总投资 X 亿元”).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchYear {
    /// How many were held.
    pub batches: usize,
    /// How many projects they were for.
    pub projects: usize,
    /// Their ΣT at the ceremonies; of how many projects it is known.
    pub total: (Money, usize),
}

/// Adds up the batches of a kind in the year.
pub fn batch_year(snapshot: &Snapshot, kind: BatchKind) -> BatchYear {
    let day = snapshot.as_of().data;
    let batches = snapshot.model().site.batches.iter().enumerate();
    let held = batches.filter(|(_, batch)| {
        batch.kind == kind && batch.on.end.year() == day.year() && batch.on.end <= day
    });
    let reports: Vec<BatchReport> =
        held.map(|(position, _)| batch_report(snapshot, position)).collect();
    BatchYear {
        batches: reports.len(),
        projects: reports.iter().map(|report| report.projects.len()).sum(),
        total: known_sum(reports.iter().flat_map(|report| &report.projects).map(|p| p.total_then)),
    }
}

fn known_sum(amounts: impl Iterator<Item = Option<Money>>) -> (Money, usize) {
    amounts.flatten().fold((Money::ZERO, 0), |(sum, known), amount| (sum + amount, known + 1))
}

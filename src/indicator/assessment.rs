//! The states and lights of all projects on one day, and the sums of every scope.

use super::frame::Frame;
use super::light::{self, Verdict};
use super::moment::Moment;
use super::scope::Scope;
use super::state::{State, state};
use super::tally::Tally;
use crate::model::AsOf;
use crate::side_by_side::of_each;
use crate::value::month_end;

/// Fewer projects than these are judged sooner than a thread is started.
const AT_ONCE: usize = 256;

/// The states and lights of all projects, in the order of the model.
pub(super) struct Assessment {
    pub(super) states: Vec<State>,
    pub(super) verdicts: Vec<Verdict>,
}

impl Assessment {
    /// Reads the states and judges each project by itself; what lasts is not yet seen.
    pub(super) fn new(frame: &Frame, moment: &Moment) -> Self {
        let projects = &frame.model.projects;
        let threads = rayon::current_num_threads();
        let judged = of_each(projects.len(), AT_ONCE, threads, |project| {
            let state = state(&projects[project].record, &frame.ledgers[project], moment);
            let (rule, own) = (&frame.rules.project, frame.own_curve(project));
            let verdict = light::judge(&state, rule, moment, own);
            (state, verdict)
        });
        let (states, verdicts) = judged.into_iter().unzip();
        Assessment { states, verdicts }
    }

    /// Turns yellow lights that last into red ones, and returns the months that were looked back on, the latest first.
    pub(super) fn look_back(&mut self, frame: &Frame, now: &Moment) -> Vec<(Moment, Assessment)> {
        let rules = [&frame.rules.project, &frame.rules.scope];
        let longest = rules.into_iter().filter_map(|rule| rule.escalate).max().unwrap_or(0);
        let months = months_before(now, frame, longest as usize);
        let history: Vec<(Moment, Assessment)> = months
            .into_iter()
            .map(|moment| {
                let assessment = Assessment::new(frame, &moment);
                (moment, assessment)
            })
            .collect();
        if let Some(months) = frame.rules.project.escalate {
            for (project, verdict) in self.verdicts.iter_mut().enumerate() {
                let past = history.iter().map(|(_, past)| past.verdicts[project].may_escalate());
                *verdict = light::escalated(*verdict, months, past);
            }
        }
        history
    }
}

/// The last ends of months for which reports are asked, up to the day itself, the latest first. They go back beyond the year,
/// but not beyond the first that has a plan: before it there was nothing to judge.
fn months_before(now: &Moment, frame: &Frame, count: usize) -> Vec<Moment> {
    let (year, day) = (now.year(), now.as_of.data);
    let skipped = &frame.method().no_report_months;
    let years = frame.first_planned_year.unwrap_or(year)..=year;
    let months = (1..=12).rev().filter(|month| !skipped.contains(month));
    let ends = years.rev().flat_map(|year| months.clone().map(move |month| month_end(year, month)));
    let ends = ends.filter(|end| *end <= day).take(count);
    let as_of = |end| AsOf { data: end, known_by: now.as_of.known_by };
    ends.map(|end| Moment::new(as_of(end), frame.method())).collect()
}

/// The sums of every scope but single projects.
#[derive(Debug, Clone)]
pub(super) struct Tallies {
    all: Tally,
    towns: Vec<Tally>,
    categories: Vec<Tally>,
    chains: Vec<Tally>,
    batches: Vec<Tally>,
}

impl Tallies {
    /// Adds up the projects.
    pub(super) fn new(frame: &Frame, assessment: &Assessment, moment: &Moment) -> Self {
        let site = &frame.model.site;
        let mut tallies = Tallies {
            all: Tally::default(),
            towns: vec![Tally::default(); frame.model.towns.len()],
            categories: vec![Tally::default(); site.categories.len()],
            chains: vec![Tally::default(); site.chains.len()],
            batches: Vec::new(),
        };
        let own = |project| frame.own_curve(project).map(|curve| moment.target(Some(curve)));
        let tally = |project: usize| {
            let (state, verdict) = (&assessment.states[project], assessment.verdicts[project]);
            let mut tally = Tally::of(state, moment, verdict.colour, own(project));
            if frame.rules.scope.judges_month {
                let task = light::task(state, moment, frame.own_curve(project));
                tally.month_due = tally.sums.on_plan.money.to_rate() * task;
            }
            tally
        };
        for (position, project) in frame.model.projects.iter().enumerate() {
            let part = tally(position);
            tallies.all.add(&part);
            tallies.categories[project.category].add(&part);
            if let Some(chain) = project.chain {
                tallies.chains[chain].add(&part);
            }
            tallies.towns[project.town].add_counts(&part);
            for (town, share) in &project.shares {
                tallies.towns[*town].add_share(&part, *share);
            }
        }
        tallies.batches = (0..site.batches.len())
            .map(|batch| {
                let mut sum = Tally::default();
                for (project, _) in frame.members(Scope::Batch(batch)) {
                    sum.add(&tally(*project));
                }
                sum
            })
            .collect();
        tallies
    }

    /// The sums of a scope; none for a single project.
    pub(super) fn get(&self, scope: Scope) -> Option<&Tally> {
        match scope {
            Scope::All => Some(&self.all),
            Scope::Town(at) => self.towns.get(at),
            Scope::Category(at) => self.categories.get(at),
            Scope::Chain(at) => self.chains.get(at),
            Scope::Batch(at) => self.batches.get(at),
            Scope::Project(_) => None,
        }
    }
}

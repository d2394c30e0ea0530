//! Lights: green, yellow, red or none, each with what it rests on (DOMAIN.md 6.9).

mod reason;
mod rule;

use super::moment::Moment;
use super::state::{Reporting, State};
use super::tally::Tally;
use crate::record::{TargetCurve, Unreported};
use crate::value::{Period, Rate};

pub use self::rule::{Rule, RuleSet};

/// The colour of a light on a warning list: red is the worst.
///
/// Pages print the word beside it, because red also marks honours elsewhere (DOMAIN.md section 0, finding 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// On time.
    Green,
    /// Behind.
    Yellow,
    /// Far behind.
    Red,
    /// Not rated.
    None,
}

impl Colour {
    /// All of them, in their order.
    pub const ALL: [Colour; 4] = [Colour::Green, Colour::Yellow, Colour::Red, Colour::None];

    /// The code as it is written in data and templates.
    pub fn code(self) -> &'static str {
        match self {
            Colour::Green => "green",
            Colour::Yellow => "yellow",
            Colour::Red => "red",
            Colour::None => "none",
        }
    }
}

/// Why a light is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// Progress against the target.
    Progress,
    /// Progress against the target, as if nothing were done, because nothing was reported in the year.
    NothingReported,
    /// Progress against the target: nothing is done, because it has not started.
    NotStarted,
    /// What the month added against the month's task.
    MonthTask,
    /// Not started at so many ends of months, the planned month's the first.
    LateStart(u8),
    /// Yellow for so many months one after the other.
    Lasting(u8),
    /// Not on the list.
    NotListed,
    /// It has left the list.
    Withdrawn,
    /// Exempt, with a reason.
    Exempt,
    /// Work is suspended, with a reason.
    Paused,
    /// Its start is not yet due.
    StartNotDue,
    /// Its start is due, and was missed at so many ends of months: too few for a light, or none yet.
    StartDue(u8),
    /// The scope has no project on the list.
    NoProject,
    /// The town has no share in the money of the projects that it leads.
    NoShare,
    /// No annual plan.
    NoPlan,
    /// The annual plan is zero.
    ZeroPlan,
    /// The target is still zero.
    NoTarget,
    /// No report is due yet.
    NoReportDue,
    /// Nothing was reported in the year: by a project that the method then leaves out, or in a scope.
    NotReported,
    /// The report of the month is missing, so that what the month added is unknown.
    MonthUnknown,
    /// It is completed; the rule would warn, and there is nothing to warn of.
    Finished,
    /// No clause of the rule holds.
    NoClause,
}

/// A light without the numbers behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) colour: Colour,
    pub(super) ground: Ground,
}

impl Verdict {
    fn none(ground: Ground) -> Self {
        Verdict { colour: Colour::None, ground }
    }

    /// Whether it is a yellow light that becomes red if it lasts. A late start has a red of its own.
    pub(super) fn may_escalate(self) -> bool {
        self.colour == Colour::Yellow && !matches!(self.ground, Ground::LateStart(_))
    }
}

/// A light with all that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Light {
    /// Its colour.
    pub colour: Colour,
    /// Why.
    pub ground: Ground,
    /// The completion rate that was judged.
    pub value: Option<Rate>,
    /// What it should be.
    pub target: Option<Rate>,
    /// When the project was planned to start, where that was judged.
    pub planned_start: Option<Period>,
    /// The day that the completion rate is as of, where it is not the day of the figures.
    pub stale_since: Option<jiff::civil::Date>,
    /// The day by which a pause should have been looked at again, if that has passed.
    pub review_overdue: Option<jiff::civil::Date>,
    /// What the record says of an exemption, a pause or a withdrawal.
    pub note: Option<crate::value::Text>,
    /// The rule.
    pub rule: Rule,
}

impl Light {
    /// How far the value is from the target: above zero is ahead (DOMAIN.md 6.8).
    ///
    /// A project that reported nothing has no value, but it is judged as if nothing were done.
    pub fn gap(&self) -> Option<Rate> {
        let counted = || (self.ground == Ground::NothingReported).then(Rate::default);
        Some(self.value.or_else(counted)? - self.target?)
    }
}

/// What a rule judges: a completion rate and what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) value: Rate,
    pub(super) target: Rate,
    pub(super) ground: Ground,
}

/// Judges a project by where it stands; a yellow that lasts is for the caller to see.
pub(super) fn judge(
    state: &State,
    rule: &Rule,
    moment: &Moment,
    own: Option<&TargetCurve>,
) -> Verdict {
    let unrated = [
        (state.withdrawn, Ground::Withdrawn),
        (!state.listed, Ground::NotListed),
        (state.exempt, Ground::Exempt),
        (state.paused, Ground::Paused),
    ];
    if let Some((_, ground)) = unrated.into_iter().find(|(holds, _)| *holds) {
        return Verdict::none(ground);
    }
    if let Some(verdict) = judge_start(state, rule) {
        return verdict;
    }
    let verdict = match progress(state, rule, moment, own) {
        Ok(progress) => rule.judge(progress),
        Err(ground) => Verdict::none(ground),
    };
    let warns = matches!(verdict.colour, Colour::Yellow | Colour::Red);
    if state.finished && warns { Verdict::none(Ground::Finished) } else { verdict }
}

/// A project that has not started is judged by its start alone, where the rule says how.
fn judge_start(state: &State, rule: &Rule) -> Option<Verdict> {
    if state.started || !state.has_planned_start {
        return None;
    }
    if !state.start_is_due {
        return Some(Verdict::none(Ground::StartNotDue));
    }
    let clause = rule.start.as_ref()?;
    let late = u32::from(state.months_late);
    let reaches = |months: Option<u32>| months.is_some_and(|months| late >= months);
    let colour = match (reaches(clause.red_after_months), reaches(clause.yellow_after_months)) {
        (true, _) => Colour::Red,
        (false, true) => Colour::Yellow,
        (false, false) => return Some(Verdict::none(Ground::StartDue(state.months_late))),
    };
    Some(Verdict { colour, ground: Ground::LateStart(state.months_late) })
}

/// The progress of a project, or why there is none to judge.
pub(super) fn progress(
    state: &State,
    rule: &Rule,
    moment: &Moment,
    own: Option<&TargetCurve>,
) -> Result<Progress, Ground> {
    let target = moment.target(own);
    let plan = state.plan().ok_or(Ground::NoPlan)?;
    if plan.is_zero() {
        return Err(Ground::ZeroPlan);
    }
    if target == Rate::default() {
        return Err(Ground::NoTarget);
    }
    if state.is_yet_to_start() {
        return Ok(Progress { value: Rate::default(), target, ground: Ground::NotStarted });
    }
    match (state.annual_rate(), state.reporting, moment.unreported) {
        (Some(_), _, _) if rule.judges_month => month_task(state, moment, own),
        (Some(value), _, _) => Ok(Progress { value, target, ground: Ground::Progress }),
        (None, Reporting::NotDue, _) => Err(Ground::NoReportDue),
        (None, _, Unreported::Exclude) => Err(Ground::NotReported),
        // Who does not report must not be spared the light for it.
        (None, _, Unreported::Keep) => {
            Ok(Progress { value: Rate::default(), target, ground: Ground::NothingReported })
        }
    }
}

/// What the months of the last report added to the completion rate, against what they should have added.
fn month_task(
    state: &State,
    moment: &Moment,
    own: Option<&TargetCurve>,
) -> Result<Progress, Ground> {
    let (Some(added), Some(plan)) = (state.increment(), state.plan()) else {
        return Err(match state.reporting {
            Reporting::NotDue if state.finished => Ground::Finished,
            Reporting::NotDue => Ground::NoReportDue,
            _ => Ground::MonthUnknown,
        });
    };
    let target = task(state, moment, own);
    match added.ratio(plan) {
        Some(value) if target > Rate::default() => {
            Ok(Progress { value, target, ground: Ground::MonthTask })
        }
        _ => Err(Ground::NoTarget),
    }
}

/// What the months that a project's increment covers should have added to its completion rate; where it is not known, those of
/// the due report, and nothing of who owes none.
pub(super) fn task(state: &State, moment: &Moment, own: Option<&TargetCurve>) -> Rate {
    let Some(due) = moment.due else { return Rate::default() };
    let month = due.end.month();
    let after = match state.increment() {
        Some(_) => month - state.increment_months as i8,
        None if state.reporting == Reporting::NotDue => return Rate::default(),
        None => due.covers_from - 1,
    };
    moment.task(own, after, month)
}

/// The progress of a scope: the rule on the sums, never on an average of rates.
pub(super) fn scope_progress(
    tally: &Tally,
    rule: &Rule,
    moment: &Moment,
) -> Result<Progress, Ground> {
    let target = tally.target(moment);
    if tally.sums.on_plan.projects == 0 {
        return Err(without_plan(tally));
    }
    let Some(value) = tally.annual_rate() else {
        let owes = tally.sharing.report_due > 0;
        return Err(if owes { Ground::NotReported } else { Ground::NoReportDue });
    };
    if rule.judges_month {
        moment.due.ok_or(Ground::NoReportDue)?;
        let planned = tally.sums.on_plan.money;
        let owes = tally.sharing.report_due > 0;
        let unknown = if owes { Ground::MonthUnknown } else { Ground::NoReportDue };
        let added = tally.sums.on_plan_increment.known().ok_or(unknown)?;
        let value = added.ratio(planned).ok_or(Ground::NoPlan)?;
        let target = tally.month_due / planned.to_rate();
        let progress = Progress { value, target, ground: Ground::MonthTask };
        return if target > Rate::default() { Ok(progress) } else { Err(Ground::NoTarget) };
    }
    if target == Rate::default() {
        return Err(Ground::NoTarget);
    }
    Ok(Progress { value, target, ground: Ground::Progress })
}

/// Why no project of a scope has a plan that counts.
fn without_plan(tally: &Tally) -> Ground {
    let plan = tally.sums.plan;
    match (tally.counts.listed, tally.sharing.listed) {
        (0, 0) => Ground::NoProject,
        (_, 0) => Ground::NoShare,
        _ if plan.projects == 0 => Ground::NoPlan,
        _ if plan.money.is_zero() => Ground::ZeroPlan,
        _ => Ground::NotReported,
    }
}

/// A yellow that lasts becomes red: `past` tells, the latest month first, whether each end of a month was yellow too.
///
/// On the last day of a month that day is the first of `past`.
pub(super) fn escalated(
    verdict: Verdict,
    months: u32,
    past: impl Iterator<Item = bool>,
) -> Verdict {
    if !verdict.may_escalate() {
        return verdict;
    }
    let lasted = past.take_while(|was_yellow| *was_yellow).count();
    if lasted < months.max(1) as usize {
        return verdict;
    }
    let lasted = u8::try_from(lasted).unwrap_or(u8::MAX);
    Verdict { colour: Colour::Red, ground: Ground::Lasting(lasted) }
}

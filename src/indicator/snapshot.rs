//! Everything that can be said as of one day, as known on one day.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::assessment::{Assessment, Tallies};
use super::award;
use super::events::{self, Credit};
use super::figure::{Figure, Value};
use super::frame::Frame;
use super::light::{self, Colour, Ground, Light, Verdict};
use super::metric::Metric;
use super::moment::Moment;
use super::printed::Printed;
use super::ranking::{self, Rank, Ranking};
use super::scope::Scope;
use super::series::{self, Series};
use super::state::State;
use super::tally::Tally;
use super::values;
use crate::model::{AsOf, Model};
use crate::record::{Method, Seal};
use crate::value::{Rate, Text};

/// Everything that can be said as of one day, as known on one day; cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    as_of: AsOf,
    computed: Arc<Computed>,
}

/// What a snapshot says; the same for all days between which no report became known.
#[derive(Debug, Clone)]
pub struct Computed {
    frame: Arc<Frame>,
    moment: Moment,
    states: Vec<State>,
    verdicts: Vec<Verdict>,
    tallies: Tallies,
    /// The towns' ranks by annual completion, made when they are first asked for: every town's page asks.
    annual_ranks: OnceLock<Vec<Option<Rank>>>,
    /// The sums at the ends of months before, the latest first, where a rule looks back on them.
    history: Vec<(Moment, Tallies)>,
    /// What the issue of the day printed, where it is sealed and the snapshot is made to be compared with.
    printed: Option<Arc<Printed>>,
}

impl Computed {
    /// Computes all that is asked for most; the rest is computed when it is asked for.
    pub(super) fn new(frame: &Arc<Frame>, as_of: AsOf) -> Self {
        let moment = Moment::new(as_of, frame.method());
        let mut now = Assessment::new(frame, &moment);
        let history = now.look_back(frame, &moment);
        let tallies = Tallies::new(frame, &now, &moment);
        let past = history.into_iter().map(|(moment, past)| {
            let tallies = Tallies::new(frame, &past, &moment);
            (moment, tallies)
        });
        let history = past.collect();
        let Assessment { states, verdicts } = now;
        let annual_ranks = OnceLock::new();
        let frame = Arc::clone(frame);
        Computed { frame, moment, states, verdicts, tallies, annual_ranks, history, printed: None }
    }

    fn into_printed(mut self, printed: Printed) -> Self {
        for (project, (state, verdict)) in
            self.states.iter_mut().zip(&mut self.verdicts).enumerate()
        {
            printed.put_into(project, state);
            if let Some(colour) = printed.light(Scope::Project(project)) {
                verdict.colour = colour;
            }
        }
        let assessment = Assessment { states: self.states, verdicts: self.verdicts };
        self.tallies = Tallies::new(&self.frame, &assessment, &self.moment);
        Assessment { states: self.states, verdicts: self.verdicts } = assessment;
        self.annual_ranks = OnceLock::new();
        self.printed = Some(Arc::new(printed));
        self
    }
}

impl Deref for Snapshot {
    type Target = Computed;

    fn deref(&self) -> &Computed {
        &self.computed
    }
}

impl Snapshot {
    /// What was computed for a day, as known on a day on which no other reports were known.
    pub(super) fn new(as_of: AsOf, computed: Arc<Computed>) -> Self {
        Snapshot { as_of, computed }
    }

    /// The same day as a sealed issue printed it: amounts, lights, rates and ranks are those of the seal. What happened and
    /// when, the seal does not hold: that stays as the records have it.
    pub(super) fn into_printed(self, seal: &Seal) -> Self {
        let Some(printed) = Printed::read(seal, self.model()) else { return self };
        let computed = Arc::unwrap_or_clone(self.computed).into_printed(printed);
        Snapshot { as_of: self.as_of, computed: Arc::new(computed) }
    }

    /// The rank that the issue printed of a town; none at all if it is not of a sealed issue that ranked by the metric.
    pub(super) fn printed_rank(&self, metric: Metric, town: usize) -> Option<Option<Rank>> {
        self.printed.as_ref()?.rank(metric, town)
    }

    /// What each event is credited to, by its position.
    pub fn credits(&self) -> &[Credit] {
        &self.frame.credits
    }

    /// What the figures rest on.
    pub fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// What follows from the day: the month due, the target.
    pub fn moment(&self) -> &Moment {
        &self.moment
    }

    /// The model that the figures are of.
    pub fn model(&self) -> &Model {
        &self.frame.model
    }

    pub(super) fn method(&self) -> &Method {
        self.frame.method()
    }

    pub(super) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Where a project stands.
    pub fn state(&self, project: usize) -> &State {
        self.model().projects.read(project);
        &self.states[project]
    }

    /// Where the projects stand, in the order of the model.
    pub fn states(&self) -> &[State] {
        self.model().projects.read_all();
        &self.states
    }

    /// The positions of a scope's projects, in the order of the model; those not on the list are among them.
    pub fn members(&self, scope: Scope) -> impl Iterator<Item = usize> {
        self.read(scope);
        self.frame.members(scope).iter().map(|(project, _)| *project)
    }

    /// The sums of a scope.
    pub fn tally(&self, scope: Scope) -> std::borrow::Cow<'_, Tally> {
        self.read(scope);
        match self.tallies.get(scope) {
            Some(tally) => std::borrow::Cow::Borrowed(tally),
            None => std::borrow::Cow::Owned(self.project_tally(scope)),
        }
    }

    /// Says that what is known of a scope's projects is read.
    fn read(&self, scope: Scope) {
        match scope {
            Scope::Project(project) => self.model().projects.read(project),
            _ => self.model().projects.read_all(),
        }
    }

    fn project_tally(&self, scope: Scope) -> Tally {
        let Scope::Project(project) = scope else { return Tally::default() };
        let own = self.frame.own_curve(project).map(|curve| self.moment.target(Some(curve)));
        Tally::of(&self.states[project], &self.moment, self.verdicts[project].colour, own)
    }

    /// A figure of a scope.
    pub fn figure(&self, metric: Metric, scope: Scope) -> Figure {
        let tally = self.tally(scope);
        let value = self.value(metric, scope, &tally);
        self.dressed(metric, scope, value, &tally)
    }

    fn value(&self, metric: Metric, scope: Scope, tally: &Tally) -> Value {
        let events =
            |kind, is_amount| events::value(&self.frame, &self.moment, kind, scope, is_amount);
        match (metric, scope) {
            (Metric::Events(kind), _) => events(kind, false),
            (Metric::EventsAmount(kind), _) => events(kind, true),
            (Metric::AwardPoints, Scope::Town(town)) => {
                let points =
                    award::points(self.model(), &self.frame.credits, town, self.moment.as_of.data);
                points.map_or_else(values::no_award, Value::Count)
            }
            (Metric::AwardPoints, _) => values::no_award(),
            _ => {
                let value = values::value(metric, tally, &self.moment);
                value.unwrap_or_else(values::needs_comparison)
            }
        }
    }

    /// A figure that is a change since an earlier snapshot; the figure itself where it is none.
    pub fn figure_since(&self, metric: Metric, scope: Scope, before: &Snapshot) -> Figure {
        if metric != Metric::AnnualChange {
            return self.figure(metric, scope);
        }
        let (now, then) = (self.tally(scope), before.annual_rate(scope));
        let same_year = self.moment.year() == before.moment.year();
        let value = values::annual_change(&now, then, same_year);
        self.dressed(metric, scope, value, &now)
    }

    /// C / A over A > 0 of a scope, as printed where it is of a sealed issue.
    fn annual_rate(&self, scope: Scope) -> Option<Rate> {
        match (&self.printed, scope) {
            (Some(printed), scope) if !matches!(scope, Scope::Project(_)) => printed.annual(scope),
            _ => self.tally(scope).annual_rate(),
        }
    }

    fn dressed(&self, metric: Metric, scope: Scope, value: Value, tally: &Tally) -> Figure {
        let note = values::note(metric, scope, tally, &self.moment, self.frame.method());
        Figure { metric, scope, as_of: self.moment.as_of.data, value, note }
    }

    /// The light of a project.
    pub fn light(&self, project: usize) -> Light {
        let (state, verdict) = (&self.states[project], self.verdicts[project]);
        let rule = &self.frame.rules.project;
        let own = self.frame.own_curve(project);
        let is_judged_by_start = matches!(
            verdict.ground,
            Ground::LateStart(_) | Ground::StartDue(_) | Ground::StartNotDue
        );
        let progress = light::progress(state, rule, &self.moment, own).ok();
        let progress = progress.filter(|_| !is_judged_by_start);
        let record = &self.frame.model.projects[project].record;
        Light {
            colour: verdict.colour,
            ground: verdict.ground,
            value: progress.filter(|p| p.ground != Ground::NothingReported).map(|p| p.value),
            target: progress.map(|progress| progress.target),
            planned_start: record.planned_start.filter(|_| is_judged_by_start),
            stale_since: state.year_as_of.filter(|day| *day != self.moment.as_of.data),
            review_overdue: self
                .review_overdue(project)
                .filter(|_| verdict.ground == Ground::Paused),
            note: self.light_note(project, verdict.ground),
            rule: rule.clone(),
        }
    }

    fn light_note(&self, project: usize, ground: Ground) -> Option<Text> {
        let record = &self.frame.model.projects[project].record;
        match ground {
            Ground::Exempt => record.exempt.as_ref().map(|exempt| exempt.reason.clone()),
            Ground::Withdrawn => record.left.as_ref().map(|left| left.reason.clone()),
            Ground::Paused => {
                let pause = record.pause_on(self.moment.as_of.data);
                pause.map(|pause| pause.reason.clone())
            }
            _ => None,
        }
    }

    /// The day by which the rest that goes on should have been looked at again, if it has passed.
    fn review_overdue(&self, project: usize) -> Option<Date> {
        let day = self.moment.as_of.data;
        let pause = self.frame.model.projects[project].record.pause_on(day)?;
        pause.review_overdue(day).map(|review| review.end)
    }

    /// The colour of a project's light.
    pub fn colour(&self, project: usize) -> Colour {
        self.model().projects.read(project);
        self.verdicts[project].colour
    }

    /// The colour of a scope's light, as printed where it is of a sealed issue.
    pub fn scope_colour(&self, scope: Scope) -> Colour {
        if let Scope::Project(project) = scope {
            return self.colour(project);
        }
        let printed = self.printed.as_ref().and_then(|printed| printed.light(scope));
        printed.unwrap_or_else(|| self.scope_light(scope).colour)
    }

    /// The light of a scope: the rule on its sums. For a project it is the project's own.
    pub fn scope_light(&self, scope: Scope) -> Light {
        if let Scope::Project(project) = scope {
            return self.light(project);
        }
        let rule = &self.frame.rules.scope;
        let tally = self.tally(scope);
        let progress = light::scope_progress(&tally, rule, &self.moment);
        let verdict = match progress {
            Ok(progress) => self.lasting(rule.judge(progress), scope),
            Err(ground) => Verdict { colour: Colour::None, ground },
        };
        Light {
            colour: verdict.colour,
            ground: verdict.ground,
            value: progress.ok().map(|progress| progress.value),
            target: progress.ok().map(|progress| progress.target),
            planned_start: None,
            stale_since: None,
            review_overdue: None,
            note: None,
            rule: rule.clone(),
        }
    }

    /// A yellow of a scope that lasts becomes red.
    fn lasting(&self, verdict: Verdict, scope: Scope) -> Verdict {
        let rule = &self.frame.rules.scope;
        let Some(months) = rule.escalate.filter(|_| verdict.may_escalate()) else { return verdict };
        let was_yellow = |(moment, tallies): &(Moment, Tallies)| {
            let tally = tallies.get(scope).map(|tally| light::scope_progress(tally, rule, moment));
            matches!(tally, Some(Ok(progress)) if rule.judge(progress).may_escalate())
        };
        light::escalated(verdict, months, self.history.iter().map(was_yellow))
    }

    /// The towns of a group by a metric, the best first, with their ranks in an earlier snapshot.
    pub fn ranking(
        &self,
        metric: Metric,
        group: Option<usize>,
        before: Option<&Snapshot>,
    ) -> Ranking {
        ranking::ranking(self, metric, group, before)
    }

    /// A town's rank by annual completion within its group; none if it has none.
    pub fn annual_rank(&self, town: usize) -> Option<Rank> {
        let printed = self.printed_rank(Metric::Annual, town);
        printed
            .unwrap_or_else(|| self.annual_ranks.get_or_init(|| ranking::annual_ranks(self))[town])
    }

    /// The completion rates of a scope by month, this year and last.
    pub fn series(&self, scope: Scope) -> Series {
        self.read(scope);
        series::series(self, scope)
    }
}

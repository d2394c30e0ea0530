//! Sums over the projects of a scope. A project's own figures are the tally of that one project.

use std::ops::AddAssign;

use jiff::civil::Date;

use super::light::Colour;
use super::moment::Moment;
use super::state::{Reporting, State};
use crate::record::Pool;
use crate::value::{Money, Rate, Share};

/// Declares sums that are added field by field.
macro_rules! sums {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $name { $($(#[$doc])* pub $field: $type,)* }

        impl AddAssign<&$name> for $name {
            fn add_assign(&mut self, other: &$name) {
                $(self.$field += other.$field;)*
            }
        }
    };
}

sums! {
    /// Numbers of projects. A project across towns counts for the town that leads (DOMAIN.md 6.16).
    pub struct Counts {
        /// |S|: on the list.
        pub listed: u64,
        /// Started.
        pub started: u64,
        /// Completed (竣工).
        pub finished: u64,
        /// Producing (投产).
        pub in_production: u64,
        /// New this year (新建).
        pub new: u64,
        /// New and started.
        pub new_started: u64,
        /// New and planned to have started by now.
        pub due: u64,
        /// New, planned to have started by now, and started.
        pub due_started: u64,
        /// New and started before the planned day.
        pub early: u64,
        /// Continuing and at work.
        pub resumed: u64,
        /// Planned to be completed this year.
        pub finish_due: u64,
        /// Planned to be completed this year, and completed.
        pub finish_done: u64,
        /// Due to report.
        pub report_due: u64,
        /// Reported, of those due.
        pub reported: u64,
        /// Not a single report in the year, of those due.
        pub missing: u64,
        /// With investment although the plan is zero.
        pub off_plan: u64,
        /// Resting.
        pub paused: u64,
        /// With investment in the one of the two years only, of this year's and last year's list.
        pub unmatched: u64,
    }
}

sums! {
    /// Numbers of the projects that have a share in the sums, leading town or not.
    pub struct Sharing {
        /// On the list.
        pub listed: u64,
        /// Due to report.
        pub report_due: u64,
        /// Reported, of those due.
        pub reported: u64,
    }
}

sums! {
    /// Amounts of money, each with the numbers of projects that it is from and that it should be from.
    pub struct Sums {
        /// ΣT.
        pub total: Sum,
        /// ΣA.
        pub plan: Sum,
        /// ΣC.
        pub year: Sum,
        /// ΣG.
        pub ever: Sum,
        /// ΣA over A > 0, the denominator of the annual completion rate.
        pub on_plan: Sum,
        /// ΣC over A > 0, its numerator.
        pub on_plan_done: Sum,
        /// ΣC over A = 0.
        pub off_plan: Sum,
        /// ΣT over T > 0 where G is known or would be if it were reported, the denominator of the total completion rate.
        pub total_known: Sum,
        /// ΣG over T > 0, its numerator.
        pub total_done: Sum,
        /// ΣC by the same day of the year before.
        pub last_year: Sum,
        /// What the due month adds.
        pub increment: Sum,
        /// What it adds over A > 0.
        pub on_plan_increment: Sum,
        /// ΣA over A > 0 of projects with a target of their own.
        pub own_target: Sum,
    }
}

/// A sum of money, the number of amounts in it, and of those that are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How much.
    pub money: Money,
    /// Of how many projects.
    pub projects: u64,
    /// Of how many more it is not known.
    pub unknown: u64,
    /// Of how many more it is nothing, because they have not started.
    pub not_started: u64,
}

impl Sum {
    /// The sum, or nothing where there was nothing to add. That some have not started does not tell what the others did.
    pub fn known(self) -> Option<Money> {
        let is_nothing = self.not_started > 0 && self.unknown == 0;
        (self.projects > 0 || is_nothing).then_some(self.money)
    }

    fn share(self, share: Share) -> Self {
        Sum { money: self.money.share(share), ..self }
    }
}

impl From<Option<Money>> for Sum {
    fn from(amount: Option<Money>) -> Self {
        match amount {
            Some(money) => Sum { money, projects: 1, ..Sum::default() },
            None => Sum { unknown: 1, ..Sum::default() },
        }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        self.money += other.money;
        self.projects += other.projects;
        self.unknown += other.unknown;
        self.not_started += other.not_started;
    }
}

/// All sums of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Numbers of projects.
    pub counts: Counts,
    /// Amounts of money.
    pub sums: Sums,
    /// Numbers of the projects that the amounts are of.
    pub sharing: Sharing,
    /// The numbers of projects and ΣT by pool, in the order of [`Pool::ALL`].
    pub pools: [(u64, Sum); 4],
    /// The numbers of projects by light, in the order of [`Colour::ALL`].
    pub lights: [u64; 4],
    /// ΣA·σ in yuan over projects with a target of their own.
    pub own_due: Rate,
    /// ΣA·task in yuan over A > 0, by the months that each increment covers; only where the rule of scopes judges the month.
    pub month_due: Rate,
    /// The last day that any project's investment of the year is as of.
    pub reported_until: Option<Date>,
    /// The last day that any project's investment since construction began is as of.
    pub ever_reported_until: Option<Date>,
}

impl Tally {
    /// The figures of one project, with its light and its own target if it has one.
    pub(super) fn of(state: &State, moment: &Moment, light: Colour, own: Option<Rate>) -> Self {
        if !state.listed {
            return Tally::departed(state);
        }
        let mut tally = Tally { counts: counts(state), ..Tally::default() };
        tally.sums = sums(state, moment, own.is_some());
        let Counts { listed, report_due, reported, .. } = tally.counts;
        tally.sharing = Sharing { listed, report_due, reported };
        (tally.reported_until, tally.ever_reported_until) = (state.year_as_of, state.ever_as_of);
        if let Some(pool) = state.pool {
            tally.pools[pool as usize] = (1, state.total_planned().into());
        }
        tally.lights[light as usize] = 1;
        if let Some(own) = own {
            tally.own_due = tally.sums.own_target.money.to_rate() * own;
        }
        tally
    }

    /// A project that is not on the list adds nothing but what it had done by the same day of the year before.
    fn departed(state: &State) -> Self {
        let unmatched = u64::from(state.last_year.is_known());
        let sums = Sums { last_year: state.last_year().into(), ..Sums::default() };
        Tally { counts: Counts { unmatched, ..Counts::default() }, sums, ..Tally::default() }
    }

    /// Adds both numbers and money.
    pub(super) fn add(&mut self, other: &Tally) {
        self.add_counts(other);
        self.add_share(other, Share::WHOLE);
    }

    /// Adds the numbers of projects.
    pub(super) fn add_counts(&mut self, other: &Tally) {
        self.counts += &other.counts;
        for (pool, (number, _)) in self.pools.iter_mut().zip(&other.pools) {
            pool.0 += number;
        }
        for (light, number) in self.lights.iter_mut().zip(&other.lights) {
            *light += number;
        }
    }

    /// Adds a share of the money, exactly. Who has no share has no part in the sums.
    pub(super) fn add_share(&mut self, other: &Tally, share: Share) {
        if share == Share::default() {
            return;
        }
        self.sharing += &other.sharing;
        if share == Share::WHOLE {
            self.sums += &other.sums;
        } else {
            self.sums += &other.sums.share(share);
        }
        for (pool, (_, amount)) in self.pools.iter_mut().zip(&other.pools) {
            pool.1 += amount.share(share);
        }
        if other.own_due != Rate::default() {
            self.own_due += other.own_due * share.to_rate();
        }
        if other.month_due != Rate::default() {
            self.month_due += other.month_due * share.to_rate();
        }
        self.reported_until = self.reported_until.max(other.reported_until);
        self.ever_reported_until = self.ever_reported_until.max(other.ever_reported_until);
    }

    /// The number of projects in a pool.
    pub fn in_pool(&self, pool: Pool) -> u64 {
        self.pools[pool as usize].0
    }

    /// ΣT of the projects in a pool.
    pub fn pool_amount(&self, pool: Pool) -> Sum {
        self.pools[pool as usize].1
    }

    /// The number of projects with a light.
    pub fn with_light(&self, light: Colour) -> u64 {
        self.lights[light as usize]
    }

    /// σ of the scope: Σ A·σ / Σ A where projects have targets of their own (DOMAIN.md 6.7).
    pub(super) fn target(&self, moment: &Moment) -> Rate {
        let planned = self.sums.on_plan.money;
        if self.sums.own_target.projects == 0 || planned.is_zero() {
            return moment.target;
        }
        let by_site = planned - self.sums.own_target.money;
        (by_site.to_rate() * moment.target + self.own_due) / planned.to_rate()
    }

    /// C / A over A > 0; none without a plan or without a single report.
    pub fn annual_rate(&self) -> Option<Rate> {
        self.sums.on_plan_done.known()?.ratio(self.sums.on_plan.money)
    }
}

fn counts(state: &State) -> Counts {
    let n = |holds: bool| u64::from(holds);
    let new = state.is_new;
    let is_asked = state.reporting != Reporting::NotDue;
    // Who has not started adds nothing, be it on the list last year or not.
    let is_unmatched =
        !state.is_yet_to_start() && state.year.is_known() != state.last_year.is_known();
    Counts {
        listed: 1,
        started: n(state.started),
        finished: n(state.finished),
        in_production: n(state.in_production),
        new: n(new),
        new_started: n(new && state.started),
        due: n(new && state.start_is_due),
        due_started: n(new && state.start_is_due && state.started),
        early: n(state.started_early()),
        resumed: n(!new && state.started && !state.paused),
        finish_due: n(state.finish_is_due),
        finish_done: n(state.finish_is_due && state.finished),
        report_due: n(is_asked),
        reported: n(state.reporting == Reporting::Reported),
        missing: n(state.reporting == Reporting::Missing),
        off_plan: n(is_off_plan(state) && state.year.is_positive()),
        paused: n(state.paused),
        unmatched: n(is_unmatched),
    }
}

fn sums(state: &State, moment: &Moment, has_own_target: bool) -> Sums {
    let is_left_out = state.is_left_out(moment.unreported);
    let has_plan = state.plan.is_positive() && !is_left_out;
    // A project that started this year has done what it reports; unreported, its total stays in the denominator like a plan.
    let is_countable = state.ever.is_known() || (state.started_this_year && !is_left_out);
    let has_total = state.total.is_positive() && is_countable;
    let when = |holds: bool, amount: Option<Money>| match holds {
        true => Sum::from(amount),
        false => Sum::default(),
    };
    let done = |holds: bool, amount: Option<Money>| match amount {
        Some(money) if holds && money.is_zero() && state.is_yet_to_start() => {
            Sum { not_started: 1, ..Sum::default() }
        }
        _ => when(holds, amount),
    };
    Sums {
        total: state.total_planned().into(),
        plan: state.plan().into(),
        year: done(true, state.year()),
        ever: done(true, state.ever()),
        on_plan: when(has_plan, state.plan()),
        on_plan_done: done(has_plan, state.year()),
        off_plan: done(is_off_plan(state), state.year()),
        total_known: when(has_total, state.total_planned()),
        total_done: done(has_total, state.ever()),
        last_year: state.last_year().into(),
        increment: done(true, state.increment()),
        on_plan_increment: done(has_plan, state.increment()),
        own_target: when(has_plan && has_own_target, state.plan()),
    }
}

fn is_off_plan(state: &State) -> bool {
    state.plan.is_known() && !state.plan.is_positive()
}

impl Sums {
    fn share(&self, share: Share) -> Self {
        Sums {
            total: self.total.share(share),
            plan: self.plan.share(share),
            year: self.year.share(share),
            ever: self.ever.share(share),
            on_plan: self.on_plan.share(share),
            on_plan_done: self.on_plan_done.share(share),
            off_plan: self.off_plan.share(share),
            total_known: self.total_known.share(share),
            total_done: self.total_done.share(share),
            last_year: self.last_year.share(share),
            increment: self.increment.share(share),
            on_plan_increment: self.on_plan_increment.share(share),
            own_target: self.own_target.share(share),
        }
    }
}

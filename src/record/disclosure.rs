//! What the law wants disclosed of a project, and by when (DOMAIN.md 4.3).

use jiff::civil::Date;

use super::address::Address;
use super::fields::{codes, record};
use crate::value::{Period, Text, working_day_after};

codes! {
    /// A kind of information on major projects that must be disclosed (DOMAIN.md 4.3).
    pub enum DisclosureKind {
        /// 批准服务信息
        Service = "service",
        /// 批准结果信息
        Permit = "permit",
        /// 招标投标信息
        Tender = "tender",
        /// 征收土地信息
        Land = "land",
        /// 重大设计变更信息
        DesignChange = "design-change",
        /// 施工有关信息
        Construction = "construction",
        /// 质量安全监督信息
        Supervision = "supervision",
        /// 竣工有关信息
        Completion = "completion",
    }
}

impl DisclosureKind {
    /// Within how many working days of its making a document is to be published: 7 for permits, 20 for all others.
    pub fn working_days(self) -> u32 {
        match self {
            DisclosureKind::Permit => 7,
            _ => 20,
        }
    }
}

record! {
    /// A document that the law wants disclosed.
    pub struct Disclosure {
        /// Which of the eight kinds it is.
        pub kind: DisclosureKind,
        /// Its title.
        pub title: Text,
        /// Its number.
        pub number: Option<String>,
        /// Who issued it.
        pub issuer: Option<Text>,
        /// The day on which it was made.
        pub formed_on: Option<Period>,
        /// The day on which it was published.
        pub published_on: Option<Period>,
        /// Where it can be read.
        pub url: Option<Address>,
    }
}

codes! {
    /// How a document stands with its deadline as of a day.
    pub enum DisclosureState {
        /// It was published in time, or nobody wrote down when it was made.
        Published = "published",
        /// It was published after its deadline.
        Late = "late",
        /// It is not published, and the deadline has passed.
        Overdue = "overdue",
        /// It is not published, and there is still time.
        Due = "due",
        /// It is not published, and nobody wrote down when it was made.
        Undated = "undated",
    }
}

impl Disclosure {
    /// The last day on which it is in time, if it is known when it was made.
    ///
    /// Public holidays count as working days, for want of a calendar of them: the true deadline may be later, never earlier.
    pub fn due_on(&self) -> Option<Date> {
        Some(working_day_after(self.formed_on?.end, self.kind.working_days()))
    }

    /// How it stands as of a day. What is dated later has not happened.
    pub fn state(&self, as_of: Date) -> DisclosureState {
        let published = self.published_on.map(|day| day.end).filter(|day| *day <= as_of);
        match (published, self.due_on()) {
            (Some(published), Some(due)) if published > due => DisclosureState::Late,
            (Some(_), _) => DisclosureState::Published,
            (None, Some(due)) if as_of > due => DisclosureState::Overdue,
            (None, Some(_)) => DisclosureState::Due,
            (None, None) => DisclosureState::Undated,
        }
    }
}

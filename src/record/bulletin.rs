//! `bulletins/<id>.md`: issues of the bulletin.

use super::fields::{codes, record};
use crate::value::{Id, Period, Text};

codes! {
    /// How often issues of a kind appear.
    pub enum BulletinKind {
        /// 周报
        Weekly = "weekly",
        /// 月报
        Monthly = "monthly",
        /// 季报
        Quarterly = "quarterly",
        /// 年报
        Annual = "annual",
        /// 专刊
        Special = "special",
    }
}

record! {
    /// An issue, as its front matter has it.
    pub struct Bulletin {
        /// How often issues of its kind appear.
        pub kind: BulletinKind,
        /// 期号, within the year.
        pub number: Option<u32>,
        /// 总期号
        pub total_number: Option<u32>,
        /// The title.
        pub title: Option<Text>,
        /// The day up to which data count.
        pub as_of: Period,
        /// The day of publication: what was not known by then does not count.
        pub published: Period,
        /// The issue that changes are told against; the one of the same kind before it if left out.
        pub compare_to: Option<Id>,
        /// How many towns' digests the issue announces.
        pub digests: Option<u32>,
    }
}

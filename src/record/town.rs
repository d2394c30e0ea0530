//! `towns.yaml`: the towns, in official order.

use super::fields::record;
use crate::value::{Id, Text};

record! {
    /// A town, street or park that projects belong to.
    pub struct Town {
        /// The id by which records name the town.
        pub id: Id,
        /// The town's name.
        pub name: Text,
        /// The group within which the town is ranked.
        pub group: Option<Id>,
        /// A sentence or two about the town.
        pub intro: Option<Text>,
        /// By what the town is sorted where names are sorted: its reading in Latin letters.
        pub sort_key: Option<String>,
    }
}

//! `site.yaml`: names, addresses, codelists and methods.

use std::collections::BTreeMap;

use super::address::WebUrl;
use super::fields::{codes, record};
use super::method::Method;
use super::project::{Post, Visibility};
use super::scalars::BaseUrl;
use crate::value::{Id, Locale, Money, MoneyUnit, Period, Text};

record! {
    /// The site as a whole.
    pub struct Site {
        /// The site's title.
        pub title: Text,
        /// A line below the title.
        pub tagline: Option<Text>,
        /// The name of the whole area, scope `all`.
        pub area: Text,
        /// Who publishes the site.
        pub publisher: Option<Publisher>,
        /// The address that the site will have; a path below a host works.
        pub base_url: BaseUrl,
        /// The site's locales; the first is the default and lives at the root.
        pub locales: Vec<Locale>,
        /// The theme: a folder of `themes/`, or `default`.
        pub theme: Option<String>,
        /// Whether the data are an example; every page then says so.
        pub sample: bool,
        /// The unit of amounts that are written without one.
        pub money_unit: Option<MoneyUnit>,
        /// The categories of projects, in official order.
        pub categories: Vec<Category>,
        /// The industrial chains (产业链).
        pub chains: Vec<Chain>,
        /// The groups of towns; rankings are made within a group.
        pub groups: Vec<Group>,
        /// Ceremonies at which several projects start, finish or are signed (集中开工).
        pub batches: Vec<Batch>,
        /// Talks, signings, starts, completions and revivals (四新一盘活).
        pub events: Vec<Event>,
        /// The award that moves to the best (流动红旗).
        pub award: Option<Award>,
        /// The lists of the best and the last (红黑榜); internal unless published expressly.
        pub honours: Option<Honours>,
        /// How figures are computed.
        pub method: Method,
        /// What a government site must show.
        pub gov: Option<Government>,
    }
}

record! {
    /// Who publishes the site and how to reach them.
    pub struct Publisher {
        /// The publisher's name.
        pub name: Text,
        /// The desk to ask for.
        pub contact: Option<Text>,
        /// A telephone number.
        pub phone: Option<String>,
        /// An e-mail address.
        pub email: Option<String>,
    }
}

record! {
    /// A category of projects.
    pub struct Category {
        /// The category's id.
        pub id: Id,
        /// The category's name.
        pub name: Text,
    }
}

record! {
    /// An industrial chain (产业链, 产业专班).
    pub struct Chain {
        /// The chain's id.
        pub id: Id,
        /// The chain's name.
        pub name: Text,
        /// The post of its chief (链长).
        pub chief: Option<Post>,
        /// The unit that leads it.
        pub lead_unit: Option<Text>,
    }
}

record! {
    /// A group of towns that are ranked together.
    pub struct Group {
        /// The group's id.
        pub id: Id,
        /// The group's name.
        pub name: Text,
    }
}

codes! {
    /// What happens to the projects of a batch.
    pub enum BatchKind {
        /// They start together (集中开工).
        Start = "start",
        /// They are completed together (集中竣工).
        Complete = "complete",
        /// They are signed together (集中签约).
        Sign = "sign",
    }
}

record! {
    /// A ceremony for several projects.
    pub struct Batch {
        /// The batch's id.
        pub id: Id,
        /// What happens to the projects.
        pub kind: BatchKind,
        /// The batch's name.
        pub name: Text,
        /// The day of the ceremony.
        pub on: Period,
        /// Where it was held.
        pub place: Option<Text>,
        /// The projects.
        pub projects: Vec<Id>,
    }
}

codes! {
    /// A kind of event (四新一盘活).
    pub enum EventKind {
        /// 新洽谈
        Talk = "talk",
        /// 新签约
        Sign = "sign",
        /// 新开工
        Start = "start",
        /// 新竣工
        Finish = "finish",
        /// 盘活
        Revive = "revive",
    }
}

record! {
    /// Something that counts for the award.
    pub struct Event {
        /// The event's id.
        pub id: Id,
        /// What happened.
        pub kind: EventKind,
        /// The day it happened.
        pub on: Period,
        /// The town it is credited to.
        pub town: Option<Id>,
        /// The chain it is credited to.
        pub chain: Option<Id>,
        /// The project it is about.
        pub project: Option<Id>,
        /// The amount that was agreed or built.
        pub amount: Option<Money>,
        /// What it was, in a line.
        pub title: Option<Text>,
    }
}

record! {
    /// How the award (流动红旗) is won.
    pub struct Award {
        /// The award's name.
        pub name: Text,
        /// The group of towns that compete.
        pub group: Option<Id>,
        /// The points of one event, by kind.
        pub points: BTreeMap<Id, u32>,
        /// The most points that a town can have from a kind of event in a month.
        pub cap: BTreeMap<Id, u32>,
        /// How many places win it.
        pub top: Option<u32>,
        /// The least points that win it.
        pub minimum: Option<u32>,
    }
}

impl Award {
    /// How many places win it: the first, unless the record says more.
    pub fn top(&self) -> u32 {
        self.top.unwrap_or(1)
    }

    /// The least points that win it. Without a point nobody wins.
    pub fn minimum(&self) -> u32 {
        self.minimum.unwrap_or(1).max(1)
    }
}

record! {
    /// The lists of the best and the last (红黑榜): who is how far up and has exceeded the target, or down and has missed it.
    pub struct Honours {
        /// Whether they are published. They name units publicly, so that they are internal unless this says `public`.
        pub visibility: Option<Visibility>,
        /// How many places the honour list has in each group; 5 if left out.
        pub best: Option<u32>,
        /// How many places the warning list has in each group; 4 if left out.
        pub last: Option<u32>,
    }
}

record! {
    /// What a government site must show (DOMAIN.md 4.1).
    pub struct Government {
        /// 网站名称
        pub site_name: Option<String>,
        /// 网站域名
        pub site_domain: Option<String>,
        /// 网站标识码: ten digits, or `bm` and eight digits.
        pub site_id_code: Option<String>,
        /// ICP 备案号
        pub icp: Option<String>,
        /// 公安备案号
        pub police: Option<String>,
        /// The address behind the mark of Party and government bodies.
        pub conac_url: Option<WebUrl>,
    }
}

/// Whether a text has the form of 网站标识码: ten digits, or `bm` and eight digits.
pub fn is_site_code(code: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(code, 10) || code.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
}

//! `news/**/*.md` and `pages/*.md`: front matter of what editors write.

use super::fields::{codes, record};
use super::project::Visibility;
use crate::value::{Id, Instant, Period, Text};

codes! {
    /// What kind of item it is.
    pub enum NewsKind {
        /// 消息
        News = "news",
        /// 通讯、特写
        Feature = "feature",
        /// 摘要
        Digest = "digest",
        /// 图片新闻
        Photo = "photo",
        /// 通知
        Notice = "notice",
        /// 文件
        Document = "document",
        /// 更正
        Correction = "correction",
        /// 讲话
        Speech = "speech",
    }
}

/// The title of an item that was made and not filled in yet.
pub const PLACEHOLDER_TITLE: &str = "标题";

record! {
    /// A news item, as its front matter has it (DOMAIN.md 3.2).
    pub struct News {
        /// 主题
        pub title: Text,
        /// The day, and the time if it matters, of publication; items dated later are under embargo.
        pub date: Instant,
        /// 引题, above the title.
        pub kicker: Option<String>,
        /// 副题, below the title.
        pub subtitle: Option<String>,
        /// 提要; also the description that others show.
        pub summary: Option<String>,
        /// What kind of item it is; news if left out.
        pub kind: Option<NewsKind>,
        /// The column (专栏) it appears in.
        pub column: Option<String>,
        /// The day that its figures are as of.
        pub as_of: Option<Period>,
        /// The day of what it tells.
        pub event_date: Option<Period>,
        /// The day on which it was last corrected.
        pub updated: Option<Period>,
        /// The last day on which it is listed.
        pub expires: Option<Period>,
        /// The towns it is about.
        pub towns: Vec<Id>,
        /// The projects it is about.
        pub projects: Vec<Id>,
        /// The chains it is about.
        pub chains: Vec<Id>,
        /// The issue it belongs to.
        pub issue: Option<Id>,
        /// Who wrote it.
        pub authors: Vec<Author>,
        /// Where it comes from: 本报, 新华社, an office.
        pub source: Option<String>,
        /// 电头: 本报讯
        pub dateline: Option<String>,
        /// Who speaks, in a speech or a digest.
        pub speaker: Option<Speaker>,
        /// Pictures.
        pub photos: Vec<Photo>,
        /// The series it is a part of.
        pub series: Option<Series>,
        /// The item that it continues (上接).
        pub continued_from: Option<Id>,
        /// Words to find it by.
        pub keywords: Vec<String>,
        /// The issue that it corrects.
        pub correction_of: Option<Id>,
        /// The figures that it corrects, as in prose: `start.all`, `invest.annual@town:nanshan`.
        pub figures: Vec<String>,
        /// The name in its route; the file's name if left out.
        pub slug: Option<Id>,
        /// Whether it is unfinished; drafts are shown with `--drafts` only.
        pub draft: bool,
        /// Whether the public may see it.
        pub visibility: Option<Visibility>,
        /// Whether it stays on top.
        pub pin: bool,
        /// What a copy for WeChat shows instead.
        pub wechat: Option<WeChat>,
    }
}

record! {
    /// Who wrote or photographed it.
    pub struct Author {
        /// The name.
        pub name: String,
        /// 记者, 通讯员, 摄影 …
        pub role: Option<String>,
    }
}

record! {
    /// Who speaks.
    pub struct Speaker {
        /// The town or office.
        pub unit: Option<String>,
        /// The post.
        pub post: Option<String>,
        /// The name.
        pub name: Option<String>,
    }
}

record! {
    /// A picture.
    pub struct Photo {
        /// The file: in the item's own folder, or below `content/media/`.
        pub src: String,
        /// What is to be seen, for who cannot see it.
        pub alt: Option<String>,
        /// The caption.
        pub caption: Option<String>,
        /// Who took it.
        pub credit: Option<String>,
        /// When it was taken.
        pub taken: Option<Period>,
        /// Where it stands: lead, left, right or full.
        pub position: Option<String>,
        /// The group of pictures it belongs to.
        pub group: Option<String>,
    }
}

record! {
    /// A series of items.
    pub struct Series {
        /// The series' name.
        pub name: String,
        /// Which part it is.
        pub part: Option<u32>,
        /// How many parts there are.
        pub of: Option<u32>,
    }
}

record! {
    /// What a copy for WeChat shows instead (DOMAIN.md 4.8).
    pub struct WeChat {
        /// The title, at most 32 characters.
        pub title: Option<String>,
        /// The digest, at most 120 characters.
        pub digest: Option<String>,
        /// The cover picture.
        pub cover: Option<String>,
        /// The author, at most 16 characters.
        pub author: Option<String>,
    }
}

record! {
    /// A standing page, such as about or contact.
    pub struct Page {
        /// The title.
        pub title: Text,
        /// The page in a sentence.
        pub summary: Option<String>,
        /// Where it stands in the navigation; pages without it come last, by id.
        pub order: Option<u32>,
        /// The day that its figures are as of.
        pub as_of: Option<Period>,
        /// Whether it is unfinished.
        pub draft: bool,
        /// Whether the public may see it.
        pub visibility: Option<Visibility>,
    }
}

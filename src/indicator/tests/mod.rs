//! What a statistician would notice.

mod published;

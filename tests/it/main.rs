//! Tests of the whole program: small sites through the real binary.
#![expect(clippy::unwrap_used, reason = "in a test a failure is the message")]

mod browser;
mod build;
mod check;
mod console;
mod doubts;
mod edition;
mod figures;
mod hints;
mod incremental;
mod links;
mod method;
mod miswritten;
mod new;
mod outputs;
mod pages;
mod picture;
mod sample;
mod seal;
mod search;
mod serve;
mod site;
mod theme;
mod tidy;
mod whole;

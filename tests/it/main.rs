//! Tests of the whole program: small sites through the real binary.
#![expect(clippy::unwrap_used, reason = "in a test a failure is the message")]

mod check;
mod site;
mod tidy;

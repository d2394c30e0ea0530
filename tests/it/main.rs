//! Tests of the whole program: small sites through the real binary.
#![expect(clippy::unwrap_used, reason = "in a test a failure is the message")]

mod build;
mod check;
mod new;
mod outputs;
mod seal;
mod site;
mod tidy;

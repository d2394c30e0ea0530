//! Tests of the whole program: small sites through the real binary.

mod check;
mod site;

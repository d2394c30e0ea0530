//! x
/// x
pub fn resolve() {}

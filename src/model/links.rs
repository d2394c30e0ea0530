//! x
/// x
pub struct Target;

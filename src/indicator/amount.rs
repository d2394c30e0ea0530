//! Amounts of single projects in eight bytes, so that the states of many issues fit into memory.

use crate::value::Money;

/// A whole number of yuan, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount(i64);

impl Amount {
    /// No amount is known.
    pub(super) const NONE: Amount = Amount(i64::MIN);
    /// Nothing.
    pub(super) const ZERO: Amount = Amount(0);

    /// The amount, if one is known.
    pub(super) fn get(self) -> Option<Money> {
        self.is_known().then(|| Money::from_yuan(self.0))
    }

    /// Whether an amount is known.
    pub(super) fn is_known(self) -> bool {
        self != Amount::NONE
    }

    /// Whether an amount is known that is not zero.
    pub(super) fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// This amount, or another where it is not known.
    pub(super) fn or(self, other: Amount) -> Amount {
        if self.is_known() { self } else { other }
    }

    /// The sum, if both are known.
    pub(super) fn plus(self, other: Amount) -> Amount {
        if self.is_known() && other.is_known() { Amount(self.0 + other.0) } else { Amount::NONE }
    }

    /// The difference, if both are known.
    pub(super) fn minus(self, other: Amount) -> Amount {
        if self.is_known() && other.is_known() { Amount(self.0 - other.0) } else { Amount::NONE }
    }
}

impl From<Money> for Amount {
    /// What a record says is whole yuan and far below the limit of the type.
    fn from(money: Money) -> Self {
        Amount(i64::try_from(money.whole_yuan()).unwrap_or(i64::MAX))
    }
}

impl From<Option<Money>> for Amount {
    fn from(money: Option<Money>) -> Self {
        money.map_or(Amount::NONE, Amount::from)
    }
}

//! Turns a place into a line and a column, when a problem is shown.

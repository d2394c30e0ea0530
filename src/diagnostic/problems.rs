//! One constructor for each problem: the place where it gets its words.

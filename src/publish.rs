//! Brings the output folder in line with the artifacts.

//! Charts as plain data, and their drawing.

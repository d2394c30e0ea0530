//! Writes problems for people, editors and programs: the human, short and JSON forms.

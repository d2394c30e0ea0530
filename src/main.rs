//! Parses the arguments, runs the command, returns its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// A page is some thousand small texts that live as long as the page: most of a build's time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    gongbao::command::run()
}

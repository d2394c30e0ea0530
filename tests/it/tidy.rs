//! The rules of the house that the compiler does not know.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Uses of a later module that are meant: a file, and the module.
const MEANT: &[(&str, &str)] = &[
    // The snapshot itself knows of no problems; only its reader, at the rim, has some to tell.
    ("src/source/disk.rs", "diagnostic"),
];

/// The modules that may touch files, the environment, the network and the clock.
const RIM: &[&str] =
    &["src/source/disk.rs", "src/publish", "src/watcher", "src/server", "src/command"];

/// How the rim is touched.
const TOUCHES: &[&str] =
    &["std::fs", "std::env", "std::net", "SystemTime", "Instant::now", "now()"];

#[test]
fn a_module_uses_only_modules_listed_before_it() {
    let order = modules();
    let position = |name: &str| order.iter().position(|module| module == name);
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let Some(own) = position(module_of(&path)) else { continue };
        for used in used_modules(&code(&text)) {
            let is_later = position(&used).is_some_and(|used| used > own);
            if is_later && !MEANT.contains(&(&*path, &*used)) {
                faults.push(format!("{path} uses `{used}`, which lib.rs lists later"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_is_listed() {
    let order = modules();
    for (path, _) in sources() {
        let module = module_of(&path);
        let is_root = matches!(module, "lib" | "main");
        assert!(is_root || order.iter().any(|listed| listed == module), "{path}: not in lib.rs");
    }
}

#[test]
fn only_the_rim_touches_files_clock_environment_and_network() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if RIM.iter().any(|rim| path.starts_with(rim)) || is_test(&path) {
            continue;
        }
        let code = code(&text);
        faults.extend(
            TOUCHES
                .iter()
                .filter(|touch| code.contains(*touch))
                .map(|touch| format!("{path}: {touch}")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_begins_with_a_sentence_of_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! ") || is_test(&path), "{path} begins without `//!`");
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for (path, text) in &sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{path} has {lines} lines");
    }
}

/// The modules in the order in which `src/lib.rs` lists them.
fn modules() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// All files of the program by path.
fn sources() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root().join("src")) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let path = entry.path().strip_prefix(root()).unwrap().to_str().unwrap();
            files.insert(path.replace('\\', "/"), fs::read_to_string(entry.path()).unwrap());
        }
    }
    assert!(files.len() > 50, "few sources found");
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `src/view/home.rs` belongs to the module `view`.
fn module_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap();
    below.split('/').next().unwrap().trim_end_matches(".rs")
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// A file without its comments and without the tests at its end.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// What follows `crate::`, also in braces.
fn used_modules(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => used.extend(first_names(group)),
            None => used.push(first_name(after)),
        }
    }
    used
}

/// The first name of each path in a group, up to the brace that closes it.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut begins = true;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !character.is_whitespace() => {
                names.push(first_name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

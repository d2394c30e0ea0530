//! Which folders gongbao does not write to, and why.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::{PublishError, about, state};
use crate::diagnostic::{Diagnostic, Phrase, Severity};

/// By what a site is known as gongbao's when `.gongbao` was deleted: a file that every site has, and how it begins.
///
/// The folder's files are then written over, but none is removed as stale.
const SIGN: (&str, &str) = ("data/figures.json", "\"gongbao-figures/");

/// Checks that an output folder holds no sources, and nothing but dot files or what gongbao made.
pub(super) fn check(out: &Path, root: &Path) -> Result<(), PublishError> {
    if out.exists() && !out.is_dir() {
        return Err(not_a_folder(out));
    }
    check_apart_from_sources(out, root)?;
    check_folder(out, state::FOLDER)?;
    let Some(found) = first_visible(out)? else { return Ok(()) };
    let has_manifest = Manifest::is_at(&out.join(state::FOLDER).join("manifest"));
    if has_manifest || is_signed(out) { Ok(()) } else { Err(not_ours(out, &found)) }
}

/// Checks that a folder of the output is not a link: what is written and removed below it would be elsewhere.
pub(super) fn check_folder(out: &Path, folder: &str) -> Result<(), PublishError> {
    if !out.join(folder).is_symlink() {
        return Ok(());
    }
    let message = Phrase::new(
        format!("输出目录中的 `{folder}` 是链接，不能经它写到别处"),
        format!("in the output folder `{folder}` is a link, through which nothing is written"),
    );
    Err(refused("output-folder", message, ("删去这个链接再生成", "remove the link")))
}

/// That files would be overwritten which gongbao did not make.
pub(super) fn foreign_files(first: &str, count: usize) -> PublishError {
    let (zh, en) = match count {
        1 => (String::new(), String::new()),
        _ => (format!("等 {count} 个文件"), format!(" and {} more", count - 1)),
    };
    let message = Phrase::new(
        format!("输出目录中的 `{first}` {zh}不是 gongbao 生成的，不能覆盖"),
        format!(
            "in the output folder `{first}`{en} would be overwritten, which gongbao did not make"
        ),
    );
    refused("foreign-file", message, ("先移走再生成", "move it away"))
}

fn check_apart_from_sources(out: &Path, root: &Path) -> Result<(), PublishError> {
    let real_out = resolved(out)?;
    let real_root = root.canonicalize().map_err(|error| about(root, &error))?;
    if real_root.starts_with(&real_out) {
        return Err(holds_sources(out));
    }
    for folder in ["content", "themes"] {
        let sources = resolved(&real_root.join(folder))?;
        if real_out.starts_with(&sources) {
            return Err(lies_in_sources(out, folder));
        }
        if sources.starts_with(&real_out) {
            return Err(holds_sources(out));
        }
    }
    Ok(())
}

/// The true path of a folder of which the last parts may not exist yet.
fn resolved(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    for ancestor in absolute.ancestors() {
        let Ok(mut real) = ancestor.canonicalize() else { continue };
        // A folder that does not exist is no link, so that `..` leads back out of it.
        for part in absolute.strip_prefix(ancestor).into_iter().flatten() {
            if part == ".." {
                real.pop();
            } else {
                real.push(part);
            }
        }
        return Ok(real);
    }
    Ok(absolute)
}

/// The first file or folder that is not a dot file; none if the folder is missing.
fn first_visible(out: &Path) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(about(out, &error)),
    };
    let mut first: Option<String> = None;
    for entry in entries {
        let name = entry?.file_name();
        if !is_hidden(&name) {
            let name = name.to_string_lossy().into_owned();
            first = Some(first.map_or(name.clone(), |first| first.min(name)));
        }
    }
    Ok(first)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a folder shows that it is a site of gongbao's, manifest or not.
pub(super) fn is_signed(out: &Path) -> bool {
    let (route, sign) = SIGN;
    let mut beginning = Vec::new();
    let read =
        File::open(out.join(route)).and_then(|file| file.take(256).read_to_end(&mut beginning));
    read.is_ok() && String::from_utf8_lossy(&beginning).contains(sign)
}

fn not_a_folder(out: &Path) -> PublishError {
    let out = out.display();
    let message = Phrase::new(
        format!("输出位置 `{out}` 不是目录"),
        format!("the output `{out}` is not a folder"),
    );
    refused("output-folder", message, ELSEWHERE)
}

fn holds_sources(out: &Path) -> PublishError {
    let out = out.display();
    let message = Phrase::new(
        format!("输出目录 `{out}` 中有网站的源文件"),
        format!("the output folder `{out}` holds the sources of the site"),
    );
    refused("output-folder", message, ELSEWHERE)
}

fn lies_in_sources(out: &Path, folder: &str) -> PublishError {
    let out = out.display();
    let message = Phrase::new(
        format!("输出目录 `{out}` 在 `{folder}/` 之内"),
        format!("the output folder `{out}` lies in `{folder}/`"),
    );
    refused("output-folder", message, ELSEWHERE)
}

fn not_ours(out: &Path, found: &str) -> PublishError {
    let out = out.display();
    let message = Phrase::new(
        format!("输出目录 `{out}` 不是 gongbao 生成的，其中有 `{found}`"),
        format!("the output folder `{out}` was not made by gongbao: it holds `{found}`"),
    );
    let help = (
        "用 `--out` 另选一个目录；里面的文件都不要了，才清空它",
        "choose another folder with `--out`, or empty it if none of its files is wanted",
    );
    refused("output-folder", message, help)
}

const ELSEWHERE: (&str, &str) = ("用 `--out` 另选一个目录", "choose another folder with `--out`");

fn refused(
    code: &'static str,
    message: Phrase,
    (zh, en): (&'static str, &'static str),
) -> PublishError {
    let problem = Diagnostic { place: None, severity: Severity::Error, code, message, help: None };
    PublishError::Refused(Box::new(problem.help(zh, en)))
}

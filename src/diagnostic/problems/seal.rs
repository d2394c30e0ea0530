//! What can be wrong with issues that are published: their seals, and the corrections of their figures.

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;

/// A seal is not as it was written.
pub fn bad_seal(path: &SourcePath, edited: bool) -> Diagnostic {
    let place = Place::file(path);
    if edited {
        error(place, "edited-seal", "封存文件被改动过", "the seal was edited").help(
            "从备份或版本库恢复它；数字有误请发更正稿（kind: correction）",
            "restore it; to correct a figure, publish a news item of kind correction",
        )
    } else {
        error(
            place,
            "bad-seal",
            "这不是 `gongbao seal` 写的封存文件",
            "this is not a seal that `gongbao seal` wrote",
        )
        .help("恢复原来的文件", "restore the file")
    }
}

/// A seal stands under the name of another issue than the one it was written for.
pub fn seal_of_another(path: &SourcePath, issue: &str) -> Diagnostic {
    error(
        Place::file(path),
        "bad-seal",
        format!("这是 `{issue}` 期的封存文件"),
        format!("this is the seal of the issue `{issue}`"),
    )
    .help(
        "把它改回原名；要封存这一期，用 `gongbao seal`",
        "give it its name back; to seal this issue, use `gongbao seal`",
    )
}

/// A sealed page is no longer part of the site.
pub fn sealed_page_lost(at: Place, route: &str) -> Diagnostic {
    let town = route.split_once("/towns/").map(|(_, town)| town.trim_end_matches('/'));
    let [lost_zh, lost_en] = match town {
        Some(town) => [
            format!("在 towns.yaml 里恢复 `id: {town}`：镇改名只改 name，不改 id，撤并的镇也留着"),
            format!(
                "put `id: {town}` back into towns.yaml: a new name needs no new id, and a town that was merged stays"
            ),
        ],
        None => ["恢复它所属的语言".to_owned(), "put back the locale that it is of".to_owned()],
    };
    error(
        at,
        "sealed-page-lost",
        format!("已封存的 `/{route}` 不再生成"),
        format!("the sealed `/{route}` is no longer part of the site"),
    )
    .help(lost_zh, lost_en)
}

/// Sealed issues show what is not public any more.
pub fn sealed_internal(at: Place, issues: &[&str]) -> Diagnostic {
    error(
        at,
        "sealed-internal",
        format!("不再公开，但已封存的公报仍然载有：{}", issues.join("、")),
        format!("it is no longer public, but sealed issues still show it: {}", issues.join(", ")),
    )
    .help(
        "要么重新公开；要么删去这几期的 `.seal.json`，重新 `gongbao seal`，并发更正稿（kind: correction）说明",
        "make it public again; or delete the `.seal.json` of these issues, seal them anew, and tell of it in a news item of kind correction",
    )
}

/// The records now say something else than a sealed issue.
pub fn sealed_differs(at: Place, count: usize, examples: &[String]) -> Diagnostic {
    let (examples_zh, examples_en) = (examples.join("、"), examples.join(", "));
    warning(
        at,
        "sealed-differs",
        format!("已封存，但现在的档案算得 {count} 个不同的数：{examples_zh}"),
        format!("it is sealed, but the records now give {count} other figures: {examples_en}"),
    )
    .help(
        "本期仍按封存的数发布，档案是因别的缘故改的，不必理会；当时刊登的数有误，才发更正稿：kind: correction，correction_of 写本期，figures 写所改的指标",
        "the issue keeps its figures, and if the records changed for another reason nothing need be done; only if it printed a wrong number, publish a news item of kind correction with correction_of and figures",
    )
}

/// A sealed issue's own file says something else of it than when it was sealed.
pub fn sealed_edited(at: Place, key: &str) -> Diagnostic {
    error(
        at,
        "sealed-edited",
        format!("已封存，但 `{key}` 在封存以后改过"),
        format!("it is sealed, but its `{key}` was changed since"),
    )
    .help(
        "改回封存时的写法；要重新发布这一期，先删去它的 `.seal.json`，改好后再 `gongbao seal`",
        "put it back; to publish the issue anew, delete its `.seal.json`, and seal it again once it is right",
    )
}

/// An issue among sealed ones has no seal: it may be lost.
pub fn seal_missing(at: Place) -> Diagnostic {
    warning(
        at,
        "seal-missing",
        "前后各期都封存了，这一期没有：档案一改，这一期也跟着变",
        "the issues before and after it are sealed and it is not: it changes with the records",
    )
    .help(
        "封存文件丢了的，从备份恢复它的 `.seal.json`；还没有封存的，运行 `gongbao seal`",
        "if its `.seal.json` is lost, restore it from a backup; if it was never sealed, run `gongbao seal`",
    )
}

/// A sealed issue's own file has another text than when it was sealed.
pub fn sealed_text_differs(at: Place) -> Diagnostic {
    warning(
        at,
        "sealed-differs",
        "已封存，但正文在封存以后改过",
        "it is sealed, but its text was changed since",
    )
    .help(
        "本期仍按封存的正文发布；正文有误，请发更正稿：kind: correction",
        "the issue keeps its text; to correct it, publish a news item of kind correction",
    )
}

/// A correction does not say what it corrects.
pub fn vague_correction(at: Place, field: &str) -> Diagnostic {
    error(
        at,
        "vague-correction",
        format!("更正稿没有写 `{field}`"),
        format!("the correction does not say `{field}`"),
    )
    .help(
        "更正稿写明 `kind: correction`、所更正的期（correction_of）和指标（figures），如 `figures: [invest.annual]`",
        "a correction says `kind: correction`, the issue (correction_of) and the figures, as in `figures: [invest.annual]`",
    )
}

/// A correction names a figure that is the same before and after.
pub fn unchanged_correction(at: Place, value: &str) -> Diagnostic {
    warning(
        at,
        "unchanged-correction",
        format!("这个数更正前后一样，都是 {value}"),
        format!("the correction does not change this figure: it is {value} as before"),
    )
    .help(
        "在档案里写上改正的报送（写明 `revision`，`reported` 不晚于更正稿），或从 `figures` 里去掉它",
        "write the corrected report into the record (with its `revision`, and `reported` by the day of the correction), or take it out of `figures`",
    )
}

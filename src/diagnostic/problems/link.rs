//! What can be wrong with links and pictures.

use jiff::civil::Date;

use super::{error, suggest, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;

/// A link leads nowhere.
pub fn broken_link(at: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let problem = error(
        at,
        "broken-link",
        format!("链接 `{target}` 没有对应的页面"),
        format!("the link `{target}` leads nowhere"),
    );
    suggest(
        problem,
        near,
        "核对地址；站内链接以 `/` 开头",
        "check the address; links within the site begin with `/`",
    )
}

/// A link leads to a news item that is not out, under embargo until a day or else a draft or internal.
pub fn link_to_come(at: Place, target: &str, day: Option<Date>) -> Diagnostic {
    let [zh, en] = match day {
        Some(day) => [format!("{day} 才发布"), format!("is not out before {day}")],
        None => ["是草稿或不公开的".to_owned(), "is a draft or internal".to_owned()],
    };
    error(
        at,
        "broken-link",
        format!("`{target}` 这一篇{zh}，还没有页面"),
        format!("the item `{target}` {en}, and has no page yet"),
    )
    .help(
        "到时再加链接，或这一篇也等到那时发布",
        "link to it once it is out, or publish this with it",
    )
}

/// A link or picture has an address that no page may lead to.
pub fn refused_link(at: Place, target: &str) -> Diagnostic {
    error(
        at,
        "refused-link",
        format!("`{target}` 不能作链接"),
        format!("`{target}` must not be linked to"),
    )
    .help(
        "链接只能以 `https://`、`http://`、`mailto:`、`tel:` 或站内的 `/` 开头",
        "a link begins with `https://`, `http://`, `mailto:` or `tel:`, or within the site with `/`",
    )
}

/// A tag of raw HTML is left out.
pub fn removed_tag(at: Place, tag: &str) -> Diagnostic {
    warning(
        at,
        "removed-tag",
        format!("`<{tag}>` 不能用，已经去掉"),
        format!("`<{tag}>` is left out"),
    )
    .help(
        "别处的视频、网页写成链接；文字的样子由主题定",
        "link to a film or page of another site; how text looks is the theme's",
    )
}

/// A picture or file is not there.
pub fn missing_media(at: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let problem = error(
        at,
        "missing-media",
        format!("找不到文件 `{target}`"),
        format!("there is no file `{target}`"),
    );
    suggest(
        problem,
        near,
        "把文件放进 content/media/，或改正名字",
        "put the file into content/media/, or correct its name",
    )
}

/// A link to another site lacks its beginning.
pub fn address_without_scheme(at: Place, target: &str) -> Diagnostic {
    error(
        at,
        "broken-link",
        format!("链接 `{target}` 缺开头的 `https://`"),
        format!("the link `{target}` does not begin with `https://`"),
    )
    .help(format!("写成 `https://{target}`"), format!("write `https://{target}`"))
}

/// The folders of a path are parted as in Windows.
pub fn backslash(at: Place, target: &str) -> Diagnostic {
    let path = match target.contains(':') {
        // Nothing on an editor's own disk can be led to.
        true => target.rsplit('\\').next().unwrap_or(target).to_owned(),
        false => target.replace('\\', "/"),
    };
    let code = if target.starts_with('/') { "broken-link" } else { "missing-media" };
    error(
        at,
        code,
        format!("路径 `{target}` 里写了反斜杠"),
        format!("the path `{target}` has a backslash"),
    )
    .help(
        format!("文件夹之间的分隔符是 `/`：写成 `{path}`"),
        format!("folders are parted by `/`: write `{path}`"),
    )
}

/// A picture has no words for those who cannot see it.
pub fn photo_without_alt(at: Place) -> Diagnostic {
    error(at, "photo-without-alt", "图片没有替代文字", "the picture has no alternative text").help(
        "用一句话写出图上有什么：`alt: …` 或 `![…](…)`",
        "say in a sentence what it shows: `alt: …` or `![…](…)`",
    )
}

/// A link leads to a place within a page that the page's text does not have.
pub fn no_such_place(at: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let problem = warning(
        at,
        "no-such-place",
        format!("页面的文字里没有 `#{name}` 这一处"),
        format!("the text of the page has no place `#{name}`"),
    );
    suggest(
        problem,
        near,
        "`#` 后面写小标题的文字，标点和空格写成 `-`",
        "behind `#` write the words of the heading, with `-` for spaces and punctuation",
    )
}

/// A file begins as a picture and does not go on as one.
pub fn broken_picture(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "broken-picture",
        "这张图片读不出来，其中可能带有的拍摄地点也就无法去掉",
        "the picture cannot be read, so the place it was taken at cannot be removed from it",
    )
    .help("用看图软件打开后另存一份", "open it in a picture viewer and save it anew")
}

/// A file has the name of a picture and is none: it is empty, or something else.
pub fn no_picture(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "broken-picture",
        "这个文件不是图片，读者看不到",
        "this file is no picture, so that readers see none",
    )
    .help("重新导出或下载这张图片", "export the picture or download it anew")
}

/// A picture holds metadata that are not taken out of files of its kind.
pub fn picture_metadata(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "picture-metadata",
        "这张图片带有拍摄信息（可能有拍摄地点），HEIC、AVIF、TIFF 格式的无法去掉",
        "the picture says how it was taken, perhaps where, which cannot be removed from HEIC, AVIF and TIFF files",
    )
    .help("用看图软件另存为 JPEG", "save it as JPEG in a picture viewer")
}

/// A film names the place it was taken at.
pub fn film_place(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "film-place",
        "这段视频记着拍摄地点",
        "the film names the place where it was taken",
    )
    .help(
        "在手机上分享时关掉“位置”，或用剪辑软件重新导出",
        "share it from the phone without its location, or export it anew from a film editor",
    )
}

/// A picture is heavier, or has more pixels, than a page needs.
pub fn large_picture(
    path: &SourcePath,
    (width, height): (usize, usize),
    weight: usize,
) -> Diagnostic {
    let weight = weight.div_ceil(1000);
    warning(
        Place::file(path),
        "large-picture",
        format!("这张图片有 {width}×{height} 像素、{weight} kB，手机上打开很慢"),
        format!("the picture has {width}×{height} pixels and {weight} kB, and is slow on a phone"),
    )
    .help("缩小到 1600 像素宽再存，照片用 JPEG", "save it 1600 pixels wide, a photo as JPEG")
}

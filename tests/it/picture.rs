//! Pictures as they are published: upright, at their size, and without the place that they were taken at.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use exif::{Field, In, Tag};

use crate::site::{DATE, Site};

/// The position of 31.2304° north, 121.4737° east, as a phone writes it.
const DEGREES: [u32; 6] = [31, 1, 13, 1, 4944, 100];

/// EXIF data with an orientation, a camera and a position.
fn exif_with_position(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let directories = [
        vec![0, 3],
        entry(0x0110, 2, 4, *b"X-1\0"),
        entry(0x0112, 3, 1, [0, orientation, 0, 0]),
        entry(0x8825, 4, 1, 50u32.to_be_bytes()),
        vec![0; 4],
        vec![0, 2],
        entry(0x0001, 2, 2, *b"N\0\0\0"),
        entry(0x0002, 5, 3, 80u32.to_be_bytes()),
        vec![0; 4],
        DEGREES.iter().flat_map(|number| number.to_be_bytes()).collect(),
    ];
    exif.extend(directories.concat());
    exif
}

/// A segment of a JPEG file.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], data].concat()
}

/// A chunk of a PNG file; nobody looks at the checksum of one that is taken out.
fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], name, data, &[0; 4]].concat()
}

fn webp_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let padding = vec![0; data.len() % 2];
    [&name[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &padding].concat()
}

/// A picture of the sample site.
fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/media").join(name)).unwrap()
}

/// The photo of the sample site as a phone would have taken it: with its position in three places, and with a second
/// picture behind the first, which has a position of its own.
fn phone_photo(orientation: u8) -> Vec<u8> {
    let plain = sample("luming-intake.jpg");
    let exif = segment(0xe1, &[b"Exif\0\0", &exif_with_position(orientation)[..]].concat());
    let xmp = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='31,13.824N'/>");
    let iptc = segment(0xed, b"Photoshop 3.0\08BIM GPSLatitude");
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01colours");
    let second = [&plain[..2], &exif, &plain[2..]].concat();
    [&plain[..20], &exif, &xmp, &iptc, &profile, &plain[20..], &second].concat()
}

/// A site with a picture on the page of a project and in an item of news.
fn site_with(name: &str, bytes: &[u8]) -> Site {
    let photo = format!("\nphotos: [{{src: media/{name}, alt: 工地}}]\n");
    let site = Site::small(&format!(
        "//- content/news/photo.md\n---\ntitle: 图\ndate: 2023-05-01\n---\n![工地]({name})\n"
    ));
    let project = fs::read_to_string(site.path().join("content/projects/bridge.yaml")).unwrap();
    site.write("content/projects/bridge.yaml", project + &photo);
    site.write(&format!("content/media/{name}"), bytes);
    site
}

fn published(site: &Site, name: &str) -> Vec<u8> {
    fs::read(site.path().join("public/media").join(name)).unwrap()
}

/// What an EXIF reader finds in a picture.
fn fields(picture: &[u8]) -> Vec<Field> {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(picture));
    read.map_or_else(|_| Vec::new(), |exif| exif.fields().cloned().collect())
}

fn tags(picture: &[u8]) -> Vec<Tag> {
    fields(picture).iter().map(|field| field.tag).collect()
}

#[test]
fn a_photo_is_published_without_its_position_and_the_right_way_up() {
    for (orientation, size) in
        [(6, r#"width="400" height="600""#), (1, r#"width="600" height="400""#)]
    {
        let photo = phone_photo(orientation);
        assert!(tags(&photo).contains(&Tag::GPSLatitude), "the test's own photo has a position");
        let site = site_with("site.jpg", &photo);
        site.build();
        let own = published(&site, "site.jpg");
        let left = fields(&own);
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!((left[0].tag, left[0].ifd_num), (Tag::Orientation, In::PRIMARY));
        assert_eq!(left[0].value.get_uint(0), Some(orientation.into()));
        assert!(!own.windows(3).any(|window| window == b"GPS"), "nor elsewhere in the file");
        for page in ["projects/bridge/index.html", "news/photo/index.html"] {
            site.check_file(page, size);
        }
        assert_eq!(fs::read(site.path().join("content/media/site.jpg")).unwrap(), photo);
    }
}

#[test]
fn what_is_seen_of_a_photo_is_published_byte_for_byte() {
    let plain = sample("luming-intake.jpg");
    let site = site_with("site.jpg", &phone_photo(8));
    site.build();
    let own = published(&site, "site.jpg");
    assert_eq!(own[..20], plain[..20]);
    assert!(own.ends_with(&plain[20..]), "the picture, and nothing behind it");
    assert!(own.windows(11).any(|window| window == b"ICC_PROFILE"), "the colours are kept");
    let again = site_with("site.jpg", &own);
    again.build();
    assert_eq!(published(&again, "site.jpg"), own);
}

#[test]
fn a_png_is_published_without_its_position_and_the_right_way_up() {
    let plain = sample("street-before.png");
    let text = png_chunk(b"tEXt", b"Raw profile type exif\0GPS");
    for (orientation, kept) in [(6, true), (0, false)] {
        let exif = png_chunk(b"eXIf", &exif_with_position(orientation));
        let site =
            site_with("site.png", &[&plain[..33], &exif, &text, &plain[33..], b"GPS"].concat());
        site.build();
        let own = published(&site, "site.png");
        let left = tags(&own);
        assert_eq!(left, if kept { vec![Tag::Orientation] } else { Vec::new() });
        assert!(!own.windows(3).any(|window| window == b"GPS"));
        assert!(own.ends_with(&plain[33..]));
        assert_eq!(kept, own != plain);
    }
}

#[test]
fn a_webp_is_published_without_its_position() {
    let picture = webp_chunk(b"VP8L", &[0x2f, 0, 0, 0, 0, 1, 2]);
    let frame = |flags| webp_chunk(b"VP8X", &[flags, 0, 0, 0, 7, 0, 0, 4, 0, 0]);
    let file = |chunks: &[&[u8]]| {
        let chunks = chunks.concat();
        let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
        [b"RIFF", &length[..], b"WEBP", &chunks].concat()
    };
    let exif = webp_chunk(b"EXIF", &exif_with_position(6));
    let xmp = webp_chunk(b"XMP ", b"GPS");
    let site = site_with("site.webp", &file(&[&frame(0x2c), &picture, &exif, &xmp]));
    site.build();
    let own = published(&site, "site.webp");
    assert_eq!(tags(&own), [Tag::Orientation]);
    assert!(
        own.starts_with(&[&file(&[])[..4], &own[4..8], b"WEBP", &frame(0x28), &picture].concat())
    );
    assert_eq!(u32::from_le_bytes(own[4..8].try_into().unwrap()) as usize, own.len() - 8);
    site.check_file("projects/bridge/index.html", r#"width="5" height="8""#);
}

#[test]
fn a_picture_that_cannot_be_read_is_not_published() {
    let photo = phone_photo(1);
    let cut_off = [&photo[..100], b"no picture any more"].concat();
    for (name, bytes) in [
        ("a.jpg", &cut_off[..]),
        ("a.png", b"\x89PNG\r\n\x1a\nGPS"),
        ("a.webp", b"RIFF\x09\0\0\0WEBPGPS"),
        ("a.heic", b"\0\0\0\x0cftypheic GPS"),
        ("hello.jpg", b"hello"),
        ("empty.png", b""),
    ] {
        let site = site_with(name, bytes);
        let told = format!("content/media/{name}:1:1: error[broken-picture]");
        site.run(&["--message-format", "short", "build", "--date", DATE]).fails(1, &told);
        assert!(!site.has("index.html"));
    }
}

#[test]
fn a_picture_of_which_the_position_cannot_be_removed_is_not_published() {
    let boxed = |name: &[u8; 4], data: &[u8]| {
        [&u32::try_from(data.len() + 8).unwrap().to_be_bytes(), &name[..], data].concat()
    };
    let item = |kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0], kind].concat());
    for (name, brand) in [("a.heic", b"heic\0\0\0\0"), ("a.avif", b"avif\0\0\0\0")] {
        let file = |items: &[Vec<u8>]| {
            let list = boxed(b"meta", &[vec![0; 4], items.concat()].concat());
            [boxed(b"ftyp", brand), list, boxed(b"mdat", b"Exif")].concat()
        };
        for kind in [&b"Exif\0"[..], b"mime\0application/rdf+xml\0"] {
            let site = site_with(name, &file(&[item(b"av01\0"), item(kind)]));
            let told = format!("content/media/{name}:1:1: error[picture-metadata]");
            site.run(&["--message-format", "short", "build", "--date", DATE]).fails(1, &told);
            assert!(!site.has("index.html"));
        }
        let site = site_with("photo.jpg", &exif_with_position(1));
        let told = "content/media/photo.jpg:1:1: error[picture-metadata]";
        site.run(&["--message-format", "short", "build", "--date", DATE]).fails(1, told);
        let plain = file(&[item(b"av01\0")]);
        let site = site_with(name, &plain);
        site.build();
        assert_eq!(published(&site, name), plain);
    }
}

#[test]
fn a_film_that_names_the_place_is_not_published() {
    let boxed = |name: &[u8; 4], data: &[u8]| {
        [&u32::try_from(data.len() + 8).unwrap().to_be_bytes(), &name[..], data].concat()
    };
    let film = |told: &[u8]| {
        let head = boxed(b"ftyp", b"mp42\0\0\0\0");
        // What is shown comes first, in a box whose length takes eight bytes, and may hold anything.
        let shown = [&1u32.to_be_bytes(), &b"mdat"[..], &20u64.to_be_bytes(), b"\xa9xyz"].concat();
        [head, shown, boxed(b"moov", &boxed(b"udta", told))].concat()
    };
    for told in
        [boxed(b"\xa9xyz", b"+38.47+106.27/"), b"com.apple.quicktime.location.ISO6709".to_vec()]
    {
        let site = site_with("a.mp4", &film(&told));
        let told = "content/media/a.mp4:1:1: error[film-place]";
        site.run(&["--message-format", "short", "build", "--date", DATE]).fails(1, told);
    }
    let plain = film(&boxed(b"name", b"a film"));
    let site = site_with("a.mp4", &plain);
    site.build();
    assert_eq!(published(&site, "a.mp4"), plain);
}

#[test]
fn a_photo_that_was_cut_off_is_published_as_far_as_it_goes() {
    let photo = sample("luming-intake.jpg");
    let half = &photo[..photo.len() / 2];
    let site = site_with("site.jpg", half);
    site.build();
    assert_eq!(published(&site, "site.jpg"), half);
}

#[test]
fn a_picture_larger_than_a_page_needs_is_told_of_and_published_as_it_is() {
    let plain = sample("luming-intake.jpg");
    let frame = plain.windows(5).position(|bytes| bytes == [8, 1, 0x90, 2, 0x58]).unwrap();
    let wide = [&plain[..frame + 3], &[0x0f, 0xc0], &plain[frame + 5..]].concat();
    let (scan, end) = plain.split_at(plain.len() - 2);
    let heavy = [scan, &[0; 1_000_000], end].concat();
    for (bytes, told) in
        [(&wide, "4032×400 pixels and 10 kB"), (&heavy, "600×400 pixels and 1010 kB")]
    {
        let site = site_with("site.jpg", bytes);
        let run = site.run(&["--lang", "en", "--message-format", "short", "build", "--date", DATE]);
        run.succeeds();
        let problem = "content/media/site.jpg:1:1: warning[large-picture]: the picture has ";
        assert!(run.stderr().contains(&format!("{problem}{told}")), "{}", run.stderr());
    }
    let site = site_with("site.jpg", &plain);
    assert!(!site.problems().contains("large-picture"));
}

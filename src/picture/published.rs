//! What of a picture's file is published: the picture, without the place, the time and the device that it was taken with.
//!
//! Phones write where a photo was taken into it. Of the metadata only the orientation is kept, because without it a photo
//! lies on its side, and the colour profile. What is seen is copied byte for byte, never encoded anew. The picture ends
//! where it says that it ends: behind that, phones put a second picture or a film, with metadata of their own.

use std::borrow::Cow;

use super::orientation::Orientation;

/// Why a picture or film is not published: it may tell where it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublishable {
    /// It begins as a picture and does not go on as one, so that nobody knows what is in it.
    Broken,
    /// It holds metadata, and is of a kind that they are not taken out of: HEIC or AVIF; or it is a TIFF file, which begins with
    /// them and which few browsers show.
    HoldsMetadata,
    /// It is a film that names the place.
    FilmNamesPlace,
}

/// A file as it is published: a JPEG, PNG or WebP picture without its metadata, any other file as it is.
///
/// # Errors
/// If the file is a picture of which nobody can say that it is without metadata, or a film that names the place.
pub fn published(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unpublishable> {
    let clean = match container(bytes) {
        Some(Container::Jpeg) => jpeg(bytes),
        Some(Container::Png) => png(bytes),
        Some(Container::WebP) => webp(bytes),
        Some(Container::Heif) if heif_holds_metadata(bytes).ok_or(Unpublishable::Broken)? => {
            return Err(Unpublishable::HoldsMetadata);
        }
        Some(Container::Tiff) => return Err(Unpublishable::HoldsMetadata),
        Some(Container::Film) if film_names_place(bytes) => {
            return Err(Unpublishable::FilmNamesPlace);
        }
        Some(Container::Heif | Container::Film) | None => return Ok(bytes.into()),
    };
    Ok(clean.ok_or(Unpublishable::Broken)?.into())
}

/// The orientation that a picture states in its metadata.
pub(super) fn orientation(bytes: &[u8]) -> Option<Orientation> {
    match container(bytes)? {
        Container::Jpeg => {
            let mut head = segments(bytes).take_while(|segment| segment.marker != START_OF_SCAN);
            head.find_map(|segment| segment.orientation())
        }
        Container::Png => png_chunks(bytes).find(|chunk| chunk.name == *b"eXIf")?.orientation(),
        Container::WebP => webp_chunks(bytes).find(|chunk| chunk.name == *b"EXIF")?.orientation(),
        Container::Heif | Container::Tiff | Container::Film => None,
    }
}

/// How a picture is put into a file.
enum Container {
    Jpeg,
    Png,
    WebP,
    /// HEIC or AVIF.
    Heif,
    Tiff,
    /// MP4 or QuickTime.
    Film,
}

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn container(bytes: &[u8]) -> Option<Container> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Container::Jpeg),
        _ if bytes.starts_with(PNG_SIGNATURE) => Some(Container::Png),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => {
            Some(Container::WebP)
        }
        _ if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => Some(Container::Tiff),
        _ if bytes.get(4..8) == Some(b"ftyp") => {
            let brand = bytes.get(8..12)?;
            let is_picture = HEIF_BRANDS.iter().any(|own| **own == *brand);
            Some(if is_picture { Container::Heif } else { Container::Film })
        }
        _ => None,
    }
}

// ---------------------------------------------------------------- JPEG: ISO/IEC 10918-1, annex B

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;
/// What stands for a marker where there is none: a stretch of a scan.
const SCAN: u8 = 0;

/// A marker of a JPEG file with its data, or a stretch of a scan.
struct Segment<'a> {
    marker: u8,
    /// All bytes from the marker on.
    bytes: &'a [u8],
    /// The data behind marker and length.
    data: &'a [u8],
}

impl Segment<'_> {
    /// Whether the segment is part of what is seen: all but comments and what applications wrote, of which only the
    /// format, the colour profile and the colour transform are.
    fn is_seen(&self) -> bool {
        match self.marker {
            0xe0 => self.data.starts_with(b"JFIF\0"),
            0xe2 => self.data.starts_with(b"ICC_PROFILE\0"),
            0xee => self.data.starts_with(b"Adobe"),
            0xe0..=0xef | 0xfe => false,
            _ => true,
        }
    }

    fn orientation(&self) -> Option<Orientation> {
        let exif = self.data.strip_prefix(b"Exif\0\0").filter(|_| self.marker == 0xe1)?;
        Orientation::of_exif(exif)
    }
}

/// A file that is cut off within its scan still shows what it has; one that never gets to it is no picture.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes[..2].to_vec();
    let mut has_scan = false;
    for segment in segments(bytes) {
        has_scan |= segment.marker == START_OF_SCAN;
        if segment.marker == SCAN && !has_scan {
            return None;
        }
        if let Some(orientation) = segment.orientation() {
            let exif = orientation.to_exif();
            clean.extend([0xff, 0xe1, 0, 8 + exif.len() as u8]);
            clean.extend(b"Exif\0\0");
            clean.extend(exif);
        } else if segment.is_seen() {
            clean.extend(segment.bytes);
        }
    }
    has_scan.then_some(clean)
}

/// The segments up to the end of the picture, or to where it cannot be read.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut rest = &bytes[2..];
    std::iter::from_fn(move || {
        let segment = segment(rest)?;
        let is_last = segment.marker == END_OF_IMAGE;
        rest = if is_last { &[] } else { &rest[segment.bytes.len()..] };
        Some(segment)
    })
}

fn segment(bytes: &[u8]) -> Option<Segment<'_>> {
    let marker_at = bytes.iter().position(|&byte| byte != 0xff)?;
    let marker = bytes[marker_at];
    let (data_at, end) = match marker {
        _ if marker_at == 0 || is_in_scan(marker) => (0, scan_length(bytes)),
        0x01 | END_OF_IMAGE => (marker_at + 1, marker_at + 1),
        _ => (
            marker_at + 3,
            marker_at + 1 + usize::from(u16::from_be_bytes(array(bytes, marker_at + 1)?)),
        ),
    };
    let marker = if data_at == 0 { SCAN } else { marker };
    Some(Segment { marker, bytes: bytes.get(..end)?, data: bytes.get(data_at..end)? })
}

/// Whether a marker stands within a scan: a stuffed byte or a restart.
fn is_in_scan(marker: u8) -> bool {
    matches!(marker, 0 | 0xd0..=0xd7)
}

fn scan_length(bytes: &[u8]) -> usize {
    let is_end = |pair: &[u8]| pair[0] == 0xff && pair[1] != 0xff && !is_in_scan(pair[1]);
    bytes.windows(2).position(is_end).unwrap_or(bytes.len())
}

// ---------------------------------------------------------------- PNG and WebP: chunks

/// A chunk of a PNG or WebP file, or a box of a HEIC or AVIF file.
struct Chunk<'a> {
    name: [u8; 4],
    /// All bytes of the chunk.
    bytes: &'a [u8],
    data: &'a [u8],
}

impl Chunk<'_> {
    fn orientation(&self) -> Option<Orientation> {
        Orientation::of_exif(self.data.strip_prefix(b"Exif\0\0").unwrap_or(self.data))
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = PNG_SIGNATURE.to_vec();
    let mut has_picture = false;
    for chunk in png_chunks(bytes) {
        has_picture |= chunk.name == *b"IDAT";
        match &chunk.name {
            b"eXIf" => clean.extend(chunk.orientation().map(png_exif).unwrap_or_default()),
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"zxIf" | b"caBX" => {}
            _ => clean.extend(chunk.bytes),
        }
    }
    has_picture.then_some(clean)
}

fn png_exif(orientation: Orientation) -> Vec<u8> {
    let exif = orientation.to_exif();
    let mut chunk = (exif.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"eXIf");
    chunk.extend(exif);
    chunk.extend(crc32(&chunk[4..]).to_be_bytes());
    chunk
}

/// The checksum of a PNG chunk, bit by bit: it is taken of thirty bytes.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
}

fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(&bytes[PNG_SIGNATURE.len()..], |rest| {
        let end = usize::try_from(u32::from_be_bytes(array(rest, 0)?)).ok()?.checked_add(12)?;
        let bytes = rest.get(..end)?;
        Some(Chunk { name: array(rest, 4)?, bytes, data: &bytes[8..end - 4] })
    })
}

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes[..12].to_vec();
    let mut has_picture = false;
    let orientation = orientation(bytes);
    for chunk in webp_chunks(bytes) {
        has_picture |= matches!(&chunk.name, b"VP8 " | b"VP8L" | b"ANMF");
        match &chunk.name {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let flags = clean.len() + 8;
                clean.extend(chunk.bytes);
                let gone = if orientation.is_some() { HAS_XMP } else { HAS_XMP | HAS_EXIF };
                *clean.get_mut(flags)? &= !gone;
            }
            _ => clean.extend(chunk.bytes),
        }
    }
    if let Some(orientation) = orientation {
        let exif = orientation.to_exif();
        clean.extend(b"EXIF");
        clean.extend((exif.len() as u32).to_le_bytes());
        clean.extend(exif);
    }
    let length = u32::try_from(clean.len() - 8).ok()?;
    clean[4..8].copy_from_slice(&length.to_le_bytes());
    has_picture.then_some(clean)
}

fn webp_chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let stated = array(bytes, 4).map_or(0, u32::from_le_bytes) as usize;
    let end = stated.saturating_add(8).clamp(12, bytes.len());
    chunks(&bytes[12..end], |rest| {
        let length = usize::try_from(u32::from_le_bytes(array(rest, 4)?)).ok()?;
        let data = rest.get(8..length.checked_add(8)?)?;
        let end = (8 + length + length % 2).min(rest.len());
        Some(Chunk { name: array(rest, 0)?, bytes: &rest[..end], data })
    })
}

// ---------------------------------------------------------------- HEIC and AVIF: ISO/IEC 23008-12; films: ISO/IEC 14496-12

const HEIF_BRANDS: [&[u8; 4]; 8] =
    [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"];

/// Whether the box that lists what is in the file lists Exif data or XMP; none if there is no such box.
fn heif_holds_metadata(bytes: &[u8]) -> Option<bool> {
    let list = boxes(bytes).find(|found| found.name == *b"meta")?.data;
    Some(has(list, b"Exif") || has(list, b"application/rdf+xml"))
}

/// Whether what a film says of itself names the place it was taken at, as phones write it.
fn film_names_place(bytes: &[u8]) -> bool {
    let mut told = boxes(bytes).filter(|found| matches!(&found.name, b"moov" | b"meta" | b"udta"));
    told.any(|told| has(told.data, b"\xa9xyz") || has(told.data, b"com.apple.quicktime.location"))
}

fn has(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}

fn boxes(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(bytes, |rest| {
        let (head, length) = match u32::from_be_bytes(array(rest, 0)?) {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(array(rest, 8)?)).ok()?),
            length => (8, usize::try_from(length).ok()?),
        };
        let bytes = rest.get(..length)?;
        Some(Chunk { name: array(rest, 4)?, bytes, data: bytes.get(head..)? })
    })
}

/// The chunks up to the end of the picture, or to where it cannot be read.
fn chunks<'a>(
    bytes: &'a [u8],
    read: impl Fn(&'a [u8]) -> Option<Chunk<'a>>,
) -> impl Iterator<Item = Chunk<'a>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let chunk = read(rest)?;
        let is_last = chunk.name == *b"IEND";
        rest = if is_last { &[] } else { &rest[chunk.bytes.len()..] };
        Some(chunk)
    })
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

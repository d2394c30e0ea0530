//! How a camera was held, as EXIF says it.

/// How the stored picture is to be turned to be seen upright: 1 to 8, as the EXIF standard numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

/// The tag of the orientation in the first directory.
const ORIENTATION: u16 = 0x0112;

/// The length of EXIF data that hold nothing but an orientation.
const LENGTH: usize = 26;

impl Orientation {
    /// The orientation that EXIF data state.
    pub(super) fn of_exif(exif: &[u8]) -> Option<Self> {
        let is_big = match exif.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        let short = |at: usize| -> Option<u16> {
            let bytes: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
            Some(if is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
        };
        let (high, low) = if is_big { (short(4)?, short(6)?) } else { (short(6)?, short(4)?) };
        let directory = usize::from(high) << 16 | usize::from(low);
        let entries = (0..usize::from(short(directory)?)).map(|entry| directory + 2 + 12 * entry);
        let at = entries.into_iter().find(|&entry| short(entry) == Some(ORIENTATION))?;
        let value = u8::try_from(short(at + 8)?).ok()?;
        (1..=8).contains(&value).then_some(Orientation(value))
    }

    /// EXIF data that state this orientation and nothing else.
    pub(super) fn to_exif(self) -> [u8; LENGTH] {
        let mut exif = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
        exif[18] = self.0;
        exif
    }

    /// Whether width and height change places.
    pub(super) fn is_on_its_side(self) -> bool {
        self.0 >= 5
    }
}

//! Pictures that people send: read with limits, written anew.
//!
//! Nothing of the sent file is kept, neither its place and camera data nor what may be hidden behind its end; only its
//! pixels are.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use sha2::{Digest, Sha256};

use crate::{kernel::FieldFault, platform::secrets::hex};

/// The longest file that is taken.
pub const PICTURE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The most pixels that are decoded: a small file can claim far more than memory holds.
const PIXELS_MAX: u64 = 40_000_000;
/// Memory that decoding may take: four bytes for each pixel, and some to work with.
const DECODE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The widths in which pages show a picture.
const WIDTHS: [u32; 3] = [480, 960, 1600];
/// What other sites show beside a link.
const OPEN_GRAPH: (u32, u32) = (1200, 630);
const QUALITY: u8 = 80;

/// A picture in all its sizes.
pub struct Picture {
    /// Made of the contents.
    pub name: String,
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The files of a picture of this name.
pub fn files_of(name: &str) -> Vec<String> {
    let sizes = WIDTHS.iter().map(|width| format!("{name}-{width}.webp"));
    sizes.chain([format!("{name}-og.jpg")]).collect()
}

/// Reads a picture and writes it in every size. Takes a second of one core: not for the threads that answer.
pub fn make(sent: &[u8]) -> Result<Picture, FieldFault> {
    if sent.len() > PICTURE_BYTES_MAX {
        return Err(FieldFault::TooLarge(PICTURE_BYTES_MAX as u64));
    }
    let picture = decode(sent)?;
    let webps: Result<Vec<_>, _> = WIDTHS.iter().map(|width| webp(&picture, *width)).collect();
    let webps = webps?;
    let name = webps.last().map(|bytes| hex(&Sha256::digest(bytes)[..16])).ok_or(FieldFault::NotAPicture)?;
    let mut files: Vec<_> =
        WIDTHS.iter().zip(webps).map(|(width, bytes)| (format!("{name}-{width}.webp"), bytes)).collect();
    files.push((format!("{name}-og.jpg"), open_graph(&picture)?));
    Ok(Picture { name, files })
}

/// The kind is read from the contents, never from a name; the size from the head, before any pixel.
fn decode(sent: &[u8]) -> Result<DynamicImage, FieldFault> {
    let bad = |_| FieldFault::NotAPicture;
    let reader = || ImageReader::new(Cursor::new(sent)).with_guessed_format().map_err(|_| FieldFault::NotAPicture);
    if !matches!(reader()?.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(FieldFault::NotAPicture);
    }
    let (width, height) = reader()?.into_dimensions().map_err(bad)?;
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(FieldFault::TooLarge(PICTURE_BYTES_MAX as u64));
    }
    let mut reader = reader()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(bad)?;
    // A phone writes how it was held beside the pixels; that note goes, so the pixels are turned first.
    let orientation = decoder.orientation().map_err(bad)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(bad)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn webp(picture: &DynamicImage, width: u32) -> Result<Vec<u8>, FieldFault> {
    let sized =
        if picture.width() > width { picture.resize(width, width * 2, FilterType::Lanczos3) } else { picture.clone() };
    let pixels = on_white(&sized);
    let encoder = webp::Encoder::from_rgb(pixels.as_raw(), pixels.width(), pixels.height());
    let bytes = encoder.encode_simple(false, f32::from(QUALITY)).map_err(|_| FieldFault::NotAPicture)?;
    Ok(bytes.to_vec())
}

fn open_graph(picture: &DynamicImage) -> Result<Vec<u8>, FieldFault> {
    let filled = on_white(&picture.resize_to_fill(OPEN_GRAPH.0, OPEN_GRAPH.1, FilterType::Triangle));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&filled).map_err(|_| FieldFault::NotAPicture)?;
    Ok(bytes)
}

/// The picture without its clear parts, which would come out black.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let clear = picture.to_rgba8();
    RgbImage::from_fn(clear.width(), clear.height(), |x, y| {
        let [red, green, blue, alpha] = clear.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
        let mut bytes = Vec::new();
        DynamicImage::from(pixels).write_to(&mut Cursor::new(&mut bytes), format).expect("a picture");
        bytes
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_picture_is_written_in_every_size_and_never_larger() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let made = make(&picture(1000, 500, format)).expect("a picture");
            let sizes: Vec<_> = made
                .files
                .iter()
                .map(|(name, bytes)| {
                    (
                        name.rsplit('-').next().expect("an ending").to_owned(),
                        image::load_from_memory(bytes).expect("readable"),
                    )
                })
                .map(|(ending, picture)| (ending, picture.width(), picture.height()))
                .collect();
            let expected =
                [("480.webp", 480, 240), ("960.webp", 960, 480), ("1600.webp", 1000, 500), ("og.jpg", 1200, 630)];
            assert_eq!(sizes, expected.map(|(ending, width, height)| (ending.to_owned(), width, height)), "{format:?}");
            assert!(made.files.iter().all(|(name, _)| crate::platform::files::is_name(name)));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut cut = picture(300, 200, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        let cases: [&[u8]; 7] = [
            b"",
            b"hello",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n",
            &cut,
        ];
        for sent in cases {
            assert_eq!(make(sent).err(), Some(FieldFault::NotAPicture), "{sent:?}");
        }
    }

    #[test]
    fn a_small_file_that_claims_a_huge_picture_is_refused_by_its_head() {
        let mut flood = picture(8, 8, ImageFormat::Png);
        // Width and height stand at byte 16 of a PNG; the sum that guards them follows at byte 29.
        flood[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        let sum = crc32(&flood[12..29]).to_be_bytes();
        flood[29..33].copy_from_slice(&sum);
        assert_eq!(make(&flood).err(), Some(FieldFault::TooLarge(PICTURE_BYTES_MAX as u64)));
        assert_eq!(make(&vec![0; PICTURE_BYTES_MAX + 1]).err(), Some(FieldFault::TooLarge(PICTURE_BYTES_MAX as u64)));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }

    #[test]
    fn nothing_hidden_in_the_file_comes_through() {
        let mut sent = picture(64, 64, ImageFormat::Jpeg);
        // A segment of camera data after the start mark, and a page after the end.
        let exif = b"Exif\0\0GPS 1.2921 S 36.8219 E <script>";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let segment = [&[0xff, 0xe1], &length[..], exif].concat();
        sent.splice(2..2, segment);
        sent.extend_from_slice(b"<html><script>alert(1)</script>PK\x03\x04");
        let made = make(&sent).expect("a picture all the same");
        for (name, bytes) in made.files {
            for part in [&b"Exif"[..], b"GPS", b"<script>", b"<html>", b"PK\x03\x04"] {
                assert!(!holds(&bytes, part), "{name} holds {part:?}");
            }
        }
    }

    #[test]
    fn the_same_picture_has_the_same_name() {
        let sent = picture(64, 64, ImageFormat::Png);
        assert_eq!(make(&sent).map(|made| made.name).ok(), make(&sent).map(|made| made.name).ok());
    }
}

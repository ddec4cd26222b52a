//! A ticket's code as a QR symbol: black on white with its quiet zone, whatever the theme.

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode, render::svg};

use crate::error::{AppError, Result};

/// Modules of white around the symbol (ISO/IEC 18004 asks for four).
const QUIET: u32 = 4;
/// Pixels of a module in a mail's picture.
const PIXELS: u32 = 6;

/// Error correction for screens; paper takes a higher one.
const LEVEL: EcLevel = EcLevel::M;

fn encode(text: &str) -> Result<QrCode> {
    QrCode::with_error_correction_level(text, LEVEL).map_err(|error| AppError::fault(&error))
}

/// The symbol as SVG text, for a page.
pub fn svg(text: &str) -> Result<String> {
    let symbol = encode(text)?;
    let drawn = symbol.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(200, 200).build();
    // The document's head is not wanted inside a page.
    Ok(drawn.split_once("<svg").map_or_else(String::new, |(_, rest)| format!("<svg{rest}")))
}

/// The symbol as a PNG, for a mail: few mail programs draw SVG.
pub fn png(text: &str) -> Result<Vec<u8>> {
    let symbol = encode(text)?;
    let width = u32::try_from(symbol.width()).unwrap_or_default();
    let side = (width + 2 * QUIET) * PIXELS;
    let dark = symbol.to_colors();
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let inside = |at: u32| (at / PIXELS).checked_sub(QUIET).filter(|at| *at < width);
        let is_dark = inside(x)
            .zip(inside(y))
            .and_then(|(x, y)| dark.get((y * width + x) as usize))
            .is_some_and(|color| *color == Color::Dark);
        Luma([if is_dark { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|error| AppError::fault(&error))?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pictures_hold_the_symbol() {
        assert!(svg("T1:ABC").expect("an SVG").starts_with("<svg"));
        assert!(png("T1:ABC").expect("a PNG").starts_with(b"\x89PNG"));
    }
}

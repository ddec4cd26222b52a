//! The kanga border: a strip of repeating geometry in two colours, an organizer's own.

use leptos::prelude::*;

/// The colours and the motif that a name always gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cloth {
    ground: &'static str,
    figure: &'static str,
    spark: &'static str,
    motif: usize,
    medallion: usize,
}

/// Pairs that are seen side by side on kangas: a ground, a figure on it, a spark between.
const DYES: [(&str, &str, &str); 8] = [
    ("#B5175E", "#F6C445", "#FBF8F3"),
    ("#123F73", "#F0861A", "#FBF8F3"),
    ("#0B5D51", "#F6C445", "#FBF8F3"),
    ("#7A1F1F", "#F3EDE3", "#F0861A"),
    ("#3B1C5A", "#F06BA4", "#F6C445"),
    ("#171310", "#F0861A", "#FBF8F3"),
    ("#C2410C", "#FBE3B5", "#123F73"),
    ("#14532D", "#F3EDE3", "#F06BA4"),
];

const MOTIFS: usize = 4;
const MEDALLIONS: usize = 4;

impl Cloth {
    /// The same name always gets the same cloth, on both sides.
    fn of(seed: &str) -> Self {
        // FNV-1a: small, and spreads short names well.
        let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let pick = hash as usize;
        let (ground, figure, spark) = DYES[pick % DYES.len()];
        Self { ground, figure, spark, motif: (pick / DYES.len()) % MOTIFS, medallion: (pick / 97) % MEDALLIONS }
    }

    /// Tells cloths apart where an id is needed.
    fn name(self) -> String {
        format!("{}{}", self.motif, self.ground.trim_start_matches('#'))
    }

    /// The picture in the middle of a cover, around (240, 160): a gate, a diamond, a flower, a drum. Rings of figures are
    /// dashed circles, so that a page of covers stays small.
    fn medallion(self) -> String {
        let Self { ground: g, figure: f, spark: s, medallion, .. } = self;
        match medallion {
            0 => format!(
                r#"<circle cx="240" cy="160" r="96" fill="{f}"/><circle cx="240" cy="160" r="88" fill="{g}"/><circle cx="240" cy="160" r="74" fill="none" stroke="{s}" stroke-width="14" stroke-dasharray="7.5 15.75"/><path d="M196 218V160a44 44 0 0 1 88 0v58h-20v-58a24 24 0 0 0-48 0v58Z" fill="{f}" stroke="{g}" stroke-width="6" paint-order="stroke"/><path d="M229 218V161a11 11 0 0 1 22 0v57Z" fill="{s}"/>"#
            ),
            1 => format!(
                r#"<path d="M240 52 348 160 240 268 132 160Z" fill="{f}"/><path d="M240 68 332 160 240 252 148 160Z" fill="{g}"/><path d="M240 88 312 160 240 232 168 160Z" fill="none" stroke="{s}" stroke-width="9" stroke-dasharray="9 9"/><path d="M240 112 288 160 240 208 192 160Z" fill="{f}"/><path d="M240 136 264 160 240 184 216 160Z" fill="{s}"/>"#
            ),
            2 => format!(
                r#"<g fill="none" stroke-linecap="round" stroke-dasharray="0 54.98"><circle cx="240" cy="160" r="70" stroke="{f}" stroke-width="42"/><circle cx="240" cy="160" r="70" stroke="{s}" stroke-width="14"/></g><circle cx="240" cy="160" r="40" fill="{f}"/><circle cx="240" cy="160" r="30" fill="{g}"/><circle cx="240" cy="160" r="18" fill="{s}"/>"#
            ),
            _ => format!(
                r#"<circle cx="240" cy="160" r="86" fill="none" stroke="{f}" stroke-width="20" stroke-dasharray="15 12.018"/><circle cx="240" cy="160" r="66" fill="{f}"/><circle cx="240" cy="160" r="58" fill="{g}"/><circle cx="240" cy="160" r="42" fill="none" stroke="{s}" stroke-width="14" stroke-dasharray="9 7.493"/><circle cx="240" cy="160" r="22" fill="{f}"/>"#
            ),
        }
    }

    /// One repeat of the strip, 24 by 12.
    fn border(self) -> impl IntoView {
        let Self { figure, spark, motif, .. } = self;
        let (shapes, sparks) = match motif {
            0 => ("M0 12 6 2 12 12ZM12 12 18 2 24 12Z", "M10.5 3.5h3v3h-3zM-1.5 3.5h3v3h-3zM22.5 3.5h3v3h-3z"),
            1 => ("M6 1 11 6 6 11 1 6ZM18 1 23 6 18 11 13 6Z", "M6 4 8 6 6 8 4 6ZM18 4 20 6 18 8 16 6Z"),
            2 => ("M0 0 6 6 0 12ZM12 0 18 6 12 12ZM24 0 18 6 24 12ZM12 0 6 6 12 12Z", "M5 5h2v2h-2zM17 5h2v2h-2z"),
            _ => ("M0 12V8L6 2 12 8 18 2 24 8V12L18 6 12 12 6 6Z", "M4.5 9.5h3v2.5h-3zM16.5 9.5h3v2.5h-3z"),
        };
        view! { <path d=shapes fill=figure/><path d=sparks fill=spark/> }
    }
}

/// A strip across the whole width, in the colours of `seed` (an organizer's slug).
#[component]
pub fn KangaBorder(#[prop(into)] seed: String) -> impl IntoView {
    let cloth = Cloth::of(&seed);
    let id = format!("kb-{}", cloth.name());
    view! {
        <svg class="block w-full" height="12" aria-hidden="true">
            <pattern id=id.clone() width="24" height="12" patternUnits="userSpaceOnUse">{cloth.border()}</pattern>
            <rect width="100%" height="12" fill=cloth.ground/>
            <rect width="100%" height="12" fill=format!("url(#{id})")/>
        </svg>
    }
}

/// A cover for what has no picture, laid out as a kanga is: a dotted field, a medallion, a border at both edges. Fills
/// its parent, which has the shape 3:2.
#[component]
pub fn KangaCover(#[prop(into)] seed: String) -> impl IntoView {
    let cloth = Cloth::of(&seed);
    let Cloth { ground, figure, spark, .. } = cloth;
    let id = format!("kc-{}", cloth.name());
    let dots = format!("{id}-d");
    view! {
        <svg class="block size-full" viewBox="0 0 480 320" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <pattern id=id.clone() width="60" height="30" patternUnits="userSpaceOnUse"><g transform="scale(2.5)">{cloth.border()}</g></pattern>
            <pattern id=dots.clone() width="34" height="34" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <circle cx="17" cy="17" r="3.4" fill=figure opacity=".5"/>
            </pattern>
            <rect width="480" height="320" fill=ground/>
            <rect width="480" height="320" fill=format!("url(#{dots})")/>
            <g inner_html=cloth.medallion()></g>
            <path d="M0 0h480v38H0zM0 282h480v38H0z" fill=ground/>
            <g transform="translate(0 4)"><rect width="480" height="30" fill=format!("url(#{id})")/></g>
            <g transform="translate(0 286)"><rect width="480" height="30" fill=format!("url(#{id})")/></g>
            <path d="M0 38h480M0 282h480" stroke=spark stroke-width="2"/>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_cloth_and_names_differ() {
        assert_eq!(Cloth::of("nyege"), Cloth::of("nyege"));
        let cloths: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(Cloth::of).to_vec();
        assert!(cloths.iter().any(|cloth| *cloth != cloths[0]));
    }
}

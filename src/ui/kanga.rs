//! The kanga border: a strip of repeating geometry in two colours, an organizer's own.

use leptos::prelude::*;

/// The colours and the motif that a name always gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cloth {
    ground: &'static str,
    figure: &'static str,
    spark: &'static str,
    motif: usize,
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

impl Cloth {
    /// The same name always gets the same cloth, on both sides.
    fn of(seed: &str) -> Self {
        // FNV-1a: small, and spreads short names well.
        let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let pick = hash as usize;
        let (ground, figure, spark) = DYES[pick % DYES.len()];
        Self { ground, figure, spark, motif: (pick / DYES.len()) % MOTIFS }
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
    let id = format!("kb-{}-{}", cloth.motif, cloth.ground.trim_start_matches('#'));
    view! {
        <svg class="block w-full" height="12" aria-hidden="true">
            <pattern id=id.clone() width="24" height="12" patternUnits="userSpaceOnUse">{cloth.border()}</pattern>
            <rect width="100%" height="12" fill=cloth.ground/>
            <rect width="100%" height="12" fill=format!("url(#{id})")/>
        </svg>
    }
}

/// A cover for what has no picture: the cloth's field with its border at the foot. Fills its parent.
#[component]
pub fn KangaCover(#[prop(into)] seed: String) -> impl IntoView {
    let cloth = Cloth::of(&seed);
    let id = format!("kc-{}-{}", cloth.motif, cloth.ground.trim_start_matches('#'));
    let edge = format!("{id}-e");
    let Cloth { ground, figure, spark, .. } = cloth;
    view! {
        <svg class="block size-full" viewBox="0 0 480 320" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <pattern id=id.clone() width="96" height="48" patternUnits="userSpaceOnUse" patternTransform="scale(1.25) rotate(-8)">
                <g transform="scale(4)" opacity=".38">{cloth.border()}</g>
            </pattern>
            <pattern id=edge.clone() width="48" height="24" patternUnits="userSpaceOnUse"><g transform="scale(2)">{cloth.border()}</g></pattern>
            <rect width="480" height="320" fill=ground/>
            <rect width="480" height="320" fill=format!("url(#{id})")/>
            <circle cx="240" cy="150" r="74" fill=figure/>
            <circle cx="240" cy="150" r="60" fill=ground/>
            <path d="M204 198V150a36 36 0 0 1 72 0v48h-14v-48a22 22 0 0 0-44 0v48Z" fill=spark/>
            <rect y="288" width="480" height="32" fill=ground/>
            <g transform="translate(0 292)"><rect width="480" height="24" fill=format!("url(#{edge})")/></g>
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

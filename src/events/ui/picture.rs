//! An event's picture in the sizes that screens need, or the cloth that stands in for one.

use leptos::{either::Either, prelude::*};

use crate::ui::KangaCover;

/// The widths that every picture is kept in.
const WIDTHS: [u16; 3] = [480, 960, 1600];

/// Where a picture is served in one width.
fn address(name: &str, width: u16) -> String {
    format!("/files/{name}-{width}.webp")
}

/// A picture that fills its parent, cut to fit.
#[component]
pub fn EventPicture(
    picture: Option<String>,
    /// Chooses the cloth when there is no picture.
    #[prop(into)]
    seed: String,
    /// Empty where the title stands beside it.
    #[prop(optional, into)]
    alt: String,
    /// How wide it is shown, as CSS says it.
    #[prop(into)]
    sizes: String,
    /// Loaded at once: the page's first picture.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let Some(name) = picture else {
        return Either::Left(view! { <KangaCover seed/> });
    };
    let srcset = WIDTHS.map(|width| format!("{} {width}w", address(&name, width))).join(", ");
    Either::Right(view! {
        <img
            src=address(&name, 960)
            srcset=srcset
            sizes=sizes
            alt=alt
            width="960"
            height="640"
            loading=if eager { "eager" } else { "lazy" }
            decoding="async"
            fetchpriority=eager.then_some("high")
            class="block size-full object-cover"
        />
    })
}

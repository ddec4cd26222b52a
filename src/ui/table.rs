//! Rows and columns.

use leptos::prelude::*;

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    Plain(String),
    /// A link that has the table sorted by this column, or the other way round.
    Sortable {
        label: String,
        href: String,
        /// Whether the largest is on top, when it is sorted by this column.
        is_down: Option<bool>,
    },
}

impl From<String> for Head {
    fn from(label: String) -> Self {
        Self::Plain(label)
    }
}

/// The look of a column's name.
const NAME: &str = "font-semibold text-muted";

fn column(head: Head) -> AnyView {
    match head {
        Head::Plain(label) => view! { <th scope="col" class=NAME>{label}</th> }.into_any(),
        Head::Sortable { label, href, is_down } => {
            let (order, sign) = match is_down {
                None => (None, "↕"),
                Some(true) => (Some("descending"), "↓"),
                Some(false) => (Some("ascending"), "↑"),
            };
            view! {
                <th scope="col" class=NAME aria-sort=order>
                    <a href=href class="inline-flex min-h-11 items-center gap-1 whitespace-nowrap hover:underline">
                        {label}
                        <span aria-hidden="true">{sign}</span>
                    </a>
                </th>
            }
            .into_any()
        }
    }
}

/// A table that scrolls inside its own frame; the caption is for those who hear the page.
#[component]
pub fn Table<H>(
    #[prop(into)] caption: String,
    /// What stands over the columns: names, or links to sort by.
    head: Vec<H>,
    /// The rows.
    children: Children,
) -> impl IntoView
where
    H: Into<Head> + 'static,
{
    let columns = head.into_iter().map(|head| column(head.into())).collect_view();
    let name = caption.clone();
    view! {
        // Focusable, since a keyboard must be able to scroll it.
        <div class="overflow-x-auto rounded-box border border-base-300 bg-base-100" tabindex="0" role="region" aria-label=name>
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                <thead><tr>{columns}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

//! The sides of one event at the desk.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    ui::{Icon, Tab, Tabs},
};

/// Links between the pages about one event; `base` is its address at the desk.
#[component]
pub fn EventTabs(#[prop(into)] base: String) -> impl IntoView {
    let i18n = use_i18n();
    let items = vec![
        Tab::new(t_string!(i18n, events.tab_dashboard).to_string(), base.clone()).icon(Icon::Chart),
        Tab::new(t_string!(i18n, events.tab_edit).to_string(), format!("{base}/edit")).icon(Icon::Pencil),
        Tab::new(t_string!(i18n, events.tab_types).to_string(), format!("{base}/types")).icon(Icon::Tag),
        Tab::new(t_string!(i18n, events.tab_orders).to_string(), format!("{base}/orders")).icon(Icon::Receipt),
        Tab::new(t_string!(i18n, events.tab_attendees).to_string(), format!("{base}/attendees")).icon(Icon::Users),
        Tab::new(t_string!(i18n, events.tab_gates).to_string(), format!("{base}/gates")).icon(Icon::Scan),
    ];
    view! { <Tabs items/> }
}

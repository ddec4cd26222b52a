//! What an event's page says of the waiting room in front of it.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    queue::RoomNotice,
    ui::{BadgeTone, Icon, Notice, WhenStyle, when_words},
};

/// That there is a room, when it opens, and how many are in it.
#[component]
pub fn RoomNoticeView(notice: RoomNotice) -> impl IntoView {
    let i18n = use_i18n();
    let words = match &notice.opens {
        Some(opens) => {
            let when = when_words(opens, WhenStyle::Short, i18n.get_locale_untracked());
            t_string!(i18n, queue.notice_before, when = when).to_string()
        }
        None => t_string!(i18n, queue.notice_open).to_string(),
    };
    let count = (notice.waiting > 0).then(|| t_string!(i18n, queue.notice_waiting, count = notice.waiting).to_string());
    view! {
        <Notice tone=BadgeTone::Info icon=Icon::Clock>
            <p>{words}</p>
            {count.map(|count| view! { <p class="text-sm text-muted">{count}</p> })}
        </Notice>
    }
}

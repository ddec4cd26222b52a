//! `/dev/mail`: everybody's mail, for trying Lango out.

use leptos::prelude::*;

use crate::{
    i18n::{tu_string, use_i18n},
    messaging::{api::list_mails, model::MailLine},
    ui::{Empty, Icon, Load, PageTitle, When, WhenStyle, load},
};

#[component]
pub fn DevMailboxPage() -> impl IntoView {
    let i18n = use_i18n();
    let mails = load(|| (), |()| list_mails());
    view! {
        <div class="mx-auto max-w-3xl">
            <PageTitle text=tu_string!(i18n, mail.mailbox_title) lead=tu_string!(i18n, mail.mailbox_lead)/>
            <Load from=mails let:rows>
                {if rows.is_empty() {
                    view! { <Empty icon=Icon::Mail title=tu_string!(i18n, mail.mailbox_empty)/> }.into_any()
                } else {
                    view! {
                        <ul class="divide-y divide-base-300 rounded-box border border-base-300 bg-base-100">
                            {rows.into_iter().map(|mail| view! { <Line mail/> }).collect_view()}
                        </ul>
                    }
                    .into_any()
                }}
            </Load>
        </div>
    }
    .into_any()
}

#[component]
fn Line(mail: MailLine) -> impl IntoView {
    view! {
        <li>
            <a href=format!("/dev/mail/{}", mail.message_id) class="grid min-h-14 gap-0.5 px-4 py-3 hover:bg-base-200 sm:grid-cols-[1fr_auto]">
                <span class="font-semibold">{mail.subject}</span>
                <span class="text-sm text-muted"><When at=mail.at style=WhenStyle::Short/></span>
                <span class="text-sm text-muted">{mail.recipient}</span>
            </a>
        </li>
    }
}

//! `/dev/mail/:message`: one mail, as a mail program shows it, as text, and with its files.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    error::AppError,
    i18n::{t, tu_string, use_i18n},
    kernel::MessageId,
    messaging::{api::get_mail, model::Mail},
    ui::{Card, Icon, IconView, LinkButton, Load, PageTitle, Tone, When, load},
};

#[component]
pub fn DevMailPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("message")).and_then(|text| text.parse::<MessageId>().ok());
    let mail = load(id, |id| async move { get_mail(id.ok_or(AppError::NotFound)?).await });
    view! {
        <div class="mx-auto max-w-3xl">
            <Load from=mail let:mail><Opened mail/></Load>
        </div>
    }
    .into_any()
}

#[component]
fn Opened(mail: Mail) -> impl IntoView {
    let i18n = use_i18n();
    let Mail { message_id, recipient, subject, at, text, links, files } = mail;
    view! {
        <PageTitle text=subject.clone()>
            <LinkButton href="/dev/mail" tone=Tone::Secondary icon=Icon::ArrowLeft>{t!(i18n, mail.mailbox_title)}</LinkButton>
        </PageTitle>
        <div class="grid gap-4">
            <p class="text-muted">{recipient}" · "<When at/></p>
            <iframe src=format!("/dev/mail-html/{message_id}") title=subject
                sandbox="allow-popups allow-top-navigation-by-user-activation"
                class="h-[38rem] w-full rounded-box border border-base-300 bg-white"></iframe>
            <Links links/>
            <Files message_id files/>
            <Card title=tu_string!(i18n, mail.mailbox_text)>
                <pre class="overflow-x-auto whitespace-pre-wrap text-sm">{text}</pre>
            </Card>
        </div>
    }
}

/// The text's links to this site; the browser opens them anew, as from a mail program.
#[component]
fn Links(links: Vec<String>) -> impl IntoView {
    let line = |path: String| {
        let words = path.clone();
        view! { <li><a href=path rel="external" class="link break-all">{words}</a></li> }
    };
    view! { <ul class="grid gap-2">{links.into_iter().map(line).collect_view()}</ul> }
}

#[component]
fn Files(message_id: MessageId, files: Vec<String>) -> impl IntoView {
    let line = move |(place, name): (usize, String)| {
        view! {
            <li>
                <a href=format!("/dev/mail-file/{message_id}/{place}") rel="external" download class="link inline-flex min-h-11 items-center gap-2">
                    <IconView icon=Icon::Download size=18/>
                    {name}
                </a>
            </li>
        }
    };
    view! { <ul>{files.into_iter().enumerate().map(line).collect_view()}</ul> }
}

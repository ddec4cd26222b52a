//! What search engines and other sites read of an event.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{Link, Meta};
use serde_json::{Value, json};

use crate::{
    events::{EventPage, EventState, PublicEvent},
    i18n::use_i18n,
    tickets::{Availability, OnSale},
    ui::{WhenStyle, when_words},
};

/// Canonical address, description, OpenGraph, Twitter card and schema.org data.
#[component]
pub fn EventMeta(page: EventPage) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    let event = &page.event;
    let address = format!("{}/e/{}", page.origin, event.slug);
    let when = when_words(&event.starts, WhenStyle::Full, locale);
    let told = if event.summary.is_empty() {
        format!("{when} · {}, {}", event.venue, event.place)
    } else {
        format!("{} · {when} · {}, {}", event.summary, event.venue, event.place)
    };
    let picture = event.picture.as_ref().map(|name| format!("{}/files/{name}-og.jpg", page.origin));
    let card = if picture.is_some() { "summary_large_image" } else { "summary" };
    let picture = picture.unwrap_or_else(|| format!("{}/icon-512.png", page.origin));
    let data = in_script(&structured(&page, &address, &picture));
    let title = event.title.clone();
    view! {
        <Link rel="canonical" href=address.clone()/>
        <Meta name="description" content=told.clone()/>
        <Meta property="og:type" content="event"/>
        <Meta property="og:site_name" content="Lango"/>
        <Meta property="og:title" content=title.clone()/>
        <Meta property="og:description" content=told.clone()/>
        <Meta property="og:url" content=address/>
        <Meta property="og:image" content=picture.clone()/>
        <Meta name="twitter:card" content=card/>
        <Meta name="twitter:title" content=title/>
        <Meta name="twitter:description" content=told/>
        <Meta name="twitter:image" content=picture/>
        <script type="application/ld+json" nonce=use_nonce() inner_html=data></script>
    }
}

/// The event in the words of schema.org.
fn structured(page: &EventPage, address: &str, picture: &str) -> Value {
    let event = &page.event;
    let state = match event.state {
        EventState::Cancelled => "https://schema.org/EventCancelled",
        _ => "https://schema.org/EventScheduled",
    };
    json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": address,
        "image": [picture],
        "startDate": event.starts.iso(),
        "endDate": event.ends.iso(),
        "eventStatus": state,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": location(event),
        "organizer": { "@type": "Organization", "name": event.org_name },
        "offers": page.on_sale.iter().map(|kind| offer(kind, address)).collect::<Vec<_>>(),
    })
}

fn location(event: &PublicEvent) -> Value {
    json!({
        "@type": "Place",
        "name": event.venue,
        "address": { "@type": "PostalAddress", "addressLocality": event.place, "addressCountry": event.country },
    })
}

fn offer(kind: &OnSale, address: &str) -> Value {
    let availability = match kind.left {
        Availability::Plenty => "InStock",
        Availability::Few(_) => "LimitedAvailability",
        Availability::SoldOut | Availability::Ended => "SoldOut",
        Availability::NotYet(_) => "PreOrder",
    };
    let unit = kind.price.currency.minor_per_major();
    let places = kind.price.currency.exponent() as usize;
    let (whole, cents) = (kind.price.minor / unit, kind.price.minor % unit);
    let price = if places == 0 { whole.to_string() } else { format!("{whole}.{cents:0places$}") };
    json!({
        "@type": "Offer",
        "name": kind.name,
        "price": price,
        "priceCurrency": kind.price.currency.code(),
        "availability": format!("https://schema.org/{availability}"),
        "url": address,
    })
}

/// JSON inside a script element: nothing in it can end the element or begin a comment.
fn in_script(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Currency, Money, TicketTypeId};

    #[test]
    fn a_title_cannot_end_the_script() {
        let text = in_script(&json!({ "name": "</script><script>alert(1)</script><!--\u{2028}" }));
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{text}");
        let back: Value = serde_json::from_str(&text).expect("still JSON");
        assert_eq!(back["name"], "</script><script>alert(1)</script><!--\u{2028}");
    }

    #[test]
    fn an_offer_tells_price_and_availability() {
        let kind = |minor, currency, left| OnSale {
            id: TicketTypeId::fresh(),
            name: "VIP".into(),
            note: String::new(),
            price: Money::new(minor, currency),
            left,
            order_max: 4,
            buyer_max: None,
            is_hidden: false,
            free: 0,
            order_limit: 4,
        };
        let kes = offer(&kind(150_050, Currency::Kes, Availability::Few(3)), "https://lango.example/e/x");
        assert_eq!((&kes["price"], &kes["priceCurrency"]), (&json!("1500.50"), &json!("KES")));
        assert_eq!(kes["availability"], "https://schema.org/LimitedAvailability");
        let ugx = offer(&kind(25_000, Currency::Ugx, Availability::SoldOut), "x");
        assert_eq!(ugx["price"], "25000");
    }
}

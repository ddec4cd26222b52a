//! The waiting page: plain HTML of a kilobyte, without script, that looks again by itself.
//!
//! It is asked for by thousands at once, so it is text put together from what the node knows, not a rendered page.

use super::{CHOOSE_MINS, QueueRefusal, view::RoomView, waiting_page};
use crate::{
    error::AppError,
    i18n::{Locale, td_string},
    kernel::Instant,
    ui::{WhenStyle, when_words},
};

/// What stands around the words: the reader's language and theme, and the site's style.
#[derive(Clone, Debug)]
pub struct Frame {
    pub locale: Locale,
    /// Light or dark, when the visitor has chosen.
    pub theme: Option<&'static str>,
    /// The path of the style sheet, which the browser has from the event's page.
    pub style: String,
}

/// A page about to be sent.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    title: String,
    look_secs: Option<i64>,
    body: String,
}

/// Text that stays text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Sheet {
    fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    fn heading(mut self, words: &str) -> Self {
        self.body += &format!("<h1 class=\"font-display text-2xl font-bold text-balance\">{}</h1>", escape(words));
        self
    }

    /// A number that is seen from afar.
    fn number(mut self, label: &str, number: i64) -> Self {
        self.body += &format!(
            "<p class=\"text-sm text-muted\">{}</p><p class=\"font-display text-5xl font-bold tabular-nums\">{number}</p>",
            escape(label),
        );
        self
    }

    fn text(mut self, words: &str) -> Self {
        self.body += &format!("<p>{}</p>", escape(words));
        self
    }

    fn quiet(mut self, words: &str) -> Self {
        self.body += &format!("<p class=\"text-sm text-muted break-words\">{}</p>", escape(words));
        self
    }

    fn link(mut self, href: &str, words: &str) -> Self {
        let look = "text-sm font-medium text-secondary underline";
        self.body += &format!("<p><a class=\"{look}\" href=\"{}\">{}</a></p>", escape(href), escape(words));
        self
    }

    fn button(mut self, href: &str, words: &str) -> Self {
        self.body += &format!("<a class=\"btn btn-primary min-h-11\" href=\"{}\">{}</a>", escape(href), escape(words));
        self
    }

    /// A form of one button.
    fn form(mut self, action: &str, words: &str) -> Self {
        let button = format!("<button class=\"btn btn-primary min-h-11 w-full\">{}</button>", escape(words));
        self.body += &format!("<form method=\"post\" action=\"{}\">{button}</form>", escape(action));
        self
    }

    const fn again_in(mut self, secs: i64) -> Self {
        self.look_secs = Some(secs);
        self
    }

    /// Somebody who has no place yet.
    pub fn join(room: &RoomView, locale: Locale, now: Instant) -> Self {
        let page = waiting_page(room.slug());
        let opens = opening(room, locale, now);
        let sheet = Self::new(td_string!(locale, queue.room)).heading(td_string!(locale, queue.join_title));
        let sheet = opens.map_or(sheet.clone(), |words| sheet.text(&words));
        sheet
            .text(td_string!(locale, queue.join_text))
            .form(&page, td_string!(locale, queue.join))
            .link(&format!("/e/{}", room.slug()), td_string!(locale, queue.to_event))
            .draw_of(room, locale)
    }

    /// Somebody who waits.
    pub fn line(room: &RoomView, locale: Locale, (lot, now): (i64, Instant)) -> Self {
        let look = room.look_secs(lot, now);
        let Some(ahead) = room.ahead(lot) else {
            return Self::new(td_string!(locale, queue.room))
                .heading(td_string!(locale, queue.before_title))
                .number(td_string!(locale, queue.lot), lot)
                .text(&opening(room, locale, now).unwrap_or_default())
                .quiet(&td_string!(locale, queue.before_here, count = room.waiting()).to_string())
                .quiet(td_string!(locale, queue.looks_again))
                .draw_of(room, locale)
                .again_in(look);
        };
        let place = ahead + 1;
        Self::new(format!("{place} · {}", td_string!(locale, queue.room)))
            .number(td_string!(locale, queue.line_title), place)
            .text(&ahead_words(locale, ahead))
            .text(&wait_words(room, locale, ahead))
            .quiet(td_string!(locale, queue.looks_again))
            .draw_of(room, locale)
            .again_in(look)
    }

    /// Somebody whose turn it is while all places are taken, or while the server is busy.
    pub fn door(room: &RoomView, locale: Locale, look_secs: i64) -> Self {
        let words =
            if room.is_paused() { td_string!(locale, queue.paused) } else { td_string!(locale, queue.turn_text) };
        Self::new(td_string!(locale, queue.turn_title))
            .heading(td_string!(locale, queue.turn_title))
            .text(words)
            .again_in(look_secs)
    }

    /// Somebody who is let in without a basket.
    pub fn inside(room: &RoomView, locale: Locale) -> Self {
        Self::new(td_string!(locale, queue.in_title))
            .heading(td_string!(locale, queue.in_title))
            .text(&td_string!(locale, queue.in_text, mins = CHOOSE_MINS).to_string())
            .button(&format!("/e/{}#tickets", room.slug()), td_string!(locale, queue.choose))
    }

    /// Somebody who was inside and let the time pass.
    pub fn over(room: &RoomView, locale: Locale) -> Self {
        Self::new(td_string!(locale, queue.over_title))
            .heading(td_string!(locale, queue.over_title))
            .text(&td_string!(locale, queue.over_text, mins = CHOOSE_MINS).to_string())
            .form(&waiting_page(room.slug()), td_string!(locale, queue.join))
            .link(&format!("/e/{}", room.slug()), td_string!(locale, queue.to_event))
    }

    /// Somebody whose basket cannot be had; there is time for another.
    pub fn refused(room: &RoomView, locale: Locale, error: &AppError) -> Self {
        let is_spent = matches!(error, AppError::Queue(QueueRefusal::Over));
        let title = td_string!(locale, queue.refused_title);
        let sheet = Self::new(title).heading(title).text(&error.words(locale));
        if is_spent {
            return sheet.form(&waiting_page(room.slug()), td_string!(locale, queue.join));
        }
        sheet.button(&format!("/e/{}#tickets", room.slug()), td_string!(locale, queue.choose))
    }

    /// How the order came about, for whoever wants to check it.
    pub fn draw(room: &RoomView, locale: Locale) -> Self {
        let title = td_string!(locale, queue.draw_title);
        let sheet = Self::new(title).heading(title);
        let hash = format!("{}: {}", td_string!(locale, queue.fingerprint), room.seed_hash());
        let Some(drawn) = room.drawn() else {
            return sheet.text(td_string!(locale, queue.draw_not_yet)).quiet(&hash);
        };
        let seed = format!("{}: {}", td_string!(locale, queue.draw_seed), drawn.seed);
        if drawn.first_lot == drawn.last_lot {
            return sheet.text(td_string!(locale, queue.draw_none)).quiet(&hash).quiet(&seed);
        }
        let (from, to) = (drawn.first_lot + 1, drawn.last_lot);
        let range = td_string!(locale, queue.draw_lot_range, from = from, to = to).to_string();
        sheet
            .quiet(&hash)
            .quiet(&seed)
            .quiet(&format!("{}: {range}", td_string!(locale, queue.draw_lots)))
            .text(td_string!(locale, queue.draw_recipe))
    }

    fn draw_of(self, room: &RoomView, locale: Locale) -> Self {
        self.link(&format!("{}/draw", waiting_page(room.slug())), td_string!(locale, queue.draw_link))
    }

    /// The whole document.
    pub fn html(&self, frame: &Frame, room: &RoomView) -> String {
        let Frame { locale, theme, style } = frame;
        let theme = theme.map_or_else(String::new, |theme| format!(" data-theme=\"{theme}\""));
        let look =
            self.look_secs.map_or_else(String::new, |secs| format!("<meta http-equiv=\"refresh\" content=\"{secs}\">"));
        let (title, event, body) = (escape(&self.title), escape(room.title()), &self.body);
        let pick = "min-h-dvh grid place-items-center p-4 text-center";
        let card = "grid gap-4 w-full max-w-md rounded-box border border-base-300 bg-base-100 p-6";
        format!(
            "<!doctype html><html lang=\"{locale}\"{theme}><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width,initial-scale=1\">{look}<title>{title}</title><link rel=\"stylesheet\" \
             href=\"{style}\"><link rel=\"icon\" href=\"/mark.svg\"><body class=\"{pick}\"><main class=\"{card}\">\
             <p class=\"text-sm font-semibold\">{event}</p>{body}</main>"
        )
    }
}

fn opening(room: &RoomView, locale: Locale, now: Instant) -> Option<String> {
    let when = when_words(&room.opens, WhenStyle::Short, locale);
    // `Africa/Nairobi` is Nairobi to people.
    let place = room.opens.zone.0.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let is_ahead = !room.is_drawn() && room.opens_at() > now;
    is_ahead.then(|| td_string!(locale, queue.before_text, when = when, place = place).to_string())
}

fn ahead_words(locale: Locale, ahead: i64) -> String {
    if ahead == 0 {
        td_string!(locale, queue.line_next).to_string()
    } else {
        td_string!(locale, queue.line_ahead, ahead = ahead).to_string()
    }
}

fn wait_words(room: &RoomView, locale: Locale, ahead: i64) -> String {
    if room.is_paused() {
        return td_string!(locale, queue.paused).to_string();
    }
    match room.wait_secs(ahead) {
        Some(secs) if secs < 60 => td_string!(locale, queue.wait_soon).to_string(),
        Some(secs) => td_string!(locale, queue.wait_about, minutes = (secs + 30) / 60).to_string(),
        None => td_string!(locale, queue.wait_unknown).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_s_name_cannot_become_markup() {
        assert_eq!(escape("<b>\"R&B\"</b>"), "&lt;b&gt;&quot;R&amp;B&quot;&lt;/b&gt;");
        let sheet = Sheet::new("x").text("<script>").link("/e/a\"b", "<i>");
        assert!(!sheet.body.contains("<script>") && !sheet.body.contains("<i>") && !sheet.body.contains("a\"b"));
    }
}

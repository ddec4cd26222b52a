//! A moment, in the words of the reader and on the clocks of the place.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, use_i18n},
    kernel::LocalTime,
};

/// How much of a moment is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenStyle {
    /// `Saturday 21 November 2026, 19:30`
    #[default]
    Full,
    /// `Sat 21 Nov 2026`
    Date,
    /// `19:30`
    Time,
    /// `Sat 21 Nov, 19:30`
    Short,
}

const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FR_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SW_MONTHS: [&str; 12] = [
    "Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba", "Oktoba", "Novemba",
    "Desemba",
];
const EN_SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FR_SHORT: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const SW_SHORT: [&str; 12] = ["Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ago", "Sep", "Okt", "Nov", "Des"];
const EN_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const FR_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const SW_DAYS: [&str; 7] = ["Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"];
const EN_DAYS_SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const FR_DAYS_SHORT: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const SW_DAYS_SHORT: [&str; 7] = ["J3", "J4", "J5", "Alh", "Iju", "J1", "J2"];

fn pick<const N: usize>(names: &[&'static str; N], from_one: u8) -> &'static str {
    names.get(usize::from(from_one).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The short name of the month.
pub(super) fn month_short(at: &LocalTime, locale: Locale) -> &'static str {
    match locale {
        Locale::en => pick(&EN_SHORT, at.month),
        Locale::fr => pick(&FR_SHORT, at.month),
        Locale::sw => pick(&SW_SHORT, at.month),
    }
}

/// The short name of the weekday.
pub(super) fn weekday_short(at: &LocalTime, locale: Locale) -> &'static str {
    match locale {
        Locale::en => pick(&EN_DAYS_SHORT, at.weekday),
        Locale::fr => pick(&FR_DAYS_SHORT, at.weekday),
        Locale::sw => pick(&SW_DAYS_SHORT, at.weekday),
    }
}

fn weekday(at: &LocalTime, locale: Locale) -> &'static str {
    match locale {
        Locale::en => pick(&EN_DAYS, at.weekday),
        Locale::fr => pick(&FR_DAYS, at.weekday),
        Locale::sw => pick(&SW_DAYS, at.weekday),
    }
}

fn month(at: &LocalTime, locale: Locale) -> &'static str {
    match locale {
        Locale::en => pick(&EN_MONTHS, at.month),
        Locale::fr => pick(&FR_MONTHS, at.month),
        Locale::sw => pick(&SW_MONTHS, at.month),
    }
}

/// A moment in words; for mails and titles too.
pub fn when_words(at: &LocalTime, style: WhenStyle, locale: Locale) -> String {
    let (day, year, clock) = (at.day, at.year, at.clock());
    match style {
        WhenStyle::Full => format!("{} {day} {} {year}, {clock}", weekday(at, locale), month(at, locale)),
        WhenStyle::Date => format!("{} {day} {} {year}", weekday_short(at, locale), month_short(at, locale)),
        WhenStyle::Time => clock,
        WhenStyle::Short => format!("{} {day} {}, {clock}", weekday_short(at, locale), month_short(at, locale)),
    }
}

/// A moment on the clocks of its place.
#[component]
pub fn When(at: LocalTime, #[prop(optional)] style: WhenStyle) -> impl IntoView {
    let i18n = use_i18n();
    let iso = at.iso();
    view! { <time datetime=iso class="tabular-nums">{move || when_words(&at, style, i18n.get_locale())}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Instant, ZoneName};

    fn evening() -> LocalTime {
        LocalTime {
            at: Instant(0),
            zone: ZoneName("Africa/Nairobi".into()),
            year: 2026,
            month: 11,
            day: 21,
            weekday: 6,
            hour: 19,
            minute: 30,
            offset_mins: 180,
        }
    }

    #[test]
    fn a_moment_reads_well_in_each_language() {
        let cases = [
            (Locale::en, WhenStyle::Full, "Saturday 21 November 2026, 19:30"),
            (Locale::fr, WhenStyle::Full, "samedi 21 novembre 2026, 19:30"),
            (Locale::sw, WhenStyle::Full, "Jumamosi 21 Novemba 2026, 19:30"),
            (Locale::fr, WhenStyle::Short, "sam. 21 nov., 19:30"),
            (Locale::en, WhenStyle::Date, "Sat 21 Nov 2026"),
            (Locale::sw, WhenStyle::Time, "19:30"),
        ];
        for (locale, style, words) in cases {
            assert_eq!(when_words(&evening(), style, locale), words);
        }
    }
}

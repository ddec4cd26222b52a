//! What states, kinds and distances in time are called, in each language.

use super::{
    model::{Category, DeskFilter, EventRefusal, EventState, Stock},
    relative::Relative,
};
use crate::i18n::{Locale, td_string};

impl EventRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::NoTypes => td_string!(locale, events.refused_no_types).to_string(),
            Self::Over => td_string!(locale, events.refused_over).to_string(),
            Self::Cancelled => td_string!(locale, events.refused_cancelled).to_string(),
            Self::CurrencyFixed => td_string!(locale, events.refused_currency_fixed).to_string(),
            Self::NotPublished => td_string!(locale, events.refused_not_published).to_string(),
        }
    }
}

impl Category {
    /// The kind's name.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Music => td_string!(locale, events.cat_music).to_string(),
            Self::Festival => td_string!(locale, events.cat_festival).to_string(),
            Self::Nightlife => td_string!(locale, events.cat_nightlife).to_string(),
            Self::Comedy => td_string!(locale, events.cat_comedy).to_string(),
            Self::Theatre => td_string!(locale, events.cat_theatre).to_string(),
            Self::Film => td_string!(locale, events.cat_film).to_string(),
            Self::Sport => td_string!(locale, events.cat_sport).to_string(),
            Self::Food => td_string!(locale, events.cat_food).to_string(),
            Self::Family => td_string!(locale, events.cat_family).to_string(),
            Self::Faith => td_string!(locale, events.cat_faith).to_string(),
            Self::Business => td_string!(locale, events.cat_business).to_string(),
            Self::Learning => td_string!(locale, events.cat_learning).to_string(),
            Self::Other => td_string!(locale, events.cat_other).to_string(),
        }
    }
}

impl EventState {
    /// The state as the desk calls it.
    pub fn words(self, locale: Locale, is_over: bool) -> String {
        match self {
            Self::Cancelled => td_string!(locale, events.state_cancelled).to_string(),
            Self::Published if is_over => td_string!(locale, events.state_over).to_string(),
            Self::Published => td_string!(locale, events.state_published).to_string(),
            Self::Draft => td_string!(locale, events.state_draft).to_string(),
        }
    }
}

impl DeskFilter {
    /// The filter's name.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Ahead => td_string!(locale, events.desk_ahead).to_string(),
            Self::Past => td_string!(locale, events.desk_past).to_string(),
            Self::All => td_string!(locale, events.desk_all).to_string(),
        }
    }
}

impl Stock {
    /// What a card says about the stock; nothing while there is plenty.
    pub fn words(self, locale: Locale) -> Option<String> {
        match self {
            Self::Soon => Some(td_string!(locale, events.no_tickets).to_string()),
            Self::Plenty => None,
            Self::Few => Some(td_string!(locale, events.state_few).to_string()),
            Self::SoldOut => Some(td_string!(locale, events.state_sold_out).to_string()),
        }
    }
}

impl Relative {
    /// The distance in words.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Over => td_string!(locale, events.rel_over).to_string(),
            Self::Now => td_string!(locale, events.rel_now).to_string(),
            Self::Minutes(count) => td_string!(locale, events.rel_minutes, count = count).to_string(),
            Self::Hours(count) => td_string!(locale, events.rel_hours, count = count).to_string(),
            Self::Tomorrow => td_string!(locale, events.rel_tomorrow).to_string(),
            Self::Days(count) => td_string!(locale, events.rel_days, count = count).to_string(),
            Self::Weeks(count) => td_string!(locale, events.rel_weeks, count = count).to_string(),
        }
    }
}

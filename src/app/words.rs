//! What an error says to the user, in each language.

use crate::{
    error::AppError,
    i18n::{Locale, td_string},
    kernel::FieldFault,
};

impl AppError {
    /// The sentence for the user.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::SignInRequired => td_string!(locale, common.error_sign_in).to_string(),
            Self::Forbidden => td_string!(locale, common.error_forbidden).to_string(),
            Self::NotFound => td_string!(locale, common.error_not_found).to_string(),
            Self::Invalid(_) => td_string!(locale, common.error_invalid).to_string(),
            Self::SlowDown => td_string!(locale, common.error_slow_down).to_string(),
            Self::Busy => td_string!(locale, common.error_busy).to_string(),
            Self::BadKey => td_string!(locale, common.error_bad_key).to_string(),
            Self::KeyReused => td_string!(locale, common.error_key_reused).to_string(),
            Self::BadRequest => td_string!(locale, common.error_bad_request).to_string(),
            Self::Fault { reference } => {
                td_string!(locale, common.error_fault, reference = reference.clone()).to_string()
            }
            Self::Offline => td_string!(locale, common.error_offline).to_string(),
            Self::Account(refusal) => refusal.words(locale),
            Self::Gate(refusal) => refusal.words(locale),
            Self::Inventory(refusal) => refusal.words(locale),
            Self::Pool(refusal) => refusal.words(locale),
            Self::Wait(refusal) => refusal.words(locale),
            Self::Access(refusal) => refusal.words(locale),
            Self::Order(refusal) => refusal.words(locale),
            Self::Event(refusal) => refusal.words(locale),
            Self::Org(refusal) => refusal.words(locale),
            Self::Payment(refusal) => refusal.words(locale),
            Self::Queue(refusal) => refusal.words(locale),
            Self::TicketType(refusal) => refusal.words(locale),
            Self::Venue(refusal) => refusal.words(locale),
        }
    }
}

/// One megabyte, as people count file sizes.
const MEGABYTE: u64 = 1_000_000;

impl FieldFault {
    /// The sentence at the field.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Required => td_string!(locale, common.fault_required).to_string(),
            Self::TooLong(most) => td_string!(locale, common.fault_too_long, most = *most).to_string(),
            Self::TooShort(least) => td_string!(locale, common.fault_too_short, least = *least).to_string(),
            Self::BadCharacters => td_string!(locale, common.fault_bad_characters).to_string(),
            Self::NotANumber => td_string!(locale, common.fault_not_a_number).to_string(),
            Self::OutOfRange { min, max } => {
                td_string!(locale, common.fault_out_of_range, min = *min, max = *max).to_string()
            }
            Self::NotAnEmail => td_string!(locale, common.fault_not_an_email).to_string(),
            Self::NotAKenyanPhone => td_string!(locale, common.fault_not_a_kenyan_phone).to_string(),
            Self::NotADate => td_string!(locale, common.fault_not_a_date).to_string(),
            Self::EndsBeforeStart => td_string!(locale, common.fault_ends_before_start).to_string(),
            Self::NotAChoice => td_string!(locale, common.fault_not_a_choice).to_string(),
            Self::NotWholeShillings => td_string!(locale, common.fault_not_whole_shillings).to_string(),
            Self::Taken => td_string!(locale, common.fault_taken).to_string(),
            Self::TooCommon => td_string!(locale, common.fault_too_common).to_string(),
            Self::NotAPicture => td_string!(locale, common.fault_not_a_picture).to_string(),
            Self::TooLarge(most) => td_string!(locale, common.fault_too_large, most = *most / MEGABYTE).to_string(),
            Self::BelowSold(sold) => td_string!(locale, common.fault_below_sold, sold = *sold).to_string(),
        }
    }
}

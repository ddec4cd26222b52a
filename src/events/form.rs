//! The form about an event.

use serde::{Deserialize, Serialize};

use super::model::{Category, Event};
use crate::{
    kernel::{Currency, FieldErrors, FieldFault, Instant, Note, Span, Title, ZoneName},
    orgs::parse_country,
};

/// Characters of the one sentence.
pub const SUMMARY_MAX: usize = 200;
/// Characters of the description.
pub const DESCRIPTION_MAX: usize = 20_000;

/// The raw form; times are local ones of the zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventForm {
    pub title: String,
    pub summary: String,
    pub description: String,
    pub category: String,
    pub venue: String,
    pub place: String,
    pub country: String,
    pub starts: String,
    pub ends: String,
    pub zone: String,
    pub currency: String,
}

/// A checked event that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    pub title: Title,
    pub summary: Note,
    pub description: Note,
    pub category: Category,
    pub venue: Title,
    pub place: Title,
    pub country: String,
    pub span: Span,
    pub zone: ZoneName,
    pub currency: Currency,
}

/// The zone database, which the server alone has.
#[derive(Clone, Copy)]
pub struct Zones {
    pub parse_zone: fn(&str) -> Result<ZoneName, FieldFault>,
    pub parse_local: fn(&str, &ZoneName) -> Result<Instant, FieldFault>,
}

impl EventForm {
    /// Checks every field.
    pub fn parse(&self, zones: Zones) -> Result<NewEvent, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.keep("title", Title::parse(&self.title));
        let summary = errors.keep("summary", one_line(&self.summary));
        let description = errors.keep("description", Note::parse(&self.description, DESCRIPTION_MAX));
        let category = errors.keep("category", choice(&self.category));
        let venue = errors.keep("venue", Title::parse(&self.venue));
        let place = errors.keep("place", Title::parse(&self.place));
        let country = errors.keep("country", parse_country(&self.country));
        let currency = errors.keep("currency", choice(&self.currency));
        let zone = errors.keep("zone", (zones.parse_zone)(&self.zone));
        let span = self.parse_span(&mut errors, zones, zone.as_ref());
        let (Some(title), Some(summary), Some(description), Some(category)) = (title, summary, description, category)
        else {
            return Err(errors);
        };
        let (Some(venue), Some(place), Some(country)) = (venue, place, country) else {
            return Err(errors);
        };
        let (Some(span), Some(zone), Some(currency)) = (span, zone, currency) else {
            return Err(errors);
        };
        Ok(NewEvent { title, summary, description, category, venue, place, country, span, zone, currency })
    }

    // Without a zone the times are still looked at, in UTC, so that one form tells all that is wrong with it.
    fn parse_span(&self, errors: &mut FieldErrors, zones: Zones, zone: Option<&ZoneName>) -> Option<Span> {
        let utc = ZoneName("UTC".into());
        let zone = zone.unwrap_or(&utc);
        let starts = errors.keep("starts", (zones.parse_local)(&self.starts, zone));
        let ends = errors.keep("ends", (zones.parse_local)(&self.ends, zone));
        let span = Span::new(starts?, ends?);
        if span.is_none() {
            errors.add("ends", FieldFault::EndsBeforeStart);
        }
        span
    }
}

fn one_line(text: &str) -> Result<Note, FieldFault> {
    if text.trim().contains(['\n', '\r', '\t']) {
        return Err(FieldFault::BadCharacters);
    }
    Note::parse(text, SUMMARY_MAX)
}

fn choice<T: std::str::FromStr>(text: &str) -> Result<T, FieldFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldFault::Required);
    }
    text.parse().map_err(|_| FieldFault::NotAChoice)
}

impl From<&Event> for EventForm {
    /// The form as it stands when an event is edited.
    fn from(event: &Event) -> Self {
        Self {
            title: event.title.clone(),
            summary: event.summary.clone(),
            description: event.description_md.clone(),
            category: event.category.to_string(),
            venue: event.venue.clone(),
            place: event.place.clone(),
            country: event.country.clone(),
            starts: event.starts.input_value(),
            ends: event.ends.input_value(),
            zone: event.zone.0.clone(),
            currency: event.currency.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for the zone database: hours as numbers, one zone.
    const ZONES: Zones = Zones {
        parse_zone: |text| match text {
            "Africa/Nairobi" => Ok(ZoneName(text.to_owned())),
            _ => Err(FieldFault::NotAChoice),
        },
        parse_local: |text, _| match text {
            "" => Err(FieldFault::Required),
            _ => text.parse().map(|hour: i64| Instant(hour * 3_600_000)).map_err(|_| FieldFault::NotADate),
        },
    };

    fn form() -> EventForm {
        EventForm {
            title: "Sauti Night".into(),
            summary: "Five bands, one stage".into(),
            description: "**Doors** at six\nBring a friend".into(),
            category: "music".into(),
            venue: "The Alchemist".into(),
            place: "Nairobi".into(),
            country: "KE".into(),
            starts: "10".into(),
            ends: "14".into(),
            zone: "Africa/Nairobi".into(),
            currency: "KES".into(),
        }
    }

    #[test]
    fn a_whole_form_is_taken() {
        let new = form().parse(ZONES).expect("nothing is wrong");
        assert_eq!((new.title.as_str(), new.category), ("Sauti Night", Category::Music));
    }

    #[test]
    fn an_empty_form_tells_every_field_that_is_needed() {
        let faults = EventForm::default().parse(ZONES).expect_err("all is missing");
        assert_eq!(faults.to_string(), "category, country, currency, ends, place, starts, title, venue, zone");
    }

    type Spoil = fn(&mut EventForm);

    #[test]
    fn odd_events_are_refused_at_the_field() {
        let cases: [(&str, Spoil, FieldFault); 18] = [
            ("title", |f| f.title = "  ".into(), FieldFault::Required),
            ("title", |f| f.title = "x".repeat(121), FieldFault::TooLong(120)),
            ("title", |f| f.title = "a\u{7}".into(), FieldFault::BadCharacters),
            ("title", |f| f.title = "Sauti\u{202e}thgiN".into(), FieldFault::BadCharacters),
            ("title", |f| f.title = "Sau\u{200b}ti".into(), FieldFault::BadCharacters),
            ("summary", |f| f.summary = "x".repeat(201), FieldFault::TooLong(200)),
            ("summary", |f| f.summary = "a\nb".into(), FieldFault::BadCharacters),
            ("description", |f| f.description = "x".repeat(20_001), FieldFault::TooLong(20_000)),
            ("description", |f| f.description = "a\u{0}b".into(), FieldFault::BadCharacters),
            ("category", |f| f.category = "MUSIC".into(), FieldFault::NotAChoice),
            ("venue", |f| f.venue = String::new(), FieldFault::Required),
            ("place", |f| f.place = "x".repeat(5_000), FieldFault::TooLong(120)),
            ("country", |f| f.country = "Kenya".into(), FieldFault::NotAChoice),
            ("currency", |f| f.currency = "BTC".into(), FieldFault::NotAChoice),
            ("zone", |f| f.zone = "Mars/Olympus".into(), FieldFault::NotAChoice),
            ("starts", |f| f.starts = "１０".into(), FieldFault::NotADate),
            ("ends", |f| f.ends = "10".into(), FieldFault::EndsBeforeStart),
            ("ends", |f| f.ends = "-4".into(), FieldFault::EndsBeforeStart),
        ];
        for (field, spoil, fault) in cases {
            let mut form = form();
            spoil(&mut form);
            assert_eq!(form.parse(ZONES), Err(FieldErrors::one(field, fault)), "{field}");
        }
    }
}

//! Organizers, their members, and places in a team that are offered by mail.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::permission::Role;
use crate::kernel::{
    AccountId, EmailAddress, FieldErrors, FieldFault, InvitationId, LocalTime, Note, OrgId, Title, ZoneName,
};

/// Characters of an organizer's own description.
pub const ABOUT_MAX: usize = 2_000;
/// How long an invitation can be accepted.
pub const INVITATION_TTL_SECS: i64 = 14 * 24 * 60 * 60;
/// Members and open invitations of one team.
pub const TEAM_MAX: i64 = 200;

/// Countries an organizer can be at home in: ISO 3166 code, name, and the time zone and currency that forms start with.
pub const COUNTRIES: [(&str, &str, &str, &str); 12] = [
    ("KE", "Kenya", "Africa/Nairobi", "KES"),
    ("UG", "Uganda", "Africa/Kampala", "UGX"),
    ("TZ", "Tanzania", "Africa/Dar_es_Salaam", "TZS"),
    ("RW", "Rwanda", "Africa/Kigali", "RWF"),
    ("CM", "Cameroun", "Africa/Douala", "XAF"),
    ("CI", "Côte d’Ivoire", "Africa/Abidjan", "XOF"),
    ("SN", "Sénégal", "Africa/Dakar", "XOF"),
    ("NG", "Nigeria", "Africa/Lagos", "NGN"),
    ("GH", "Ghana", "Africa/Accra", "GHS"),
    ("ZA", "South Africa", "Africa/Johannesburg", "ZAR"),
    ("FR", "France", "Europe/Paris", "EUR"),
    ("US", "United States", "America/New_York", "USD"),
];

/// The zone that a country's forms start with; UTC for one that is not on the list.
pub fn zone_of_country(code: &str) -> ZoneName {
    let zone = COUNTRIES.iter().find(|(known, ..)| *known == code).map_or("UTC", |(_, _, zone, _)| zone);
    ZoneName(zone.to_owned())
}

/// Reads a country's code.
pub fn parse_country(code: &str) -> Result<String, FieldFault> {
    let code = code.trim();
    if code.is_empty() {
        return Err(FieldFault::Required);
    }
    let known = COUNTRIES.iter().any(|(known, ..)| *known == code);
    if known { Ok(code.to_owned()) } else { Err(FieldFault::NotAChoice) }
}

/// An organizer: the tenant that events, orders and money belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub org_id: OrgId,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub about: String,
}

/// An organizer as one of its members sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub slug: String,
    pub name: String,
    pub country: String,
    pub role: Role,
    /// Events that are published and not over.
    pub events_ahead: i64,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// A place in a team that nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub invitation_id: InvitationId,
    pub email: String,
    pub role: Role,
    pub until: LocalTime,
}

/// A team as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub members: Vec<Member>,
    pub invitations: Vec<Invitation>,
    /// Who is looking.
    pub me: AccountId,
    /// Whether that one may change the team.
    pub is_managed_by_me: bool,
}

/// What an invitation says before it is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub org_name: String,
    pub role: Role,
    pub email: String,
    /// The address of the one who is looking, when signed in.
    pub signed_in_as: Option<String>,
}

/// The raw form about an organizer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrgForm {
    pub name: String,
    pub country: String,
    pub about: String,
}

/// A checked organizer that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrg {
    pub name: Title,
    pub country: String,
    pub about: Note,
}

impl OrgForm {
    /// Checks every field.
    pub fn parse(&self) -> Result<NewOrg, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Title::parse(&self.name));
        let country = errors.keep("country", parse_country(&self.country));
        let about = errors.keep("about", Note::parse(&self.about, ABOUT_MAX));
        match (name, country, about) {
            (Some(name), Some(country), Some(about)) => Ok(NewOrg { name, country, about }),
            _ => Err(errors),
        }
    }
}

/// The raw form that offers a place in a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    pub email: String,
    pub role: String,
}

impl InviteForm {
    /// Checks both fields.
    pub fn parse(&self) -> Result<(EmailAddress, Role), FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.keep("email", EmailAddress::parse(&self.email));
        let role = errors.keep("role", parse_role(&self.role));
        match (email, role) {
            (Some(email), Some(role)) => Ok((email, role)),
            _ => Err(errors),
        }
    }
}

/// Reads the word of a role.
pub fn parse_role(text: &str) -> Result<Role, FieldFault> {
    text.parse().map_err(|_| FieldFault::NotAChoice)
}

/// Why a team stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum OrgRefusal {
    #[error("A team needs an owner. Make somebody else owner first.")]
    LastOwner,
    #[error("This person is in the team already.")]
    AlreadyMember,
    #[error("This invitation is no longer good. Ask for a new one.")]
    InvitationGone,
    #[error("This invitation is for another address. Sign in with that one.")]
    OtherAddress,
    #[error("This team is full.")]
    TeamFull,
}

impl OrgRefusal {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::InvitationGone => StatusCode::GONE,
            Self::OtherAddress => StatusCode::FORBIDDEN,
            _ => StatusCode::CONFLICT,
        }
    }
}

/// Refuses to take the last owner away. `owners` counts those there are, `is_owner` tells whether the one who goes or
/// changes is among them.
pub const fn keep_an_owner(owners: i64, is_owner: bool) -> Result<(), OrgRefusal> {
    if is_owner && owners <= 1 { Err(OrgRefusal::LastOwner) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_organizers_are_refused_at_the_field() {
        let good = OrgForm { name: "Sauti Nights".into(), country: "KE".into(), about: String::new() };
        assert!(good.parse().is_ok());
        let long = "x".repeat(ABOUT_MAX + 1);
        let cases = [
            (OrgForm { name: " ".into(), ..good.clone() }, "name", FieldFault::Required),
            (OrgForm { name: "a\u{202e}b".into(), ..good.clone() }, "name", FieldFault::BadCharacters),
            (OrgForm { name: "x".repeat(121), ..good.clone() }, "name", FieldFault::TooLong(120)),
            (OrgForm { country: String::new(), ..good.clone() }, "country", FieldFault::Required),
            (OrgForm { country: "ke".into(), ..good.clone() }, "country", FieldFault::NotAChoice),
            (OrgForm { about: long, ..good.clone() }, "about", FieldFault::TooLong(2_000)),
            (OrgForm { about: "\u{0}".into(), ..good }, "about", FieldFault::BadCharacters),
        ];
        for (form, field, fault) in cases {
            assert_eq!(form.parse(), Err(FieldErrors::one(field, fault)));
        }
        let faults = OrgForm::default().parse().expect_err("an empty form");
        assert_eq!(faults.to_string(), "country, name");
    }

    #[test]
    fn an_invitation_needs_an_address_and_a_role() {
        let faults = InviteForm { email: "nobody".into(), role: "admin".into() }.parse().expect_err("both are wrong");
        assert_eq!(faults.of("email"), Some(&FieldFault::NotAnEmail));
        assert_eq!(faults.of("role"), Some(&FieldFault::NotAChoice));
    }

    #[test]
    fn the_last_owner_stays() {
        assert_eq!(keep_an_owner(1, true), Err(OrgRefusal::LastOwner));
        assert_eq!(keep_an_owner(2, true), Ok(()));
        assert_eq!(keep_an_owner(1, false), Ok(()));
    }
}

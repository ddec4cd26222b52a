//! Who buys in the demo: names as they are heard in the four countries, and phones that belong to nobody.

use super::catalogue::Country;
use crate::platform::chance::Chance;

const KENYAN: (&[&str], &[&str]) = (
    &[
        "Wanjiku", "Otieno", "Achieng", "Kamau", "Njeri", "Kiprono", "Mwende", "Barasa", "Halima", "Musyoka", "Chebet",
        "Omondi", "Zawadi", "Kipchoge",
    ],
    &[
        "Mwangi",
        "Odhiambo",
        "Kariuki",
        "Wekesa",
        "Njoroge",
        "Cheruiyot",
        "Mutua",
        "Hassan",
        "Ochieng",
        "Wambui",
        "Koech",
        "Maina",
    ],
);
const UGANDAN: (&[&str], &[&str]) = (
    &["Nakato", "Babirye", "Kato", "Ssanyu", "Apio", "Okello", "Namutebi", "Mugisha", "Akello", "Tumusiime"],
    &["Mukasa", "Ssempijja", "Okot", "Nabukeera", "Kyomuhendo", "Byaruhanga", "Lubega", "Atim"],
);
const CAMEROONIAN: (&[&str], &[&str]) = (
    &["Aïcha", "Jean-Paul", "Mireille", "Serge", "Noëlle", "Blaise", "Clarisse", "Hervé", "Solange", "Thierry"],
    &["Mbarga", "Ngo Bassong", "Fotso", "Eto'o", "Tchoumi", "Abena", "Kamga", "Nkoulou"],
);
const NIGERIAN: (&[&str], &[&str]) = (
    &["Adaeze", "Olumide", "Chinonso", "Folake", "Emeka", "Aisha", "Tunde", "Ngozi", "Ibrahim", "Temitope"],
    &["Okafor", "Adeyemi", "Balogun", "Eze", "Bello", "Nwosu", "Ogunleye", "Danjuma"],
);

/// Somebody who buys.
pub struct Person {
    pub name: String,
    pub email: String,
    pub phone: String,
}

/// Makes a person of a country.
pub fn person(chance: &mut Chance, country: Country) -> Person {
    let (first, last) = match country {
        Country::Kenya => KENYAN,
        Country::Uganda => UGANDAN,
        Country::Cameroon => CAMEROONIAN,
        Country::Nigeria => NIGERIAN,
    };
    let (first, last) = (*chance.pick(first), *chance.pick(last));
    let plain: String =
        format!("{first}.{last}").to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    Person {
        name: format!("{first} {last}"),
        email: format!("{plain}{}@mail.example", chance.below(90) + 10),
        phone: format!("{}{:08}", country.phone_start(), chance.below(100_000_000)),
    }
}

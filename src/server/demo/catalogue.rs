//! What the demo shows: three organizers in four countries, and what they put on. The places are real, the events are not.

use crate::kernel::Currency;

/// Where organizers and buyers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    Kenya,
    Uganda,
    Cameroon,
    Nigeria,
}

impl Country {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kenya => "KE",
            Self::Uganda => "UG",
            Self::Cameroon => "CM",
            Self::Nigeria => "NG",
        }
    }

    pub const fn zone(self) -> &'static str {
        match self {
            Self::Kenya => "Africa/Nairobi",
            Self::Uganda => "Africa/Kampala",
            Self::Cameroon => "Africa/Douala",
            Self::Nigeria => "Africa/Lagos",
        }
    }

    pub const fn currency(self) -> Currency {
        match self {
            Self::Kenya => Currency::Kes,
            Self::Uganda => Currency::Ugx,
            Self::Cameroon => Currency::Xaf,
            Self::Nigeria => Currency::Ngn,
        }
    }

    pub const fn locale(self) -> &'static str {
        if matches!(self, Self::Cameroon) { "fr" } else { "en" }
    }

    /// The country's code and the first digit of a mobile number; eight digits follow.
    pub const fn phone_start(self) -> &'static str {
        match self {
            Self::Kenya => "2547",
            Self::Uganda => "2567",
            Self::Cameroon => "2376",
            Self::Nigeria => "23480",
        }
    }
}

/// An organizer.
pub struct OrgPlan {
    pub slug: &'static str,
    pub name: &'static str,
    pub country: Country,
    pub about: &'static str,
    pub events: &'static [EventPlan],
}

/// When an event starts: so many days from today at an hour of its own clocks, or about now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Days(i64, i64),
    /// Doors are open: it started half an hour ago.
    Now,
}

/// An event.
pub struct EventPlan {
    pub title: &'static str,
    pub summary: &'static str,
    pub about: &'static str,
    pub category: &'static str,
    pub venue: &'static str,
    pub place: &'static str,
    pub country: Country,
    pub start: Start,
    pub hours: i64,
    pub is_draft: bool,
    pub types: &'static [TypePlan],
}

/// What is on sale: a name, the price in whole units of the currency, how many there are and how many are sold.
pub struct TypePlan(pub &'static str, pub i64, pub i32, pub i32);

pub static ORGS: [OrgPlan; 3] = [
    OrgPlan {
        slug: "savanna-sounds",
        name: "Savanna Sounds",
        country: Country::Kenya,
        about: "Live music, film and ideas in Nairobi and on the coast since 2014.",
        events: &NAIROBI,
    },
    OrgPlan {
        slug: "kilima-live",
        name: "Kilima Live",
        country: Country::Uganda,
        about: "From the source of the Nile to the Wouri: concerts, comedy and food in Kampala, Jinja, Douala and Yaoundé.",
        events: &KAMPALA_AND_DOUALA,
    },
    OrgPlan {
        slug: "eko-stage",
        name: "Eko Stage",
        country: Country::Nigeria,
        about: "Lagos after dark, Abuja by day.",
        events: &LAGOS,
    },
];

const NAIROBI: [EventPlan; 6] = [
    EventPlan {
        title: "Benga Revival Night",
        summary: "Three guitar bands, one dance floor, doors open now.",
        about: "Benga came from the lake and never left the dance floor.\n\n- **19:00** doors, nyama choma and a long bar\n- **20:00** young guitars\n- **21:30** the old masters\n\nBring shoes that can dance. Over 18 only.",
        category: "music",
        venue: "The Alchemist",
        place: "Westlands, Nairobi",
        country: Country::Kenya,
        start: Start::Now,
        hours: 6,
        is_draft: false,
        types: &[
            TypePlan("Regular", 1_500, 300, 236),
            TypePlan("VIP balcony", 4_000, 40, 34),
            TypePlan("Students", 800, 60, 60),
        ],
    },
    EventPlan {
        title: "Sauti za Bahari Festival",
        summary: "Taarab, bango and coastal hip hop inside the old fort.",
        about: "Two stages between coral walls, the ocean behind them.\n\nTaarab orchestras from Lamu and Zanzibar, bango from Mombasa, and the coast's new voices. Swahili dishes all night.",
        category: "festival",
        venue: "Fort Jesus",
        place: "Mombasa",
        country: Country::Kenya,
        start: Start::Days(20, 16),
        hours: 8,
        is_draft: false,
        types: &[TypePlan("Day pass", 2_500, 220, 220), TypePlan("Sea view", 6_000, 30, 30)],
    },
    EventPlan {
        title: "Blankets & Brass",
        summary: "A Sunday picnic with big bands under the jacarandas.",
        about: "Bring a blanket, we bring the brass. Children under ten come in free with a grown-up; food trucks from noon.",
        category: "family",
        venue: "Ngong Racecourse",
        place: "Nairobi",
        country: Country::Kenya,
        start: Start::Days(12, 12),
        hours: 7,
        is_draft: false,
        types: &[
            TypePlan("Early bird", 1_000, 100, 100),
            TypePlan("Regular", 1_800, 400, 143),
            TypePlan("Family of four", 5_500, 60, 21),
        ],
    },
    EventPlan {
        title: "Safari Jazz Evening",
        summary: "The last of this year's series, with strings.",
        about: "A quiet night of jazz among the homesteads of Bomas, with a string section from the conservatoire.",
        category: "music",
        venue: "Bomas of Kenya",
        place: "Langata, Nairobi",
        country: Country::Kenya,
        start: Start::Days(-9, 18),
        hours: 5,
        is_draft: false,
        types: &[TypePlan("Regular", 2_000, 220, 187), TypePlan("Table seat", 4_500, 40, 40)],
    },
    EventPlan {
        title: "Nairobi Film Club: Shorts from the Rift",
        summary: "Nine short films and their makers. Free, with a ticket.",
        about: "Nine films, none longer than twelve minutes. The makers stay for questions. **Free**, but seats are few: please give yours back if you cannot come.",
        category: "film",
        venue: "Alliance Française",
        place: "Loita Street, Nairobi",
        country: Country::Kenya,
        start: Start::Days(4, 18),
        hours: 3,
        is_draft: false,
        types: &[TypePlan("Seat", 0, 120, 97)],
    },
    EventPlan {
        title: "Lake Naivasha Run",
        summary: "10 and 21 kilometres along the shore.",
        about: "Start at first light, finish by breakfast. Chip timing, water every three kilometres, hippos at a safe distance.",
        category: "sport",
        venue: "Crescent Island Road",
        place: "Naivasha",
        country: Country::Kenya,
        start: Start::Days(48, 6),
        hours: 5,
        is_draft: false,
        types: &[TypePlan("21 km", 2_200, 500, 64), TypePlan("10 km", 1_500, 500, 88)],
    },
];

const KAMPALA_AND_DOUALA: [EventPlan; 5] = [
    EventPlan {
        title: "Kampala Comedy Parliament",
        summary: "Seven comedians, no speaker of the house.",
        about: "Luganda, English and everything in between. The front row is part of the show.",
        category: "comedy",
        venue: "National Theatre",
        place: "Kampala",
        country: Country::Uganda,
        start: Start::Days(5, 19),
        hours: 3,
        is_draft: false,
        types: &[TypePlan("Ordinary", 40_000, 200, 192), TypePlan("Front row", 100_000, 20, 20)],
    },
    EventPlan {
        title: "Jinja Riverside Weekender",
        summary: "Electronic music where the Nile begins.",
        about: "Two nights by the river with selectors from Kampala, Kigali, Kinshasa and Dar es Salaam. Camping included, tents for rent.",
        category: "festival",
        venue: "Itanda Falls",
        place: "Jinja",
        country: Country::Uganda,
        start: Start::Days(26, 15),
        hours: 36,
        is_draft: false,
        types: &[TypePlan("Weekend and camping", 180_000, 400, 151), TypePlan("Saturday", 90_000, 200, 47)],
    },
    EventPlan {
        title: "Munyonyo Food Fair",
        summary: "Rolex, luwombo and forty more kitchens by the lake.",
        about: "Forty kitchens, one lake. The fair's own coins are sold at the gate.",
        category: "food",
        venue: "Speke Resort",
        place: "Munyonyo, Kampala",
        country: Country::Uganda,
        start: Start::Days(-20, 11),
        hours: 9,
        is_draft: false,
        types: &[TypePlan("Entry", 20_000, 300, 264)],
    },
    EventPlan {
        title: "Nuit du Makossa",
        summary: "Les guitares de Douala, de minuit à l’aube.",
        about: "Une nuit entière de makossa, avec les anciens et la relève.\n\n- **22 h** ouverture des portes\n- **23 h** premiers accords\n- **4 h** café et beignets haricots",
        category: "nightlife",
        venue: "Canal Olympia Bessengué",
        place: "Douala",
        country: Country::Cameroon,
        start: Start::Days(15, 22),
        hours: 7,
        is_draft: false,
        types: &[TypePlan("Entrée", 5_000, 250, 119), TypePlan("Carré VIP", 25_000, 30, 12)],
    },
    EventPlan {
        title: "Foire gourmande de Yaoundé",
        summary: "Ndolé, poisson braisé et vins du monde.",
        about: "Les cuisinières de dix régions à la même table. Démonstrations toutes les heures, marché de produits frais.",
        category: "food",
        venue: "Palais des Congrès",
        place: "Yaoundé",
        country: Country::Cameroon,
        start: Start::Days(33, 11),
        hours: 8,
        is_draft: false,
        types: &[TypePlan("Entrée", 3_000, 400, 58), TypePlan("Dégustation", 15_000, 60, 17)],
    },
];

const LAGOS: [EventPlan; 4] = [
    EventPlan {
        title: "Island Block Party",
        summary: "Afrobeats on the water, sold out in nine days.",
        about: "Four DJs, one live band and the lagoon. Boats leave from CMS jetty every half hour.",
        category: "nightlife",
        venue: "Eko Convention Centre",
        place: "Victoria Island, Lagos",
        country: Country::Nigeria,
        start: Start::Days(8, 21),
        hours: 7,
        is_draft: false,
        types: &[TypePlan("Regular", 15_000, 240, 240), TypePlan("VIP", 60_000, 40, 40)],
    },
    EventPlan {
        title: "Abuja Founders’ Day",
        summary: "Twenty talks for people who build things.",
        about: "Payments, power, logistics, law: people who built it tell how, and what it cost.",
        category: "business",
        venue: "Transcorp Hilton",
        place: "Maitama, Abuja",
        country: Country::Nigeria,
        start: Start::Days(18, 9),
        hours: 9,
        is_draft: false,
        types: &[TypePlan("Founder", 25_000, 200, 83), TypePlan("Student", 5_000, 80, 62)],
    },
    EventPlan {
        title: "Shrine Sessions",
        summary: "Horns, drums and long songs.",
        about: "An evening in Ikeja with three bands that do not believe in short songs.",
        category: "music",
        venue: "New Afrika Shrine",
        place: "Ikeja, Lagos",
        country: Country::Nigeria,
        start: Start::Days(-4, 20),
        hours: 6,
        is_draft: false,
        types: &[TypePlan("Entry", 8_000, 250, 214)],
    },
    EventPlan {
        title: "Calabar Carnival Village",
        summary: "Costumes, kitchens and the late parade.",
        about: "Not announced yet: the permit is under way.",
        category: "festival",
        venue: "Millennium Park",
        place: "Calabar",
        country: Country::Nigeria,
        start: Start::Days(40, 14),
        hours: 10,
        is_draft: true,
        types: &[TypePlan("Day", 6_000, 500, 0)],
    },
];

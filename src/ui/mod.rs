//! The design kit: what every page is made of. Looks are its enums; pages put no class strings together.
//!
//! Invariant: knows no domain, calls no server; `browser` alone touches the browser's own interfaces.
mod action_bar;
mod badge;
mod button;
mod calendar;
mod card;
mod chart;
mod chips;
mod copy;
mod countdown;
mod dialog;
mod empty;
mod field;
mod form;
mod form_key;
mod icon;
mod kanga;
mod load;
mod money;
mod notice;
mod page_title;
mod pager;
mod resource;
mod search_box;
mod select;
mod sight;
mod stat;
mod stepper;
mod table;
mod tabs;
mod toast;
mod typed;
mod watch;
mod when;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(not(feature = "browser"))]
#[path = "browser_off.rs"]
pub mod browser;
#[cfg(feature = "browser")]
mod eye;
#[cfg(not(feature = "browser"))]
#[path = "eye_off.rs"]
mod eye;
#[cfg(feature = "browser")]
pub mod keep;
#[cfg(not(feature = "browser"))]
#[path = "keep_off.rs"]
pub mod keep;

pub use action_bar::ActionBar;
pub use badge::{Badge, BadgeTone};
pub use button::{Button, LinkButton, Size, Tone};
pub use calendar::CalendarLeaf;
pub use card::Card;
pub use chart::{BarChart, LineChart, Point};
pub use chips::{Chip, Chips};
pub use copy::Copy;
pub use countdown::{Countdown, ServerNow};
pub use dialog::{Confirm, Dialog, OpenButton};
pub use empty::Empty;
pub use eye::{Eye, mark};
pub use field::{Checkbox, Field, FieldKind, FormScope, Hidden, TextArea};
pub use form::{FormFrame, FormState, RefusedForm};
pub use form_key::{FormKey, form_key};
pub use icon::{Icon, IconView};
pub use kanga::{KangaBorder, KangaCover};
pub use load::{ErrorView, Load};
pub use money::Price;
pub use notice::Notice;
pub use page_title::PageTitle;
pub use pager::Pager;
pub use resource::{Loading, load};
pub use search_box::SearchBox;
pub use select::Select;
pub use sight::{CameraFault, Found, Sight};
pub use stat::Stat;
pub use stepper::Stepper;
pub use table::{Head, Table};
pub use tabs::{Tab, Tabs};
pub use toast::Toast;
pub use typed::Typed;
pub use watch::{latest_news, look_again, watch_server};
pub use when::{When, WhenStyle, when_words};

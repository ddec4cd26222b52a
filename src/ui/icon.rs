//! Icons of one set (Lucide), drawn from one sprite that the browser fetches once.

use leptos::prelude::*;

/// Where `style/icons.mjs` puts the sprite; the number changes with it, since the file is kept for a year.
const SPRITE: &str = "/icons.svg?1";

macro_rules! icons {
    ($($name:ident => $id:literal),+ $(,)?) => {
        /// What an icon shows, by Lucide's name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($name),+ }

        impl Icon {
            /// The icon's id in the sprite.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// All of them; the sprite must hold each.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

icons! {
    Alert => "triangle-alert",
    ArrowLeft => "arrow-left",
    ArrowRight => "arrow-right",
    Ban => "ban",
    Bell => "bell",
    Building => "building-2",
    Calendar => "calendar-days",
    Camera => "camera",
    Card => "credit-card",
    Chart => "chart-no-axes-column",
    Check => "check",
    CheckCircle => "circle-check",
    ChevronDown => "chevron-down",
    ChevronRight => "chevron-right",
    Clock => "clock",
    Close => "x",
    Copy => "copy",
    Download => "download",
    Eye => "eye",
    Flash => "flashlight",
    Globe => "globe",
    Help => "circle-help",
    Home => "house",
    Image => "image",
    Info => "info",
    Keyboard => "keyboard",
    Link => "link",
    List => "list",
    Lock => "lock",
    LogOut => "log-out",
    Mail => "mail",
    Menu => "menu",
    Minus => "minus",
    Money => "banknote",
    Moon => "moon",
    Music => "music",
    Pencil => "pencil",
    Phone => "smartphone",
    Pin => "map-pin",
    Plus => "plus",
    Printer => "printer",
    Qr => "qr-code",
    Receipt => "receipt",
    Refresh => "refresh-cw",
    Scan => "scan-line",
    Search => "search",
    Settings => "settings",
    Share => "share-2",
    Shield => "shield-check",
    Sun => "sun",
    SwitchCamera => "switch-camera",
    Tag => "tag",
    Ticket => "ticket",
    Trash => "trash-2",
    Undo => "undo-2",
    User => "user",
    Users => "users",
    Volume => "volume-2",
    WifiOff => "wifi-off",
    XCircle => "circle-x",
}

/// One icon in the colour of the text around it; says nothing to a screen reader.
#[component]
pub fn IconView(
    icon: Icon,
    /// Pixels a side.
    #[prop(default = 20)]
    size: u16,
) -> impl IntoView {
    view! {
        <svg class="shrink-0" width=size height=size fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <use href=format!("{SPRITE}#{}", icon.id())/>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_holds_every_icon() {
        let sprite = include_str!("../../public/icons.svg");
        let missing: Vec<_> =
            Icon::ALL.iter().map(|icon| icon.id()).filter(|id| !sprite.contains(&format!("id=\"{id}\""))).collect();
        assert!(missing.is_empty(), "run `npm run icons` in style/: {missing:?}");
    }
}

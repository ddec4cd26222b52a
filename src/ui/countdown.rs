//! Time that runs out, calmly.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;
use crate::kernel::Instant;

/// The server's time of this answer, for what it renders; the router puts it into the context.
#[derive(Clone, Copy, Debug)]
pub struct ServerNow(pub Instant);

/// From here on the clock has a colour.
const URGENT_SECS: i64 = 60;

/// `9:05`, or `1:02:09`.
fn clock(secs: i64) -> String {
    let secs = secs.max(0);
    let (hours, mins, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 { format!("{hours}:{mins:02}:{secs:02}") } else { format!("{mins}:{secs:02}") }
}

/// Counts down to a moment; `on_end` is called once when it has come.
#[component]
pub fn Countdown(
    until: Instant,
    /// The server's time when `until` was told, against clocks that are wrong.
    #[prop(optional, into)]
    now: Option<Instant>,
    #[prop(optional, into)] on_end: Option<Callback<()>>,
) -> impl IntoView {
    let start = now.or_else(|| use_context::<ServerNow>().map(|now| now.0)).unwrap_or_else(browser::now);
    let (left, set_left) = signal(until.secs_since(start));
    Effect::new(move |_| {
        let drift = now.map_or(0, |now| browser::now().0 - now.0);
        let ended = StoredValue::new(false);
        let tick = move || {
            let secs = until.secs_since(Instant(browser::now().0 - drift));
            set_left.set(secs);
            if secs <= 0 && !ended.get_value() {
                ended.set_value(true);
                if let Some(on_end) = on_end {
                    on_end.run(());
                }
            }
        };
        tick();
        if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || ticking.clear());
        }
    });
    view! {
        <span role="timer" class="font-display font-bold tabular-nums" class:text-error=move || left.get() < URGENT_SECS>
            {move || clock(left.get())}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_ran_out_stands_at_zero() {
        assert_eq!(clock(545), "9:05");
        assert_eq!(clock(3_729), "1:02:09");
        assert_eq!(clock(-3), "0:00");
    }
}

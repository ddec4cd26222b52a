//! F25: a herd comes to a waiting room, all at the same moment, while the rest goes on.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{field::Field, store};
use crate::{
    error::AppError,
    load::{Lines, Target, Trouble, Visitor, address_of},
    server::house::StartError,
};

const HERD: u64 = 400;
/// The herd comes from other addresses than the crowd.
const FIRST_ADDRESS: u64 = 9 << 16;
const LINES: usize = 128;
/// After how long somebody who was told to come back does.
const AGAIN: Duration = Duration::from_millis(500);

/// Those who came, until the end of the run.
pub struct Herd(JoinSet<Result<bool, AppError>>);

impl Herd {
    /// Lets all of them come at once to the room in front of the last event.
    pub fn come(field: &Field<'_>, end: Instant) -> Self {
        let page = format!("/w/{}", field.programme.events.last().map_or("", String::as_str));
        let targets = field.nodes.iter().map(|node| Target(node.addr)).collect();
        let lines = Arc::new(Lines::new(targets, LINES, false));
        let mut herd = JoinSet::new();
        for number in FIRST_ADDRESS..FIRST_ADDRESS + HERD {
            herd.spawn(wait(Visitor::new(lines.clone(), Some(address_of(number))), page.clone(), end));
        }
        Self(herd)
    }

    /// Waits until everybody has gone; says what nobody should have seen.
    pub async fn leave(mut self, field: &Field<'_>) -> Result<Vec<String>, StartError> {
        let (mut arrived, mut wrong) = (0, Vec::new());
        while let Some(ended) = self.0.join_next().await {
            match ended.unwrap_or(Ok(false)) {
                Ok(has_place) => arrived += i64::from(has_place),
                Err(error) => wrong.push(format!("somebody of the herd was answered 500: {error}")),
            }
        }
        let places = store::count_places(field.db()).await?;
        if places < arrived {
            wrong.push(format!("{arrived} were given places of which {places} are there"));
        }
        if arrived == 0 {
            wrong.push("nobody of the herd was given a place".to_owned());
        }
        Ok(wrong)
    }
}

/// Takes a place and looks after it as the page says; whether there was one.
async fn wait(visitor: Visitor, page: String, end: Instant) -> Result<bool, AppError> {
    let mut has_place = false;
    while Instant::now() < end {
        let answer = if has_place { visitor.get(&page).await } else { visitor.post(&page).await };
        let again = match answer {
            Ok(_) if !has_place => {
                has_place = true;
                continue;
            }
            // Whoever is let in looks no more.
            Ok(answer) => answer.look_again().unwrap_or(end - Instant::now()),
            Err(Trouble::Refused(error @ AppError::Fault { .. })) => return Err(error),
            Err(_) => AGAIN,
        };
        sleep_until(end.min(Instant::now() + again)).await;
    }
    Ok(has_place)
}

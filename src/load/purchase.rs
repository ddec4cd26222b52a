//! A purchase, step by step, as a buyer's browser makes it.

use std::time::Duration;

use http::header::LOCATION;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use super::{
    ledger::{Act, Entry, Ledger},
    visitor::{Trouble, Visitor},
};
use crate::{
    orders::{GetOrder, HoldTickets, OrderState, PayOrder},
    platform::chance::Chance,
};

/// The same request is sent at most so often, with the same key.
const TRIES: u32 = 12;
const RETRY_PAUSE: Duration = Duration::from_millis(250);
/// The first look at an order comes so long after its prompt; later ones are twice as far apart, up to a limit.
const FIRST_LOOK: Duration = Duration::from_millis(400);
const LOOK_MAX: Duration = Duration::from_secs(2);

/// What is wished for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The event's address.
    pub event: String,
    /// Ticket types, and how many of each.
    pub wishes: Vec<(String, u32)>,
    /// The purchase's own key: the same key is the same purchase, however often it is sent.
    pub key: String,
}

impl Basket {
    fn tickets(&self) -> u32 {
        self.wishes.iter().map(|(_, quantity)| quantity).sum()
    }

    /// The ticket picker as it is sent.
    fn fields(&self) -> Vec<(String, String)> {
        let mut fields =
            vec![("form[event]".to_owned(), self.event.clone()), ("form[key]".to_owned(), self.key.clone())];
        for (row, (ticket_type, quantity)) in self.wishes.iter().enumerate() {
            fields.push((format!("form[wishes][{row}][ticket_type]"), ticket_type.clone()));
            fields.push((format!("form[wishes][{row}][quantity]"), quantity.to_string()));
        }
        fields
    }
}

/// Somebody with a browser, a phone and a good memory.
#[derive(Clone)]
pub struct Shopper {
    pub visitor: Visitor,
    pub ledger: Ledger,
}

/// What the page of an order says about it.
#[derive(Deserialize)]
struct Look {
    state: OrderState,
}

impl Shopper {
    /// Reads an event's page and gives the ticket types on sale there of which any are left.
    pub async fn find_types(&self, event: &str) -> Result<Vec<String>, Trouble> {
        let page = self.visitor.get(&format!("/e/{event}")).await?;
        Ok(types_in(&String::from_utf8_lossy(&page.body)))
    }

    /// Holds a basket; gives the secret part of its order's link.
    pub async fn hold(&self, basket: &Basket) -> Result<String, Trouble> {
        let fields = basket.fields();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = again(|| self.visitor.call::<HoldTickets>(&fields)).await?;
        let location = answer.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let Some(token) = location.rsplit_once("/o/").map(|(_, token)| token.to_owned()) else {
            return Err(Trouble::Lost(format!("a hold led to {location}")));
        };
        self.note(Act::Held, basket, &token)?;
        Ok(token)
    }

    /// Has a phone asked for the money of an order.
    pub async fn pay(&self, basket: &Basket, token: &str, phone: &str) -> Result<(), Trouble> {
        let key = format!("{}-pay", basket.key);
        let fields = [
            ("form[token]", token),
            ("form[key]", key.as_str()),
            ("form[name]", "Amina Otieno"),
            ("form[email]", "amina@example.org"),
            ("form[phone]", phone),
        ];
        again(|| self.visitor.call::<PayOrder>(&fields)).await?;
        self.note(Act::Asked, basket, token)
    }

    /// Looks at an order until it is paid, or has ended some other way, or the time is up. Gives the last state seen.
    pub async fn watch(&self, basket: &Basket, token: &str, until: Instant) -> Result<OrderState, Trouble> {
        let mut pause = FIRST_LOOK;
        loop {
            sleep(pause).await;
            pause = (pause * 2).min(LOOK_MAX);
            let state = self.look(token).await?;
            let act = match state {
                OrderState::Paid => Act::Paid,
                OrderState::Basket | OrderState::Pending if Instant::now() < until => continue,
                OrderState::Basket | OrderState::Pending => return Ok(state),
                _ => Act::Ended,
            };
            self.note(act, basket, token)?;
            return Ok(state);
        }
    }

    /// What state an order is in.
    pub async fn look(&self, token: &str) -> Result<OrderState, Trouble> {
        let fields = [("token", token)];
        let answer = again(|| self.visitor.call::<GetOrder>(&fields)).await?;
        let look: Look = serde_json::from_slice(&answer.body)?;
        Ok(look.state)
    }

    fn note(&self, act: Act, basket: &Basket, token: &str) -> Result<(), Trouble> {
        let entry = Entry {
            act,
            key: basket.key.clone(),
            subject: token.to_owned(),
            event: basket.event.clone(),
            tickets: basket.tickets(),
        };
        Ok(self.ledger.note(&entry)?)
    }
}

/// Sends a request again while the answer was lost or the server asked for patience.
async fn again<T, F: Future<Output = Result<T, Trouble>>>(send: impl Fn() -> F) -> Result<T, Trouble> {
    let mut tries = 1;
    loop {
        match send().await {
            Err(trouble) if trouble.may_pass() && tries < TRIES => {
                tries += 1;
                sleep(RETRY_PAUSE).await;
            }
            answer => return answer,
        }
    }
}

/// The ticket types that the picker of an event's page offers.
fn types_in(page: &str) -> Vec<String> {
    let rows = page.split("[ticket_type]\"").skip(1);
    rows.filter_map(|row| Some(row.split_once("value=\"")?.1.split_once('"')?.0.to_owned())).collect()
}

/// A purchase's key, from the run's own chance.
pub fn key(chance: &mut Chance) -> String {
    format!("load-{:016x}{:016x}", chance.draw(), chance.draw())
}

/// A phone that nobody else in a run has, and that the simulator's numbers with a meaning are not among.
pub fn phone(number: u64) -> String {
    format!("07{:04}5{:03}", number / 1000 % 10_000, number % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picker_of_a_page_tells_the_types() {
        let page = r#"<input type="hidden" name="form[wishes][0][ticket_type]" value="0199-a"/><input name="form[wishes][1][ticket_type]" value="0199-b"/>"#;
        assert_eq!(types_in(page), ["0199-a", "0199-b"]);
        assert!(types_in("<p>Sold out</p>").is_empty());
    }

    #[test]
    fn phones_are_each_others_and_mean_nothing_to_the_simulator() {
        let phones: std::collections::BTreeSet<_> = (0..20_000).map(phone).collect();
        assert_eq!(phones.len(), 20_000);
        assert!(phones.iter().all(|phone| phone.len() == 10 && phone.as_bytes()[6] == b'5'));
    }
}

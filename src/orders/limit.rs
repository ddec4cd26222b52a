//! How many tickets one person may have.

use std::collections::HashMap;

use super::OrderRefusal;
use crate::{inventory::Wish, kernel::TicketTypeId};

/// What one person has of each type, paid for or held.
pub type Had = HashMap<TicketTypeId, u32>;

/// The limits of an event and of its ticket types, where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub event: Option<u32>,
    pub types: HashMap<TicketTypeId, u32>,
}

impl Limits {
    pub fn is_empty(&self) -> bool {
        self.event.is_none() && self.types.is_empty()
    }

    /// Adds a basket to what a person has, if that is not too much.
    pub fn take(&self, had: &mut Had, wishes: &[Wish]) -> Result<(), OrderRefusal> {
        for wish in wishes {
            let own = had.get(&wish.ticket_type_id).copied().unwrap_or(0);
            if let Some(&max) = self.types.get(&wish.ticket_type_id)
                && own.saturating_add(wish.quantity) > max
            {
                return Err(OrderRefusal::TooManyForOne { max, had: own });
            }
        }
        let all: u32 = had.values().sum();
        let more: u32 = wishes.iter().map(|wish| wish.quantity).sum();
        if let Some(max) = self.event.filter(|max| all.saturating_add(more) > *max) {
            return Err(OrderRefusal::TooManyForOneAtEvent { max, had: all });
        }
        for wish in wishes {
            *had.entry(wish.ticket_type_id).or_default() += wish.quantity;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> TicketTypeId {
        TicketTypeId(uuid::Uuid::from_u128(n))
    }

    fn wish(n: u128, quantity: u32) -> Wish {
        Wish { ticket_type_id: id(n), quantity }
    }

    #[test]
    fn a_person_has_so_many_of_a_type_and_of_the_event_and_no_more() {
        let limits = Limits { event: Some(5), types: HashMap::from([(id(1), 2)]) };
        let mut had = Had::new();
        assert_eq!(limits.take(&mut had, &[wish(1, 2)]), Ok(()));
        assert_eq!(limits.take(&mut had, &[wish(1, 1)]), Err(OrderRefusal::TooManyForOne { max: 2, had: 2 }));
        assert_eq!(limits.take(&mut had, &[wish(2, 4)]), Err(OrderRefusal::TooManyForOneAtEvent { max: 5, had: 2 }));
        assert_eq!(limits.take(&mut had, &[wish(2, 3)]), Ok(()));
        assert_eq!(had.values().sum::<u32>(), 5, "a refused basket adds nothing");
        assert_eq!(Limits::default().take(&mut had, &[wish(1, 100)]), Ok(()));
    }
}

//! What a basket costs, line by line.

use super::OrderRefusal;
use crate::{
    error::Result,
    inventory::{HoldRefusal, Wish},
    kernel::{Currency, Money, TicketTypeId},
    tickets::{Availability, OnSale},
};

/// So many of one ticket type, at the price of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub ticket_type_id: TicketTypeId,
    pub quantity: u32,
    pub unit: Money,
}

/// Prices a basket from what is on sale; a wish for anything else is refused. Gives the lines and their sum. Whether
/// the stock is there is for the pools to say; what is known to be gone is refused here already.
pub fn quote(wishes: &[Wish], on_sale: &[OnSale], currency: Currency) -> Result<(Vec<Line>, Money)> {
    let mut lines = Vec::with_capacity(wishes.len());
    let mut total = Money::zero(currency);
    for wish in wishes {
        let offer = on_sale.iter().find(|offer| offer.id == wish.ticket_type_id).ok_or(OrderRefusal::NotOnSale)?;
        check(wish.quantity, offer)?;
        let sum = offer.price.times(wish.quantity).ok_or(OrderRefusal::TooLarge)?;
        total = total.plus(sum).ok_or(OrderRefusal::TooLarge)?;
        lines.push(Line { ticket_type_id: wish.ticket_type_id, quantity: wish.quantity, unit: offer.price });
    }
    Ok((lines, total))
}

fn check(quantity: u32, offer: &OnSale) -> Result<()> {
    match offer.left {
        Availability::NotYet(_) | Availability::Ended => Err(OrderRefusal::NotOnSale.into()),
        Availability::SoldOut => Err(HoldRefusal::SoldOut.into()),
        Availability::Few(left) if quantity > left => Err(HoldRefusal::NotEnough { left }.into()),
        Availability::Few(_) | Availability::Plenty if quantity > offer.order_max => {
            Err(OrderRefusal::TooMany { max: offer.order_max }.into())
        }
        Availability::Few(_) | Availability::Plenty => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;

    fn id(n: u128) -> TicketTypeId {
        TicketTypeId(uuid::Uuid::from_u128(n))
    }

    fn offer(n: u128, minor: i64, left: Availability) -> OnSale {
        let price = Money::new(minor, Currency::Kes);
        OnSale {
            id: id(n),
            name: "Regular".into(),
            note: String::new(),
            price,
            left,
            order_max: 10,
            buyer_max: None,
            is_hidden: false,
            free: 0,
            order_limit: 10,
        }
    }

    fn wish(n: u128, quantity: u32) -> Wish {
        Wish { ticket_type_id: id(n), quantity }
    }

    #[test]
    fn a_basket_costs_what_the_desk_has_set() {
        let on_sale = [offer(1, 150_000, Availability::Plenty), offer(2, 0, Availability::Few(3))];
        let (lines, total) = quote(&[wish(1, 2), wish(2, 3)], &on_sale, Currency::Kes).expect("a price");
        assert_eq!(total, Money::new(300_000, Currency::Kes));
        assert_eq!(lines.iter().map(|line| line.unit.minor).collect::<Vec<_>>(), [150_000, 0]);
    }

    #[test]
    fn what_is_not_to_be_had_is_refused_with_its_reason() {
        let cases = [
            (wish(9, 1), offer(1, 100, Availability::Plenty), AppError::from(OrderRefusal::NotOnSale)),
            (wish(1, 1), offer(1, 100, Availability::Ended), OrderRefusal::NotOnSale.into()),
            (wish(1, 1), offer(1, 100, Availability::SoldOut), HoldRefusal::SoldOut.into()),
            (wish(1, 4), offer(1, 100, Availability::Few(3)), HoldRefusal::NotEnough { left: 3 }.into()),
            (wish(1, 11), offer(1, 100, Availability::Plenty), OrderRefusal::TooMany { max: 10 }.into()),
            (wish(1, 10), offer(1, i64::MAX / 2, Availability::Plenty), OrderRefusal::TooLarge.into()),
        ];
        for (wish, offer, refusal) in cases {
            assert_eq!(quote(&[wish], &[offer], Currency::Kes), Err(refusal));
        }
    }
}

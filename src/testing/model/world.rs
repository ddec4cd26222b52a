//! The model: stock, orders, payments, refunds and books as they must be.

use std::collections::BTreeSet;

use super::command::{Command, News};
use crate::{orders::OrderState, payments::PaymentState};

/// Ticket types of the shop: regular ones, and VIPs who stand in the same room.
pub const KINDS: usize = 2;
/// What a ticket costs, in minor units.
pub const PRICES: [i64; KINDS] = [100_000, 250_000];

/// A counted stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    pub capacity: i32,
    pub held: i32,
    pub sold: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Active,
    /// Past its end, and not swept: its stock is still its own.
    Overdue,
    Converted,
    Expired,
    Released,
}

impl Hold {
    const fn has_stock(self) -> bool {
        matches!(self, Self::Active | Self::Overdue)
    }
}

#[derive(Clone, Debug)]
pub struct Order {
    pub wish: [u32; KINDS],
    pub state: OrderState,
    pub hold: Hold,
    /// Valid ones.
    pub tickets: u32,
}

impl Order {
    pub fn total_minor(&self) -> i64 {
        self.wish.iter().zip(PRICES).map(|(quantity, price)| i64::from(*quantity) * price).sum()
    }
}

/// What happened at the phone, which is the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phone {
    Ringing,
    Paid,
    Declined,
}

/// Whom captured money is owed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    Organizer,
    Buyer,
}

/// A claim of success that has not been confirmed.
#[derive(Clone, Copy, Debug)]
struct Claim {
    is_of_amount: bool,
    has_receipt: bool,
}

#[derive(Clone, Debug)]
pub struct Payment {
    pub order: usize,
    pub state: PaymentState,
    phone: Phone,
    /// What was said already, as result code and whether there was a receipt: said again it is no news.
    said: BTreeSet<(bool, bool)>,
    claims: Vec<Claim>,
    has_receipt: bool,
    pub owed: Option<Owed>,
    /// Whether the money is back, once it is to go.
    pub refunded: Option<bool>,
}

impl Payment {
    pub fn is_ringing(&self) -> bool {
        self.phone == Phone::Ringing
    }

    pub fn is_paid_at_phone(&self) -> bool {
        self.phone == Phone::Paid
    }
}

/// How a command ended for whoever gave it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    #[default]
    Done,
    /// Too few are left.
    Short,
    HoldEnded,
    Closed,
    NothingToRefund,
    BelowSold,
    /// What no command may end in.
    Odd,
}

#[derive(Clone, Debug)]
pub struct World {
    pub pools: [Stock; KINDS],
    pub orders: Vec<Order>,
    pub payments: Vec<Payment>,
    /// How the last command ended.
    pub said: Said,
}

/// How much of each pool a basket takes: a VIP stands in the room of all.
fn need(wish: [u32; KINDS]) -> [i32; KINDS] {
    let [regular, vip] = wish.map(|quantity| i32::try_from(quantity).expect("a small number"));
    [regular + vip, vip]
}

impl World {
    pub fn new(capacities: [i32; KINDS]) -> Self {
        let pools = capacities.map(|capacity| Stock { capacity, held: 0, sold: 0 });
        Self { pools, orders: Vec::new(), payments: Vec::new(), said: Said::Done }
    }

    /// Lets a command have its effect.
    pub fn obey(&mut self, command: &Command) {
        self.said = match *command {
            Command::Start { wish } => self.start(wish),
            Command::StartAgain { .. } => Said::Done,
            Command::Pay { order } => self.pay(order),
            Command::EnterPin { payment } => self.answer(payment, Phone::Paid),
            Command::Decline { payment } => self.answer(payment, Phone::Declined),
            Command::Tell { payment, news, .. } => self.tell(payment, news),
            Command::Poll { payment } => self.poll(payment),
            Command::LetHoldsEnd => self.let_holds_end(),
            Command::Sweep => {
                self.sweep();
                Said::Done
            }
            Command::Release { order } => self.release(order),
            Command::Refund { order } => self.refund(order),
            Command::Resize { capacity } => self.resize(capacity),
        };
        for payment in 0..self.payments.len() {
            self.confirm_claims(payment);
            self.send_back(payment);
        }
    }

    fn fits(&self, wish: [u32; KINDS]) -> bool {
        self.pools.iter().zip(need(wish)).all(|(pool, need)| pool.held + pool.sold + need <= pool.capacity)
    }

    /// Moves a basket's stock: what is added to held and to sold, a piece.
    fn shift(&mut self, wish: [u32; KINDS], held: i32, sold: i32) {
        for (pool, need) in self.pools.iter_mut().zip(need(wish)) {
            pool.held += held * need;
            pool.sold += sold * need;
        }
    }

    fn start(&mut self, wish: [u32; KINDS]) -> Said {
        // Stock whose hold is overdue is swept up before anybody is turned away.
        if !self.fits(wish) {
            self.sweep();
        }
        if !self.fits(wish) {
            return Said::Short;
        }
        self.shift(wish, 1, 0);
        self.orders.push(Order { wish, state: OrderState::Basket, hold: Hold::Active, tickets: 0 });
        Said::Done
    }

    fn has_open_payment(&self, order: usize) -> bool {
        self.payments.iter().any(|payment| payment.order == order && payment.state.is_open())
    }

    fn pay(&mut self, order: usize) -> Said {
        match self.orders[order].state {
            OrderState::Paid | OrderState::PartRefunded => return Said::Done,
            OrderState::Pending if self.has_open_payment(order) => return Said::Done,
            OrderState::Basket | OrderState::Pending => {}
            OrderState::Expired => return Said::HoldEnded,
            OrderState::Refunded | OrderState::Cancelled | OrderState::Failed => return Said::Closed,
        }
        if self.orders[order].hold != Hold::Active {
            return Said::HoldEnded;
        }
        self.orders[order].state = OrderState::Pending;
        self.payments.push(Payment {
            order,
            state: PaymentState::Prompted,
            phone: Phone::Ringing,
            said: BTreeSet::new(),
            claims: Vec::new(),
            has_receipt: false,
            owed: None,
            refunded: None,
        });
        Said::Done
    }

    fn answer(&mut self, payment: usize, phone: Phone) -> Said {
        self.payments[payment].phone = phone;
        Said::Done
    }

    fn tell(&mut self, payment: usize, news: News) -> Said {
        let is_success = news != News::Refused;
        let claim = Claim { is_of_amount: news != News::WrongAmount, has_receipt: news == News::Paid };
        if !self.payments[payment].said.insert((is_success, claim.has_receipt)) {
            return Said::Done;
        }
        if is_success {
            self.payments[payment].claims.push(claim);
        } else {
            self.fail(payment);
        }
        Said::Done
    }

    fn poll(&mut self, payment: usize) -> Said {
        let asked = &mut self.payments[payment];
        match asked.phone {
            Phone::Paid if asked.said.insert((true, false)) => {
                self.succeed(payment, Claim { is_of_amount: true, has_receipt: false });
            }
            Phone::Declined if asked.said.insert((false, false)) => self.fail(payment),
            Phone::Ringing | Phone::Paid | Phone::Declined => {}
        }
        Said::Done
    }

    /// Claims wait while the phone rings; then the truth decides.
    fn confirm_claims(&mut self, payment: usize) {
        let claims = match self.payments[payment].phone {
            Phone::Ringing => return,
            Phone::Declined => return self.payments[payment].claims.clear(),
            Phone::Paid => std::mem::take(&mut self.payments[payment].claims),
        };
        for claim in claims {
            self.succeed(payment, claim);
        }
    }

    fn succeed(&mut self, at: usize, claim: Claim) {
        let payment = &mut self.payments[at];
        let is_settled = payment.state == PaymentState::Succeeded;
        if !claim.is_of_amount {
            if !is_settled {
                payment.state = PaymentState::Review;
            }
            return;
        }
        payment.has_receipt |= claim.has_receipt;
        if is_settled {
            return;
        }
        payment.state = PaymentState::Succeeded;
        let is_given = self.give_tickets(self.payments[at].order);
        let payment = &mut self.payments[at];
        payment.owed = Some(if is_given { Owed::Organizer } else { Owed::Buyer });
        if !is_given {
            payment.refunded = Some(false);
        }
    }

    /// Tickets for money that came; `false` when there is nothing to give.
    fn give_tickets(&mut self, at: usize) -> bool {
        let Order { wish, state, hold, .. } = self.orders[at].clone();
        if matches!(state, OrderState::Paid | OrderState::PartRefunded | OrderState::Refunded | OrderState::Failed) {
            return false;
        }
        if hold.has_stock() {
            self.shift(wish, -1, 1);
            self.orders[at].hold = Hold::Converted;
        } else if self.fits(wish) {
            self.shift(wish, 0, 1);
        } else {
            self.orders[at].state = OrderState::Failed;
            return false;
        }
        self.orders[at].state = OrderState::Paid;
        self.orders[at].tickets = wish.iter().sum();
        true
    }

    fn fail(&mut self, payment: usize) {
        let failed = &mut self.payments[payment];
        if !failed.state.is_open() {
            return;
        }
        failed.state = PaymentState::Cancelled;
        let order = &mut self.orders[failed.order];
        if order.state == OrderState::Pending {
            order.state = if order.hold.has_stock() { OrderState::Basket } else { OrderState::Expired };
        }
    }

    fn let_holds_end(&mut self) -> Said {
        for order in self.orders.iter_mut().filter(|order| order.hold == Hold::Active) {
            order.hold = Hold::Overdue;
        }
        Said::Done
    }

    fn sweep(&mut self) {
        for at in 0..self.orders.len() {
            let order = &mut self.orders[at];
            if order.hold != Hold::Overdue {
                continue;
            }
            order.hold = Hold::Expired;
            if order.state == OrderState::Basket {
                order.state = OrderState::Expired;
            }
            let wish = order.wish;
            self.shift(wish, -1, 0);
        }
    }

    fn release(&mut self, at: usize) -> Said {
        if self.orders[at].state == OrderState::Basket {
            self.orders[at].state = OrderState::Cancelled;
            self.orders[at].hold = Hold::Released;
            self.shift(self.orders[at].wish, -1, 0);
        }
        Said::Done
    }

    fn refund(&mut self, at: usize) -> Said {
        if !self.orders[at].state.has_tickets() {
            return Said::NothingToRefund;
        }
        self.orders[at].state = OrderState::Refunded;
        self.orders[at].tickets = 0;
        self.shift(self.orders[at].wish, 0, -1);
        let captured = |payment: &&mut Payment| payment.order == at && payment.state == PaymentState::Succeeded;
        for payment in self.payments.iter_mut().filter(captured) {
            payment.refunded = payment.refunded.or(Some(false));
        }
        Said::Done
    }

    /// Money goes back by its receipt, and waits for it.
    fn send_back(&mut self, payment: usize) {
        let payment = &mut self.payments[payment];
        if payment.has_receipt && payment.refunded.is_some() {
            payment.refunded = Some(true);
        }
    }

    fn resize(&mut self, capacity: i32) -> Said {
        let pool = &mut self.pools[0];
        if capacity < pool.held + pool.sold {
            return Said::BelowSold;
        }
        pool.capacity = capacity;
        Said::Done
    }
}

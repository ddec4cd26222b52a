//! What can happen in a shop, and which of it at random.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

use super::world::{KINDS, World};

/// What M-Pesa is said to say in a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The truth about a payment, with amount and receipt.
    Paid,
    /// A success without amount and receipt, true or not.
    Bare,
    /// A success over another amount.
    WrongAmount,
    /// The buyer cancelled, true or not.
    Refused,
}

/// Something that somebody does. Orders and payments go by their number, in the order in which they were made.
#[derive(Clone, Debug)]
pub enum Command {
    Start {
        wish: [u32; KINDS],
    },
    /// The form of an order is sent again.
    StartAgain {
        order: usize,
    },
    Pay {
        order: usize,
    },
    /// The phone's holder pays; nobody has told us yet.
    EnterPin {
        payment: usize,
    },
    Decline {
        payment: usize,
    },
    Tell {
        payment: usize,
        news: News,
        copies: usize,
    },
    /// We ask M-Pesa.
    Poll {
        payment: usize,
    },
    /// Every hold reaches its end, and nobody has noticed yet.
    LetHoldsEnd,
    Sweep,
    Release {
        order: usize,
    },
    Refund {
        order: usize,
    },
    /// The desk changes how many regular tickets there are.
    Resize {
        capacity: i32,
    },
}

/// The machine whose runs are random.
pub struct Commerce;

/// Payments that one order may try: more would only meet the limit on prompts.
const TRIES_MAX: usize = 4;

impl ReferenceStateMachine for Commerce {
    type State = World;
    type Transition = Command;

    fn init_state() -> BoxedStrategy<World> {
        (2..7_i32, 1..4_i32).prop_map(|(regular, vip)| World::new([regular, vip])).boxed()
    }

    fn transitions(world: &World) -> BoxedStrategy<Command> {
        let mut choices = vec![
            (6, (0..4_u32, 0..3_u32).prop_map(|(regular, vip)| Command::Start { wish: [regular, vip] }).boxed()),
            (3, Just(Command::LetHoldsEnd).boxed()),
            (2, Just(Command::Sweep).boxed()),
            (1, (1..8_i32).prop_map(|capacity| Command::Resize { capacity }).boxed()),
        ];
        if !world.orders.is_empty() {
            let order = || 0..world.orders.len();
            choices.extend([
                (1, order().prop_map(|order| Command::StartAgain { order }).boxed()),
                (9, order().prop_map(|order| Command::Pay { order }).boxed()),
                (2, order().prop_map(|order| Command::Release { order }).boxed()),
                (2, order().prop_map(|order| Command::Refund { order }).boxed()),
            ]);
        }
        if !world.payments.is_empty() {
            let payment = || 0..world.payments.len();
            let news = prop_oneof![
                4 => Just(News::Paid),
                2 => Just(News::Bare),
                1 => Just(News::WrongAmount),
                3 => Just(News::Refused),
            ];
            let tell = (payment(), news, 1..4_usize);
            choices.extend([
                (8, payment().prop_map(|payment| Command::EnterPin { payment }).boxed()),
                (2, payment().prop_map(|payment| Command::Decline { payment }).boxed()),
                (9, tell.prop_map(|(payment, news, copies)| Command::Tell { payment, news, copies }).boxed()),
                (4, payment().prop_map(|payment| Command::Poll { payment }).boxed()),
            ]);
        }
        proptest::strategy::Union::new_weighted(choices).boxed()
    }

    fn apply(mut world: World, command: &Command) -> World {
        world.obey(command);
        world
    }

    fn preconditions(world: &World, command: &Command) -> bool {
        let rings = |payment: usize| world.payments.get(payment).is_some_and(|payment| payment.is_ringing());
        match *command {
            Command::Start { wish } => wish.iter().sum::<u32>() > 0,
            Command::StartAgain { order } | Command::Release { order } | Command::Refund { order } => {
                order < world.orders.len()
            }
            Command::Pay { order } => {
                let tries = world.payments.iter().filter(|payment| payment.order == order).count();
                order < world.orders.len() && tries < TRIES_MAX
            }
            Command::EnterPin { payment } | Command::Decline { payment } => rings(payment),
            Command::Tell { payment, news, .. } => {
                world.payments.get(payment).is_some_and(|payment| news != News::Paid || payment.is_paid_at_phone())
            }
            Command::Poll { payment } => payment < world.payments.len(),
            Command::LetHoldsEnd | Command::Sweep | Command::Resize { .. } => true,
        }
    }
}

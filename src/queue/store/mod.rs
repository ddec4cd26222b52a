//! Statements on `waiting_room`, `waiting_visitor`.
mod rooms;
mod views;
mod visitors;

pub use rooms::{
    Room, Seeded, Settings, Ticked, begin_round, insert_room, lock_room, lock_room_if_free, mark_drawn, mark_inside,
    mark_lots, mark_ticked, read_room, set_state, update_room,
};
pub use views::{View, list_due_rooms, list_open_rooms};
pub use visitors::{
    NewVisitor, Visitor, assign_numbers, count_flow, find_by_browsers, find_by_lots, find_start_count, give_start_back,
    insert_visitors, list_inside, mark_called, mark_entered, mark_left, set_baskets, take_start,
};

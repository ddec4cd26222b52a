//! A club: a floor to stand on before the stage, tables around it, booths along the wall.

use std::f64::consts::TAU;

use super::{category, rectangle, seats, spot};
use crate::venues::{
    plan::{Plan, Row, Spot, Standing, Zone},
    seat_map::{Kinds, RowForm},
};

const AT_A_TABLE: u32 = 6;
const IN_A_BOOTH: u32 = 6;

/// Four hundred who stand, eight tables, four booths.
pub fn plan() -> Plan {
    let stage = Zone {
        areas: vec![
            rectangle((250.0, 0.0), (300.0, 80.0), "#9A6200", "Stage"),
            rectangle((690.0, 100.0), (60.0, 220.0), "#9A6200", "Bar"),
        ],
        ..Zone::default()
    };
    let floor = Zone {
        name: Some("Floor".to_owned()),
        areas: vec![rectangle((200.0, 100.0), (400.0, 220.0), "#F0861A", "Floor")],
        standing: Some(Standing { capacity: 400, category: "Floor".to_owned() }),
        ..Zone::default()
    };
    Plan {
        name: "Baraza Club".to_owned(),
        size: Some(Spot::new(800.0, 640.0)),
        categories: vec![category("Floor", "#F0861A"), category("Table", "#123F73"), category("Booth", "#B5175E")],
        zones: vec![stage, floor, tables(), booths()],
        ..Plan::default()
    }
}

fn tables() -> Zone {
    let rows = (0..8_u32).map(|table| {
        let name = format!("T{}", table + 1);
        let middle = Spot::new(130.0 + f64::from(table % 4) * 180.0, 380.0 + f64::from(table / 4) * 100.0);
        let angles = (0..AT_A_TABLE).map(|seat| f64::from(seat) * TAU / f64::from(AT_A_TABLE));
        let spots: Vec<_> = angles.map(|angle| spot(30.0 * angle.cos(), 30.0 * angle.sin())).collect();
        let seats = seats(("Tables", &name), "Table", &spots, |_| Kinds::default());
        Row { name, at: Some(middle), form: RowForm::Table, seats, ..Row::default() }
    });
    Zone { name: Some("Tables".to_owned()), rows: rows.collect(), ..Zone::default() }
}

fn booths() -> Zone {
    let rows = (0..4_u32).map(|booth| {
        let name = format!("B{}", booth + 1);
        let corner = Spot::new(60.0 + f64::from(booth) * 180.0, 580.0);
        let spots: Vec<_> = (0..IN_A_BOOTH).map(|seat| spot(f64::from(seat) * 25.0, 0.0)).collect();
        let seats = seats(("Booths", &name), "Booth", &spots, |_| Kinds::default());
        Row { name, at: Some(corner), form: RowForm::Booth, elevation: Some(0.4), seats, ..Row::default() }
    });
    Zone { name: Some("Booths".to_owned()), rows: rows.collect(), ..Zone::default() }
}

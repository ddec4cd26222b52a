//! The map in bytes: version 1.
//!
//! Names first, then for each row its numbering and runs, then where seats are (`curve`), then zones and kinds as
//! stretches of equal seats. A later version gets another number in front; this one is read for ever.

use super::{
    Kinds, Numbering, Point, PriceZone, Row, RowForm, SEATS_MAX, Seat, SeatMap, Section, Shape, Standing,
    bytes::{Reader, Writer},
    curve,
};

/// What every map starts with: the format, and its version.
const MARK: [u8; 4] = *b"LSM1";

/// These bytes are no map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no map")]
pub struct DecodeFault;

impl SeatMap {
    /// The map in bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer(MARK.to_vec());
        out.text(&self.name);
        point(&mut out, self.size);
        point(&mut out, self.focus);
        out.number(self.radius.into());
        list(&mut out, &self.zones, |out, zone| {
            out.text(&zone.name);
            zone.color.iter().for_each(|part| out.byte(*part));
        });
        list(&mut out, &self.shapes, |out, shape| {
            outline(out, &shape.outline);
            shape.color.iter().for_each(|part| out.byte(*part));
            out.text(&shape.text);
        });
        list(&mut out, &self.sections, section);
        let mut last = Point::default();
        for run in self.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.runs) {
            let places: Vec<_> = self.seats[run.start as usize..run.end as usize].iter().map(|seat| seat.at).collect();
            curve::write(&mut out, &mut last, &places);
        }
        let expected = expected_kinds(self);
        let traits = self.seats.iter().zip(expected).map(|(seat, kinds)| (seat.zone, seat.kinds.differing(kinds)));
        for alike in traits.collect::<Vec<_>>().chunk_by(|a, b| a == b) {
            out.count(alike.len());
            out.byte(alike[0].0);
            out.byte(alike[0].1.bits());
        }
        out.0
    }

    /// Reads what [`Self::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeFault> {
        let mut input = Reader::new(bytes);
        if input.bytes(MARK.len())? != MARK {
            return Err(DecodeFault);
        }
        let (name, size, focus, radius) =
            (input.text()?, read_point(&mut input)?, read_point(&mut input)?, input.fit()?);
        let zones = read_list(&mut input, |input| Ok(PriceZone { name: input.text()?, color: read_color(input)? }))?;
        let shapes = read_list(&mut input, |input| {
            Ok(Shape { outline: read_outline(input)?, color: read_color(input)?, text: input.text()? })
        })?;
        let mut seats = 0;
        let sections = read_list(&mut input, |input| read_section(input, &mut seats))?;
        let mut map = Self { name, size, radius, focus, zones, sections, shapes, seats: Vec::new() };
        map.seats = read_seats(&mut input, &map)?;
        if input.is_at_end() { Ok(map) } else { Err(DecodeFault) }
    }
}

/// What seats are unless it is said otherwise: those at the ends of a run stand at an aisle.
fn expected_kinds(map: &SeatMap) -> Vec<Kinds> {
    let runs = map.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.runs);
    let of_run = |run: &std::ops::Range<u32>| {
        let last = run.len().saturating_sub(1);
        (0..run.len()).map(move |place| if place == 0 || place == last { Kinds::AISLE } else { Kinds::default() })
    };
    runs.flat_map(of_run).collect()
}

fn list<T>(out: &mut Writer, things: &[T], write: fn(&mut Writer, &T)) {
    out.count(things.len());
    things.iter().for_each(|thing| write(out, thing));
}

fn read_list<T>(
    input: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T, DecodeFault>,
) -> Result<Vec<T>, DecodeFault> {
    let count = input.count()?;
    (0..count).map(|_| read(input)).collect()
}

fn point(out: &mut Writer, point: Point) {
    out.number(point.x.into());
    out.number(point.y.into());
}

fn read_point(input: &mut Reader<'_>) -> Result<Point, DecodeFault> {
    Ok(Point::new(input.fit()?, input.fit()?))
}

fn outline(out: &mut Writer, points: &[Point]) {
    out.count(points.len());
    points.iter().for_each(|place| point(out, *place));
}

fn read_outline(input: &mut Reader<'_>) -> Result<Vec<Point>, DecodeFault> {
    read_list(input, read_point)
}

fn read_color(input: &mut Reader<'_>) -> Result<[u8; 3], DecodeFault> {
    Ok([input.byte()?, input.byte()?, input.byte()?])
}

fn section(out: &mut Writer, section: &Section) {
    out.text(&section.name);
    out.byte(section.standing.is_some().into());
    if let Some(standing) = &section.standing {
        out.number(standing.capacity.into());
        out.byte(standing.zone);
        outline(out, &standing.outline);
    }
    let names: Vec<_> = section.rows.iter().map(|row| row.name.as_str()).collect();
    out.count(names.len());
    numbering(out, &Numbering::of(&names));
    let mut height = 0;
    for row in &section.rows {
        out.byte(row.form.code());
        out.signed(i64::from(row.height) - height);
        height = row.height.into();
        numbering(out, &row.numbering);
        out.count(row.runs.len());
        row.runs.iter().for_each(|run| out.count(run.len()));
    }
}

fn read_section(input: &mut Reader<'_>, seats: &mut u32) -> Result<Section, DecodeFault> {
    let name = input.text()?;
    let standing = match input.byte()? {
        0 => None,
        1 => Some(Standing { capacity: input.fit()?, zone: input.byte()?, outline: read_outline(input)? }),
        _ => return Err(DecodeFault),
    };
    let count = input.count()?;
    let names = read_numbering(input)?;
    let mut height = 0;
    let rows = (0..u32::try_from(count).map_err(|_| DecodeFault)?)
        .map(|place| {
            let form = RowForm::of_code(input.byte()?)?;
            height = input.signed()?.checked_add(height).ok_or(DecodeFault)?;
            let numbering = read_numbering(input)?;
            let runs = read_list(input, |input| {
                let start = *seats;
                *seats = start.checked_add(input.fit()?).ok_or(DecodeFault)?;
                if *seats as usize > SEATS_MAX { Err(DecodeFault) } else { Ok(start..*seats) }
            })?;
            let height = u16::try_from(height).map_err(|_| DecodeFault)?;
            Ok(Row { name: names.label(place), form, height, numbering, runs })
        })
        .collect::<Result<_, _>>()?;
    Ok(Section { name, rows, standing })
}

fn numbering(out: &mut Writer, numbering: &Numbering) {
    match numbering {
        Numbering::Counted { first, step } | Numbering::Lettered { first, step } => {
            out.byte(u8::from(matches!(numbering, Numbering::Lettered { .. })));
            out.signed((*first).into());
            out.signed((*step).into());
        }
        Numbering::Listed(names) => {
            out.byte(2);
            list(out, names, |out, name| out.text(name));
        }
    }
}

fn read_numbering(input: &mut Reader<'_>) -> Result<Numbering, DecodeFault> {
    let small = |input: &mut Reader<'_>| i32::try_from(input.signed()?).map_err(|_| DecodeFault);
    match input.byte()? {
        0 => Ok(Numbering::Counted { first: small(input)?, step: small(input)? }),
        1 => Ok(Numbering::Lettered { first: small(input)?, step: small(input)? }),
        2 => Ok(Numbering::Listed(read_list(input, |input| input.text())?)),
        _ => Err(DecodeFault),
    }
}

/// Places of all runs, then what the seats are.
fn read_seats(input: &mut Reader<'_>, map: &SeatMap) -> Result<Vec<Seat>, DecodeFault> {
    let mut last = Point::default();
    let mut seats = Vec::new();
    for run in map.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.runs) {
        let places = curve::read(input, &mut last, run.len())?;
        seats.extend(places.into_iter().map(|at| Seat { at, zone: 0, kinds: Kinds::default() }));
    }
    let expected = expected_kinds(map);
    let mut from = 0;
    while from < seats.len() {
        let count: usize = input.fit()?;
        let (zone, kinds) = (input.byte()?, Kinds::from_bits(input.byte()?).ok_or(DecodeFault)?);
        let end = from.checked_add(count).filter(|end| count > 0 && *end <= seats.len()).ok_or(DecodeFault)?;
        let alike = seats[from..end].iter_mut().zip(&expected[from..]);
        alike.for_each(|(seat, expected)| (seat.zone, seat.kinds) = (zone, kinds.differing(*expected)));
        from = end;
    }
    let standing = map.sections.iter().filter_map(|section| section.standing.as_ref()).map(|standing| standing.zone);
    let is_known = |zone: u8| usize::from(zone) < map.zones.len();
    let known = seats.iter().map(|seat| seat.zone).chain(standing).all(is_known);
    if known { Ok(seats) } else { Err(DecodeFault) }
}

impl RowForm {
    const fn code(self) -> u8 {
        match self {
            Self::Row => 0,
            Self::Table => 1,
            Self::Booth => 2,
        }
    }

    const fn of_code(code: u8) -> Result<Self, DecodeFault> {
        match code {
            0 => Ok(Self::Row),
            1 => Ok(Self::Table),
            2 => Ok(Self::Booth),
            _ => Err(DecodeFault),
        }
    }
}

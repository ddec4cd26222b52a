//! Rows are lines and arcs: where seats should be by that, and how far off they are.
//!
//! The step from a seat to the next is turned by the same small angle each time. Whole numbers alone are used to follow
//! the curve, so that every machine and every browser comes to the same places.

use super::{
    DecodeFault, Point,
    bytes::{Reader, Writer},
};

/// Bits behind the point of a step.
const STEP_BITS: u32 = 14;
/// Bits behind the point of a turn's sine.
const TURN_BITS: u32 = 30;
const ONE: i64 = 1 << TURN_BITS;
/// A step is never longer than the map.
const STEP_MAX: i64 = (1 << 17) << STEP_BITS;

/// How residuals of a run are written: not at all, in four bits, in eight, or as they come.
const EXACT: u8 = 0;
const TIGHT: u8 = 1;
const LOOSE: u8 = 2;
const FREE: u8 = 3;

/// A step, and the sine of the angle by which it turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Curve {
    step: (i64, i64),
    turn: i64,
}

impl Curve {
    /// Where seats should be, the first one given.
    fn places(self, start: Point, count: usize) -> impl Iterator<Item = (i64, i64)> {
        let cosine = i64::try_from((ONE * ONE - self.turn * self.turn).cast_unsigned().isqrt()).unwrap_or(ONE);
        let (mut x, mut y) = (i64::from(start.x) << STEP_BITS, i64::from(start.y) << STEP_BITS);
        let (mut across, mut down) = self.step;
        (0..count).map(move |_| {
            let place = (round(x, STEP_BITS), round(y, STEP_BITS));
            (x, y) = (x + across, y + down);
            (across, down) = (
                round(across * cosine - down * self.turn, TURN_BITS),
                round(across * self.turn + down * cosine, TURN_BITS),
            );
            place
        })
    }

    /// How far the seats are from where they should be.
    fn residuals(self, seats: &[Point]) -> Vec<(i64, i64)> {
        let Some(first) = seats.first() else { return Vec::new() };
        let places = self.places(*first, seats.len());
        seats.iter().zip(places).map(|(seat, (x, y))| (i64::from(seat.x) - x, i64::from(seat.y) - y)).collect()
    }

    /// The line or arc through the first, the middle and the last seat.
    fn through(seats: &[Point]) -> Self {
        let [first, .., last] = seats else { return Self::default() };
        let middle = seats[(seats.len() - 1) / 2];
        let steps = (seats.len() - 1) as f64;
        let between = |a: Point, b: Point| (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
        let (near, far, whole) = (between(*first, middle), between(middle, *last), between(*first, *last));
        let bend = (near.0 * far.1 - near.1 * far.0).atan2(near.0 * far.0 + near.1 * far.1);
        let angle = if seats.len() > 2 { 2.0 * bend / steps } else { 0.0 };
        let half = (steps * angle / 2.0).sin();
        let shrink = if half.abs() < 1e-9 { 1.0 / steps } else { (angle / 2.0).sin() / half };
        let length = whole.0.hypot(whole.1) * shrink;
        let direction = whole.1.atan2(whole.0) - angle * (steps - 1.0) / 2.0;
        let step = |part: f64| fixed(length * part, STEP_BITS).clamp(-STEP_MAX, STEP_MAX);
        let turn = if angle.abs() < 1.0 { fixed(angle.sin(), TURN_BITS) } else { 0 };
        Self { step: (step(direction.cos()), step(direction.sin())), turn }
    }

    /// Of the arc and the straight line the one that leaves less to say.
    fn best(seats: &[Point]) -> Self {
        let arc = Self::through(seats);
        let line = match seats {
            [first, .., last] => Self::through(&[*first, *last]).shared(seats.len() - 1),
            _ => Self::default(),
        };
        let cost = |curve: Self| -> i64 { curve.residuals(seats).iter().map(|(x, y)| x.abs() + y.abs()).sum() };
        // An arc says more about itself.
        if cost(line) <= cost(arc) + 4 { line } else { arc }
    }

    /// A step from end to end, shared among so many.
    fn shared(self, steps: usize) -> Self {
        let steps = i64::try_from(steps).unwrap_or(1).max(1);
        Self { step: (self.step.0 / steps, self.step.1 / steps), turn: 0 }
    }
}

const fn round(number: i64, bits: u32) -> i64 {
    (number + (1 << (bits - 1))) >> bits
}

#[expect(clippy::cast_possible_truncation, reason = "a map is far smaller than what whole numbers hold")]
fn fixed(number: f64, bits: u32) -> i64 {
    (number * f64::from(1_u32 << bits)).round() as i64
}

/// Writes where the seats of a run are. `last` is where the run before began.
pub fn write(out: &mut Writer, last: &mut Point, seats: &[Point]) {
    let Some(first) = seats.first() else { return };
    out.signed(i64::from(first.x) - i64::from(last.x));
    out.signed(i64::from(first.y) - i64::from(last.y));
    *last = *first;
    if seats.len() < 2 {
        return;
    }
    let curve = Curve::best(seats);
    let residuals = curve.residuals(seats);
    let most = residuals.iter().map(|(x, y)| x.abs().max(y.abs())).max().unwrap_or(0);
    let mode = match most {
        0 => EXACT,
        1 => TIGHT,
        2..=7 => LOOSE,
        _ => FREE,
    };
    out.byte(mode | u8::from(curve.turn != 0) << 2);
    out.signed(curve.step.0);
    out.signed(curve.step.1);
    if curve.turn != 0 {
        out.signed(curve.turn);
    }
    match mode {
        EXACT => (),
        TIGHT => pack(out, &residuals[1..]),
        LOOSE => residuals[1..].iter().for_each(|(x, y)| out.byte(eighth(*x) << 4 | eighth(*y))),
        _ => residuals[1..].iter().for_each(|(x, y)| {
            out.signed(*x);
            out.signed(*y);
        }),
    }
}

/// Four bits a seat: two for each way, of minus one, nought and one.
fn pack(out: &mut Writer, residuals: &[(i64, i64)]) {
    let code = |way: i64| u8::try_from(way + 1).unwrap_or(1);
    for pair in residuals.chunks(2) {
        let packed = pair.iter().rev().fold(0, |byte, (x, y)| byte << 4 | code(*x) << 2 | code(*y));
        out.byte(packed);
    }
}

/// From minus seven to seven, from one on.
fn eighth(way: i64) -> u8 {
    u8::try_from(way + 8).unwrap_or(8)
}

fn unpack(input: &mut Reader<'_>, count: usize) -> Result<Vec<(i64, i64)>, DecodeFault> {
    let packed = input.bytes(count.div_ceil(2))?;
    let nibbles = packed.iter().flat_map(|byte| [byte & 15, byte >> 4]);
    nibbles.take(count).map(|nibble| Ok((way(nibble >> 2)?, way(nibble & 3)?))).collect()
}

const fn way(code: u8) -> Result<i64, DecodeFault> {
    if code < 3 { Ok(code as i64 - 1) } else { Err(DecodeFault) }
}

/// Reads where the seats of a run are.
pub fn read(input: &mut Reader<'_>, last: &mut Point, count: usize) -> Result<Vec<Point>, DecodeFault> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let first = Point::new(at(i64::from(last.x), input.signed()?)?, at(i64::from(last.y), input.signed()?)?);
    *last = first;
    if count == 1 {
        return Ok(vec![first]);
    }
    let head = input.byte()?;
    let step = (input.signed()?, input.signed()?);
    let turn = if head & 4 == 0 { 0 } else { input.signed()? };
    if step.0.abs() > STEP_MAX || step.1.abs() > STEP_MAX || turn.abs() >= ONE {
        return Err(DecodeFault);
    }
    let residuals = match head & 3 {
        EXACT => vec![(0, 0); count - 1],
        TIGHT => unpack(input, count - 1)?,
        LOOSE => {
            input.bytes(count - 1)?.iter().map(|byte| (i64::from(byte >> 4) - 8, i64::from(byte & 15) - 8)).collect()
        }
        _ => (1..count).map(|_| Ok((input.signed()?, input.signed()?))).collect::<Result<_, _>>()?,
    };
    let places = Curve { step, turn }.places(first, count).skip(1);
    let rest = places.zip(residuals).map(|((x, y), (right, down))| Ok(Point::new(at(x, right)?, at(y, down)?)));
    std::iter::once(Ok(first)).chain(rest).collect()
}

fn at(place: i64, off: i64) -> Result<u16, DecodeFault> {
    place.checked_add(off).and_then(|place| u16::try_from(place).ok()).ok_or(DecodeFault)
}

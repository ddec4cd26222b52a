//! Numbers and texts in as few bytes as they need.

use super::DecodeFault;

/// Texts inside a map, in bytes at most.
const TEXT_MAX: usize = 1_000;

/// Writes whole numbers, seven bits a byte; small ones of either sign are short.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push((number & 0x7f) as u8);
    }

    pub fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Reads what [`Writer`] wrote, and refuses anything else.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> Result<u8, DecodeFault> {
        let (first, rest) = self.0.split_first().ok_or(DecodeFault)?;
        self.0 = rest;
        Ok(*first)
    }

    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeFault> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DecodeFault)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn number(&mut self) -> Result<u64, DecodeFault> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                // One number has one spelling.
                return if byte == 0 && shift > 0 { Err(DecodeFault) } else { Ok(number) };
            }
        }
        Err(DecodeFault)
    }

    pub fn signed(&mut self) -> Result<i64, DecodeFault> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// A number that fits the wanted type.
    pub fn fit<T: TryFrom<u64>>(&mut self) -> Result<T, DecodeFault> {
        T::try_from(self.number()?).map_err(|_| DecodeFault)
    }

    /// How many things follow; each takes a byte at least, so a count beyond the bytes left is a lie.
    pub fn count(&mut self) -> Result<usize, DecodeFault> {
        let count: usize = self.fit()?;
        if count > self.0.len() { Err(DecodeFault) } else { Ok(count) }
    }

    pub fn text(&mut self) -> Result<String, DecodeFault> {
        let length: usize = self.fit()?;
        if length > TEXT_MAX {
            return Err(DecodeFault);
        }
        let text = std::str::from_utf8(self.bytes(length)?).map_err(|_| DecodeFault)?;
        Ok(text.to_owned())
    }
}

//! Ticket codes: one fixed vector for every implementation, and all the ways to bend one.

use ed25519_dalek::{Signature, Signer, SigningKey};
use proptest::prelude::*;

use super::code::{CodeFault, EventKey, TicketCode, write};
use crate::kernel::Instant;

/// The published vector: the private key is 32 bytes of 7.
const VECTOR: &str = "T1:112V50.HO/3UWA0648300V50P:675ACGQ2RO3:CB-J.DDBKQLK4A*756UY:\
    DK0M%NQ 7U-/JHGBY CRQ33JVNPRITSA+UX3S8I0TD29.7TC6VL9XZCO4NFH2IJEK8I10";
const SEED: [u8; 32] = [7; 32];

fn ticket() -> TicketCode {
    TicketCode {
        key_id: 1,
        event_reference: 0x00C0_FFEE,
        slot: 123_456,
        generation: 2,
        product: 3,
        flags: 1,
        // 2026-11-21T12:00Z, then 12 hours.
        valid_from: Instant(1_795_262_400_000),
        valid_until: Instant(1_795_305_600_000),
    }
}

fn signed(code: &TicketCode) -> String {
    write(code, &SigningKey::from_bytes(&SEED).sign(&code.unsigned_bytes()))
}

fn key() -> EventKey {
    let public = SigningKey::from_bytes(&SEED).verifying_key().to_bytes();
    EventKey { key_id: 1, event_reference: 0x00C0_FFEE, public, is_withdrawn: false }
}

fn accept(text: &str, keys: &[EventKey]) -> Result<TicketCode, CodeFault> {
    TicketCode::read(text)?.verify(keys)
}

fn bytes_of(text: &str) -> Vec<u8> {
    base45::decode(&text[3..]).expect("base45")
}

fn text_of(bytes: &[u8]) -> String {
    format!("T1:{}", base45::encode(bytes))
}

#[test]
fn the_published_vector_is_written_and_read() {
    assert_eq!(signed(&ticket()), VECTOR);
    assert_eq!(accept(VECTOR, &[key()]), Ok(ticket()));
    assert_eq!(VECTOR.len(), 131);
    assert_eq!(ticket().unsigned_bytes().len(), 7 + 21);
}

#[test]
fn no_single_flipped_bit_is_accepted() {
    let bytes = bytes_of(&signed(&ticket()));
    assert_eq!(bytes.len() * 8, 680);
    for bit in 0..680 {
        let mut bent = bytes.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert!(accept(&text_of(&bent), &[key()]).is_err(), "bit {bit}");
    }
}

#[test]
fn shorter_and_longer_codes_are_not_tickets() {
    let text = signed(&ticket());
    for length in 0..text.len() {
        assert_eq!(accept(&text[..length], &[key()]), Err(CodeFault::NotATicket), "{length}");
    }
    for tail in ["0", " ", "00", "000", "\r\n", "T1:"] {
        assert_eq!(accept(&format!("{text}{tail}"), &[key()]), Err(CodeFault::NotATicket), "{tail:?}");
    }
    let bytes = bytes_of(&text);
    assert_eq!(accept(&text_of(&bytes[..84]), &[key()]), Err(CodeFault::NotATicket));
    assert_eq!(accept(&text_of(&[bytes.as_slice(), &[0]].concat()), &[key()]), Err(CodeFault::NotATicket));
}

#[test]
fn other_spellings_and_other_texts_are_not_tickets() {
    let text = signed(&ticket());
    let garbage = "T1:".to_owned() + &":".repeat(128);
    let big = "A".repeat(4096);
    let others = [
        text.to_lowercase(),
        format!(" {text}"),
        format!("\u{feff}{text}"),
        text.replacen("T1:", "T2:", 1),
        text.replacen("T1:", "t1:", 1),
        garbage,
        big,
        String::new(),
        "T1:".into(),
        "https://lango.example/e/koroga".into(),
        "BEGIN:VCARD\nFN:Somebody\nEND:VCARD".into(),
        "T1:".to_owned() + &"é".repeat(64),
    ];
    for other in others {
        assert_eq!(accept(&other, &[key()]), Err(CodeFault::NotATicket), "{other:?}");
    }
}

#[test]
fn a_code_has_one_spelling() {
    // 45 * 45 pairs stand for 256 bytes, so the last two characters could say the same byte in several ways.
    let text = signed(&ticket());
    let alphabet: Vec<char> = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".chars().collect();
    let accepted = alphabet
        .iter()
        .flat_map(|a| alphabet.iter().map(move |b| (a, b)))
        .filter(|(a, b)| accept(&format!("{}{a}{b}", &text[..129]), &[key()]).is_ok())
        .count();
    assert_eq!(accepted, 1);
}

#[test]
fn other_versions_and_modes_are_unknown() {
    for first in (0..=u8::MAX).filter(|first| *first != 0x10) {
        let mut bytes = bytes_of(&signed(&ticket()));
        bytes[0] = first;
        assert_eq!(accept(&text_of(&bytes), &[key()]), Err(CodeFault::UnknownVersion), "{first:#x}");
    }
}

#[test]
fn event_and_key_are_looked_at_before_the_signature() {
    let other_event = EventKey { event_reference: 9, ..key() };
    let other_key = EventKey { key_id: 2, ..key() };
    let text = signed(&ticket());
    assert_eq!(accept(&text, &[]), Err(CodeFault::WrongEvent { event_reference: 0x00C0_FFEE }));
    assert_eq!(accept(&text, &[other_event]), Err(CodeFault::WrongEvent { event_reference: 0x00C0_FFEE }));
    assert_eq!(accept(&text, std::slice::from_ref(&other_key)), Err(CodeFault::UnknownKey));
    assert_eq!(accept(&text, &[other_key, key()]), Ok(ticket()));
    assert_eq!(accept(&text, &[EventKey { is_withdrawn: true, ..key() }]), Err(CodeFault::WithdrawnKey));
    let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    assert_eq!(accept(&text, &[EventKey { public: stranger, ..key() }]), Err(CodeFault::Forged));
}

#[test]
fn a_signature_for_anything_else_is_not_one_for_a_ticket() {
    let code = ticket();
    let without_domain = &code.unsigned_bytes()[7..];
    let text = write(&code, &SigningKey::from_bytes(&SEED).sign(without_domain));
    assert_eq!(accept(&text, &[key()]), Err(CodeFault::Forged));
}

#[test]
fn keys_of_small_order_verify_nothing() {
    // The eight points of small order that decode, as every public list of them has them.
    let small = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ];
    for hex in small {
        let byte = |at: usize| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).expect("hex");
        let public: [u8; 32] = std::array::from_fn(byte);
        let weak = EventKey { public, ..key() };
        for commitment in [public, [0; 32], std::array::from_fn(|at| u8::from(at == 0))] {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(&commitment);
            let text = write(&ticket(), &Signature::from_bytes(&signature));
            assert_eq!(accept(&text, std::slice::from_ref(&weak)), Err(CodeFault::Forged), "{hex}");
        }
    }
}

#[test]
fn a_bent_signature_is_refused() {
    // S + L is the same number modulo the group's order: valid to a careless verifier.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut bytes = bytes_of(&signed(&ticket()));
    let mut carry = 0;
    for (byte, add) in bytes[53..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = u8::try_from(sum & 0xff).expect("a byte");
        carry = sum >> 8;
    }
    assert_eq!(accept(&text_of(&bytes), &[key()]), Err(CodeFault::Forged));
}

#[test]
fn a_window_is_never_shorter_than_was_meant() {
    let read_back = |from: i64, until: i64| {
        let code = TicketCode { valid_from: Instant(from), valid_until: Instant(until), ..ticket() };
        let back = accept(&signed(&code), &[key()]).expect("a good code");
        (back.valid_from.0, back.valid_until.0)
    };
    let noon = 1_795_262_400_000;
    assert_eq!(read_back(noon + 59_999, noon + 60_001), (noon, noon + 120_000));
    assert_eq!(read_back(noon, noon), (noon, noon));
    assert_eq!(read_back(noon, noon - 1), (noon, noon), "reversed is empty, not endless");
    assert_eq!(read_back(noon, noon + 65_534 * 60_000), (noon, noon + 65_534 * 60_000));
    assert_eq!(read_back(noon, noon + 65_535 * 60_000), (noon, i64::MAX));
    assert_eq!(read_back(noon, i64::MAX), (noon, i64::MAX));
    assert_eq!(read_back(0, 0).0, 1_577_836_800_000);
    read_back(i64::MIN / 2, i64::MAX);
    read_back(i64::MAX, i64::MIN);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text: String) {
        prop_assert!(accept(&text, &[key()]).is_err());
    }

    #[test]
    fn no_bytes_of_the_right_length_are_accepted(bytes in proptest::collection::vec(any::<u8>(), 85)) {
        prop_assert!(accept(&text_of(&bytes), &[key()]).is_err());
    }

    #[test]
    fn every_ticket_is_read_as_it_was_written(
        slot: u32, generation: u8, product: u16, flags: u8, from in 0..u32::MAX, length in 0..u16::MAX,
    ) {
        let valid_from = Instant(1_577_836_800_000).plus_mins(from.into());
        let code = TicketCode { slot, generation, product, flags, valid_from, valid_until: valid_from.plus_mins(length.into()), ..ticket() };
        prop_assert_eq!(accept(&signed(&code), &[key()]), Ok(code));
    }
}

//! Everything the simulator knows, behind one lock.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::{
    clock,
    dice::Dice,
    ledger::{Debit, Ledger},
    log::{Asked, Log, Posted},
    prompt::{Decision, Ending, Prompt},
    script::{Oauth, Returning, Script},
};

/// What happens to requests for which no script waits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mode {
    /// A script by its name, such as `approve`; its fields may be given instead.
    pub name: Option<String>,
    pub script: Script,
    /// Ignores the script: any mixture of faults, from this seed on.
    pub chaos_seed: Option<u64>,
    pub oauth: Oauth,
    pub reversal: Returning,
}

/// A message on a phone.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub at_ms: i64,
    pub text: String,
}

/// Messages that a phone keeps.
const MESSAGES_MAX: usize = 30;

/// Everything the simulator knows.
pub struct World {
    pub mode: Mode,
    pub scripts: VecDeque<Script>,
    /// Tokens and when they end.
    pub tokens: HashMap<String, i64>,
    pub prompts: HashMap<String, Prompt>,
    /// The prompt that each phone shows.
    pub open: HashMap<String, String>,
    pub messages: BTreeMap<String, VecDeque<Message>>,
    pub ledger: Ledger,
    pub asked: Log<Asked>,
    pub posted: Log<Posted>,
    pub dice: Dice,
    pub serial: u64,
    /// Questions answered by "still processing": the two ways to say so take turns.
    pub pendings: u64,
}

impl World {
    pub fn new(mode: Mode, seed: u64) -> Self {
        Self {
            mode,
            scripts: VecDeque::new(),
            tokens: HashMap::new(),
            prompts: HashMap::new(),
            open: HashMap::new(),
            messages: BTreeMap::new(),
            ledger: Ledger::default(),
            asked: Log::default(),
            posted: Log::default(),
            dice: Dice::new(seed),
            serial: 0,
            pendings: 0,
        }
    }

    /// The script for the next prompt of a number: one that waits, else by the number, else the mode's.
    pub fn next_script(&mut self, msisdn: &str) -> Script {
        if let Some(script) = self.scripts.pop_front() {
            return script;
        }
        if self.mode.chaos_seed.is_some() {
            return Script::by_chance(&mut self.dice);
        }
        Script::by_number(msisdn).unwrap_or_else(|| self.mode.script.clone())
    }

    /// Puts a prompt on its phone.
    pub fn show(&mut self, prompt: Prompt) {
        self.open.insert(prompt.msisdn.clone(), prompt.checkout_request_id.clone());
        self.prompts.insert(prompt.checkout_request_id.clone(), prompt);
    }

    /// Ends a prompt that is still on its phone.
    pub fn close(&mut self, checkout_request_id: &str, decision: &Decision, business: &str) -> Option<Prompt> {
        let is_open = self.prompts.get(checkout_request_id)?.ending.is_none();
        if is_open { self.end(checkout_request_id, decision, business) } else { None }
    }

    /// Turns a prompt that ended without money into a payment.
    pub fn pay_late(&mut self, checkout_request_id: &str, business: &str) -> Option<Prompt> {
        let ending = self.prompts.get(checkout_request_id)?.ending.as_ref()?;
        if ending.receipt.is_some() { None } else { self.end(checkout_request_id, &Decision::Pay, business) }
    }

    fn end(&mut self, id: &str, decision: &Decision, business: &str) -> Option<Prompt> {
        let at_ms = clock::now_ms();
        let receipt = (*decision == Decision::Pay).then(|| self.fresh_receipt());
        let code = if let Decision::Refuse(code) = decision { code.clone() } else { "0".to_owned() };
        let prompt = self.prompts.get_mut(id)?;
        prompt.ending = Some(Ending { code, receipt: receipt.clone(), at_ms });
        let prompt = prompt.clone();
        if self.open.get(&prompt.msisdn).is_some_and(|open| open == id) {
            self.open.remove(&prompt.msisdn);
        }
        if let Some(receipt) = &receipt {
            self.ledger.debit(Debit {
                receipt: receipt.clone(),
                checkout_request_id: id.to_owned(),
                msisdn: prompt.msisdn.clone(),
                amount: prompt.amount,
                at_ms,
                reversed_by: None,
            });
        }
        self.text(&prompt.msisdn, ending_text(&prompt, business));
        Some(prompt)
    }

    /// Sends a message to a phone.
    pub fn text(&mut self, msisdn: &str, text: String) {
        let inbox = self.messages.entry(msisdn.to_owned()).or_default();
        inbox.push_front(Message { at_ms: clock::now_ms(), text });
        inbox.truncate(MESSAGES_MAX);
    }

    /// A receipt that no payment has.
    pub fn fresh_receipt(&mut self) -> String {
        loop {
            let receipt = format!("S{}", self.dice.letters(9));
            if !self.ledger.knows(&receipt) {
                return receipt;
            }
        }
    }

    /// The next number of a series.
    pub const fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}

/// `1,500.00`
pub fn shillings(amount: i64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.00")
}

fn ending_text(prompt: &Prompt, business: &str) -> String {
    let amount = shillings(prompt.amount);
    let Some(ending) = &prompt.ending else {
        return String::new();
    };
    match (ending.receipt.as_deref(), ending.code.as_str()) {
        (Some(receipt), _) => format!(
            "{receipt} Confirmed. Ksh{amount} paid to {business} for account {} on {}. Transaction cost, Ksh0.00.",
            prompt.reference,
            clock::spoken(ending.at_ms)
        ),
        (None, Decision::TOO_LITTLE) => {
            format!("Failed. You do not have enough money in your M-PESA account to pay Ksh{amount} to {business}.")
        }
        (None, Decision::WRONG_PIN) => "You have entered the wrong PIN. Your account has not been debited.".to_owned(),
        (None, Decision::DECLINED) => format!("You cancelled the payment of Ksh{amount} to {business}."),
        (None, Decision::NO_ANSWER) => format!("The request to pay Ksh{amount} to {business} has timed out."),
        (None, code) => format!("The payment of Ksh{amount} to {business} failed ({code})."),
    }
}

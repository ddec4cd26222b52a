//! The strings behind the scene: modes, scripts, journals, and what happens on a phone.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    dice::Dice,
    prompt::{Decision, Prompt},
    script::Script,
    simulator::Sim,
    world::{Mode, World},
};

/// What tests, the phone page and people with `curl` may call, below `/_sim`.
pub fn routes() -> Router<Sim> {
    Router::new()
        .route("/health", get(async || "well"))
        .route("/mode", get(show_mode).post(set_mode))
        .route("/script", post(add_scripts))
        .route("/journal", get(show_journal))
        .route("/courier", get(show_courier))
        .route("/ledger", get(show_ledger))
        .route("/reset", post(reset))
        .route("/tokens/expire", post(expire_tokens))
        .route("/phones", get(list_phones))
        .route("/phone/{msisdn}", get(show_phone))
        .route("/phone/{msisdn}/respond", post(respond))
}

/// Completes a mode whose script is given by name; none when there is no such name.
pub fn complete(mode: Mode) -> Option<Mode> {
    match mode.name.as_deref() {
        None => Some(mode),
        Some("chaos") => Some(Mode { chaos_seed: mode.chaos_seed.or(Some(1)), ..mode }),
        Some(name) => Some(Mode { script: Script::named(name)?, ..mode }),
    }
}

async fn show_mode(State(sim): State<Sim>) -> Json<Mode> {
    Json(sim.world().mode.clone())
}

async fn set_mode(State(sim): State<Sim>, Json(mode): Json<Mode>) -> StatusCode {
    let Some(mode) = complete(mode) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    let mut world = sim.world();
    if let Some(seed) = mode.chaos_seed {
        world.dice = Dice::new(seed);
    }
    if mode.name.is_some() {
        // A provider that behaves in another way does so when it is asked about what was before, too.
        let query = mode.script.query;
        world.prompts.values_mut().for_each(|prompt| prompt.script.query = query);
    }
    world.mode = mode;
    StatusCode::NO_CONTENT
}

/// One script, a list of them, or names of scripts: for the next prompts, in order.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scripts {
    Many(Vec<Script>),
    Names(Vec<String>),
    One(Script),
}

async fn add_scripts(State(sim): State<Sim>, Json(scripts): Json<Scripts>) -> StatusCode {
    let scripts = match scripts {
        Scripts::Many(scripts) => scripts,
        Scripts::One(script) => vec![script],
        Scripts::Names(names) => match names.iter().map(|name| Script::named(name)).collect() {
            Some(scripts) => scripts,
            None => return StatusCode::UNPROCESSABLE_ENTITY,
        },
    };
    sim.world().scripts.extend(scripts);
    StatusCode::NO_CONTENT
}

async fn show_journal(State(sim): State<Sim>) -> Json<Value> {
    Json(json!(sim.world().asked))
}

async fn show_courier(State(sim): State<Sim>) -> Json<Value> {
    Json(json!(sim.world().posted))
}

async fn show_ledger(State(sim): State<Sim>) -> Json<Value> {
    let world = sim.world();
    let net = world.ledger.net_by_phone();
    Json(json!({ "ledger": world.ledger, "net_by_phone": net, "net_total": net.values().sum::<i64>() }))
}

async fn reset(State(sim): State<Sim>) -> StatusCode {
    let mode = complete(Mode { name: Some(sim.options.mode.clone()), ..Mode::default() }).unwrap_or_default();
    *sim.world() = World::new(mode, sim.options.seed);
    StatusCode::NO_CONTENT
}

async fn expire_tokens(State(sim): State<Sim>) -> StatusCode {
    sim.world().tokens.clear();
    StatusCode::NO_CONTENT
}

/// Every number that was asked for money; those with a prompt first, then by their latest message.
async fn list_phones(State(sim): State<Sim>) -> Json<Value> {
    let world = sim.world();
    let prompted = |msisdn: &String| world.open.contains_key(msisdn);
    let last_ms = |msisdn: &String| {
        let opened_ms = world.open.get(msisdn).and_then(|id| world.prompts.get(id)).map(|prompt| prompt.opened_ms);
        opened_ms.or_else(|| Some(world.messages.get(msisdn)?.front()?.at_ms))
    };
    let mut numbers: Vec<_> = world.messages.keys().chain(world.open.keys()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    // The id of a prompt grows, which tells prompts of one millisecond apart.
    numbers.sort_by_key(|msisdn| std::cmp::Reverse((prompted(msisdn), last_ms(msisdn), world.open.get(*msisdn))));
    let phones: Vec<_> =
        numbers.into_iter().map(|msisdn| json!({"msisdn": msisdn, "is_prompted": prompted(msisdn)})).collect();
    Json(json!(phones))
}

async fn show_phone(State(sim): State<Sim>, Path(msisdn): Path<String>) -> Json<Value> {
    let world = sim.world();
    let prompt = world.open.get(&msisdn).and_then(|id| world.prompts.get(id)).map(|prompt| on_screen(&sim, prompt));
    let messages = world.messages.get(&msisdn);
    Json(
        json!({ "msisdn": msisdn, "prompt": prompt, "messages": messages.map_or_else(|| json!([]), |inbox| json!(inbox)) }),
    )
}

fn on_screen(sim: &Sim, prompt: &Prompt) -> Value {
    json!({
        "id": prompt.checkout_request_id,
        "amount": prompt.amount,
        "business": sim.options.business,
        "reference": prompt.reference,
        "description": prompt.description,
        "closes_ms": prompt.closes_ms,
    })
}

/// What is typed on a phone: a PIN, or the other button.
#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    pin: Option<String>,
    #[serde(default)]
    decline: bool,
}

/// 404 when the phone shows nothing, as when the time has run out.
async fn respond(State(sim): State<Sim>, Path(msisdn): Path<String>, Json(response): Json<Response>) -> StatusCode {
    let decision = match (response.decline, response.pin) {
        (true, _) => Decision::Refuse(Decision::DECLINED.to_owned()),
        (false, Some(pin)) => Decision::of_pin(&pin),
        (false, None) => return StatusCode::UNPROCESSABLE_ENTITY,
    };
    let open = sim.world().open.get(&msisdn).cloned();
    let is_decided = open.is_some_and(|id| sim.decide(&id, &decision));
    if is_decided { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

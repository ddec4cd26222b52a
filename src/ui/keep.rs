//! What must outlive the page: texts by name in `IndexedDB`, written through to the disk before anybody goes on.
//!
//! Not `localStorage`: that is cleared together with the cookies by some browsers, is never promised to be on the disk,
//! and stands in the way of the page's thread. `keep_off.rs` has the same names for the server, where nothing is kept.

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction};

const DATABASE: &str = "lango-gate";
const STORE: &str = "kept";

/// Keeps a text; whether it is safe on the disk.
pub async fn put(name: &str, text: &str) -> bool {
    try_put(name, text).await.is_ok()
}

/// The text kept under a name.
pub async fn get(name: &str) -> Option<String> {
    let (store, _) = open("readonly").await.ok()?;
    let request = store.get(&name.into()).ok()?;
    answer(&request).await.ok()?.as_string()
}

/// Forgets everything.
pub async fn clear() {
    if let Ok((store, transaction)) = open("readwrite").await {
        // What cannot be cleared cannot be used either: the server has ended the pairing.
        let _ = store.clear();
        let _ = end_of(&transaction).await;
    }
}

async fn try_put(name: &str, text: &str) -> Result<(), JsValue> {
    let (store, transaction) = open("readwrite").await?;
    store.put_with_key(&text.into(), &name.into())?;
    end_of(&transaction).await
}

async fn open(mode: &str) -> Result<(IdbObjectStore, IdbTransaction), JsValue> {
    let factory: IdbFactory = Reflect::get(&window(), &"indexedDB".into())?.dyn_into()?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let opening = request.clone();
    let grow = Closure::once_into_js(move || -> Result<(), JsValue> {
        let database: IdbDatabase = opening.result()?.dyn_into()?;
        database.create_object_store(STORE).map(|_| ())
    });
    request.set_onupgradeneeded(Some(grow.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.dyn_into()?;
    // `durability: strict` waits for the disk; the typed call does not know it.
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: js_sys::Function = Reflect::get(&database, &"transaction".into())?.dyn_into()?;
    let transaction: IdbTransaction = begin.call3(&database, &STORE.into(), &mode.into(), &options)?.dyn_into()?;
    Ok((transaction.object_store(STORE)?, transaction))
}

async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let waits = Promise::new(&mut |good, bad| {
        request.set_onsuccess(Some(&good));
        request.set_onerror(Some(&bad));
    });
    JsFuture::from(waits).await?;
    request.result()
}

async fn end_of(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let waits = Promise::new(&mut |good, bad| {
        transaction.set_oncomplete(Some(&good));
        transaction.set_onerror(Some(&bad));
        transaction.set_onabort(Some(&bad));
    });
    JsFuture::from(waits).await.map(|_| ())
}

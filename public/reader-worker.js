// Reads camera frames off the page's thread. The page sends one frame at a time and waits for its answer; everything
// that decides is in the WebAssembly of src/reader.rs.
"use strict";

importScripts("/pkg/reader.js");

const started = wasm_bindgen({ module_or_path: "/pkg/reader_bg.wasm" }).then(() => new wasm_bindgen.Reader());

// { keys: [{ key_id, event_reference, public, is_withdrawn }] }
async function takeKeys(keys) {
    const reader = await started;
    reader.clear_keys();
    for (const key of keys) {
        reader.add_key(key.key_id, key.event_reference, Uint8Array.from(key.public), key.is_withdrawn);
    }
    postMessage({ ready: true });
}

// { frame: ArrayBuffer of RGBA, width, height, seen }
async function takeFrame({ frame, width, height, seen }) {
    const reader = await started;
    const start = performance.now();
    const finding = reader.read_frame(new Uint8Array(frame), width, height);
    const answer = { frame, seen, millis: performance.now() - start, text: null, kind: null };
    if (finding) {
        answer.text = finding.text;
        answer.kind = finding.kind;
        finding.free();
    }
    // The buffer goes back, so that the page need not make a new one for each frame.
    postMessage(answer, [frame]);
}

onmessage = async ({ data }) => {
    try {
        await (data.keys ? takeKeys(data.keys) : takeFrame(data));
    } catch (error) {
        // A panic leaves the instance unusable: the page starts another worker.
        postMessage({ failed: String(error) });
        close();
    }
};

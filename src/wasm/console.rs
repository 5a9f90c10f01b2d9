//! What the module says of itself: the text of a panic, and how much memory it takes.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::console;

thread_local! {
    static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Sends the text of a panic to the console, and to who listens, before the module stops for good.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let text = JsValue::from(panic.to_string());
        console::error_1(&text);
        if let Some(listener) = LISTENER.take() {
            // What the listener throws helps nobody any more.
            let _ = listener.call1(&JsValue::NULL, &text);
        }
    }));
}

/// Who is to hear why the module stopped: the exception that follows a panic says no more than "unreachable", and then
/// the module's memory may not be sound enough to ask it.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(#[wasm_bindgen(unchecked_param_type = "(text: string) => void")] listener: Function) {
    LISTENER.set(Some(listener));
}

/// Bytes of the module's memory, which only grows.
#[wasm_bindgen(js_name = memoryBytes)]
pub fn memory_bytes() -> f64 {
    (core::arch::wasm32::memory_size(0) * 65_536) as f64
}

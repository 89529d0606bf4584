//! Working memory that outlives a call: it grows to the largest layer once, and then nothing is allocated.

use std::cell::RefCell;

/// Buffers of one thread; what they hold between calls means nothing.
#[derive(Default)]
pub(super) struct Scratch {
    /// Input between zeros.
    pub(super) padded: Vec<f32>,
    /// Input tiles in the transformed domain.
    pub(super) tiles: Vec<f32>,
    /// Products in the transformed domain.
    pub(super) products: Vec<f32>,
    /// Where results' sums begin on the input.
    pub(super) places: Vec<usize>,
    /// Positions and values of what is not zero.
    pub(super) present: Vec<(u32, f32)>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    static VALUES: RefCell<Vec<Vec<f32>>> = RefCell::default();
}

/// Lends this thread's buffers for what passes between layers.
pub(super) fn with_values<T>(work: impl FnOnce(&mut Vec<Vec<f32>>) -> T) -> T {
    VALUES.with(|values| match values.try_borrow_mut() {
        Ok(mut values) => work(&mut values),
        Err(_) => work(&mut Vec::new()),
    })
}

/// Lends this thread's buffers to `work`, which lends them to nobody else.
pub(super) fn with<T>(work: impl FnOnce(&mut Scratch) -> T) -> T {
    SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
        Ok(mut scratch) => work(&mut scratch),
        Err(_) => work(&mut Scratch::default()),
    })
}

/// The first `length` values of `buffer`, which grows when it must.
pub(super) fn room(buffer: &mut Vec<f32>, length: usize) -> &mut [f32] {
    if buffer.len() < length {
        buffer.resize(length, 0.0);
    }
    &mut buffer[..length]
}

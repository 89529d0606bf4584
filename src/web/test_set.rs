//! The test set for JavaScript: two IDX files, gzipped or not, read where they are.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair};

use crate::error::{Blame, Error};
use crate::idx::Samples;

/// More than the test set's images (7,840,016 bytes) take.
const MOST_BYTES: usize = 64 << 20;

#[wasm_bindgen]
extern "C" {
    // web-sys has it behind an unstable cfg only, although every browser with simd128 has the API.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// Labelled images.
#[wasm_bindgen]
pub struct TestSet(Samples);

#[wasm_bindgen]
impl TestSet {
    /// The samples of two decompressed IDX files.
    ///
    /// # Errors
    /// `format`.
    #[wasm_bindgen(constructor)]
    pub fn new(images: &[u8], labels: &[u8]) -> Result<Self, JsValue> {
        Ok(Self(Samples::from_idx(("test images", images), ("test labels", labels))?))
    }

    /// The samples of two IDX files, gzipped or not: what a visitor drops, or what the site serves.
    ///
    /// # Errors
    /// `format`, also for damaged gzip; `limit` for what unpacks to more than 64 MiB.
    pub async fn from_blobs(images: Blob, labels: Blob) -> Result<Self, JsValue> {
        let images = decompressed(&images, "test images").await?;
        let labels = decompressed(&labels, "test labels").await?;
        Self::new(&images, &labels)
    }

    /// How many samples there are.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// The true labels, in order.
    #[wasm_bindgen(getter)]
    pub fn labels(&self) -> Vec<u8> {
        self.0.labels().iter().map(|label| label.number()).collect()
    }

    /// Samples `start..start + count` as `(n, 784)` pixels in [0, 1]; fewer at the end, none past it.
    pub fn batch(&self, start: usize, count: usize) -> Vec<f32> {
        self.0.batch(start, count).into_pixels()
    }
}

/// The bytes of `blob`, unpacked by the browser when they begin with gzip's magic number (RFC 1952, 2.3.1): a server may
/// have unpacked them already, and so may the visitor.
async fn decompressed(blob: &Blob, name: &str) -> Result<Vec<u8>, JsValue> {
    let head = JsFuture::from(blob.slice_with_i32_and_i32(0, 2)?.array_buffer()).await?;
    if Uint8Array::new(&head).to_vec() != [0x1f, 0x8b] {
        return read(&blob.stream(), name).await;
    }
    let gunzip = DecompressionStream::new("gzip")?;
    read(&blob.stream().pipe_through(gunzip.unchecked_ref::<ReadableWritablePair>()), name).await
}

/// All of `stream`, chunk by chunk, so that a bomb stops at the limit and not at the memory's end.
async fn read(stream: &ReadableStream, name: &str) -> Result<Vec<u8>, JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let result = JsFuture::from(reader.read()).await.map_err(|_| {
            let error = Error::new(Blame::Format, name).expected("whole gzip data").got("damaged or truncated data");
            error.remedy("fetch the file again")
        })?;
        if Reflect::get(&result, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = Reflect::get(&result, &"value".into())?.unchecked_into();
        if bytes.len() + chunk.length() as usize > MOST_BYTES {
            // Nobody reads on: a failure to stop the source changes nothing.
            let _ = JsFuture::from(reader.cancel()).await;
            let error =
                Error::new(Blame::Limit, name).expected(format!("at most {MOST_BYTES} bytes unpacked")).got("more");
            return Err(error.remedy("give the Fashion-MNIST file").into());
        }
        bytes.extend(chunk.to_vec());
    }
}

//! What an ONNX file asks the decoder to allocate, read off its bytes: messages are counted before there is one in memory.
//!
//! A message of two bytes becomes a structure of some hundred: 32 MiB can hold sixteen million nodes.
//! The wire format is that of protobuf (<https://protobuf.dev/programming-guides/encoding/>), the fields are those of onnx.proto.

use crate::error::{Blame, Error, Result};
use crate::network::budget::{Budget, within};

/// The messages in which others, or lists of numbers, stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    Sparse,
    Value,
    Type,
    TensorType,
    Shape,
    Training,
    Function,
    Annotation,
    /// Texts and single numbers alone.
    Plain,
}

/// What a field of bytes holds.
enum Content {
    Message(Kind),
    /// Numbers of one byte or more.
    Varints,
    /// Numbers of so many bytes each.
    Fixed(usize),
    /// A text, raw data, or what the decoder passes over.
    Bytes,
}

fn content(kind: Kind, field: u64) -> Content {
    use Content::{Bytes, Fixed, Message, Varints};
    match (kind, field) {
        (Kind::Model, 7) | (Kind::Attribute, 6 | 11) | (Kind::Training, 1 | 2) => Message(Kind::Graph),
        (Kind::Model, 8 | 14) | (Kind::Tensor, 3 | 13) | (Kind::Shape, 1) => Message(Kind::Plain),
        (Kind::Training, 3 | 4) | (Kind::Function, 9) | (Kind::Annotation, 2) => Message(Kind::Plain),
        (Kind::Model, 20) => Message(Kind::Training),
        (Kind::Model, 25) => Message(Kind::Function),
        (Kind::Graph, 1) | (Kind::Function, 7) => Message(Kind::Node),
        (Kind::Graph, 5) | (Kind::Attribute, 5 | 10) | (Kind::Sparse, 1 | 2) => Message(Kind::Tensor),
        (Kind::Graph, 11..=13) => Message(Kind::Value),
        (Kind::Graph, 14) => Message(Kind::Annotation),
        (Kind::Graph, 15) | (Kind::Attribute, 22 | 23) => Message(Kind::Sparse),
        (Kind::Node, 5) => Message(Kind::Attribute),
        (Kind::Attribute, 15) | (Kind::Value, 2) => Message(Kind::Type),
        (Kind::Type, 1) => Message(Kind::TensorType),
        (Kind::TensorType, 2) => Message(Kind::Shape),
        (Kind::Attribute, 8) | (Kind::Tensor, 1 | 5 | 7 | 11) | (Kind::Sparse, 3) => Varints,
        (Kind::Attribute, 7) | (Kind::Tensor, 4) => Fixed(4),
        (Kind::Tensor, 10) => Fixed(8),
        _ => Bytes,
    }
}

/// What has been seen so far.
struct Scan<'a> {
    budget: &'a Budget,
    messages: usize,
    numbers: usize,
}

/// # Errors
/// [`Blame::Format`] when the bytes are no messages; [`Blame::Limit`] when there is more in them than `budget` allows.
pub(in crate::network) fn scan(bytes: &[u8], budget: &Budget) -> Result<()> {
    within("bytes", budget.bytes, bytes.len())?;
    Scan { budget, messages: 0, numbers: 0 }.message(bytes, Kind::Model, 1)
}

impl Scan<'_> {
    fn message(&mut self, mut bytes: &[u8], kind: Kind, depth: usize) -> Result<()> {
        within("messages within messages", self.budget.depth, depth)?;
        while !bytes.is_empty() {
            let tag = varint(&mut bytes)?;
            match tag & 7 {
                0 => {
                    varint(&mut bytes)?;
                    self.numbers += 1;
                }
                1 => {
                    taken(&mut bytes, 8)?;
                    self.numbers += 1;
                }
                5 => {
                    taken(&mut bytes, 4)?;
                    self.numbers += 1;
                }
                2 => {
                    let length = varint(&mut bytes)?;
                    let held = taken(&mut bytes, length)?;
                    match content(kind, tag >> 3) {
                        Content::Varints => self.numbers += held.iter().filter(|byte| **byte < 0x80).count(),
                        Content::Fixed(size) => self.numbers += held.len() / size,
                        Content::Bytes => self.messages += 1,
                        Content::Message(kind) => {
                            self.messages += 1;
                            self.message(held, kind, depth + 1)?;
                        }
                    }
                }
                _ => return Err(malformed("a field of an unknown kind")),
            }
            within("messages and texts", self.budget.messages, self.messages)?;
            within("listed numbers", self.budget.numbers, self.numbers)?;
        }
        Ok(())
    }
}

fn varint(bytes: &mut &[u8]) -> Result<u64> {
    let mut value = 0;
    for place in 0..10 {
        let [byte] = *taken(bytes, 1)? else { break };
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(malformed("a number that does not end"))
}

fn taken<'a>(bytes: &mut &'a [u8], length: u64) -> Result<&'a [u8]> {
    let split = usize::try_from(length).ok().and_then(|length| bytes.split_at_checked(length));
    let (taken, rest) = split.ok_or_else(|| malformed("a field that ends past its message"))?;
    *bytes = rest;
    Ok(taken)
}

pub(in crate::network) fn malformed(got: impl std::fmt::Display) -> Error {
    Error::new(Blame::Format, "ONNX file").expected("an ONNX model").got(got)
}

//! What an ONNX file asks the decoder to allocate, read off its bytes: messages are counted before there is one in memory.
//!
//! A message of two bytes becomes a structure of some hundred: 32 MiB can hold sixteen million nodes.
//! The wire format is that of protobuf (<https://protobuf.dev/programming-guides/encoding/>), the fields are those of onnx.proto.

use crate::error::{Blame, Error, Result};
use crate::network::budget::{Budget, within};

/// The messages in which others, or lists of numbers, stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MessageKind {
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
    Message(MessageKind),
    /// Numbers of one byte or more.
    Varints,
    /// Numbers of so many bytes each.
    Fixed(usize),
    /// A text, raw data, or what the decoder passes over.
    Bytes,
}

fn content(kind: MessageKind, field: u64) -> Content {
    use Content::{Bytes, Fixed, Message, Varints};
    match (kind, field) {
        (MessageKind::Model, 7) | (MessageKind::Attribute, 6 | 11) | (MessageKind::Training, 1 | 2) => {
            Message(MessageKind::Graph)
        }
        (MessageKind::Model, 8 | 14) | (MessageKind::Tensor, 3 | 13) | (MessageKind::Shape, 1) => {
            Message(MessageKind::Plain)
        }
        (MessageKind::Training, 3 | 4) | (MessageKind::Function, 9) | (MessageKind::Annotation, 2) => {
            Message(MessageKind::Plain)
        }
        (MessageKind::Model, 20) => Message(MessageKind::Training),
        (MessageKind::Model, 25) => Message(MessageKind::Function),
        (MessageKind::Graph, 1) | (MessageKind::Function, 7) => Message(MessageKind::Node),
        (MessageKind::Graph, 5) | (MessageKind::Attribute, 5 | 10) | (MessageKind::Sparse, 1 | 2) => {
            Message(MessageKind::Tensor)
        }
        (MessageKind::Graph, 11..=13) => Message(MessageKind::Value),
        (MessageKind::Graph, 14) => Message(MessageKind::Annotation),
        (MessageKind::Graph, 15) | (MessageKind::Attribute, 22 | 23) => Message(MessageKind::Sparse),
        (MessageKind::Node, 5) => Message(MessageKind::Attribute),
        (MessageKind::Attribute, 15) | (MessageKind::Value, 2) => Message(MessageKind::Type),
        (MessageKind::Type, 1) => Message(MessageKind::TensorType),
        (MessageKind::TensorType, 2) => Message(MessageKind::Shape),
        (MessageKind::Attribute, 8) | (MessageKind::Tensor, 1 | 5 | 7 | 11) | (MessageKind::Sparse, 3) => Varints,
        (MessageKind::Attribute, 7) | (MessageKind::Tensor, 4) => Fixed(4),
        (MessageKind::Tensor, 10) => Fixed(8),
        _ => Bytes,
    }
}

/// What has been seen so far.
struct Counted<'a> {
    budget: &'a Budget,
    messages: usize,
    numbers: usize,
}

/// # Errors
/// [`Blame::Format`] when the bytes are no messages; [`Blame::Limit`] when there is more in them than `budget` allows.
pub(in crate::network) fn scan(bytes: &[u8], budget: &Budget) -> Result<()> {
    within("bytes", budget.bytes, bytes.len())?;
    Counted { budget, messages: 0, numbers: 0 }.message(bytes, MessageKind::Model, 1)
}

impl Counted<'_> {
    fn message(&mut self, mut bytes: &[u8], kind: MessageKind, depth: usize) -> Result<()> {
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

//! A model of which every node is recognised as a list of instructions: what tract's own plan would do, on buffers that outlive
//! a call.

use std::collections::HashMap;

use tract_hir::internal::*;
use tract_hir::tract_core::ops::binary::TypedBinOp;
use tract_hir::tract_core::ops::math::{Add, Div, Max, Min, Mul, Sub};
use tract_hir::tract_core::ops::nn::{Reduce, Reducer};
use tract_hir::tract_core::ops::source::TypedSource;

use super::operators::{ConvolutionOp, DenseOp, Kernel, LayoutOp, PoolOp};
use super::scratch::{self, room};

/// A network that runs without tract, for up to as many images as its model has.
///
/// Every value has the images as its first axis, and no instruction mixes them.
#[derive(Debug)]
pub struct Program {
    instructions: Vec<Instruction>,
    /// How many buffers there are; the first gets the input.
    buffers: usize,
    /// Floats of an image that goes in.
    input: usize,
    /// The buffer with the output, and the floats of an image in it.
    output: (usize, usize),
}

#[derive(Debug)]
struct Instruction {
    work: Operation,
    from: usize,
    to: usize,
    /// Floats of an image.
    size: usize,
}

#[derive(Debug)]
enum Operation {
    /// A fast layer on an input of this shape, but for the number of images.
    Kernel(Box<dyn Kernel>, Vec<usize>),
    /// Value by value with those of another buffer.
    Pair(Arithmetic, usize),
    /// Value by value with constants, one for each of the last axis.
    Constant(Arithmetic, Vec<f32>),
    /// The sum of whole maps of this many channels.
    SumOfMaps(usize),
}

#[derive(Debug, Clone, Copy)]
enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
}

impl Program {
    /// The instructions of `model`, which [`super::rewrite()`] made; `None` when it has a node that is none.
    ///
    /// # Errors
    /// When the model contradicts itself.
    pub fn new(model: &TypedModel) -> TractResult<Option<Self>> {
        let (&[input], &[output]) = (&*model.inputs, &*model.outputs) else { return Ok(None) };
        let Some(batch) = model.outlet_fact(input)?.shape.as_concrete().and_then(|shape| shape.first()) else {
            return Ok(None);
        };
        let order = model.eval_order()?;
        let mut build =
            Build { model, batch: *batch, instructions: Vec::new(), values: Vec::new(), places: HashMap::new() };
        let Some(size) = build.size(input)? else { return Ok(None) };
        build.values.push(size);
        build.places.insert(input, 0);
        for id in order {
            let node = model.node(id);
            let known = node.op_is::<TypedSource>() || node.outputs.iter().all(|output| output.fact.konst.is_some());
            if !known && !build.node(node)? {
                return Ok(None);
            }
        }
        Ok(build.places.get(&output).copied().map(|output| build.on_few_buffers(output)))
    }

    /// `input`: `count` images → `output`: its logits. Allocates nothing once this thread has run as
    /// many images before.
    pub fn run(&self, input: &[f32], count: usize, output: &mut [f32]) {
        scratch::with_values(|buffers| {
            if buffers.len() < self.buffers {
                buffers.resize_with(self.buffers, Vec::new);
            }
            room(&mut buffers[0], count * self.input).copy_from_slice(&input[..count * self.input]);
            for Instruction { work, from, to, size } in &self.instructions {
                // Taken out while it is written to: no instruction writes to what it reads.
                let mut target = std::mem::take(&mut buffers[*to]);
                let written = room(&mut target, count * size);
                let read = &*buffers[*from];
                match work {
                    Operation::Kernel(layer, shape) => {
                        let read = &read[..count * shape.iter().product::<usize>()];
                        layer.run(&layer_shape(count, shape), read, written);
                    }
                    Operation::Pair(arithmetic, other) => arithmetic.apply(read, &buffers[*other], written),
                    Operation::Constant(arithmetic, values) => {
                        let lines = read.chunks_exact(values.len()).zip(written.chunks_exact_mut(values.len()));
                        lines.for_each(|(read, written)| arithmetic.apply(read, values, written));
                    }
                    Operation::SumOfMaps(places) => {
                        let images = read.chunks_exact(places * size).zip(written.chunks_exact_mut(*size));
                        images.for_each(|(read, written)| {
                            written.fill(0.0);
                            for place in read.chunks_exact(*size) {
                                written.iter_mut().zip(place).for_each(|(sum, value)| *sum += value);
                            }
                        });
                    }
                }
                buffers[*to] = target;
            }
            let (place, size) = self.output;
            output[..count * size].copy_from_slice(&buffers[place][..count * size]);
        });
    }
}

fn layer_shape(count: usize, rest: &[usize]) -> TVec<usize> {
    std::iter::once(count).chain(rest.iter().copied()).collect()
}

impl Arithmetic {
    fn of(op: &TypedBinOp) -> Option<Self> {
        Some(match () {
            () if op.0.is::<Add>() => Self::Add,
            () if op.0.is::<Sub>() => Self::Subtract,
            () if op.0.is::<Mul>() => Self::Multiply,
            () if op.0.is::<Div>() => Self::Divide,
            () if op.0.is::<Max>() => Self::Maximum,
            () if op.0.is::<Min>() => Self::Minimum,
            () => return None,
        })
    }

    /// Of what is no number on the left, the maximum and the minimum are none either.
    fn apply(self, left: &[f32], right: &[f32], output: &mut [f32]) {
        match self {
            Self::Add => by_value(left, right, output, |left, right| left + right),
            Self::Subtract => by_value(left, right, output, |left, right| left - right),
            Self::Multiply => by_value(left, right, output, |left, right| left * right),
            Self::Divide => by_value(left, right, output, |left, right| left / right),
            Self::Maximum => by_value(left, right, output, |left, right| if right > left { right } else { left }),
            Self::Minimum => by_value(left, right, output, |left, right| if right < left { right } else { left }),
        }
    }
}

fn by_value(left: &[f32], right: &[f32], output: &mut [f32], apply: impl Fn(f32, f32) -> f32) {
    for ((output, left), right) in output.iter_mut().zip(left).zip(right) {
        *output = apply(*left, *right);
    }
}

struct Build<'a> {
    model: &'a TypedModel,
    batch: usize,
    /// `from`, `to` and the others are values here, and buffers in the end.
    instructions: Vec<Instruction>,
    /// Floats of an image, by value.
    values: Vec<usize>,
    places: HashMap<OutletId, usize>,
}

impl Build<'_> {
    /// Adds the node's instruction; `false` when it is none.
    fn node(&mut self, node: &TypedNode) -> TractResult<bool> {
        let outlet = OutletId::new(node.id, 0);
        let (Some(size), [_]) = (self.size(outlet)?, &*node.outputs) else { return Ok(false) };
        let Some(&from) = node.inputs.first().and_then(|input| self.places.get(input)) else { return Ok(false) };
        if let Some(axes) = node.op_as::<AxisOp>() {
            // The values stay where they are.
            let stays = !matches!(axes, AxisOp::Move(..)) && size == self.values[from];
            self.places.insert(outlet, from);
            return Ok(stays);
        }
        let Some(work) = self.work(node)? else { return Ok(false) };
        let to = self.values.len();
        self.values.push(size);
        self.places.insert(outlet, to);
        self.instructions.push(Instruction { work, from, to, size });
        Ok(true)
    }

    fn work(&self, node: &TypedNode) -> TractResult<Option<Operation>> {
        let facts = self.model.node_input_facts(node.id)?;
        let Some(shape) = facts[0].shape.as_concrete() else { return Ok(None) };
        if let Some(layer) = layer(node) {
            return Ok(Some(Operation::Kernel(layer, shape[1..].to_vec())));
        }
        if let Some(reduce) = node.op_as::<Reduce>() {
            let maps = matches!(reduce.reducer, Reducer::Sum) && *reduce.axes == [1, 2] && shape.len() == 4;
            return Ok(maps.then(|| Operation::SumOfMaps(shape[1] * shape[2])));
        }
        let Some(arithmetic) = node.op_as::<TypedBinOp>().and_then(Arithmetic::of) else { return Ok(None) };
        let whole = node.outputs[0].fact.shape == facts[0].shape;
        if let Some(other) = self.places.get(&node.inputs[1]) {
            return Ok((whole && facts[0].shape == facts[1].shape).then_some(Operation::Pair(arithmetic, *other)));
        }
        let Some(constant) = facts[1].konst.as_ref().filter(|constant| constant.datum_type() == f32::datum_type())
        else {
            return Ok(None);
        };
        let line = shape[shape.len() - 1];
        let values: Vec<f32> = constant.to_plain_array_view::<f32>()?.iter().copied().collect();
        let values = match *values {
            [value] => vec![value; line],
            _ if values.len() == line && constant.shape().last() == Some(&line) => values,
            _ => return Ok(None),
        };
        Ok((whole && line > 0).then_some(Operation::Constant(arithmetic, values)))
    }

    /// Floats of an image, when that is what the first axis counts.
    fn size(&self, outlet: OutletId) -> TractResult<Option<usize>> {
        let fact = self.model.outlet_fact(outlet)?;
        let shape = fact.shape.as_concrete().filter(|_| fact.datum_type == f32::datum_type());
        let of_images = |shape: &&[usize]| shape.len() > 1 && shape[0] == self.batch;
        Ok(shape.filter(of_images).map(|shape| shape[1..].iter().product()))
    }

    /// A value whose last reader is past leaves its buffer to another.
    fn on_few_buffers(self, output: usize) -> Program {
        let Self { mut instructions, values, .. } = self;
        let mut last = vec![0; values.len()];
        last[output] = instructions.len();
        for (at, instruction) in instructions.iter().enumerate() {
            for read in instruction.reads() {
                last[read] = last[read].max(at);
            }
        }
        let mut buffer_of = vec![0; values.len()];
        let mut buffers = 1;
        let mut free = Vec::new();
        for (at, instruction) in instructions.iter_mut().enumerate() {
            let buffer = free.pop().unwrap_or(buffers);
            buffers = buffers.max(buffer + 1);
            buffer_of[instruction.to] = buffer;
            let mut done: Vec<usize> =
                instruction.reads().filter(|read| last[*read] == at).map(|read| buffer_of[read]).collect();
            done.dedup();
            free.extend(done);
            instruction.to = buffer;
            instruction.from = buffer_of[instruction.from];
            if let Operation::Pair(_, other) = &mut instruction.work {
                *other = buffer_of[*other];
            }
        }
        Program { instructions, buffers, input: values[0], output: (buffer_of[output], values[output]) }
    }
}

impl Instruction {
    fn reads(&self) -> impl Iterator<Item = usize> {
        let other = if let Operation::Pair(_, other) = self.work { Some(other) } else { None };
        std::iter::once(self.from).chain(other)
    }
}

fn layer(node: &TypedNode) -> Option<Box<dyn Kernel>> {
    fn boxed<T: TypedOp + Kernel + Clone>(node: &TypedNode) -> Option<Box<dyn Kernel>> {
        node.op_as::<T>().map(|layer| Box::new(layer.clone()) as Box<dyn Kernel>)
    }
    boxed::<ConvolutionOp>(node)
        .or_else(|| boxed::<DenseOp>(node))
        .or_else(|| boxed::<PoolOp>(node))
        .or_else(|| boxed::<LayoutOp>(node))
}

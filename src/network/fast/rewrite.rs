//! Replaces what it recognises of a tract model by the fast layers. Everything else stays stock tract, with the same result.

use std::collections::HashMap;
use std::sync::Arc;

use tract_hir::internal::*;
use tract_hir::tract_core::ops::binary::TypedBinOp;
use tract_hir::tract_core::ops::cnn::{Conv, KernelFormat, MaxPool, PoolSpec};
use tract_hir::tract_core::ops::einsum::EinSum;
use tract_hir::tract_core::ops::element_wise::ElementWiseOp;
use tract_hir::tract_core::ops::math::{Add, Max};
use tract_hir::tract_core::ops::nn::{DataFormat, Reduce};

use super::operators::{ConvolutionOp, DenseOp, LayoutOp, PoolOp};
use super::{Convolution, Dense, Geometry, Pool};
use crate::network::wire::wire;

/// The layers of a network with their weights packed, by node name: plans of other batch sizes find them here.
#[derive(Debug, Default, Clone)]
pub struct Packed {
    convolutions: HashMap<String, Arc<Convolution>>,
    denses: HashMap<String, Arc<Dense>>,
}

/// The same model on fast layers. Shapes are concrete; `packed` is what earlier rewrites of this network left.
///
/// # Errors
/// When a node contradicts its own shapes, which a model that tract has typed does not.
pub fn rewrite(model: &TypedModel, packed: &mut Packed) -> TractResult<TypedModel> {
    let mut rewriting = Rewriting { source: model, target: TypedModel::default(), wires: HashMap::new(), packed };
    for input in model.input_outlets()? {
        let node = &model.nodes[input.node];
        let outlet = rewriting.target.add_source(&node.name, model.outlet_fact(*input)?.clone())?;
        rewriting.wires.insert(*input, Wire { nchw: Some(outlet), nhwc: None });
    }
    for id in model.eval_order()? {
        rewriting.node(&model.nodes[id])?;
    }
    let outputs: Vec<OutletId> =
        model.output_outlets()?.iter().map(|outlet| rewriting.nchw(*outlet)).collect::<TractResult<_>>()?;
    rewriting.target.select_output_outlets(&outputs)?;
    Ok(rewriting.target)
}

/// Where a value of the source lives in the target: with channels second, last, or both.
#[derive(Clone, Copy, Default)]
struct Wire {
    nchw: Option<OutletId>,
    nhwc: Option<OutletId>,
}

struct Rewriting<'a> {
    source: &'a TypedModel,
    target: TypedModel,
    wires: HashMap<OutletId, Wire>,
    packed: &'a mut Packed,
}

impl<'a> Rewriting<'a> {
    fn node(&mut self, node: &TypedNode) -> TractResult<()> {
        // Constants are wired where they are read, and fused nodes are wired already.
        let wired = self.wires.contains_key(&OutletId::new(node.id, 0));
        if wired || node.outputs.iter().all(|output| output.fact.konst.is_some()) {
            return Ok(());
        }
        if self.convolution(node)? || self.dense(node)? || self.pool(node)? || self.map_by_map(node)? {
            return Ok(());
        }
        let inputs = node.inputs.iter().map(|input| self.nchw(*input)).collect::<TractResult<TVec<_>>>()?;
        let outlets = wire(&mut self.target, node.name.clone(), node.op.clone(), &inputs)?;
        for (slot, outlet) in outlets.into_iter().enumerate() {
            self.wires.insert(OutletId::new(node.id, slot), Wire { nchw: Some(outlet), nhwc: None });
        }
        Ok(())
    }

    fn convolution(&mut self, node: &TypedNode) -> TractResult<bool> {
        let Some(conv) = node.op_as::<Conv>() else { return Ok(false) };
        if conv.group != 1 || conv.q_params.is_some() || conv.kernel_fmt != KernelFormat::OIHW {
            return Ok(false);
        }
        let facts = self.source.node_input_facts(node.id)?;
        let (Some(geometry), Some(weights), Some(bias)) =
            (geometry(&conv.pool_spec, facts[0])?, floats(facts[1])?, floats(facts[2])?)
        else {
            return Ok(false);
        };
        let rectifier = self.rectifier(node);
        let layer = match self.packed.convolutions.get(&node.name) {
            Some(layer) => Arc::clone(layer),
            None => {
                let size = [2, 3].map(|axis| facts[0].shape[axis].to_usize());
                let [Ok(height), Ok(width)] = size else { return Ok(false) };
                let end = rectifier.map_or(node, |rectifier| self.source.node(rectifier));
                let geometry = self.as_far_as_read(end, geometry, [height, width])?;
                let bias = if bias.len() == 1 { vec![bias[0]; geometry.outputs()] } else { bias };
                let layer = Convolution::new(geometry, [height, width], &weights, &bias, rectifier.is_some());
                let layer = Arc::new(layer.context("weights of another number")?);
                self.packed.convolutions.insert(node.name.clone(), Arc::clone(&layer));
                layer
            }
        };
        let input = self.nhwc(node.inputs[0])?;
        let outlet = self.wire(&node.name, ConvolutionOp::new(layer).into(), &[input])?;
        self.wires.insert(rectifier.unwrap_or(node.id).into(), Wire { nchw: None, nhwc: Some(outlet) });
        Ok(true)
    }

    /// The convolution that ends in `end` without the last rows and columns, when all that reads it is a pool whose
    /// windows do not reach them.
    fn as_far_as_read(&self, end: &TypedNode, whole: Geometry, size: [usize; 2]) -> TractResult<Geometry> {
        let Some(pool) = self.only_successor(end) else { return Ok(whole) };
        let Some(pool) = self.fast_pool(pool)? else { return Ok(whole) };
        let (Some(maps), pool) = (whole.output_size(size), pool.geometry()) else { return Ok(whole) };
        let pooled = pool.output_size(maps);
        let after = [0, 1].map(|axis| {
            let windows = pooled.map_or(0, |pooled| pooled[axis]).saturating_sub(1);
            let read = (windows * pool.strides()[axis] + pool.kernel()[axis]).saturating_sub(pool.before()[axis]);
            let unread = maps[axis].saturating_sub(read) * whole.strides()[axis];
            whole.after()[axis].saturating_sub(unread)
        });
        let shorter = whole.padded(whole.before(), after);
        let same = shorter.output_size(size).is_some_and(|maps| pool.output_size(maps) == pooled);
        Ok(if same { shorter } else { whole })
    }

    /// A matrix product with constant weights, the bias after it and the rectifier after that.
    fn dense(&mut self, node: &TypedNode) -> TractResult<bool> {
        let Some(product) = node.op_as::<EinSum>() else { return Ok(false) };
        let Some(transposed) = is_product(&product.axes) else { return Ok(false) };
        let facts = self.source.node_input_facts(node.id)?;
        let Some(weights) = floats(facts[1])? else { return Ok(false) };
        let [Ok(rows), Ok(columns)] = [0, 1].map(|axis| facts[1].shape[axis].to_usize()) else { return Ok(false) };
        let (inputs, outputs) = if transposed { (columns, rows) } else { (rows, columns) };
        if product.q_params.is_some() || inputs == 0 || outputs == 0 {
            return Ok(false);
        }
        let (end, bias) = match self.only_successor(node).map(|next| (next, self.bias(next, outputs))) {
            Some((next, Some(bias))) => (next, bias),
            _ => (node, vec![0.0; outputs]),
        };
        let rectifier = self.rectifier(end);
        let layer = match self.packed.denses.get(&node.name) {
            Some(layer) => Arc::clone(layer),
            None => {
                let weight = |input, output| {
                    weights[if transposed { output * inputs + input } else { input * outputs + output }]
                };
                let layer = Dense::new((inputs, outputs), weight, &bias, rectifier.is_some());
                let layer = Arc::new(layer.context("biases of another number")?);
                self.packed.denses.insert(node.name.clone(), Arc::clone(&layer));
                layer
            }
        };
        let input = self.nchw(node.inputs[0])?;
        let outlet = self.wire(&node.name, DenseOp::new(layer).into(), &[input])?;
        // A bias between product and rectifier is wired by having been passed over.
        self.wires.entry(end.id.into()).or_default();
        self.wires.insert(rectifier.unwrap_or(end.id).into(), Wire { nchw: Some(outlet), nhwc: None });
        Ok(true)
    }

    fn pool(&mut self, node: &TypedNode) -> TractResult<bool> {
        let Some(pool) = self.fast_pool(node)? else { return Ok(false) };
        if self.wires.get(&node.inputs[0]).is_none_or(|wire| wire.nhwc.is_none()) {
            return Ok(false);
        }
        let input = self.nhwc(node.inputs[0])?;
        let outlet = self.wire(&node.name, PoolOp::new(pool).into(), &[input])?;
        self.wires.insert(node.id.into(), Wire { nchw: None, nhwc: Some(outlet) });
        Ok(true)
    }

    /// A pool that a fast layer takes.
    fn fast_pool(&self, node: &TypedNode) -> TractResult<Option<Pool>> {
        let Some(pool) = node.op_as::<MaxPool>().filter(|pool| pool.with_index_outputs.is_none()) else {
            return Ok(None);
        };
        Ok(geometry(&pool.pool_spec, self.source.outlet_fact(node.inputs[0])?)?.and_then(Pool::new))
    }

    /// Operators that work value by value, or sum whole maps: they run on either layout, stay with what there is.
    fn map_by_map(&mut self, node: &TypedNode) -> TractResult<bool> {
        let has_nhwc = |input: &OutletId| self.wires.get(input).is_some_and(|wire| wire.nhwc.is_some());
        if !node.inputs.iter().any(has_nhwc) || node.outputs.len() != 1 {
            return Ok(false);
        }
        let facts = self.source.node_input_facts(node.id)?;
        let by_value = node.op_is::<TypedBinOp>() || node.op_is::<ElementWiseOp>();
        let op: Box<dyn TypedOp> = match node.op_as::<Reduce>() {
            Some(reduce) if *reduce.axes == [2, 3] => Box::new(Reduce { axes: tvec!(1, 2), reducer: reduce.reducer }),
            None if by_value && facts.iter().all(|fact| fact.rank() == 4) => node.op.clone(),
            _ => return Ok(false),
        };
        let inputs = node.inputs.iter().map(|input| self.nhwc(*input)).collect::<TractResult<TVec<_>>>()?;
        let outlet = self.wire(&node.name, op, &inputs)?;
        self.wires.insert(node.id.into(), Wire { nchw: None, nhwc: Some(outlet) });
        Ok(true)
    }

    /// The value with channels second, as the source has it.
    fn nchw(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        let wire = self.wires.get(&outlet).copied().unwrap_or_default();
        let found = match (wire.nchw, wire.nhwc) {
            (Some(found), _) => return Ok(found),
            (None, Some(nhwc)) => {
                let name = self.target.unique_name(format!("{}.nchw", self.target.node(nhwc.node).name));
                let name = name.into_owned();
                self.wire(&name, LayoutOp::ToNchw.into(), &[nhwc])?
            }
            (None, None) => {
                let name = &self.source.node(outlet.node).name;
                self.target.add_const(name, self.constant(outlet)?)?
            }
        };
        self.wires.entry(outlet).or_default().nchw = Some(found);
        Ok(found)
    }

    /// The value with channels last.
    fn nhwc(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        let wire = self.wires.get(&outlet).copied().unwrap_or_default();
        if let Some(found) = wire.nhwc {
            return Ok(found);
        }
        let name = format!("{}.nhwc", self.source.node(outlet.node).name);
        let found = if self.source.outlet_fact(outlet)?.konst.is_some() {
            self.target.add_const(name, channels_last(self.constant(outlet)?.into_tensor())?)?
        } else {
            let nchw = self.nchw(outlet)?;
            self.wire(&name, LayoutOp::ToNhwc.into(), &[nchw])?
        };
        self.wires.entry(outlet).or_default().nhwc = Some(found);
        Ok(found)
    }

    fn wire(&mut self, name: &str, op: Box<dyn TypedOp>, inputs: &[OutletId]) -> TractResult<OutletId> {
        Ok(wire(&mut self.target, name.to_owned(), op, inputs)?[0])
    }

    fn constant(&self, outlet: OutletId) -> TractResult<Arc<Tensor>> {
        let name = || format!("{} is read before it is made", self.source.node(outlet.node).name);
        self.source.outlet_fact(outlet)?.konst.clone().with_context(name)
    }

    /// The one node that reads `node`'s one output, which is no output of the model.
    fn only_successor(&self, node: &TypedNode) -> Option<&'a TypedNode> {
        let source = self.source;
        let [output] = &*node.outputs else { return None };
        let [successor] = &*output.successors else { return None };
        let kept = source.outputs.contains(&node.id.into());
        (!kept).then(|| source.node(successor.node))
    }

    /// The node after this one, when all that it does is max(x, 0).
    fn rectifier(&self, node: &TypedNode) -> Option<usize> {
        let next = self.only_successor(node)?;
        let zero = |input: &OutletId| {
            let fact = self.source.outlet_fact(*input).ok()?;
            let values = floats(fact).ok()??;
            Some(fact.shape.volume().is_one() && values == [0.0])
        };
        let rectifies =
            next.op_as::<TypedBinOp>()?.0.is::<Max>() && next.inputs.iter().any(|input| zero(input) == Some(true));
        let same_shape = next.outputs[0].fact.shape == node.outputs[0].fact.shape;
        (rectifies && same_shape).then_some(next.id)
    }

    /// What this node adds to every row of `outputs` values, when that is all that it does.
    fn bias(&self, node: &TypedNode, outputs: usize) -> Option<Vec<f32>> {
        if !node.op_as::<TypedBinOp>()?.0.is::<Add>() {
            return None;
        }
        node.inputs.iter().find_map(|input| {
            let fact = self.source.outlet_fact(*input).ok()?;
            let a_row = matches!(fact.shape.as_concrete(), Some(&[1, columns]) if columns == outputs);
            floats(fact).ok()?.filter(|_| a_row)
        })
    }
}

/// `(N, C, H, W)` → `(N, H, W, C)`.
fn channels_last(mut tensor: Tensor) -> TractResult<Tensor> {
    let &[images, channels, height, width] = tensor.shape() else { bail!("four axes are expected") };
    if height * width == 1 {
        tensor.set_shape(&[images, 1, 1, channels])?;
        return Ok(tensor);
    }
    tensor.permute_axes(&[0, 2, 3, 1])
}

/// The geometry over maps with channels second and concrete sizes; `None` for dilated, unpadded or other shapes.
fn geometry(spec: &PoolSpec, input: &TypedFact) -> TractResult<Option<Geometry>> {
    let Some(&[_, inputs, height, width]) = input.shape.as_concrete() else { return Ok(None) };
    let plain = spec.data_format == DataFormat::NCHW && spec.dilations().iter().all(|dilation| *dilation == 1);
    if !plain || input.datum_type != f32::datum_type() {
        return Ok(None);
    }
    let padding = spec.computed_padding(&[height, width]);
    let ([kernel_rows, kernel_columns], [rows, columns]) = (&*spec.kernel_shape, &*padding) else { return Ok(None) };
    let strides = [spec.stride(0), spec.stride(1)];
    let plain = Geometry::new([inputs, spec.output_channels], [*kernel_rows, *kernel_columns], strides);
    let geometry =
        plain.map(|plain| plain.padded([rows.pad_before, columns.pad_before], [rows.pad_after, columns.pad_after]));
    // A pool that rounds up, say, has another size than its padding gives.
    Ok(geometry.filter(|own| own.output_size([height, width]) == Some([rows.convoluted, columns.convoluted])))
}

/// Whether the axes are those of a matrix product: `false` for `(M, K)` by `(K, N)`, `true` where the second is `(N, K)`.
fn is_product(axes: &AxesMapping) -> Option<bool> {
    let both = |slot| {
        let names: TVec<char> = axes.axes(slot).map(|axis| axis.repr).collect();
        <[char; 2]>::try_from(&*names).ok()
    };
    let ([m, k], second, out) = (both(InOut::In(0))?, both(InOut::In(1))?, both(InOut::Out(0))?);
    match second {
        [a, n] if a == k && out == [m, n] => Some(false),
        [n, a] if a == k && out == [m, n] => Some(true),
        _ => None,
    }
}

/// A constant's values; `None` for anything else, and for what is not finite.
fn floats(fact: &TypedFact) -> TractResult<Option<Vec<f32>>> {
    let Some(constant) = fact.konst.as_ref().filter(|constant| constant.datum_type() == f32::datum_type()) else {
        return Ok(None);
    };
    let values = constant.try_as_plain_ram()?.as_slice::<f32>()?.to_vec();
    Ok(Some(values).filter(|values| values.iter().all(|value| value.is_finite())))
}

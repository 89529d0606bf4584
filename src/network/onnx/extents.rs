//! What operators make of their inputs' sizes, in 64 bits: asked before tract is, which does not always ask.

use crate::onnx::NodeProto;
use tract_hir::internal::*;
use tract_hir::ops::cnn::{PaddingSpec, PoolSpec};
use tract_hir::ops::nn::DataFormat;

use super::attributes::{flag, sizes, text};

/// Strides, dilations and pads are smaller.
const MOST_PIXELS_APART: usize = 1 << 16;

/// How many values a tensor of this shape has; as many as there are numbers when there are more.
pub(super) fn volume(shape: &[usize]) -> u64 {
    shape.iter().fold(1, |volume: u64, size| volume.saturating_mul(*size as u64))
}

/// The shape of what two operands make value by value: axes are counted from the last, and one index serves all.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> TractResult<TVec<usize>> {
    let rank = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(rank).map_or(1, |at| shape[at]);
    let sizes = (0..rank).map(|axis| match (size(a, axis), size(b, axis)) {
        (1, other) | (other, 1) => Some(other),
        (same, other) => (same == other).then_some(same),
    });
    sizes.collect::<Option<_>>().with_context(|| format!("the shapes {a:?} and {b:?} do not fit"))
}

/// The shape of a product `(…, M, K) · (…, K, N)`, and how many multiplications it takes.
pub(super) fn product(a: &[usize], b: &[usize]) -> TractResult<(TVec<usize>, u64)> {
    let wrong = || format!("matrices of {a:?} and {b:?} have no product");
    ensure!(!a.is_empty() && !b.is_empty() && a.len() + b.len() > 2, wrong());
    let (rows, inner) = (a.len().checked_sub(2).map(|axis| a[axis]), a[a.len() - 1]);
    let (others, columns) = match *b {
        [inner] => (inner, None),
        _ => (b[b.len() - 2], b.last().copied()),
    };
    ensure!(inner == others, wrong());
    let mut shape = broadcast(&a[..a.len().saturating_sub(2)], &b[..b.len().saturating_sub(2)])?;
    shape.extend(rows);
    shape.extend(columns);
    let multiplications = volume(&shape).saturating_mul(inner as u64);
    Ok((shape, multiplications))
}

/// A window that moves over maps.
pub(super) struct Window {
    kernel: TVec<usize>,
    strides: TVec<usize>,
    dilations: TVec<usize>,
    before: TVec<usize>,
    after: TVec<usize>,
    /// Whether the last place may reach past the padding: pools alone have it.
    rounds_up: bool,
}

impl Window {
    /// The window of `kernel` that a node moves over `maps`, sizes without channels.
    ///
    /// # Errors
    /// When a size is none, or the window does not fit.
    pub(super) fn new(node: &NodeProto, kernel: &[usize], maps: &[usize]) -> TractResult<Self> {
        let rank = maps.len();
        ensure!((1..=2).contains(&rank), "maps with {rank} axes are not supported");
        ensure!(kernel.len() == rank, "a window {kernel:?} does not fit maps {maps:?}");
        let apart = |name: &str| {
            let found = sizes(node, name, rank)?.unwrap_or_else(|| tvec!(1; rank));
            let all = found.iter().all(|size| (1..MOST_PIXELS_APART).contains(size));
            ensure!(all, "{name} from 1 to {} are expected, got {found:?}", MOST_PIXELS_APART - 1);
            Ok(found)
        };
        let mut window = Self {
            kernel: kernel.into(),
            strides: apart("strides")?,
            dilations: apart("dilations")?,
            before: tvec!(0; rank),
            after: tvec!(0; rank),
            rounds_up: false,
        };
        let auto_pad = text(node, "auto_pad", "NOTSET")?;
        let twice = node.attribute.iter().any(|attribute| attribute.name == "pads" && !attribute.ints.is_empty());
        ensure!(matches!(auto_pad, "NOTSET" | "") || !twice, "pads are given by auto_pad {auto_pad} and by a list");
        match auto_pad {
            "NOTSET" | "" => {
                let pads = sizes(node, "pads", 2 * rank)?.unwrap_or_else(|| tvec!(0; 2 * rank));
                ensure!(
                    pads.iter().all(|pad| *pad < MOST_PIXELS_APART),
                    "pads below {MOST_PIXELS_APART} are expected, got {pads:?}"
                );
                window.before = pads[..rank].into();
                window.after = pads[rank..].into();
                window.rounds_up = flag(node, "ceil_mode", false)?;
            }
            "VALID" => {}
            same @ ("SAME_UPPER" | "SAME_LOWER") => {
                for (axis, size) in maps.iter().enumerate() {
                    let placed = size.div_ceil(window.strides[axis]).saturating_sub(1) * window.strides[axis];
                    let missing = (placed as u64 + window.field(axis)).saturating_sub(*size as u64);
                    ensure!(missing < MOST_PIXELS_APART as u64, "a window {kernel:?} does not fit maps {maps:?}");
                    let (fewer, more) = (missing as usize / 2, missing as usize - missing as usize / 2);
                    (window.before[axis], window.after[axis]) =
                        if same == "SAME_UPPER" { (fewer, more) } else { (more, fewer) };
                }
            }
            other => bail!("auto_pad {other:?} is not known"),
        }
        for (axis, size) in maps.iter().enumerate() {
            ensure!(
                kernel[axis] > 0 && window.field(axis) <= (size + window.before[axis] + window.after[axis]) as u64,
                "a window {kernel:?} with dilations {:?} does not fit maps {maps:?} between pads {:?} and {:?}",
                window.dilations,
                window.before,
                window.after
            );
        }
        Ok(window)
    }

    /// From the first tap to the last.
    fn field(&self, axis: usize) -> u64 {
        (self.kernel[axis] as u64).saturating_sub(1) * self.dilations[axis] as u64 + 1
    }

    /// Taps.
    pub(super) fn area(&self) -> u64 {
        volume(&self.kernel)
    }

    /// The places of the window over `maps`.
    pub(super) fn places(&self, maps: &[usize]) -> TVec<usize> {
        let along = |(axis, size): (usize, &usize)| {
            let padded = size + self.before[axis] + self.after[axis];
            let room = padded - self.field(axis) as usize;
            let stride = self.strides[axis];
            let places = if self.rounds_up { room.div_ceil(stride) } else { room / stride } + 1;
            // Rounded up, the last window begins inside the maps or the padding before them.
            if self.rounds_up && (places - 1) * stride >= size + self.before[axis] { places - 1 } else { places }
        };
        maps.iter().enumerate().map(along).collect()
    }

    /// Whether every place has a tap on the maps: a pool of nothing has no value.
    pub(super) fn always_touches(&self, maps: &[usize]) -> bool {
        self.places(maps).into_iter().enumerate().all(|(axis, places)| {
            let on_map = |at: usize| (self.before[axis]..self.before[axis] + maps[axis]).contains(&at);
            (0..places).all(|place| {
                (0..self.kernel[axis]).any(|tap| on_map(place * self.strides[axis] + tap * self.dilations[axis]))
            })
        })
    }

    pub(super) fn pads(&self) -> [&[usize]; 2] {
        [&self.before, &self.after]
    }

    /// As tract has it, over maps with so many channels.
    pub(super) fn spec(self, inputs: usize, outputs: usize, pools: bool) -> PoolSpec {
        let (before, after) = (self.before, self.after);
        PoolSpec {
            data_format: DataFormat::NCHW,
            kernel_shape: self.kernel,
            padding: if pools {
                PaddingSpec::ExplicitOnnxPool(before, after, self.rounds_up)
            } else {
                PaddingSpec::Explicit(before, after)
            },
            dilations: Some(self.dilations),
            strides: Some(self.strides),
            input_channels: inputs,
            output_channels: outputs,
        }
    }
}

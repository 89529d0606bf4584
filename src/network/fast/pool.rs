//! The maximum under a window that moves over maps `(N, H, W, C)`.

use super::geometry::Geometry;

/// A maximum pool; `inputs` and `outputs` of its geometry are the same channels. Padding never is the maximum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    geometry: Geometry,
}

impl Pool {
    /// A pool over windows of the geometry's kernel. `None` when as many maps do not come out as come in, or a window could lie
    /// in the padding alone.
    pub fn new(geometry: Geometry) -> Option<Self> {
        let ([before, after], kernel) = ([geometry.before(), geometry.after()], geometry.kernel());
        let touches = (0..2).all(|axis| before[axis].max(after[axis]) < kernel[axis]);
        (touches && geometry.inputs() == geometry.outputs()).then_some(Self { geometry })
    }

    /// What it does.
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// `input`: `count` maps of `size` → `output`: `count` maps of [`Geometry::output_size`].
    ///
    /// # Panics
    /// When `input` is shorter.
    pub fn run(&self, input: &[f32], count: usize, size: [usize; 2], output: &mut [f32]) {
        let (kernel, strides, before) = (self.geometry.kernel(), self.geometry.strides(), self.geometry.before());
        let channels = self.geometry.inputs();
        let Some(outputs) = self.geometry.output_size(size) else { return };
        // The part of the window at `place` that lies on the map, along one axis.
        let range = |axis: usize, place: usize| {
            let from = place * strides[axis];
            from.saturating_sub(before[axis])..(from + kernel[axis]).saturating_sub(before[axis]).min(size[axis])
        };
        for (at, output) in output.chunks_exact_mut(channels).enumerate().take(count * outputs[0] * outputs[1]) {
            let (line, column) = (at / outputs[1], at % outputs[1]);
            let (image, row) = (line / outputs[0], line % outputs[0]);
            output.fill(f32::NEG_INFINITY);
            for y in range(0, row) {
                for x in range(1, column) {
                    let start = ((image * size[0] + y) * size[1] + x) * channels;
                    for (output, input) in output.iter_mut().zip(&input[start..start + channels]) {
                        *output = if *input > *output { *input } else { *output };
                    }
                }
            }
        }
    }
}

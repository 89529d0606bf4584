//! Where a window is placed over maps, and how many channels come in and go out.

/// What a convolution or a pool does, but for its numbers. No size is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    inputs: usize,
    outputs: usize,
    kernel: [usize; 2],
    strides: [usize; 2],
    before: [usize; 2],
    after: [usize; 2],
}

impl Geometry {
    /// `channels` in and out; rows and columns of the kernel, and from one placing of it to the next. `None` when one of them
    /// is zero. Nothing is padded.
    ///
    /// ```
    /// use vitrine::network::fast::Geometry;
    /// let same = Geometry::new([1, 64], [3, 3], [1, 1]).map(|plain| plain.padded([1, 1], [1, 1]));
    /// assert_eq!(same.and_then(|same| same.output_size([28, 28])), Some([28, 28]));
    /// assert_eq!(Geometry::new([1, 64], [3, 3], [0, 1]), None);
    /// ```
    pub fn new(channels: [usize; 2], kernel: [usize; 2], strides: [usize; 2]) -> Option<Self> {
        let [inputs, outputs] = channels;
        let whole = [channels, kernel, strides].as_flattened().iter().all(|size| *size > 0);
        whole.then_some(Self { inputs, outputs, kernel, strides, before: [0; 2], after: [0; 2] })
    }

    /// The same with rows of zeros above and columns of zeros to the left, and below and to the right.
    #[must_use]
    pub fn padded(self, before: [usize; 2], after: [usize; 2]) -> Self {
        Self { before, after, ..self }
    }

    /// Maps that come in.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Maps that come out.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Rows and columns of the kernel.
    pub fn kernel(&self) -> [usize; 2] {
        self.kernel
    }

    /// Rows and columns from one placing of the kernel to the next.
    pub fn strides(&self) -> [usize; 2] {
        self.strides
    }

    /// Rows of zeros above and columns of zeros to the left.
    pub fn before(&self) -> [usize; 2] {
        self.before
    }

    /// Rows of zeros below and columns of zeros to the right.
    pub fn after(&self) -> [usize; 2] {
        self.after
    }

    /// Rows and columns that come out of maps of `size`; `None` when the kernel does not fit.
    pub fn output_size(&self, size: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let room = (size[axis] + self.before[axis] + self.after[axis]).checked_sub(self.kernel[axis])?;
            Some(room / self.strides[axis] + 1)
        };
        Some([along(0)?, along(1)?])
    }
}

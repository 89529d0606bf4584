//! What a model has been allowed of its budget so far.

use tract_hir::internal::*;

use super::extents::volume;
use crate::network::budget::{Budget, exceeded};

/// What is held and what is worked for so many images.
pub(super) struct Ledger<'a> {
    budget: &'a Budget,
    images: u64,
    values: u64,
    multiply_adds: u64,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(budget: &'a Budget, images: usize) -> Self {
        Self { budget, images: images as u64, values: 0, multiply_adds: 0 }
    }

    /// Room for a tensor.
    ///
    /// # Errors
    /// When it has too many axes or values, or with those before it too many values.
    pub(super) fn hold(&mut self, shape: &[usize]) -> TractResult<()> {
        let (budget, images) = (self.budget, self.images);
        if shape.len() > budget.rank {
            return Err(exceeded("a tensor", "axes", budget.rank, shape.len() as u64).into());
        }
        let volume = volume(shape);
        if volume / images > budget.tensor as u64 {
            return Err(exceeded(format!("a tensor of {shape:?}"), "values", budget.tensor, volume / images).into());
        }
        self.values += volume;
        if self.values / images > budget.values as u64 {
            return Err(exceeded("all tensors", "values", budget.values, self.values / images).into());
        }
        Ok(())
    }

    /// # Errors
    /// When there is more to do than is allowed.
    pub(super) fn work(&mut self, multiply_adds: u64) -> TractResult<()> {
        self.multiply_adds = self.multiply_adds.saturating_add(multiply_adds);
        let (most, got) = (self.budget.multiply_adds, self.multiply_adds / self.images);
        if got > most as u64 { Err(exceeded("the network", "multiply-adds", most, got).into()) } else { Ok(()) }
    }

    /// # Errors
    /// When a window has more taps than is allowed.
    pub(super) fn window(&self, taps: u64) -> TractResult<()> {
        let most = self.budget.window;
        if taps > most as u64 { Err(exceeded("a window", "taps", most, taps).into()) } else { Ok(()) }
    }

    /// # Errors
    /// When a tensor would have too many axes.
    pub(super) fn axes(&self, rank: usize) -> TractResult<()> {
        let most = self.budget.rank;
        if rank > most { Err(exceeded("a tensor", "axes", most, rank as u64).into()) } else { Ok(()) }
    }
}

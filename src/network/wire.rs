//! Nodes on their way into tract's model.

use tract_hir::internal::*;

/// What `TypedModel::wire_node` does.
///
/// tract's is compiled anew for each type of operator, and a browser compiles all of it that a first answer calls: this is once.
///
/// # Errors
/// When the operator contradicts its inputs, or another node has this name.
#[inline(never)]
pub(super) fn wire(
    model: &mut TypedModel,
    name: String,
    op: Box<dyn TypedOp>,
    inputs: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    model.wire_node(name, op, inputs)
}

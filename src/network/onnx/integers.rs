//! Arithmetic on stored integers, with which exporters compute shapes: exact, or refused.

use tract_hir::internal::*;

use super::call::Call;

/// The result when both inputs are integers; `None` when neither is.
///
/// # Errors
/// When one is not stored, the two are of different kinds or lengths, or a result has no value in 64 bits: a quotient by zero,
/// say.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    let (a, b) = (call.input(0)?, call.input(1)?);
    let kinds = [call.fact(a)?.datum_type, call.fact(b)?.datum_type];
    if kinds.iter().all(|kind| *kind == f32::datum_type()) {
        return Ok(None);
    }
    let known = [i64::datum_type(), i32::datum_type()].contains(&kinds[0]);
    ensure!(kinds[0] == kinds[1] && known, "two of FLOAT, INT64 or INT32 are expected, got {kinds:?}");
    let apply: fn(i64, i64) -> Option<i64> = match &*call.node.op_type {
        "Add" => i64::checked_add,
        "Sub" => i64::checked_sub,
        "Mul" => i64::checked_mul,
        "Div" => i64::checked_div,
        "Max" => |a, b| Some(a.max(b)),
        "Min" => |a, b| Some(a.min(b)),
        _ => bail!("integers are not supported"),
    };
    let (a, b) = (call.constant(a)?, call.constant(b)?);
    let one_for_all = |one: &Tensor, all: &Tensor| one.len() == 1 && one.rank() <= all.rank();
    ensure!(
        a.shape() == b.shape() || one_for_all(&a, &b) || one_for_all(&b, &a),
        "lists of one length are expected, got {:?} and {:?}",
        a.shape(),
        b.shape()
    );
    let shape: TVec<usize> = if one_for_all(&a, &b) { b.shape().into() } else { a.shape().into() };
    let [a, b] = [whole(&a)?, whole(&b)?];
    let longest = a.len().max(b.len());
    let pairs = (0..longest).map(|at| (a[at % a.len()], b[at % b.len()]));
    let results = pairs.map(|(a, b)| apply(a, b).with_context(|| format!("{a} and {b} have no result")));
    let results = Tensor::from_shape(&shape, &results.collect::<TractResult<Vec<i64>>>()?)?;
    let narrow = kinds[0] == i32::datum_type();
    let fit = !narrow || whole(&results)?.into_iter().all(|value| i32::try_from(value).is_ok());
    ensure!(fit, "a result has no value in 32 bits");
    let results = results.cast_to_dt(kinds[0])?.into_owned();
    Ok(Some(call.model.add_const(call.name.clone(), results)?))
}

/// Stored integers in 64 bits.
fn whole(tensor: &Tensor) -> TractResult<Vec<i64>> {
    Ok(tensor.cast_to::<i64>()?.to_plain_array_view::<i64>()?.iter().copied().collect())
}

//! A stored tensor → tract's, for the types that supported operators read. Lengths are checked before anything is allocated.

use crate::onnx::TensorProto;
use crate::onnx::tensor_proto::{DataLocation, DataType};
use tract_hir::internal::*;

/// # Errors
/// For another type, for data in another file, and when there are not as many values as the shape says.
pub(super) fn read(proto: &TensorProto) -> TractResult<Tensor> {
    ensure!(proto.data_location != Some(DataLocation::External as i32), "its data is in another file");
    let shape = proto.dims.iter().map(|size| Ok(usize::try_from(*size)?)).collect::<TractResult<Vec<usize>>>()?;
    let raw = &*proto.raw_data;
    match DataType::try_from(proto.data_type) {
        Ok(DataType::Float) => tensor(&shape, raw, f32::from_le_bytes, || Ok(proto.float_data.clone())),
        Ok(DataType::Double) => {
            let wide = tensor(&shape, raw, f64::from_le_bytes, || Ok(proto.double_data.clone()))?;
            Ok(wide.cast_to::<f32>()?.into_owned())
        }
        Ok(DataType::Int64) => tensor(&shape, raw, i64::from_le_bytes, || Ok(proto.int64_data.clone())),
        Ok(DataType::Int32) => tensor(&shape, raw, i32::from_le_bytes, || Ok(proto.int32_data.clone())),
        Ok(DataType::Int8) => tensor(&shape, raw, i8::from_le_bytes, || narrowed(&proto.int32_data)),
        Ok(DataType::Uint8 | DataType::Bool) => tensor(&shape, raw, u8::from_le_bytes, || narrowed(&proto.int32_data)),
        Ok(DataType::Float16) => {
            let half = tensor(&shape, raw, u16::from_le_bytes, || narrowed(&proto.int32_data))?;
            let values: Vec<f32> =
                half.to_plain_array_view::<u16>()?.iter().map(|bits| f16::from_bits(*bits).to_f32()).collect();
            Tensor::from_shape(&shape, &values)
        }
        other => bail!("its type {} is not supported", other.map_or_else(|_| String::new(), DataType::name)),
    }
}

/// From raw bytes where there are some, else from the typed field. Not inlined: a browser compiles it for the types that a file has.
#[inline(never)]
fn tensor<T: Datum + Copy, const BYTES: usize>(
    shape: &[usize],
    raw: &[u8],
    from_bytes: fn([u8; BYTES]) -> T,
    typed: impl FnOnce() -> TractResult<Vec<T>>,
) -> TractResult<Tensor> {
    let values = if raw.is_empty() {
        typed()?
    } else {
        let (values, rest) = raw.as_chunks::<BYTES>();
        ensure!(rest.is_empty(), "its {} bytes are no multiple of {BYTES}", raw.len());
        values.iter().map(|bytes| from_bytes(*bytes)).collect()
    };
    let expected = shape.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
    ensure!(expected == Some(values.len()), "its shape {shape:?} does not have {} values", values.len());
    Tensor::from_shape(shape, &values)
}

fn narrowed<T: TryFrom<i32, Error: std::error::Error + Send + Sync + 'static>>(values: &[i32]) -> TractResult<Vec<T>> {
    values.iter().map(|value| Ok(T::try_from(*value)?)).collect()
}

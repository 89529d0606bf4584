//! The names, types and shapes of what goes into a graph and comes out.

use prost::Message;

/// A value by name and type.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ValueInfoProto {
    /// The value's name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// Its type, when the file says.
    #[prost(message, optional, tag = "2")]
    pub r#type: Option<TypeProto>,
}

/// The type of a value.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct TypeProto {
    /// The kinds that ONNX has beside tensors are left out: nothing here takes them.
    #[prost(oneof = "type_proto::Value", tags = "1")]
    pub value: Option<type_proto::Value>,
}

/// The kinds of types.
pub mod type_proto {
    use super::TensorShapeProto;

    /// A kind of type.
    #[derive(Clone, PartialEq, Eq, prost::Oneof)]
    pub enum Value {
        /// Tensors.
        #[prost(message, tag = "1")]
        TensorType(Tensor),
    }

    /// Tensors of one type and shape.
    #[derive(Clone, PartialEq, Eq, prost::Message)]
    pub struct Tensor {
        /// The type of the values, a number of [`DataType`](super::super::tensor_proto::DataType).
        #[prost(enumeration = "super::super::tensor_proto::DataType", tag = "1")]
        pub elem_type: i32,
        /// The shape, when the file says.
        #[prost(message, optional, tag = "2")]
        pub shape: Option<TensorShapeProto>,
    }
}

/// A shape: an extent for each axis.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct TensorShapeProto {
    /// One for each axis.
    #[prost(message, repeated, tag = "1")]
    pub dim: Vec<tensor_shape_proto::Dimension>,
}

/// The extents of axes.
pub mod tensor_shape_proto {
    /// One axis.
    #[derive(Clone, PartialEq, Eq, prost::Message)]
    pub struct Dimension {
        /// Its extent; any where there is none.
        #[prost(oneof = "dimension::Value", tags = "1, 2")]
        pub value: Option<dimension::Value>,
    }

    /// What an extent can be.
    pub mod dimension {
        /// An extent.
        #[derive(Clone, PartialEq, Eq, prost::Oneof)]
        pub enum Value {
            /// A number.
            #[prost(int64, tag = "1")]
            DimValue(i64),
            /// A name for any number, such as `N`.
            #[prost(string, tag = "2")]
            DimParam(String),
        }
    }
}

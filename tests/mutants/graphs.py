"""The valid files that mutants are made of: the committed networks, the small golden graphs, and graphs of other forms."""

import gzip
import json
import pathlib

import numpy
import onnx
import onnx.shape_inference
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).parents[2]
node = helper.make_node
_noise = numpy.random.default_rng(7)


def weights(*shape: int) -> numpy.ndarray:
    return (_noise.standard_normal(shape) / numpy.sqrt(max(1, numpy.prod(shape[1:])))).astype(numpy.float32)


def whole(*values: int) -> numpy.ndarray:
    return numpy.array(values, dtype=numpy.int64)


def model(nodes, constants, opset=17, image=(TensorProto.FLOAT, ["N", 1, 28, 28])) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", *image)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["N", 10])],
        [numpy_helper.from_array(numpy.asarray(value), name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def committed() -> list[onnx.ModelProto]:
    return [onnx.load(ROOT / "models" / f"{name}.onnx") for name in ("mlp", "cnn-slim", "cnn")]


def golden() -> list[onnx.ModelProto]:
    cases = json.load(gzip.open(ROOT / "tests/golden/operators.json.gz"))["cases"]
    return [onnx.load_from_string(bytes.fromhex(case["onnx"])) for case in cases]


def networks() -> list[onnx.ModelProto]:
    """Forms that classifiers come in."""
    pool = dict(kernel_shape=[2, 2], strides=[2, 2])
    lenet = model(
        [
            node("Conv", ["x", "k1", "c1"], ["a"], pads=[2] * 4, kernel_shape=[5, 5]),
            node("Tanh", ["a"], ["a2"]),
            node("AveragePool", ["a2"], ["p"], **pool),
            node("Conv", ["p", "k2", "c2"], ["b"], kernel_shape=[5, 5]),
            node("Sigmoid", ["b"], ["b2"]),
            node("AveragePool", ["b2"], ["q"], **pool),
            node("Flatten", ["q"], ["f"]),
            node("Gemm", ["f", "w1", "d1"], ["h"], transB=1),
            node("Tanh", ["h"], ["t"]),
            node("Gemm", ["t", "w2", "d2"], ["out"], transB=1),
        ],
        dict(k1=weights(6, 1, 5, 5), c1=weights(6), k2=weights(16, 6, 5, 5), c2=weights(16), w1=weights(40, 400), d1=weights(40), w2=weights(10, 40), d2=weights(10)),
    )
    probabilities = model(
        [
            node("Conv", ["x", "k1", "c1"], ["a"], pads=[1] * 4),
            node("Relu", ["a"], ["r"]),
            node("MaxPool", ["r"], ["p"], **pool),
            node("Conv", ["p", "k2", "c2"], ["b"], pads=[1] * 4),
            node("Relu", ["b"], ["s"]),
            node("MaxPool", ["s"], ["q"], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4),
            node("GlobalAveragePool", ["q"], ["g"]),
            node("Flatten", ["g"], ["f"]),
            node("Gemm", ["f", "w", "d"], ["l"], transB=1),
            node("Softmax", ["l"], ["out"], axis=1),
        ],
        dict(k1=weights(8, 1, 3, 3), c1=weights(8), k2=weights(12, 8, 3, 3), c2=weights(12), w=weights(10, 12), d=weights(10)),
    )
    separable = model(
        [
            node("Conv", ["x", "k1", "c1"], ["a"], pads=[1] * 4, strides=[2, 2]),
            node("Clip", ["a", "lo", "hi"], ["r"]),
            node("Conv", ["r", "k2", "c2"], ["b"], pads=[1] * 4, group=8),
            node("Clip", ["b", "lo", "hi"], ["s"]),
            node("Conv", ["s", "k3", "c3"], ["c"]),
            node("BatchNormalization", ["c", "s_", "t_", "m_", "v_"], ["n"]),
            node("Add", ["n", "r"], ["sum"]),
            node("HardSwish", ["sum"], ["hs"]),
            node("GlobalAveragePool", ["hs"], ["g"]),
            node("Flatten", ["g"], ["f"]),
            node("MatMul", ["f", "w"], ["mm"]),
            node("Add", ["mm", "d"], ["out"]),
        ],
        dict(k1=weights(8, 1, 3, 3), c1=weights(8), lo=numpy.float32(0), hi=numpy.float32(6), k2=weights(8, 1, 3, 3), c2=weights(8), k3=weights(8, 8, 1, 1), c3=weights(8), s_=weights(8) + 1, t_=weights(8), m_=weights(8), v_=abs(weights(8)) + 1, w=weights(8, 10), d=weights(10)),
    )
    nhwc = model(
        [
            node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
            node("Conv", ["t", "k", "c"], ["a"], auto_pad="SAME_UPPER", strides=[2, 2]),
            node("Relu", ["a"], ["r"]),
            node("AveragePool", ["r"], ["p"], kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_LOWER"),
            node("Transpose", ["p"], ["u"], perm=[0, 2, 3, 1]),
            node("Reshape", ["u", "shape"], ["f"]),
            node("MatMul", ["f", "w"], ["mm"]),
            node("Add", ["mm", "d"], ["s"]),
            node("Softmax", ["s"], ["out"]),
        ],
        dict(k=weights(4, 1, 5, 5), c=weights(4), shape=whole(-1, 196), w=weights(196, 10), d=weights(10)),
        image=(TensorProto.FLOAT, ["N", 28, 28, 1]),
    )
    of_bytes = model(
        [node("Cast", ["x"], ["c"], to=1), node("Div", ["c", "s"], ["d"]), node("Flatten", ["d"], ["f"]), node("Gemm", ["f", "w", "b"], ["out"])],
        dict(s=numpy.float32(255), w=weights(784, 10), b=weights(10)),
        image=(TensorProto.UINT8, ["N", 28, 28]),
    )
    shapes = model(
        [
            node("Conv", ["x", "k"], ["a"], strides=[3, 3]),
            node("Shape", ["a"], ["s"]),
            node("Gather", ["s", "zero"], ["n"], axis=0),
            node("Unsqueeze", ["n", "axis"], ["nu"]),
            node("Slice", ["s", "one", "end"], ["rest"]),
            node("ReduceMax", ["a"], ["most"], axes=[2, 3], keepdims=1),
            node("Sub", ["a", "most"], ["d"]),
            node("Concat", ["nu", "open"], ["shape"], axis=0),
            node("Reshape", ["d", "shape"], ["f"]),
            node("Gemm", ["f", "w", "b"], ["out"]),
        ],
        dict(k=weights(4, 1, 3, 3), zero=numpy.int64(0), axis=whole(0), one=whole(1), end=whole(2**63 - 1), open=whole(-1), w=weights(324, 10), b=weights(10)),
    )
    attention = model(
        [
            node("Squeeze", ["x", "one"], ["s"]),
            node("MatMul", ["s", "wq"], ["q"]),
            node("MatMul", ["s", "wk"], ["k"]),
            node("Transpose", ["k"], ["kt"], perm=[0, 2, 1]),
            node("MatMul", ["q", "kt"], ["sc"]),
            node("Softmax", ["sc"], ["p"], axis=-1),
            node("MatMul", ["p", "q"], ["o"]),
            node("ReduceMean", ["o"], ["m"], axes=[1], keepdims=0),
            node("Gemm", ["m", "w", "b"], ["out"]),
        ],
        dict(one=whole(1), wq=weights(28, 16), wk=weights(28, 16), w=weights(16, 10), b=weights(10)),
    )
    from_the_left = model(
        [node("Squeeze", ["x", "one"], ["s"]), node("MatMul", ["wl", "s"], ["q"]), node("ReduceSum", ["q", "two"], ["m"], keepdims=0), node("Elu", ["m"], ["out"])],
        dict(one=whole(1), two=whole(2), wl=weights(10, 28)),
    )
    one_image = model(
        [node("Reshape", ["x", "shape"], ["f"]), node("Gemm", ["f", "w", "b"], ["out"])],
        dict(shape=whole(1, 784), w=weights(784, 10), b=weights(10)),
        image=(TensorProto.FLOAT, [1, 1, 28, 28]),
    )
    return [lenet, probabilities, separable, nhwc, of_bytes, shapes, attention, from_the_left, one_image]


def _operators():
    """One operator each, from x to y."""
    for name in "Relu LeakyRelu Elu HardSigmoid Softplus Sigmoid HardSwish Tanh Exp Abs Neg Erf Identity Softmax LogSoftmax Dropout".split():
        yield [node(name, ["x"], ["y"])], {}
    yield [node("Abs", ["x"], ["z"]), node("Sqrt", ["z"], ["y"])], {}
    yield [node("Add", ["x", "e"], ["z"]), node("Log", ["z"], ["y"])], dict(e=numpy.float32(0.5))
    for name in ("Add", "Sub", "Mul", "Div", "Max", "Min"):
        yield [node(name, ["x", "e"], ["y"])], dict(e=weights(1, 1, 28, 28) + 2)
        yield [node(name, ["e", "x"], ["y"])], dict(e=weights(28) + 2)
        yield [node("Exp", ["x"], ["z"]), node(name, ["x", "z"], ["y"])], {}
        yield [node(name, ["a", "b_"], ["c"]), node("Cast", ["c"], ["f_"], to=1), node("Add", ["x", "f_"], ["y"])], dict(a=whole(6), b_=whole(2))
    yield [node("Clip", ["x", "lo", "hi"], ["y"])], dict(lo=numpy.float32(0.1), hi=numpy.float32(0.8))
    for name in ("MaxPool", "AveragePool"):
        for form in (
            dict(kernel_shape=[2, 2], strides=[2, 2]),
            dict(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
            dict(kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
            dict(kernel_shape=[3, 3], strides=[3, 3], pads=[1, 0, 1, 0], ceil_mode=1),
            dict(kernel_shape=[2, 3], auto_pad="SAME_LOWER"),
            dict(kernel_shape=[28, 28]),
        ):
            yield [node(name, ["x"], ["y"], **form)], {}
    yield [node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4, count_include_pad=1)], {}
    yield [node("MaxPool", ["x"], ["y"], kernel_shape=[3, 3], dilations=[2, 2])], {}
    for name in ("ReduceMean", "ReduceMax"):
        yield [node(name, ["x"], ["y"], axes=[2], keepdims=1)], {}
        yield [node(name, ["x"], ["y"], axes=[-1], keepdims=0)], {}
        yield [node(name, ["x"], ["y"])], {}
    yield [node("ReduceSum", ["x", "ax"], ["y"], keepdims=0)], dict(ax=whole(2))
    for form in ({}, dict(pads=[1] * 4), dict(strides=[2, 2]), dict(dilations=[2, 2]), dict(auto_pad="SAME_UPPER", strides=[3, 3])):
        yield [node("Conv", ["x", "k", "kb"], ["y"], **form)], dict(k=weights(3, 1, 3, 3), kb=weights(3))
        yield [node("Conv", ["x", "k0"], ["z"], pads=[1] * 4), node("Conv", ["z", "k"], ["y"], group=2, **form)], dict(k0=weights(4, 1, 3, 3), k=weights(6, 2, 3, 3))
        yield [node("Conv", ["x", "k0"], ["z"], pads=[1] * 4, strides=[2, 2]), node("Conv", ["z", "k"], ["y"], group=4, **form)], dict(k0=weights(4, 1, 3, 3), k=weights(4, 1, 3, 3))
    yield [node("Reshape", ["x", "s3"], ["z"]), node("Conv", ["z", "k"], ["y"], pads=[1, 1])], dict(s3=whole(0, 28, 28), k=weights(5, 28, 3))
    yield [node("AveragePool", ["x"], ["z"], kernel_shape=[14, 14], strides=[14, 14]), node("Conv", ["z", "k"], ["z2"], pads=[2] * 4), node("Relu", ["z2"], ["z3"]), node("Conv", ["z3", "k2"], ["y"], pads=[3] * 4)], dict(k=weights(8, 1, 5, 5), k2=weights(4, 8, 6, 6))
    yield [node("Squeeze", ["x", "ax"], ["y"])], dict(ax=whole(1))
    yield [node("Unsqueeze", ["x", "ax"], ["y"])], dict(ax=whole(1, -1))
    yield [node("Transpose", ["x"], ["y"], perm=[0, 2, 3, 1])], {}
    yield [node("Concat", ["x", "x"], ["y"], axis=2)], {}
    yield [node("Gather", ["x", "ix"], ["y"], axis=3)], dict(ix=whole(0, 5, -1, 7))
    yield [node("Slice", ["x", "a", "e", "c"], ["y"])], dict(a=whole(1, 2), e=whole(9, -3), c=whole(2, 3))
    yield [node("Pad", ["x", "p", "v"], ["y"])], dict(p=whole(0, 0, 1, 2, 0, 0, 3, 0), v=numpy.float32(0.3))
    yield [node("Reshape", ["x", "s"], ["y"])], dict(s=whole(0, 4, -1, 7))
    yield [node("BatchNormalization", ["x", "s", "t", "m", "v"], ["y"])], dict(s=weights(1), t=weights(1), m=weights(1), v=abs(weights(1)) + 1)
    yield [node("DequantizeLinear", ["q", "sc"], ["k"], axis=0), node("Mul", ["x", "k"], ["y"])], dict(q=numpy.arange(28, dtype=numpy.int8).reshape(28, 1), sc=abs(weights(28)) + 0.1)
    yield [node("Cast", ["q"], ["k"], to=1), node("Mul", ["x", "k"], ["y"])], dict(q=numpy.arange(28, dtype=numpy.int64))
    yield [node("GlobalMaxPool", ["x"], ["y"])], {}
    yield [node("GlobalAveragePool", ["x"], ["y"])], {}


def operators() -> list[onnx.ModelProto]:
    """Each of them with ten logits of y, in two versions of the operators."""
    graphs = []
    for nodes, constants in _operators():
        for opset in (17, 11):
            try:
                inferred = onnx.shape_inference.infer_shapes(model([*nodes, node("Identity", ["y"], ["out"])], constants, opset), data_prop=True)
                value = next(value for value in inferred.graph.value_info if value.name == "y")
            except (onnx.shape_inference.InferenceError, StopIteration):
                # Not an operator of that version.
                continue
            sizes = [size.dim_value or 1 for size in value.type.tensor_type.shape.dim]
            flat = node("Flatten", ["y"], ["f"]) if len(sizes) > 1 else node("Reshape", ["y", "batch"], ["f"])
            features = int(numpy.prod(sizes[1:])) if len(sizes) > 1 else 1
            ending = dict(w=weights(features, 10), b=weights(10), batch=whole(-1, 1))
            graphs.append(model([*nodes, flat, node("Gemm", ["f", "w", "b"], ["out"])], {**constants, **ending}, opset))
    return graphs


def all_graphs() -> list[onnx.ModelProto]:
    return [*committed(), *golden(), *networks(), *operators()]

#!/usr/bin/env python3
"""Writes operators.json.gz: small networks of every supported operator, as ONNX files, and onnxruntime's answers.

Run it from the repository's root with the packages of requirements.txt. Weights and images come from a formula.
"""

import gzip
import json
import pathlib

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
IMAGES = 3


def noise(seed: int, *shape: int) -> numpy.ndarray:
    count = int(numpy.prod(shape))
    at = numpy.arange(count, dtype=numpy.int64)
    return (((at * 7919 + seed * 104729 + at * at * 31) % 257) / 257 - 0.5).astype(numpy.float32).reshape(shape)


def images() -> numpy.ndarray:
    """The formula of tests/native/networks.rs."""
    image, pixel = numpy.arange(IMAGES)[:, None], numpy.arange(784)[None, :]
    return ((image * 7919 + pixel * (image + 1) * 31) % 256).reshape(IMAGES, 1, 28, 28).astype(numpy.float32) / numpy.float32(255)


class Network:
    """A chain of nodes that ends in ten logits."""

    def __init__(self) -> None:
        self.nodes, self.constants, self.current = [], [], "image"

    def constant(self, value: numpy.ndarray) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def then(self, operator: str, *more: str, at: str | None = None, **attributes) -> "Network":
        output = f"value_{len(self.nodes)}"
        inputs = [at or self.current, *more]
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        self.current = output
        return self

    def conv(self, seed: int, outputs: int, inputs: int, rows: int, columns: int, **attributes) -> "Network":
        weight, bias = self.constant(noise(seed, outputs, inputs, rows, columns)), self.constant(noise(seed + 1, outputs))
        return self.then("Conv", weight, bias, **attributes)

    def ending(self, features: int) -> "Network":
        self.then("Flatten")
        return self.then("Gemm", self.constant(noise(99, features, 10)), self.constant(noise(98, 10)))

    def file(self, opset: int) -> bytes:
        self.nodes[-1].output[0] = "logits"
        image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 1, 28, 28])
        logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 10])
        graph = helper.make_graph(self.nodes, "operators", [image], [logits], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
        onnx.checker.check_model(model)
        return model.SerializeToString()


def integers(*values: int) -> numpy.ndarray:
    return numpy.array(values, dtype=numpy.int64)


def networks() -> dict[str, tuple[Network, int]]:
    found: dict[str, tuple[Network, int]] = {}

    def add(name: str, network: Network, opset: int = 17) -> None:
        found[name] = (network, opset)

    same = {"pads": [1, 1, 1, 1]}
    # What the fast layers take.
    add("fast: 3x3, rectifier, pool", Network().conv(1, 9, 1, 3, 3, **same).then("Relu").conv(2, 12, 9, 3, 3, **same).then("Relu").then("MaxPool", kernel_shape=[2, 2], strides=[2, 2]).ending(12 * 196))
    add("fast: 6x6 SAME_UPPER", Network().conv(1, 8, 1, 3, 3, strides=[2, 2], **same).conv(2, 10, 8, 6, 6, auto_pad="SAME_UPPER").then("Relu").ending(10 * 196))
    add("fast: strides, odd pads, odd kernel", Network().conv(1, 5, 1, 5, 3, strides=[2, 3], pads=[2, 0, 1, 2]).ending(5 * 14 * 10))
    residual = Network().conv(1, 16, 1, 3, 3, strides=[2, 2], **same).then("Relu")
    skipped = residual.current
    residual.conv(3, 16, 16, 3, 3, **same).then("Relu").conv(5, 16, 16, 3, 3, **same).then("Add", skipped).then("Relu").then("GlobalAveragePool").ending(16)
    add("fast: residual, mean", residual)
    shared = Network().conv(1, 8, 1, 3, 3, **same)
    before = shared.current
    add("fast: a value that two nodes read", shared.then("Relu").then("Sub", before).ending(8 * 784))
    add("fast: pool with padding that rounds up", Network().conv(1, 4, 1, 3, 3, **same).then("MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1).ending(4 * 15 * 15))
    add("dense: transposed, scaled", (lambda n: n.then("Flatten").then("Gemm", n.constant(noise(4, 10, 784)), n.constant(noise(5, 10)), transB=1, alpha=0.5, beta=2.0))(Network()))
    add("dense: MatMul, Add, Relu", (lambda n: n.then("Flatten").then("MatMul", n.constant(noise(4, 784, 20))).then("Add", n.constant(noise(5, 20))).then("Relu").then("MatMul", n.constant(noise(6, 20, 10))).then("Add", n.constant(noise(7, 1, 10))))(Network()))
    # What stock tract does.
    add("stock: groups and dilations", Network().conv(1, 8, 1, 3, 3, **same).conv(2, 8, 4, 3, 3, group=2, **same).conv(4, 6, 8, 3, 3, dilations=[2, 2]).ending(6 * 576))
    add("stock: depthwise", Network().conv(1, 8, 1, 3, 3, **same).conv(2, 8, 1, 3, 3, group=8, **same).then("Relu").ending(8 * 784))
    add("stock: average pools", Network().conv(1, 6, 1, 3, 3, **same).then("AveragePool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]).then("AveragePool", kernel_shape=[2, 2], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1).ending(6 * 64))
    norm = Network().conv(1, 6, 1, 3, 3, **same)
    norm.then("BatchNormalization", *(norm.constant(value) for value in (noise(1, 6) + 1, noise(2, 6), noise(3, 6), noise(4, 6) + 1)), epsilon=1e-3).then("LeakyRelu", alpha=0.2).then("GlobalMaxPool").ending(6)
    add("norm, leaky, global maximum", norm)
    for name, attributes in {"Elu": {"alpha": 0.7}, "HardSigmoid": {"alpha": 0.3, "beta": 0.4}, "Softplus": {}, "Sigmoid": {}, "HardSwish": {}, "Tanh": {}, "Exp": {}, "Neg": {}, "Abs": {}, "Erf": {}, "Identity": {}, "Dropout": {}}.items():
        add(name, Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).then(name, **attributes).ending(2 * 81))
    roots = Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).then("Abs")
    add("Sqrt, Log", roots.then("Add", roots.constant(numpy.float32(0.5))).then("Sqrt").then("Log").ending(2 * 81))
    clip = Network().conv(1, 2, 1, 3, 3, strides=[3, 3])
    add("Clip", clip.then("Clip", clip.constant(numpy.float32(-0.2)), clip.constant(numpy.float32(0.6))).ending(2 * 81))
    add("Clip to six, old form", Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).then("Clip", min=0.0, max=0.5).ending(2 * 81), 9)
    broadcast = Network().conv(1, 2, 1, 3, 3, strides=[3, 3])
    broadcast.then("Mul", broadcast.constant(noise(3, 1, 2, 1, 1))).then("Div", broadcast.constant(noise(4, 9) + 2)).then("Max", broadcast.constant(numpy.float32(-0.1))).then("Min", broadcast.constant(noise(5, 2, 1, 9)))
    add("Mul, Div, Max, Min, broadcast", broadcast.ending(2 * 81))
    add("Softmax", Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).ending(2 * 81).then("Softmax", axis=1))
    add("Softmax, old form", Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).ending(2 * 81).then("Softmax"), 11)
    add("LogSoftmax", Network().conv(1, 2, 1, 3, 3, strides=[3, 3]).ending(2 * 81).then("LogSoftmax"))
    mean = Network().conv(1, 10, 1, 3, 3, **same)
    add("ReduceMean to logits", mean.then("ReduceMean", axes=[2, 3], keepdims=0))
    sums = Network().conv(1, 10, 1, 3, 3, **same).then("ReduceMax", axes=[3], keepdims=1)
    add("ReduceMax, ReduceSum", sums.then("ReduceSum", sums.constant(integers(2, -1)), keepdims=0))
    bytes_ = Network()
    codes = bytes_.constant(((numpy.arange(7840) * 37) % 255 - 127).astype(numpy.int8).reshape(784, 10))
    scales = bytes_.constant(numpy.abs(noise(6, 10)) / 50)
    bytes_.then("DequantizeLinear", scales, at=codes, axis=1)
    weights = bytes_.current
    add("DequantizeLinear", bytes_.then("Flatten", at="image").then("MatMul", weights))
    unsigned = Network()
    codes = unsigned.constant(((numpy.arange(7840) * 37) % 256).astype(numpy.uint8).reshape(784, 10))
    unsigned.then("DequantizeLinear", unsigned.constant(numpy.float32(0.01)), unsigned.constant(numpy.uint8(120)), at=codes)
    weights = unsigned.current
    add("DequantizeLinear with a zero point", unsigned.then("Flatten", at="image").then("MatMul", weights))
    # What exporters write around a reshape.
    dynamic = Network().conv(1, 4, 1, 3, 3, strides=[3, 3])
    maps = dynamic.current
    dynamic.then("Shape").then("Gather", dynamic.constant(numpy.int64(0)), axis=0).then("Unsqueeze", dynamic.constant(integers(0)))
    count = dynamic.current
    dynamic.then("Concat", dynamic.constant(integers(-1)), at=count, axis=0)
    shape = dynamic.current
    add("Shape, Gather, Unsqueeze, Concat, Reshape", dynamic.then("Reshape", shape, at=maps).then("Gemm", dynamic.constant(noise(9, 4 * 81, 10)), dynamic.constant(noise(8, 10))))
    moved = Network().conv(1, 4, 1, 3, 3, strides=[3, 3]).then("Transpose", perm=[0, 2, 3, 1])
    moved.then("Slice", moved.constant(integers(1, -3)), moved.constant(integers(9, 9)), moved.constant(integers(1, 3)))
    moved.then("Pad", moved.constant(integers(0, 1, 0, 0, 0, 0, 2, 0)), moved.constant(numpy.float32(0.25)))
    add("Transpose, Slice, Pad", moved.ending(9 * 11 * 3))
    squeezed = Network().conv(1, 10, 1, 28, 28)
    add("Squeeze", squeezed.then("Squeeze", squeezed.constant(integers(2, 3))))
    add("Squeeze, old form", Network().conv(1, 10, 1, 28, 28).then("Squeeze", axes=[2, 3]), 11)
    joined = Network().conv(1, 3, 1, 3, 3, **same)
    left = joined.current
    joined.conv(3, 5, 3, 1, 1).then("Concat", left, axis=1).then("Cast", to=TensorProto.FLOAT)
    add("Concat of maps, Cast", joined.then("GlobalAveragePool").ending(8))
    node = Network().then("Constant", at="", value=numpy_helper.from_array(noise(3, 784, 10)))
    node.nodes[0].input.pop()
    weights = node.current
    add("Constant", node.then("Reshape", node.constant(integers(0, -1)), at="image").then("MatMul", weights))
    return found


def main() -> None:
    # As the operators are defined: optimised, onnxruntime multiplies by dequantised weights approximately.
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    cases = []
    for name, (network, opset) in networks().items():
        data = network.file(opset)
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        (logits,) = session.run(["logits"], {"image": images()})
        answers = [[float(f"{value:.7g}") for value in row] for row in logits.tolist()]
        cases.append({"name": name, "onnx": data.hex(), "logits": answers})
    versions = {module.__name__: module.__version__ for module in (numpy, onnx, onnxruntime)}
    text = json.dumps({"versions": versions, "cases": cases}, indent=1)
    (HERE / "operators.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(cases)} networks")


if __name__ == "__main__":
    main()

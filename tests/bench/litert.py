#!/usr/bin/env python3
"""Writes litert/NAME.BATCH.tflite of the committed networks: the same layers with the same numbers, for LiteRT.js.

float32, maps in NHWC, a fixed batch; a ReLU that nothing else reads is fused into the layer before it, and padding that
TensorFlow's `SAME` does not describe is a layer of its own. Run by `./build.sh bench`, with the packages of requirements.txt.
"""

import dataclasses
import pathlib
import typing

import flatbuffers
import numpy
import onnx
from ai_edge_litert import schema_py_generated as tflite

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent.parent / "models"
OUT = HERE / "litert"
NETWORKS = ("cnn", "cnn-slim", "mlp")
BATCHES = (1, 32)
# Of the buffers in the file, in bytes, as the format's schema asks.
ALIGNMENT = 16

Shape = tuple[int, ...]


class Buffer(tflite.BufferT):
    """A buffer whose bytes are aligned: the generated one packs byte by byte, at any address."""

    def Pack(self, builder: flatbuffers.Builder) -> int:
        place = None
        if self.data is not None:
            data = numpy.ascontiguousarray(self.data).tobytes()
            builder.StartVector(1, len(data), ALIGNMENT)
            builder.head = builder.head - len(data)
            builder.Bytes[builder.head : builder.head + len(data)] = data
            place = builder.EndVector()
        tflite.BufferStart(builder)
        if place is not None:
            tflite.BufferAddData(builder, place)
        return tflite.BufferEnd(builder)


@dataclasses.dataclass
class Node:
    operator: str
    inputs: list[str]
    output: str
    attributes: dict[str, typing.Any]


class Writer:
    """A TensorFlow Lite file in the making."""

    def __init__(self) -> None:
        # The first buffer is the empty one, by the format.
        self.buffers: list[tflite.BufferT] = [Buffer()]
        self.tensors: list[tflite.TensorT] = []
        self.operators: list[tflite.OperatorT] = []
        self.codes: list[int] = []

    def tensor(self, name: str, shape: Shape, values: numpy.ndarray | None = None) -> int:
        tensor = tflite.TensorT()
        tensor.name, tensor.shape, tensor.hasRank, tensor.buffer = name, numpy.array(shape, numpy.int32), True, 0
        tensor.type = tflite.TensorType.FLOAT32
        if values is not None:
            tensor.type = {"float32": tflite.TensorType.FLOAT32, "int32": tflite.TensorType.INT32}[values.dtype.name]
            buffer = Buffer()
            buffer.data = values
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def constant(self, name: str, values: numpy.ndarray) -> int:
        return self.tensor(name, values.shape, values)

    def add(self, operator: str, inputs: list[int], output: int, options: str = "", **values: typing.Any) -> None:
        code = getattr(tflite.BuiltinOperator, operator)
        if code not in self.codes:
            self.codes.append(code)
        entry = tflite.OperatorT()
        entry.opcodeIndex = self.codes.index(code)
        entry.inputs, entry.outputs = numpy.array(inputs, numpy.int32), numpy.array([output], numpy.int32)
        if options:
            entry.builtinOptionsType = getattr(tflite.BuiltinOptions, options)
            entry.builtinOptions = getattr(tflite, f"{options}T")()
            for name, value in values.items():
                setattr(entry.builtinOptions, name, value)
        self.operators.append(entry)

    def write(self, path: pathlib.Path, image: int, logits: int) -> None:
        graph, model, signature = tflite.SubGraphT(), tflite.ModelT(), tflite.SignatureDefT()
        graph.name, graph.tensors, graph.operators = "main", self.tensors, self.operators
        graph.inputs, graph.outputs = numpy.array([image], numpy.int32), numpy.array([logits], numpy.int32)
        signature.signatureKey, signature.subgraphIndex = "serving_default", 0
        signature.inputs, signature.outputs = [named("image", image)], [named("logits", logits)]
        model.version, model.description = 3, path.stem
        model.operatorCodes, model.subgraphs, model.buffers = [code_of(code) for code in self.codes], [graph], self.buffers
        model.signatureDefs = [signature]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(model.Pack(builder), b"TFL3")
        path.write_bytes(builder.Output())


def named(name: str, tensor: int) -> tflite.TensorMapT:
    entry = tflite.TensorMapT()
    entry.name, entry.tensorIndex = name, tensor
    return entry


def code_of(code: int) -> tflite.OperatorCodeT:
    entry = tflite.OperatorCodeT()
    # Codes beyond a byte stand in the second field alone.
    entry.builtinCode, entry.deprecatedBuiltinCode, entry.version = code, min(code, 127), 1
    return entry


def read(path: pathlib.Path) -> tuple[list[Node], dict[str, numpy.ndarray]]:
    """The nodes, and the constants with dequantised weights."""
    graph = onnx.load(path).graph
    constants = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        attributes = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
        if node.op_type == "DequantizeLinear":
            codes, scales = constants[node.input[0]], constants[node.input[1]]
            across = [1] * codes.ndim
            across[attributes["axis"]] = -1
            constants[node.output[0]] = codes.astype(numpy.float32) * scales.reshape(across)
        else:
            nodes.append(Node(node.op_type, list(node.input), node.output[0], attributes))
    return nodes, constants


def fused(nodes: list[Node]) -> list[tuple[Node, bool]]:
    """The nodes, and whether a ReLU follows, which is left out."""
    readers: dict[str, int] = {}
    for node in nodes:
        for name in node.inputs:
            readers[name] = readers.get(name, 0) + 1
    found: list[tuple[Node, bool]] = []
    for node in nodes:
        before = found[-1][0] if found else None
        if node.operator == "Relu" and before is not None and before.output == node.inputs[0] and readers[before.output] == 1:
            found[-1] = (dataclasses.replace(before, output=node.output), True)
        else:
            found.append((node, False))
    return found


class Converter:
    def __init__(self, constants: dict[str, numpy.ndarray], batch: int) -> None:
        self.constants, self.batch, self.writer = constants, batch, Writer()
        # By name: the tensor, and its shape without the batch (rows, columns, channels; or features).
        self.tensors: dict[str, int] = {}
        self.shapes: dict[str, Shape] = {}
        # Maps that a Flatten turned into features: rows of weights are in another order there.
        self.flattened: dict[str, Shape] = {}
        self.image = self.output("image", (28, 28, 1))

    def output(self, name: str, shape: Shape) -> int:
        self.shapes[name] = shape
        self.tensors[name] = self.writer.tensor(name, (self.batch, *shape))
        return self.tensors[name]

    def values(self, name: str) -> numpy.ndarray:
        return self.constants[name].astype(numpy.float32)

    def bias(self, name: str) -> int:
        return self.writer.constant(name, self.values(name))

    def convolution(self, node: Node, relu: bool) -> None:
        rows, columns, channels = self.shapes[node.inputs[0]]
        weights = self.values(node.inputs[1]).transpose(0, 2, 3, 1)
        window, stride = weights.shape[1], node.attributes.get("strides", [1, 1])[0]
        top, left, bottom, right = node.attributes["pads"]
        out = ((rows + top + bottom - window) // stride + 1, (columns + left + right - window) // stride + 1, weights.shape[0])
        total = max((out[0] - 1) * stride + window - rows, 0)
        same = out[0] == -(-rows // stride) and top == left == total // 2 and bottom == right == total - total // 2
        source = self.tensors[node.inputs[0]]
        if not same:
            pads = numpy.array([[0, 0], [top, bottom], [left, right], [0, 0]], numpy.int32)
            padded = self.writer.tensor(f"{node.output}/padded", (self.batch, rows + top + bottom, columns + left + right, channels))
            self.writer.add("PAD", [source, self.writer.constant(f"{node.output}/pads", pads)], padded, "PadOptions")
            source = padded
        self.writer.add(
            "CONV_2D", [source, self.writer.constant(node.inputs[1], weights), self.bias(node.inputs[2])], self.output(node.output, out),
            "Conv2DOptions", padding=tflite.Padding.SAME if same else tflite.Padding.VALID, strideW=stride, strideH=stride,
            dilationWFactor=1, dilationHFactor=1, fusedActivationFunction=activation(relu),
        )  # fmt: skip

    def dense(self, node: Node, relu: bool) -> None:
        weights = self.values(node.inputs[1])
        if node.inputs[0] in self.flattened:
            rows, columns, channels = self.flattened[node.inputs[0]]
            weights = weights.reshape(channels, rows, columns, -1).transpose(1, 2, 0, 3).reshape(rows * columns * channels, -1)
        weights = numpy.ascontiguousarray(weights.T)
        inputs = [self.tensors[node.inputs[0]], self.writer.constant(node.inputs[1], weights), self.bias(node.inputs[2])]
        self.writer.add("FULLY_CONNECTED", inputs, self.output(node.output, (weights.shape[0],)), "FullyConnectedOptions", fusedActivationFunction=activation(relu))

    def pool(self, node: Node) -> None:
        rows, columns, channels = self.shapes[node.inputs[0]]
        out = self.output(node.output, (rows // 2, columns // 2, channels))
        self.writer.add(
            "MAX_POOL_2D", [self.tensors[node.inputs[0]]], out,
            "Pool2DOptions", padding=tflite.Padding.VALID, strideW=2, strideH=2, filterWidth=2, filterHeight=2,
        )  # fmt: skip

    def mean(self, node: Node) -> None:
        out = self.output(node.output, (1, 1, self.shapes[node.inputs[0]][2]))
        axes = self.writer.constant(f"{node.output}/axes", numpy.array([1, 2], numpy.int32))
        self.writer.add("MEAN", [self.tensors[node.inputs[0]], axes], out, "ReducerOptions", keepDims=True)

    def flatten(self, node: Node) -> None:
        shape = self.shapes[node.inputs[0]]
        self.flattened[node.output] = shape
        size = int(numpy.prod(shape))
        target = numpy.array([self.batch, size], numpy.int32)
        inputs = [self.tensors[node.inputs[0]], self.writer.constant(f"{node.output}/shape", target)]
        self.writer.add("RESHAPE", inputs, self.output(node.output, (size,)), "ReshapeOptions", newShape=target)

    def sum(self, node: Node, relu: bool) -> None:
        inputs = [self.tensors[name] for name in node.inputs]
        self.writer.add("ADD", inputs, self.output(node.output, self.shapes[node.inputs[0]]), "AddOptions", fusedActivationFunction=activation(relu))

    def convert(self, node: Node, relu: bool) -> None:
        match node.operator:
            case "Conv":
                self.convolution(node, relu)
            case "Gemm":
                self.dense(node, relu)
            case "Add":
                self.sum(node, relu)
            case "MaxPool":
                self.pool(node)
            case "GlobalAveragePool":
                self.mean(node)
            case "Flatten":
                self.flatten(node)
            case other:
                raise SystemExit(f"{other} is not among the layers that this converter knows")


def activation(relu: bool) -> int:
    return tflite.ActivationFunctionType.RELU if relu else tflite.ActivationFunctionType.NONE


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for network in NETWORKS:
        nodes, constants = read(MODELS / f"{network}.onnx")
        for batch in BATCHES:
            converter = Converter(constants, batch)
            for node, relu in fused(nodes):
                converter.convert(node, relu)
            converter.writer.write(OUT / f"{network}.{batch}.tflite", converter.image, converter.tensors["logits"])


if __name__ == "__main__":
    main()

"""What is done to a valid file: whole messages changed, bits flipped, an end cut off."""

import copy
import random

import numpy
import onnx
from onnx import helper, numpy_helper

# Sizes and values that have undone readers.
SIZES = [0, 1, 2, 3, -1, 5, 7, 10, 27, 28, 29, 784, 65535, 2**31, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63)]
NUMBERS = [float("nan"), float("inf"), -float("inf"), 1e38, -1e30, 1e-40, 0.0, 1e10, 300.0]
TYPES = [1, 2, 3, 5, 6, 7, 9, 10, 11, 16]
OPERATORS = "Relu Conv Gemm MatMul MaxPool AveragePool Reshape Transpose Concat Softmax Add Mul Div Sub Flatten Squeeze Unsqueeze ReduceMean ReduceSum ReduceMax GlobalAveragePool Pad Slice Gather Clip Shape Cast Exp Log LogSoftmax Min Max Identity Sqrt DequantizeLinear BatchNormalization Constant".split()
INSERTED = "Relu Transpose Neg Flatten Softmax Identity GlobalAveragePool ReduceMean Concat Add MatMul Squeeze Exp Shape".split()
LISTS = "axes pads strides dilations kernel_shape perm".split()
REALS = "alpha beta epsilon".split()
INTEGERS = "axis keepdims group transA transB ceil_mode count_include_pad to allowzero noop_with_empty_axes start end training_mode".split()
# Larger tensors keep their values: the point is the shape.
MOST_RESHAPED = 200_000


def _declared_size(chance, graph, node, tensor):
    if tensor.dims:
        tensor.dims[chance.randrange(len(tensor.dims))] = chance.choice(SIZES)


def _consistent_size(chance, graph, node, tensor):
    sizes = list(tensor.dims)
    kind = chance.randrange(4)
    if kind == 0 and sizes:
        sizes[chance.randrange(len(sizes))] = chance.choice([0, 1, 2, 3, 5, 10, 27, 29])
    elif kind == 1:
        sizes.insert(chance.randrange(len(sizes) + 1), chance.choice([1, 1, 2, 0]))
    elif kind == 2 and sizes:
        sizes.pop(chance.randrange(len(sizes)))
    else:
        chance.shuffle(sizes)
    if numpy.prod(sizes) < MOST_RESHAPED:
        values = numpy_helper.to_array(tensor)
        flat = values.reshape(-1) if values.size else numpy.zeros(1, values.dtype)
        values = numpy.resize(flat, int(numpy.prod(sizes))).reshape(sizes).astype(values.dtype)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def _value(chance, graph, node, tensor):
    values = numpy_helper.to_array(tensor).copy()
    flat = values.reshape(-1)
    if not flat.size:
        return
    at = chance.randrange(flat.size)
    if values.dtype.kind == "i":
        limits = numpy.iinfo(values.dtype)
        flat[at] = min(max(chance.choice(SIZES), limits.min), limits.max)
    elif values.dtype.kind == "f":
        flat[at] = chance.choice(NUMBERS)
    tensor.CopyFrom(numpy_helper.from_array(flat.reshape(values.shape), tensor.name))


def _declared_type(chance, graph, node, tensor):
    tensor.data_type = chance.choice(TYPES)


def _consistent_type(chance, graph, node, tensor):
    values = numpy_helper.to_array(tensor)
    kind = chance.choice([numpy.float32, numpy.float64, numpy.int64, numpy.int32, numpy.int8, numpy.uint8, numpy.float16])
    if values.dtype.kind in "fiu":
        with numpy.errstate(all="ignore"):
            tensor.CopyFrom(numpy_helper.from_array(values.astype(kind), tensor.name))


def _attribute(chance, graph, node, tensor):
    if not node.attribute:
        return _new_attribute(chance, graph, node, tensor)
    attribute = chance.choice(node.attribute)
    if attribute.type == onnx.AttributeProto.INT:
        attribute.i = chance.choice(SIZES)
    elif attribute.type == onnx.AttributeProto.INTS:
        if attribute.ints and chance.random() < 0.8:
            attribute.ints[chance.randrange(len(attribute.ints))] = chance.choice(SIZES)
        elif chance.random() < 0.5 or not attribute.ints:
            attribute.ints.append(chance.choice(SIZES))
        else:
            attribute.ints.pop()
    elif attribute.type == onnx.AttributeProto.FLOAT:
        attribute.f = chance.choice([float("nan"), float("inf"), 0, -1, 1e38, 2.5])
    elif attribute.type == onnx.AttributeProto.STRING:
        attribute.s = chance.choice([b"SAME_UPPER", b"SAME_LOWER", b"VALID", b"NOTSET", b"xx", b"\xff"])


def _new_attribute(chance, graph, node, tensor):
    name = chance.choice([*LISTS, *REALS, *INTEGERS, "auto_pad"])
    if name in LISTS:
        value = [chance.choice([0, 1, 1, 2, 2, 3, -1, 5, 28, 65535]) for _ in range(chance.choice([1, 2, 2, 4, 4, 3]))]
    elif name in REALS:
        value = chance.choice([0.0, 1.0, -1.0, 0.5, 1e30])
    elif name == "auto_pad":
        value = chance.choice(["SAME_UPPER", "SAME_LOWER", "VALID"])
    else:
        value = chance.choice([0, 1, 2, -1, 3, 4, 7, -2, 10, 65535])
    kept = [attribute for attribute in node.attribute if attribute.name != name]
    del node.attribute[:]
    node.attribute.extend([*kept, helper.make_attribute(name, value)])


def _input(chance, graph, node, tensor):
    names = [name for other in graph.node for name in [*other.input, *other.output]] + [constant.name for constant in graph.initializer]
    if node.input:
        node.input[chance.randrange(len(node.input))] = chance.choice(names)


def _swapped_inputs(chance, graph, node, tensor):
    if len(node.input) > 1:
        one, other = chance.sample(range(len(node.input)), 2)
        node.input[one], node.input[other] = node.input[other], node.input[one]


def _removed(chance, graph, node, tensor):
    source, output = (node.input[0] if node.input else ""), node.output[0] if node.output else ""
    for other in graph.node:
        for at, name in enumerate(other.input):
            if name == output:
                other.input[at] = source
    graph.node.remove(node)


def _operator(chance, graph, node, tensor):
    node.op_type = chance.choice(OPERATORS)


def _declared_input(chance, graph, node, tensor):
    declared = graph.input[0].type.tensor_type
    if chance.random() < 0.4:
        declared.elem_type = chance.choice([1, 2, 3, 5, 6, 7, 10, 11])
    elif declared.shape.dim:
        declared.shape.dim[chance.randrange(len(declared.shape.dim))].dim_value = chance.choice([0, 1, 2, 3, 28, 32, 784, -1])


def _inserted(chance, graph, node, tensor):
    if not node.input:
        return
    operator, at = chance.choice(INSERTED), chance.randrange(len(node.input))
    source, output = node.input[at], f"inserted{chance.randrange(10**9)}"
    inputs = [source, source] if operator in ("Concat", "Add", "MatMul") else [source]
    axis = {"axis": chance.choice([0, 1, 2, -1])} if operator == "Concat" else {}
    node.input[at] = output
    graph.node.insert(list(graph.node).index(node), helper.make_node(operator, inputs, [output], **axis))


def _name(chance, graph, node, tensor):
    node.name = chance.choice([other.name for other in graph.node] + ["a\x1b[2J", "x" * 5000])


def _inputs_count(chance, graph, node, tensor):
    if node.input and chance.random() < 0.5:
        node.input.pop()
    else:
        outputs = [output for other in graph.node for output in other.output]
        node.input.append(chance.choice([*(constant.name for constant in graph.initializer), "", *outputs]))


OF_TENSORS = [_declared_size, _consistent_size, _value, _declared_type, _consistent_type]
OF_NODES = [_attribute, _attribute, _new_attribute, _input, _swapped_inputs, _removed, _operator, _declared_input, _inserted, _name, _inputs_count]


def changed(model: onnx.ModelProto, chance: random.Random) -> bytes:
    """The file after one to three changes of whole messages."""
    model = copy.deepcopy(model)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        graph = model.graph
        change = chance.choice([*OF_TENSORS, *OF_NODES, None])
        if change is None:
            model.opset_import[0].version = chance.choice([1, 6, 7, 9, 11, 12, 13, 17, 18, 21, 22])
            continue
        node = chance.choice(graph.node) if graph.node else None
        tensor = chance.choice(graph.initializer) if graph.initializer else None
        if (tensor if change in OF_TENSORS else node) is None:
            continue
        try:
            change(chance, graph, node, tensor)
        except (TypeError, ValueError):
            # An earlier change has left a tensor that numpy cannot read.
            continue
    return model.SerializeToString()


def mutant(model: onnx.ModelProto, chance: random.Random) -> bytes:
    """A file that was valid once."""
    kind = chance.random()
    if kind < 0.86:
        return changed(model, chance)
    file = bytearray(model.SerializeToString())
    if kind < 0.97:
        for _ in range(chance.choice([1, 1, 2, 8])):
            # Structure stands at the beginning of most files, weights fill the rest.
            at = chance.randrange(min(len(file), chance.choice([300, 1000, len(file)])))
            file[at] ^= 1 << chance.randrange(8)
        return bytes(file)
    return bytes(file[: chance.randrange(len(file))])

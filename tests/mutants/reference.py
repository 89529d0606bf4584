#!/usr/bin/env python3
"""Reads paths of ONNX files, one a line; for each prints what onnxruntime gives for three images, as a line of JSON."""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, numpy_helper

TYPES = {
    "tensor(float)": numpy.float32, "tensor(double)": numpy.float64, "tensor(float16)": numpy.float16,
    "tensor(uint8)": numpy.uint8, "tensor(int8)": numpy.int8, "tensor(int16)": numpy.int16, "tensor(uint16)": numpy.uint16,
    "tensor(int32)": numpy.int32, "tensor(int64)": numpy.int64, "tensor(uint32)": numpy.uint32, "tensor(uint64)": numpy.uint64,
}
FORMS = [[1, 1, 28, 28], [1, 28, 28, 1], [1, 28, 28], [1, 784]]
IMAGES = 3
# Refusals of what has one meaning all the same.
FORMAL = ("Type Error", "two nodes with same node name", "IR version", "model IR", "protobuf parsing failed")


def images() -> numpy.ndarray:
    """The formula of tests/native/made.rs."""
    image, pixel = numpy.arange(IMAGES)[:, None], numpy.arange(784)[None, :]
    return ((image * 7919 + pixel * (image + 1) * 31) % 256).astype(numpy.float32) / numpy.float32(255)


def answer(file: bytes) -> list[list[float]]:
    options = onnxruntime.SessionOptions()
    # As the file has it: what optimisation changes is not the file's meaning.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    declared = session.get_inputs()[0]
    fits = lambda form: len(form) == len(declared.shape) and all(not isinstance(own, int) or own == size for size, own in zip(form[1:], declared.shape[1:]))
    form = next((form for form in FORMS if fits(form)), FORMS[0])
    # A file for a batch of another size gets the image so many times.
    times = declared.shape[0] if declared.shape and isinstance(declared.shape[0], int) and 0 < declared.shape[0] <= 1024 else 1
    kind = TYPES[declared.type]
    pixels = images() if numpy.issubdtype(kind, numpy.floating) else numpy.round(images() * 255)
    batches = [numpy.repeat(row.reshape(form), times, axis=0).astype(kind) for row in pixels]
    rows = [numpy.asarray(session.run(None, {declared.name: batch})[0], dtype=numpy.float64) for batch in batches]
    if times > 1:
        rows = [row[:1] for row in rows]
    return [[float(value) if numpy.isfinite(value) else str(float(value)) for value in row.reshape(-1)] for row in rows]


def in_one_type(file: bytes) -> bytes:
    """The file with all floats in single precision, versions of operators that know all types, and no names of nodes: this
    project's reader makes no difference between floats, and needs neither names nor the version of the format."""
    model = onnx.load_from_string(file)
    model.ir_version = 8
    floats = (TensorProto.DOUBLE, TensorProto.FLOAT16)
    for tensor in model.graph.initializer:
        if tensor.data_type in floats:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(numpy.float32), tensor.name))
    for value in [*model.graph.input, *model.graph.output]:
        if value.type.tensor_type.elem_type in floats:
            value.type.tensor_type.elem_type = TensorProto.FLOAT
    for node in model.graph.node:
        node.name = ""
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.i in floats:
                attribute.i = TensorProto.FLOAT
    for used in model.opset_import:
        # Version 12 has the operators of 11 for more types.
        used.version = 12 if used.version == 11 else used.version
    return model.SerializeToString()


def asked(path: str) -> dict:
    file = pathlib.Path(path).read_bytes()
    try:
        return {"logits": answer(file)}
    except Exception as error:  # Whatever it is, it is a refusal.
        refusal = str(error)
    if any(form in refusal for form in FORMAL):
        try:
            return {"logits": answer(in_one_type(file)), "formally": refusal[:300]}
        except Exception as error:
            refusal = f"{refusal[:300]}; in one type: {error}"
            return {"refused": refusal[:600], "formally": refusal[:300]}
    return {"refused": refusal[:300]}


onnxruntime.set_default_logger_severity(4)
for line in sys.stdin:
    print(json.dumps(asked(line.strip())), flush=True)

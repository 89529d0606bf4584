/** Just enough of ONNX's protobuf to hand an engine that reads no ONNX the same layers with the same numbers. */

/** The fields of a protobuf message: number → values (integers as numbers, bytes as views). */
function fields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < bytes.length) {
    const key = varint();
    let value;
    switch (key & 7) {
      case 0: value = varint(); break;
      case 1: value = view.getFloat64(at, true); at += 8; break;
      case 2: { const length = varint(); value = bytes.subarray(at, at + length); at += length; break; }
      case 5: value = view.getFloat32(at, true); at += 4; break;
      default: throw new Error(`protobuf wire type ${key & 7}`);
    }
    const number = key >> 3;
    if (!found.has(number)) found.set(number, []);
    found.get(number).push(value);
  }
  return found;
}

const text = (bytes) => (bytes ? new TextDecoder().decode(bytes) : '');
/** Repeated integers, packed or not. */
const integers = (values = []) => values.flatMap((value) => (typeof value === 'number' ? [value] : [...packed(value)]));
function* packed(bytes) {
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    yield value;
  }
}

function tensor(bytes) {
  const field = fields(bytes);
  const [FLOAT, INT8] = [1, 3];
  const raw = new Uint8Array((field.get(9) ?? [[]])[0]);
  const kind = field.get(2)[0];
  if (kind !== FLOAT && kind !== INT8) throw new Error(`tensor type ${kind}`);
  const values = kind === FLOAT ? new Float32Array(raw.buffer) : Float32Array.from(new Int8Array(raw.buffer));
  return { name: text(field.get(8)?.[0]), shape: integers(field.get(1)), values };
}

function node(bytes) {
  const field = fields(bytes);
  const attributes = Object.fromEntries((field.get(5) ?? []).map((attribute) => {
    // A zero is not written.
    const own = fields(attribute);
    return [text(own.get(1)[0]), own.has(8) ? integers(own.get(8)) : (own.get(3)?.[0] ?? 0)];
  }));
  return { operator: text(field.get(4)[0]), inputs: (field.get(1) ?? []).map(text), output: text(field.get(2)[0]), attributes };
}

/** The layers of a network as this project's exporter writes them, weights as f32: `{operator, inputs, output, …}`. */
export function layers(file) {
  const graph = fields(fields(file).get(7)[0]);
  const constants = new Map((graph.get(5) ?? []).map(tensor).map((constant) => [constant.name, constant]));
  const found = [];
  for (const { operator, inputs, output, attributes } of graph.get(1).map(node)) {
    if (operator === 'DequantizeLinear') {
      const [codes, scales] = inputs.map((name) => constants.get(name));
      const axis = attributes.axis ?? 1;
      const stride = codes.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
      const values = codes.values.map((code, at) => Math.fround(code * scales.values[Math.floor(at / stride) % codes.shape[axis]]));
      constants.set(output, { ...codes, values });
      continue;
    }
    const [weight, bias] = inputs.slice(1).map((name) => constants.get(name));
    found.push({ operator, inputs: inputs.filter((name) => !constants.has(name)), output, attributes, weight, bias });
  }
  return found;
}

/** Multiply-adds of one 28×28 image, as the layers are written: fast convolutions need fewer. */
export function multiplyAdds(file) {
  let side = 28;
  let sum = 0;
  for (const { operator, attributes, weight } of layers(file)) {
    if (operator === 'MaxPool') side = Math.floor(side / 2);
    if (operator === 'Gemm') sum += weight.values.length;
    if (operator !== 'Conv') continue;
    const [top, , bottom] = attributes.pads;
    side = Math.floor((side + top + bottom - weight.shape[2]) / (attributes.strides?.[0] ?? 1)) + 1;
    sum += weight.values.length * side * side;
  }
  return sum;
}

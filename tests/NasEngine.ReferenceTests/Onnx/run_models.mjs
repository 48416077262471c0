// Runs every model of a folder in ONNX Runtime: NAME.onnx on NAME.input (float32), shapes in shapes.json, scores to NAME.output.
// Usage: node run_models.mjs NODE_MODULES FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, folder] = process.argv.slice(2);
const ort = createRequire(join(resolve(modules), "onnxruntime-node", "package.json"))("onnxruntime-node");
const shapes = JSON.parse(readFileSync(join(folder, "shapes.json"), "utf8"));
for (const [name, shape] of Object.entries(shapes)) {
  const session = await ort.InferenceSession.create(join(folder, `${name}.onnx`), { intraOpNumThreads: 1 });
  const bytes = readFileSync(join(folder, `${name}.input`));
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const { logits } = await session.run({ input: new ort.Tensor("float32", values, shape) });
  writeFileSync(join(folder, `${name}.output`), Buffer.from(logits.data.buffer, logits.data.byteOffset, logits.data.byteLength));
  console.log(name);
}

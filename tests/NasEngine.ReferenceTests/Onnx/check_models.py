"""Checks every model of a folder with the format's own checker, shape inference included. Needs the onnx package."""
import pathlib
import sys

try:
    import onnx
except ImportError:
    sys.exit(77)

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    onnx.checker.check_model(str(path), full_check=True)
    # In strict mode, shapes that are written in the file and differ from the inferred ones are errors.
    onnx.shape_inference.infer_shapes(onnx.load(str(path)), check_type=True, strict_mode=True, data_prop=True)
    print(path.name)

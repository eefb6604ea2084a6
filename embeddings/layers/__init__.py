"""The bundled model's layers, three ways: on numpy for a question or two, on torch, and on ONNX Runtime."""

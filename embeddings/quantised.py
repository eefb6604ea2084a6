"""The bundled model with weights of a byte, run by ONNX Runtime: made once, checked against torch, kept in the cache.

Dynamic quantisation: weights as signed bytes with a scale a column, activations as bytes with a scale a text, found as
they come (onnxruntime, ``quantize_dynamic``), but for the last linear layer of each of the model's. On two cores it
encodes more than twice as fast as torch in float32; the figures are in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
from filelock import FileLock
from tqdm import tqdm

from corpus.records import Language
from embeddings.bank import bank_sentences
from embeddings.folders import is_complete, make_folder

logger = logging.getLogger(__name__)

#: Raised whenever what is written below changes, so that folders of an older form are not used.
VERSION = 2
#: The least mean cosine of its vectors to those of torch, and the least of any one, for a quantised model to be used.
#: Measured on processors with AVX-512 VNNI: .9998 and .9997. Older ones can overflow, which this is to find.
LEAST_MEAN, LEAST = 0.99, 0.98
STEPS = ("loading", "exporting", "quantising", "checking")
_REFUSED = "refused"
# The making takes half a minute, on a machine that does much else some minutes.
_PATIENCE_SECONDS = 900.0
_ROOT = Path(__file__).resolve().parents[1]


def quantised_folder(source: Path, identity: str, progress: bool = True) -> Path | None:
    """The quantised form of the model in ``source``, beside it, made if it is not there; None where torch must do.

    The making runs in a process of its own, which takes some 2 GB for half a minute. That its vectors are not near
    enough to torch's on this machine is remembered; that it could not be made is tried anew. Either is told.
    """
    whole = f"{identity}-int8-{VERSION}"
    folder = source.with_name(f"{source.name}-int8-{VERSION}")
    try:
        with FileLock(folder.with_suffix(".lock"), timeout=_PATIENCE_SECONDS):
            if not is_complete(folder, whole):
                make_folder(folder, whole, lambda aside: _make(source, aside, progress))
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning(
            "the encoder could not be prepared for speed (%s); expected a graph for ONNX Runtime beside %s; "
            "torch is used, which takes about twice as long", _short(error), source,
        )  # fmt: skip
        return None
    return folder if not (folder / _REFUSED).exists() else None


def near_enough(measured: Mapping[str, float]) -> bool:
    """Whether cosines to torch's vectors, their mean and the least, allow a quantised model to be used."""
    return measured["mean"] >= LEAST_MEAN and measured["least"] >= LEAST


def _make(source: Path, aside: Path, progress: bool) -> dict[str, Any]:
    """Run the making below in a process of its own; gives what it measured."""
    command = [sys.executable, "-m", "embeddings.quantised", str(source), str(aside)]
    with (
        tempfile.TemporaryFile("w+") as wrong,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=wrong, text=True, cwd=_ROOT) as making,
        tqdm(total=len(STEPS), desc="Preparing the encoder", unit=" steps", disable=not progress) as bar,
    ):
        said = [line.strip() for line in cast(Any, making.stdout) if not bar.update(line.strip() in STEPS)]
        making.wait()
        wrong.seek(0)
        complaint = _short(wrong.read())
    if making.returncode:
        raise subprocess.SubprocessError(complaint or f"exit status {making.returncode}")
    measured: dict[str, Any] = json.loads(said[-1])
    if not near_enough(measured):
        logger.warning(
            "the quantised encoder's vectors are at a mean cosine of %.4f to torch's, the least %.4f; expected %.2f "
            "and %.2f; torch is used", measured["mean"], measured["least"], LEAST_MEAN, LEAST,
        )  # fmt: skip
        (aside / _REFUSED).touch()
    return {"cosine": measured}


def _short(error: object) -> str:
    lines = str(error).split("\n")
    return " ".join(next((line for line in reversed(lines) if line.strip()), "").split())[:200]


def _export(source: Path, aside: Path) -> dict[str, float]:
    """Write the quantised graph and its tokenizer into a folder; gives the cosines of its vectors to torch's."""
    import warnings

    import onnxruntime.quantization as quantization
    import torch
    from sentence_transformers import SentenceTransformer

    from embeddings.bundled_engine import BundledEngine
    from embeddings.layers.onnx_layers import INPUTS, OUTPUT, WEIGHTS_FILE, OnnxLayers
    from embeddings.smoothing import smooth

    _say("loading")
    model = SentenceTransformer(str(source), local_files_only=True)
    transformer = cast(Any, model[0]).auto_model
    # Of the ways to export, this one gives the graph that ONNX Runtime runs fastest: with attention step by step 4,060
    # tokens a second and core, with torch's fused attention 3,460; the newer exporter's graphs take a quarter longer.
    transformer.set_attn_implementation("eager")
    smooth(transformer, lambda: model.encode_document(_sample(bank_sentences(), step=1), batch_size=8))

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            given = self.transformer(input_ids=input_ids, attention_mask=attention_mask)
            states: torch.Tensor = given.last_hidden_state
            return states

    _say("exporting")
    ids = torch.full((2, 8), 5)
    plain = aside / "float32.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            States().eval(), (ids, torch.ones_like(ids)), str(plain), dynamo=False, opset_version=17,
            input_names=list(INPUTS), output_names=[OUTPUT],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*INPUTS, OUTPUT)},
        )  # fmt: skip
    _say("quantising")
    logging.disable(logging.WARNING)
    quantization.quantize_dynamic(
        plain, aside / WEIGHTS_FILE, per_channel=True, weight_type=quantization.QuantType.QInt8,
        nodes_to_exclude=_left_exact(plain),
    )  # fmt: skip
    plain.unlink()
    _say("checking")
    texts = _sample(bank_sentences(), step=6)
    wanted = np.asarray(model.encode_document(texts, batch_size=8))
    given = np.stack(
        [each.vector for each in BundledEngine(source, OnnxLayers(aside), "int8").encode(texts, "passage")]
    )
    cosines = (wanted * given).sum(axis=1)
    return {"mean": round(float(cosines.mean()), 4), "least": round(float(cosines.min()), 4), "texts": len(texts)}


def _left_exact(graph: Path) -> list[str]:
    """The names of the multiplications that stay in float32.

    What stands out in their input comes out of GELU, behind which nothing can be smoothed. With them in bytes too, the
    mean cosine is .9995 in the place of .9998; each of the other kinds left exact would bring a tenth of that.
    """
    import onnx

    nodes = onnx.load(str(graph), load_external_data=False).graph.node
    return [node.name for node in nodes if re.search(r"layer\.\d+/output/dense/MatMul$", node.name)]


def _sample(bank: dict[Language, list[str]], step: int) -> list[str]:
    """Every so manyth sentence of either language, and these joined by twelves, because long texts differ."""
    sentences = [sentence for of in bank.values() for sentence in of[::step]]
    return [*sentences, *(" ".join(sentences[at : at + 12]) for at in range(0, len(sentences), 12))]


def _say(step: str) -> None:
    sys.stdout.write(step + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _say(json.dumps(_export(Path(sys.argv[1]), Path(sys.argv[2]))))

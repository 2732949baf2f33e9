"""The FT-Transformer once more, in numpy and double precision: the oracle of NumpyOracleTests.

Written from the formulas of Gorishniy et al. 2021 (arXiv:2106.11959) and 2022 (arXiv:2203.05556) and Shazeer 2020
(arXiv:2002.05202). Reads a safetensors file and, as JSON on standard input, rows; writes embeddings and predictions as JSON.
"""
import json
import math
import sys

import numpy as np


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(content[8 + length + start:8 + length + end], dtype="<f4")
        tensors[name] = values.reshape(entry["shape"]).astype(np.float64)
    return tensors, json.loads(metadata["description"])


def layer_norm(x, weight, bias):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + 1e-5) * weight + bias


def activate(name, x):
    relu = lambda v: np.maximum(v, 0)
    gelu = lambda v: v * 0.5 * (1 + np.vectorize(math.erf)(v / math.sqrt(2)))
    if name == "Relu":
        return relu(x)
    if name == "Gelu":
        return gelu(x)
    if name in ("Reglu", "Geglu"):
        first, second = np.split(x, 2, axis=-1)
        return first * (relu(second) if name == "Reglu" else gelu(second))
    return x / (1 + np.exp(-x))


def number_tokens(weights, options, numbers):
    scaled = (numbers - weights["scaler.center"]) / weights["scaler.scale"]
    missing = np.isnan(scaled)
    scaled = np.where(missing, 0, scaled)
    weight, bias = weights["tokens.continuous.weight"], weights["tokens.continuous.bias"]
    kind = options["Tokenizer"]
    if kind == "Linear":
        tokens = scaled[..., None] * weight + bias
    else:
        if kind == "PiecewiseLinear":
            encoded = np.zeros(scaled.shape + (weight.shape[1],))
            bins = {key: weights["tokens.continuous.bins." + key] for key in ("start", "scale")}
            for column in range(scaled.shape[1]):
                used = [t for t in range(weight.shape[1]) if bins["scale"][column, t] != 0]
                for t in used:
                    filled = (scaled[:, column] - bins["start"][column, t]) * bins["scale"][column, t]
                    if t != used[0]:
                        filled = np.maximum(filled, 0)
                    if t != used[-1]:
                        filled = np.minimum(filled, 1)
                    encoded[:, column, t] = filled
        else:
            angles = 2 * math.pi * scaled[..., None] * weights["tokens.continuous.frequencies"]
            encoded = np.concatenate([np.sin(angles), np.cos(angles)], -1)
        tokens = np.maximum(np.einsum("bnf,nfd->bnd", encoded, weight) + bias, 0)
    if options["Missing"] == "Token":
        tokens = np.where(missing[..., None], weights["tokens.continuous.missing"], tokens)
    return tokens


def attention(weights, name, options, x):
    rows, count, width = x.shape
    heads = options["NHeads"]
    share = width // heads
    projected = x @ weights[name + "attention.qkv.weight"].T + weights[name + "attention.qkv.bias"]
    query, key, value = (part.reshape(rows, count, heads, share) for part in np.split(projected, 3, -1))
    scores = np.einsum("bihk,bjhk->bhij", query, key) / math.sqrt(share)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = np.einsum("bhij,bjhk->bihk", scores / scores.sum(-1, keepdims=True), value).reshape(rows, count, width)
    return mixed @ weights[name + "attention.out.weight"].T + weights[name + "attention.out.bias"]


def feed_forward(weights, name, options, x):
    hidden = x @ weights[name + "feed_forward.in.weight"].T + weights[name + "feed_forward.in.bias"]
    hidden = activate(options["Activation"], hidden)
    return hidden @ weights[name + "feed_forward.out.weight"].T + weights[name + "feed_forward.out.bias"]


def main():
    weights, description = read_safetensors(sys.argv[1])
    options = description["Network"]
    request = json.load(sys.stdin)
    codes = np.array(request["codes"])
    numbers = np.array([[math.nan if v is None else v for v in row] for row in request["numbers"]])

    parts, offset = [], 0
    for column, size in enumerate(description["Cardinalities"]):
        code = np.where((codes[:, column] >= 0) & (codes[:, column] < size), codes[:, column], 0)
        parts.append(weights["tokens.categorical.weight"][offset + code][:, None, :])
        offset += size
    parts.append(number_tokens(weights, options, numbers))
    if options["Readout"] == "Cls":
        parts.insert(0, np.broadcast_to(weights["tokens.cls"], (len(codes), 1, options["DToken"])))
    x = np.concatenate(parts, 1)

    for block in range(options["NBlocks"]):
        name = f"blocks.{block}."
        norm = lambda layer, v: layer_norm(v, weights[name + layer + ".norm.weight"], weights[name + layer + ".norm.bias"])
        if options["Norm"] == "Pre":
            x = x + attention(weights, name, options, x if block == 0 else norm("attention", x))
            x = x + feed_forward(weights, name, options, norm("feed_forward", x))
        else:
            x = norm("attention", x + attention(weights, name, options, x))
            x = norm("feed_forward", x + feed_forward(weights, name, options, x))
    if options["Norm"] == "Pre":
        x = layer_norm(x, weights["norm.weight"], weights["norm.bias"])

    embedding = {"Flatten": lambda: x.reshape(len(x), -1), "Cls": lambda: x[:, 0], "Mean": lambda: x.mean(1)}[options["Readout"]]()
    head, layers = embedding, sum(1 for name in weights if name.startswith("head.")) // 2
    for layer in range(layers):
        head = head @ weights[f"head.{layer}.weight"].T + weights[f"head.{layer}.bias"]
        head = activate(options["HeadActivation"], head) if layer < layers - 1 else head
    predictions = head * weights["targets.scale"] + weights["targets.center"]
    json.dump({"embedding": embedding.tolist(), "prediction": predictions.tolist()}, sys.stdout)


main()

"""Milliseconds of one normalization in PyTorch: forward, then forward and backward, medians. Prints two numbers, the second nan in evaluation.

python3 norms.py OPERATION SHAPE LAYOUT THREADS SECONDS, e.g. norms.py GroupNorm 32,64,56,56 NCHW 2 4
"""
import statistics
import sys
import time

import torch


def layer_of(operation, channels):
    if operation.startswith("RMSNorm"):
        gamma = torch.nn.Parameter(torch.randn(channels))
        return lambda x: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gamma, [gamma]
    made = {
        "BatchNorm": lambda: torch.nn.BatchNorm2d(channels),
        "BatchNorm1d": lambda: torch.nn.BatchNorm1d(channels),
        "BatchNorm, evaluation": lambda: torch.nn.BatchNorm2d(channels).eval(),
        "InstanceNorm": lambda: torch.nn.InstanceNorm2d(channels, affine=True),
        "GroupNorm": lambda: torch.nn.GroupNorm(32 if channels >= 64 else 4, channels),
        "LayerNorm": lambda: torch.nn.LayerNorm(channels),
    }[operation]()
    return made, list(made.parameters())


def median_milliseconds(action, seconds):
    for _ in range(5):
        action()
    samples, start = [], time.perf_counter()
    while len(samples) < 3 or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        action()
        samples.append(time.perf_counter() - before)
    return 1000 * statistics.median(samples)


def main(operation, shape, layout, threads, seconds):
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    shape = [int(length) for length in shape.split(",")]
    x = torch.randn(shape)
    if layout == "channels_last":
        x = x.contiguous(memory_format=torch.channels_last)
    layer, parameters = layer_of(operation + "1d" * (operation == "BatchNorm" and len(shape) == 2), shape[1])
    dy = torch.randn_like(x)

    def forward():
        with torch.no_grad():
            layer(x)

    wanted = x.clone(memory_format=torch.preserve_format).requires_grad_()
    print(median_milliseconds(forward, float(seconds) / 2))
    if operation.endswith("evaluation"):
        print("nan")
    else:
        print(median_milliseconds(lambda: torch.autograd.grad(layer(wanted), [wanted, *parameters], dy), float(seconds) / 2))


main(*sys.argv[1:])

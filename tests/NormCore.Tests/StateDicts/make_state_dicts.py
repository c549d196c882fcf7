"""Writes the files in Files/ that StateDicts' tests read. Ran with Python 3.11, PyTorch 1.13.1: python3 make_state_dicts.py"""
import json
import os
import struct
from collections import OrderedDict

import torch
from torch import nn

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))
torch.manual_seed(1)


def trained(model, *shape):
    """The model after a few steps of training, so that no statistic and no parameter is at its start."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(3):
        optimizer.zero_grad()
        model(3 + 2 * torch.randn(shape, dtype=torch.float64)).pow(2).mean().backward()
        optimizer.step()
    return model.eval(), optimizer


def checkpoint(path, model, *shape):
    model, optimizer = trained(model.double(), *shape)
    x = torch.randn(shape, dtype=torch.float64)
    example = OrderedDict(input=x, output=model(x).detach())
    torch.save({"state_dict": model.state_dict(), "example": example, "optimizer": optimizer.state_dict(), "epoch": 3, "lr": 0.1}, path)


checkpoint("convolutions.pt", nn.Sequential(
    nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
    nn.Sequential(nn.Conv2d(4, 6, 3), nn.GroupNorm(2, 6), nn.ReLU()), nn.Flatten(), nn.Linear(24, 3), nn.BatchNorm1d(3, affine=False)), 3, 2, 4, 4)
checkpoint("sequence.pt", nn.Sequential(
    nn.Conv1d(2, 3, 2), nn.InstanceNorm1d(3, affine=True, track_running_stats=True), nn.LayerNorm(4), nn.BatchNorm1d(3, momentum=None)), 2, 2, 5)
twice = nn.BatchNorm1d(2)
checkpoint("shared.pt", nn.Sequential(nn.Linear(3, 2), twice, nn.Linear(2, 2), twice), 5, 3)

base = torch.arange(12, dtype=torch.float32)
types = {"f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16,
         "i64": torch.int64, "i32": torch.int32, "i16": torch.int16, "i8": torch.int8}
cases = OrderedDict((name, torch.tensor([-2, 0, 1, 100], dtype=dtype)) for name, dtype in types.items())
cases["u8"] = torch.tensor([0, 1, 255], dtype=torch.uint8)
cases["bool"] = torch.tensor([True, False, True])
cases["scalar"] = torch.tensor(2.5)
cases["empty"] = torch.empty(0, 3)
cases["transposed"] = torch.arange(6, dtype=torch.float32).view(2, 3).t()
cases["matrix"] = base.view(3, 4)
cases["column"] = base.view(3, 4)[:, 1]
cases["expanded"] = torch.tensor([7.0]).expand(3)
cases["parameter"] = nn.Parameter(torch.tensor([1.5]))
torch.save(cases, "cases.pt")

state = OrderedDict(weight=torch.tensor([1.0, 2.0]))
torch.save(state, "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(state, "protocol4.pt", pickle_protocol=4)
torch.save(nn.Linear(1, 1), "whole_module.pt")


class Attack:
    def __reduce__(self):
        return os.system, ("touch this_ran",)


torch.save({"weight": Attack()}, "attack.pt")

# The safetensors format, by its specification: header length, header, bytes.
parts = [("weight", "F32", [2, 2], struct.pack("<4f", 1, 2, 3, 4)), ("half", "BF16", [1], b"\x80\x3f"), ("steps", "I64", [], struct.pack("<q", 7))]
header, body = {"__metadata__": {"format": "pt"}}, b""
for name, dtype, shape, raw in parts:
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(body), len(body) + len(raw)]}
    body += raw
text = json.dumps(header).encode()
with open("plain.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + body)

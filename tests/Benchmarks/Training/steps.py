"""Training steps per second of one network in torch: kind depth width side norm threads steps rounds. The best round counts."""
import sys
import time

import torch
from torch import nn

kind, depth, width, side, norm = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
threads, steps, rounds = (int(text) for text in sys.argv[6:9])
torch.set_num_threads(threads)
torch.manual_seed(1)
plain = norm == "none"


def convolutions(channels, pools):
    layers, before = [], 1
    for number, count in enumerate(channels, 1):
        layers += [nn.Conv2d(before, count, 3, padding=1, bias=plain)]
        layers += [] if plain else [nn.BatchNorm2d(count)]
        layers += [nn.ReLU()] + ([nn.MaxPool2d(2)] if number in pools else [])
        before = count
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, 10))


def perceptron(widths, activation):
    layers, before = [nn.Flatten()], side * side
    for count in widths:
        layers += [nn.Linear(before, count, bias=plain)] + ([] if plain else [nn.BatchNorm1d(count)]) + [activation()]
        before = count
    return nn.Sequential(*layers, nn.Linear(before, 10))


def linear():
    layers = []
    for number in range(1, depth + 1):
        layers += [nn.Linear(width, width, bias=False)]
        layers += [] if plain or number == depth else [nn.BatchNorm1d(width)]
    return nn.Sequential(*layers)


stage = (depth + 3) // 4
network = {
    "cnn": lambda: convolutions([width, 2 * width, 2 * width], (1, 2)),
    "deep": lambda: convolutions([width << min(layer // stage, 2) for layer in range(depth)], (stage, 2 * stage)),
    "sigmoid": lambda: perceptron([width] * depth, nn.Sigmoid),
    "mlp": lambda: perceptron([width] * depth, nn.ReLU),
    "linear": linear,
}[kind]()

if kind == "linear":
    inputs = torch.randn(1000, width)
    targets, batch, rate = inputs @ torch.randn(width, width), 1000, 1e-7
    objective = nn.MSELoss(reduction="sum")
else:
    inputs, targets, batch, rate = torch.randn(6400, 1, side, side), torch.randint(10, (6400,)), 64, 0.01
    objective = nn.CrossEntropyLoss()

optimizer = torch.optim.SGD(network.parameters(), lr=rate)


def train(count):
    done = 0
    while done < count:
        order = torch.randperm(len(inputs))
        for start in range(0, len(inputs) - batch + 1, batch):
            chosen = order[start:start + batch]
            optimizer.zero_grad(set_to_none=True)
            loss = objective(network(inputs[chosen]), targets[chosen])
            loss.backward()
            optimizer.step()
            loss.item()
            done += 1
            if done == count:
                break


best = 0
for _ in range(rounds):
    train(5)
    began = time.perf_counter()
    train(steps)
    best = max(best, steps / (time.perf_counter() - began))
print(best)

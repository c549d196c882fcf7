"""Times PyTorch's normalizations, one line of standard input after the other: operation type runs lengths...
Prints milliseconds of forward, backward, compiled forward, compiled backward; nan where there is none."""
import statistics
import sys
import torch
import torch.nn.functional as F

device = torch.device("cuda", int(sys.argv[1]))
torch.cuda.set_device(device)
types = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
flush = torch.empty(2 * torch.cuda.get_device_properties(device).L2_cache_size, dtype=torch.uint8, device=device)


def median(run, runs):
    for _ in range(5):
        run()
    times = []
    for _ in range(runs):
        flush.zero_()
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        run()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times)


def case(operation, dtype, shape):
    """A function, and the tensors it has gradients for."""
    def tensor(*lengths):
        return torch.randn(*lengths, dtype=dtype, device=device)

    x, channels = tensor(*shape), shape[1]
    gamma, beta = (tensor(channels).requires_grad_() for _ in range(2))
    if operation.endswith("channels_last"):
        x = x.to(memory_format=torch.channels_last)
    x.requires_grad_()
    if operation == "LayerNorm":
        return lambda x, gamma, beta: F.layer_norm(x, (channels,), gamma, beta), (x, gamma, beta)
    if operation == "RMSNorm":
        return lambda x, gamma: F.rms_norm(x, (channels,), gamma, 1e-5), (x, gamma)
    if operation == "AddRMSNorm":
        residual = tensor(*shape)
        return lambda x, gamma: F.rms_norm(x + residual, (channels,), gamma, 1e-5), (x, gamma)
    if operation == "GroupNorm":
        return lambda x, gamma, beta: F.group_norm(x, 32, gamma, beta), (x, gamma, beta)
    if operation == "InstanceNorm":
        return lambda x, gamma, beta: F.instance_norm(x, weight=gamma, bias=beta), (x, gamma, beta)
    # cuDNN's batch norm takes float32 parameters beside half types.
    gamma, beta = (parameter.detach().float().requires_grad_() for parameter in (gamma, beta))
    mean, variance = torch.zeros(channels, device=device), torch.ones(channels, device=device)
    if operation.endswith("ReLU"):
        return lambda x, gamma, beta: F.relu(F.batch_norm(x, mean, variance, gamma, beta, True)), (x, gamma, beta)
    return lambda x, gamma, beta: F.batch_norm(x, mean, variance, gamma, beta, True), (x, gamma, beta)


def both(function, inputs, runs):
    y = function(*inputs)
    dy = torch.randn_like(y)
    return (median(lambda: function(*inputs), runs), median(lambda: torch.autograd.grad(y, inputs, dy, retain_graph=True), runs))


# What torch prints itself must not get between the answers.
answers, sys.stdout = sys.stdout, sys.stderr
print(f"PyTorch {torch.__version__}", file=answers, flush=True)
compiled = {}
for line in sys.stdin:
    operation, name, runs, *lengths = line.split()
    function, inputs = case(operation, types[name], [int(length) for length in lengths])
    times = both(function, inputs, int(runs))
    try:
        if line not in compiled:
            torch._dynamo.reset()
            compiled[line] = torch.compile(function, dynamic=False)
        times += both(compiled[line], inputs, int(runs))
    except Exception as reason:
        print(f"torch.compile of {operation}: {reason}", file=sys.stderr)
        times += (float("nan"), float("nan"))
    print(*times, file=answers, flush=True)
    del function, inputs
    torch.cuda.empty_cache()

// A stand-in for libcuda.so.1: device memory is the host's, an image is the path of a library made from a kernel source and cpu_shim.h, and a
// launch runs it on the machine of machine.h before it returns. It refuses what a driver refuses. Streams and events are numbers.
#include <algorithm>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include "machine.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

Machine machine;

namespace
{
struct Function { void (*run)(void**); std::string name; int shared_allowed = 48 * 1024, large_clusters = 0; };
struct Launched { std::string name; unsigned long long stream; int context, shape[5]; };
struct Failure { int code, times; };
enum { Multiprocessors = 16, L2Bytes = 38, Major = 75, Minor = 76, SharedOptIn = 97, ClusterLaunch = 120 };

std::recursive_mutex lock;
std::map<std::string, Function> functions; // never removed: kernels of an unloaded module may still be known to someone
std::vector<std::map<int, int>> devices;
std::vector<Launched> launches;
std::map<std::string, Failure> failures;
thread_local void* current = nullptr;

std::map<int, int> h100()
{
    return {{Multiprocessors, 3}, {L2Bytes, 50 << 20}, {Major, 9}, {Minor, 0}, {SharedOptIn, 227 * 1024}, {ClusterLaunch, 1}};
}

void attach()
{
    machine.shim = {
        &machine.state,
        [](bool cluster, int site) { machine.wait(cluster ? Machine::Cluster : Machine::Block, site); },
        [](unsigned value, int step) { return machine.shuffle(value, step); },
        [](void* to, const void* from, int bytes) { machine.copy(to, from, bytes); },
        [] { machine.copies_end(); },
        [](int later) { machine.copies_landed(later); },
        [](const void* own, int rank) { return machine.of_block(own, rank); },
        [](bool holds, const char* what) { machine.require(holds, what); },
    };
}

int failing(const char* entry)
{
    auto found = failures.find(entry);
    return found != failures.end() && found->second.times-- > 0 ? found->second.code : 0;
}
// Every entry point can be told to fail.
#define CALL(entry) \
    std::lock_guard<std::recursive_mutex> guard(lock); \
    if (devices.empty()) devices = {h100(), h100()}; \
    if (int code = failing(#entry)) return code
#define SIMPLE(entry, parameters, statement) EXPORT int entry parameters { CALL(entry); statement; return 0; }

int device_now() { return (int)((size_t)current - 0x1000); }

int launch(Function* f, unsigned x, unsigned y, unsigned block, unsigned cluster, unsigned shared, void* stream, void** arguments)
{
    if (!current) return 201;
    auto& device = devices[device_now()];
    if (x == 0 || y != 1 || block == 0 || block > 1024 || block % 32 || cluster == 0 || x % cluster) return 1;
    // Every device has 48 KiB, also one that tests give less to make plans.
    if ((int)shared > f->shared_allowed || (int)shared > std::max(48 * 1024, device[SharedOptIn])) return 1;
    if (cluster > 1 && (device[Major] < 9 || (cluster > 8 && !f->large_clusters))) return 1;
    launches.push_back({f->name, (unsigned long long)stream, device_now(), {(int)x, (int)y, (int)block, (int)cluster, (int)shared}});
    return machine.run({f->run, arguments, x, block, cluster, shared});
}
}

SIMPLE(cuInit, (unsigned), )
SIMPLE(cuDriverGetVersion, (int* version), *version = 12080)
SIMPLE(cuDeviceGetCount, (int* count), *count = (int)devices.size())
SIMPLE(cuDeviceGetName, (char* name, int length, int), snprintf(name, length, "a fake GPU"))
SIMPLE(cuDevicePrimaryCtxRetain, (void** context, int device), *context = (void*)(0x1000 + (size_t)device))
SIMPLE(cuCtxGetCurrent, (void** context), *context = current)
SIMPLE(cuCtxSetCurrent, (void* context), current = context)
SIMPLE(cuCtxSynchronize, (), )
SIMPLE(cuModuleUnload, (void*), )
SIMPLE(cuFuncGetAttribute, (int* value, int, void*), *value = 32)
SIMPLE(cuMemAlloc_v2, (void** p, size_t bytes), *p = aligned_alloc(256, (bytes + 255) / 256 * 256))
SIMPLE(cuMemFree_v2, (void* p), free(p))
SIMPLE(cuMemcpyHtoD_v2, (void* to, const void* from, size_t bytes), memcpy(to, from, bytes))
SIMPLE(cuMemcpyDtoH_v2, (void* to, const void* from, size_t bytes), memcpy(to, from, bytes))
SIMPLE(cuMemcpyDtoDAsync_v2, (void* to, const void* from, size_t bytes, void*), memcpy(to, from, bytes))
SIMPLE(cuMemsetD8Async, (void* to, unsigned char value, size_t bytes, void*), memset(to, value, bytes))
SIMPLE(cuStreamCreate, (void** stream, unsigned), static size_t next = 1; *stream = (void*)next++)
SIMPLE(cuStreamDestroy_v2, (void*), )
SIMPLE(cuStreamSynchronize, (void*), )
SIMPLE(cuEventCreate, (void** event, unsigned), *event = (void*)1)
SIMPLE(cuEventDestroy_v2, (void*), )
SIMPLE(cuEventRecord, (void*, void*), )
SIMPLE(cuEventSynchronize, (void*), )
SIMPLE(cuEventElapsedTime, (float* milliseconds, void*, void*), *milliseconds = 1)

EXPORT int cuDeviceGet(int* device, int ordinal)
{
    CALL(cuDeviceGet);
    if (ordinal < 0 || ordinal >= (int)devices.size()) return 101;
    *device = ordinal;
    return 0;
}

EXPORT int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    CALL(cuDeviceGetAttribute);
    *value = devices[device][attribute];
    return 0;
}

EXPORT int cuModuleLoadData(void** module, const void* image)
{
    CALL(cuModuleLoadData);
    if (!current) return 201;
    *module = dlopen((const char*)image, RTLD_NOW | RTLD_LOCAL);
    if (!*module) return 200;
    auto shim_attach = (void (*)(const Shim*))dlsym(*module, "shim_attach");
    if (!shim_attach) return 200;
    attach();
    shim_attach(&machine.shim);
    return 0;
}

EXPORT int cuModuleGetFunction(void** function, void* module, const char* name)
{
    CALL(cuModuleGetFunction);
    auto run = (void (*)(void**))dlsym(module, (std::string(name) + "_run").c_str());
    if (!run) return 500;
    auto& known = functions[std::to_string((size_t)run)];
    known.run = run;
    known.name = name;
    *function = &known;
    return 0;
}

EXPORT int cuFuncSetAttribute(void* function, int attribute, int value)
{
    CALL(cuFuncSetAttribute);
    if (attribute == 8) ((Function*)function)->shared_allowed = value;
    else if (attribute == 14) ((Function*)function)->large_clusters = value;
    else return 1;
    return attribute == 8 && current && value > devices[device_now()][SharedOptIn] ? 1 : 0;
}

EXPORT int cuLaunchKernel(void* f, unsigned x, unsigned y, unsigned, unsigned block, unsigned, unsigned, unsigned shared, void* stream, void** arguments, void**)
{
    CALL(cuLaunchKernel);
    return launch((Function*)f, x, y, block, 1, shared, stream, arguments);
}

struct Attribute { int id, padding; unsigned value[16]; };
struct Configuration { unsigned x, y, z, block_x, block_y, block_z, shared; void* stream; Attribute* attributes; unsigned count; };

EXPORT int cuLaunchKernelEx(const Configuration* c, void* f, void** arguments, void**)
{
    CALL(cuLaunchKernelEx);
    unsigned cluster = 1;
    for (unsigned i = 0; i < c->count; i++)
        if (c->attributes[i].id == 4) cluster = c->attributes[i].value[0];
    return launch((Function*)f, c->x, c->y, c->block_x, cluster, c->shared, c->stream, arguments);
}

EXPORT int cuGetErrorName(int, const char** name) { *name = "CUDA_ERROR_FAKE"; return 0; }
EXPORT int cuGetErrorString(int code, const char** text)
{
    *text = code == 719 || code == 700 ? machine.message.c_str() : code == 1 ? "invalid argument" : code == 201 ? "no context is current" : "as the fake driver was told";
    return 0;
}

EXPORT void fake_reset() { devices = {h100(), h100()}; launches.clear(); failures.clear(); machine.reverse = false; machine.late = true; }
EXPORT void fake_set_devices(int count) { devices.resize(count, h100()); }
EXPORT void fake_set_attribute(int device, int attribute, int value)
{
    if (devices.empty()) devices = {h100(), h100()};
    for (int i = 0; i < (int)devices.size(); i++)
        if (device < 0 || i == device) devices[i][attribute] = value;
}
EXPORT void fake_fail(const char* entry, int code, int times) { failures[entry] = {code, times}; }
EXPORT void fake_reverse(int on) { machine.reverse = on; }
EXPORT void fake_async_late(int on) { machine.late = on; }
EXPORT const char* fake_message() { return machine.message.c_str(); }
EXPORT int fake_launches() { return (int)launches.size(); }
EXPORT void fake_launch(int i, char* name, unsigned long long* stream, int* context, int* shape)
{
    snprintf(name, 64, "%s", launches[i].name.c_str());
    *stream = launches[i].stream;
    *context = launches[i].context;
    std::copy(launches[i].shape, launches[i].shape + 5, shape);
}

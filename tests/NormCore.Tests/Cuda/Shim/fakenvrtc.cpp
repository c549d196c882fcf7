// A stand-in for libnvrtc: it knows sm_80 and sm_90, refuses sources with #error, and its "code" is the options one per line.
#include <cstring>
#include <string>

#define EXPORT extern "C" __attribute__((visibility("default")))

struct Program { std::string source, code, log; };

EXPORT const char* nvrtcGetErrorString(int code) { return code == 6 ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR_FAKE"; }
EXPORT int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = 8; return 0; }
EXPORT int nvrtcGetNumSupportedArchs(int* count) { *count = 2; return 0; }
EXPORT int nvrtcGetSupportedArchs(int* all) { all[0] = 80; all[1] = 90; return 0; }

EXPORT int nvrtcCreateProgram(void** program, const char* source, const char*, int headers, const char**, const char**)
{
    *program = new Program{source, "", ""};
    return headers == 0 ? 0 : 3;
}
EXPORT int nvrtcCompileProgram(void* program, int count, const char** options)
{
    auto p = (Program*)program;
    for (int i = 0; i < count; i++) p->code += std::string(options[i]) + "\n";
    if (p->code.find("-DREFUSED") == std::string::npos) return 0;
    p->log = "kernels.cu(1): error: as the test wants";
    return 6;
}
EXPORT int nvrtcDestroyProgram(void** program) { delete (Program*)*program; *program = nullptr; return 0; }
EXPORT int nvrtcGetProgramLogSize(void* program, size_t* size) { *size = ((Program*)program)->log.size() + 1; return 0; }
EXPORT int nvrtcGetProgramLog(void* program, char* log) { strcpy(log, ((Program*)program)->log.c_str()); return 0; }
EXPORT int nvrtcGetCUBINSize(void* program, size_t* size) { *size = ((Program*)program)->code.size() + 6; return 0; }
EXPORT int nvrtcGetCUBIN(void* program, char* code) { strcpy(code, ("cubin\n" + ((Program*)program)->code).c_str()); return 0; }
EXPORT int nvrtcGetPTXSize(void* program, size_t* size) { *size = ((Program*)program)->code.size() + 5; return 0; }
EXPORT int nvrtcGetPTX(void* program, char* code) { strcpy(code, ("ptx\n" + ((Program*)program)->code).c_str()); return 0; }

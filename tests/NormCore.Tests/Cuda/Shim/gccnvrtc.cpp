// A stand-in for libnvrtc beside that for the driver: it compiles with g++, for programs that bring no compiler of their own. SHIM is the folder
// of the shim, OUT the folder for what is made.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <unistd.h>

#define EXPORT extern "C" __attribute__((visibility("default")))

struct Program { std::string source, path, log; };

EXPORT const char* nvrtcGetErrorString(int) { return "g++ refuses"; }
EXPORT int nvrtcVersion(int* major, int* minor) { *major = 0; *minor = 1; return 0; }
EXPORT int nvrtcGetNumSupportedArchs(int* count) { *count = 1; return 0; }
EXPORT int nvrtcGetSupportedArchs(int* all) { all[0] = 90; return 0; }

EXPORT int nvrtcCreateProgram(void** program, const char* source, const char*, int, const char**, const char**)
{
    *program = new Program{std::string("#include \"cpu_shim.h\"\n") + source, "", ""};
    return 0;
}
EXPORT int nvrtcCompileProgram(void* program, int count, const char** options)
{
    auto p = (Program*)program;
    std::string defines;
    for (int i = 0; i < count; i++)
        if (!strncmp(options[i], "-D", 2)) defines += std::string(" '") + options[i] + "'";
    std::string name = std::string(OUT "/") + std::to_string(std::hash<std::string>()(p->source + defines)) + "-" + std::to_string(getpid());
    FILE* file = fopen((name + ".cpp").c_str(), "w");
    if (!file) return 1;
    fwrite(p->source.data(), 1, p->source.size(), file);
    fclose(file);
    p->path = name + ".so";
    std::string command = "g++ -std=c++17 -O1 -fPIC -shared -w -I'" SHIM "'" + defines + " " + name + ".cpp -o " + p->path;
    int code = system(command.c_str());
    remove((name + ".cpp").c_str());
    return code == 0 ? 0 : 6;
}
EXPORT int nvrtcDestroyProgram(void** program) { delete (Program*)*program; *program = nullptr; return 0; }
EXPORT int nvrtcGetProgramLogSize(void*, size_t* size) { *size = 1; return 0; }
EXPORT int nvrtcGetProgramLog(void*, char* log) { *log = 0; return 0; }
EXPORT int nvrtcGetCUBINSize(void* program, size_t* size) { *size = ((Program*)program)->path.size() + 1; return 0; }
EXPORT int nvrtcGetCUBIN(void* program, char* code) { strcpy(code, ((Program*)program)->path.c_str()); return 0; }
EXPORT int nvrtcGetPTXSize(void* program, size_t* size) { return nvrtcGetCUBINSize(program, size); }
EXPORT int nvrtcGetPTX(void* program, char* code) { return nvrtcGetCUBIN(program, code); }

// A fiber: a stack and the place where its code stopped. switch_fiber saves where the present one is and goes on with another.
#pragma once
#include <cstddef>

#if defined(__x86_64__)
// The registers that a function must preserve, then the address to go on at.
extern "C" void switch_fiber(void** from, void* to);
asm(R"(
    .text
    .type switch_fiber, @function
switch_fiber:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size switch_fiber, . - switch_fiber
)");

// Where a new fiber that runs body, which must not return, goes on.
inline void* new_fiber(char* stack, size_t bytes, void (*body)())
{
    void** top = (void**)(stack + bytes);
    *--top = nullptr; // body finds the stack as after a call
    *--top = (void*)body;
    for (int i = 0; i < 6; i++) *--top = nullptr;
    return top;
}
#else
#include <ucontext.h>
inline void switch_fiber(void** from, void* to)
{
    ucontext_t here;
    *from = &here;
    swapcontext(&here, (ucontext_t*)to);
}
inline void* new_fiber(char* stack, size_t bytes, void (*body)())
{
    auto* context = (ucontext_t*)stack;
    getcontext(context);
    size_t own = (sizeof(ucontext_t) + 63) / 64 * 64;
    context->uc_stack.ss_sp = stack + own;
    context->uc_stack.ss_size = bytes - own;
    context->uc_link = nullptr;
    makecontext(context, body, 0);
    return context;
}
#endif

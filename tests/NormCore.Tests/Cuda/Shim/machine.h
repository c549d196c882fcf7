// Runs kernels as a GPU does, one thread of the kernel after the other: a fiber runs until it waits for others. All blocks of a cluster live at
// once. Barriers that not all threads reach are an error, shared memory begins as NaN and has fences, asynchronous copies land as late as they may.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <vector>
#include "cpu_shim.h"
#include "fiber.h"

struct Machine
{
    enum Wait { None, Warp, Block, Cluster, Done };
    struct Copy { void* to; const void* from; int bytes, group; };
    struct Thread { void* at; Wait wait; int site; unsigned values[2]; int turn, group; std::vector<Copy> copies; };
    struct Launch { void (*kernel)(void**); void** arguments; unsigned grid, block, cluster, shared; };

    bool reverse = false, late = true;
    std::string message; // why the last launch failed
    ShimState state;
    Shim shim;

    int run(const Launch& given)
    {
        launch = given;
        message.clear();
        threads.resize((size_t)launch.cluster * launch.block);
        memory.resize((size_t)launch.cluster * (launch.shared + 2 * FENCE));
        state.grid_dim = {launch.grid, 1, 1};
        state.block_dim = {launch.block, 1, 1};
        unsigned clusters = launch.grid / launch.cluster;
        for (unsigned i = 0; i < clusters && message.empty(); i++) run_cluster((reverse ? clusters - 1 - i : i) * launch.cluster);
        return message.empty() ? 0 : broke_fence ? 700 : 719;
    }

    void wait(Wait what, int site)
    {
        Thread& me = threads[current];
        me.wait = what;
        me.site = site;
        release(what);
        switch_fiber(&me.at, scheduler);
    }

    unsigned shuffle(unsigned value, int step)
    {
        Thread& me = threads[current];
        size_t other = (current & ~31u) | ((current & 31u) ^ (unsigned)step);
        int turn = me.turn;
        me.values[turn] = value;
        me.turn ^= 1;
        wait(Warp, step);
        return threads[other].values[turn]; // overwritten by the shuffle after next only
    }

    void copy(void* to, const void* from, int bytes)
    {
        if (late) threads[current].copies.push_back({to, from, bytes, threads[current].group});
        else memcpy(to, from, bytes);
    }
    void copies_end() { threads[current].group++; }
    void copies_landed(int later)
    {
        Thread& me = threads[current];
        size_t n = 0;
        for (; n < me.copies.size() && me.copies[n].group < me.group - later; n++) memcpy(me.copies[n].to, me.copies[n].from, me.copies[n].bytes);
        me.copies.erase(me.copies.begin(), me.copies.begin() + n);
    }

    const void* of_block(const void* own, int rank)
    {
        require(rank >= 0 && rank < (int)launch.cluster, "a block outside the cluster");
        return shared_of(rank) + ((const unsigned char*)own - state.shared);
    }

    void require(bool holds, const char* what)
    {
        if (holds) return;
        fail(std::string(what) + " in block " + std::to_string(state.block.x) + ", thread " + std::to_string(state.thread.x));
        threads[current].wait = Done;
        switch_fiber(&threads[current].at, scheduler); // never goes on
    }

    void body()
    {
        launch.kernel(launch.arguments);
        threads[current].wait = Done;
        switch_fiber(&threads[current].at, scheduler);
    }

private:
    static constexpr size_t STACK = 64 * 1024, FENCE = 64;
    Launch launch;
    std::vector<Thread> threads;
    std::vector<unsigned char> memory;
    char* stacks = nullptr;
    size_t stacks_for = 0, current = 0, left = 0;
    unsigned first_block = 0;
    void* scheduler = nullptr;
    bool broke_fence = false;

    unsigned char* shared_of(size_t rank)
    {
        size_t at = (size_t)memory.data() + rank * (launch.shared + 2 * FENCE) + FENCE;
        return (unsigned char*)(at & ~(size_t)15);
    }

    void fail(const std::string& why) { if (message.empty()) message = why; }

    void run_cluster(unsigned first)
    {
        first_block = first;
        size_t all = threads.size();
        if (stacks_for < all)
        {
            if (stacks) munmap(stacks, stacks_for * STACK);
            stacks = (char*)mmap(nullptr, all * STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            stacks_for = all;
        }
        memset(memory.data(), 0xa5, memory.size());
        for (size_t rank = 0; rank < launch.cluster; rank++) memset(shared_of(rank), 0xff, launch.shared);
        broke_fence = false;
        for (size_t i = 0; i < all; i++)
            threads[i] = {new_fiber(stacks + i * STACK, STACK, [] { extern Machine machine; machine.body(); }), None, 0, {}, 0, 0, {}};
        left = all;
        while (left > 0 && message.empty())
        {
            // All in lockstep; or, in reverse, each warp as far ahead of the others as it can get.
            bool moved = !reverse && sweep(0, all);
            for (size_t warp = reverse ? all / 32 : 0; warp-- > 0;)
                while (sweep(warp * 32, 32)) moved = true;
            if (!moved) fail("a barrier or shuffle that not all threads reach, in block " + std::to_string(first_block));
        }
        for (size_t rank = 0; rank < launch.cluster; rank++) check_fences(shared_of(rank));
    }

    // Lets all threads of a range go on that can; whether there were any.
    bool sweep(size_t first, size_t count)
    {
        bool moved = false;
        for (size_t k = 0; k < count && message.empty(); k++)
        {
            current = first + (reverse ? count - 1 - k : k);
            if (threads[current].wait != None) continue;
            size_t rank = current / launch.block;
            state.thread = {(unsigned)(current % launch.block), 0, 0};
            state.block = {first_block + (unsigned)rank, 0, 0};
            state.shared = shared_of(rank);
            switch_fiber(&scheduler, threads[current].at);
            moved = true;
            if (threads[current].wait == Done) left--;
        }
        return moved;
    }

    void check_fences(const unsigned char* shared)
    {
        for (size_t i = 1; i <= FENCE / 2; i++)
            if (shared[-i] != 0xa5 || shared[launch.shared + i - 1] != 0xa5) broke_fence = true;
        if (broke_fence) fail("a write outside the dynamic shared memory");
    }

    // Lets those go on who have all arrived at the same place.
    void release(Wait what)
    {
        size_t size = what == Warp ? 32 : what == Block ? launch.block : threads.size(), first = current / size * size;
        for (size_t k = 0; k < size; k++)
        {
            const Thread& other = threads[reverse ? first + k : first + size - 1 - k]; // the last to come first: mostly it is still missing
            if (other.wait != what || other.site != threads[current].site) return;
        }
        for (size_t i = first; i < first + size; i++) threads[i].wait = None;
    }
};

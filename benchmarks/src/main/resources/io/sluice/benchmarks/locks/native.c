/*
 * The peers of Sluice's locks that only C can show: a robust, process-shared pthread mutex and a process-shared sem_t.
 * Speaks as LockWorker does:  native FILE SUBJECT MEASURE ROLE MODE WARMUP_NANOS TIME_NANOS GAP_NANOS
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define PLACES 3
#define BATCH 10000
#define MOST_SAMPLES 4000000

struct place {
    _Alignas(128) pthread_mutex_t mutex;
    _Alignas(128) sem_t semaphore;
};

struct shared {
    struct place places[PLACES];
    _Alignas(128) volatile int64_t stamp;
};

static struct shared *shared;
static int is_mutex;
static int spins;
static int64_t samples[MOST_SAMPLES];
static int sample_count;

static void check(int error, const char *what)
{
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", what, strerror(error));
        exit(1);
    }
}

static int64_t nanos(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline void pause_hint(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

static inline void acquire(int place)
{
    struct place *p = &shared->places[place];
    if (is_mutex) {
        if (spins) {
            while (pthread_mutex_trylock(&p->mutex) == EBUSY) {
                pause_hint();
            }
        } else {
            check(pthread_mutex_lock(&p->mutex), "pthread_mutex_lock");
        }
    } else if (spins) {
        while (sem_trywait(&p->semaphore) != 0) {
            pause_hint();
        }
    } else {
        while (sem_wait(&p->semaphore) != 0) {
        }
    }
}

static inline void release(int place)
{
    struct place *p = &shared->places[place];
    if (is_mutex) {
        check(pthread_mutex_unlock(&p->mutex), "pthread_mutex_unlock");
    } else {
        sem_post(&p->semaphore);
    }
}

static void map_file(const char *file, int creates)
{
    int fd = open(file, creates ? O_RDWR | O_CREAT | O_EXCL : O_RDWR, 0600);
    if (fd < 0 || (creates && ftruncate(fd, sizeof(struct shared)) != 0)) {
        check(errno, file);
    }
    shared = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED) {
        check(errno, "mmap");
    }
    if (!creates) {
        return;
    }
    pthread_mutexattr_t attributes;
    check(pthread_mutexattr_init(&attributes), "pthread_mutexattr_init");
    check(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED), "pthread_mutexattr_setpshared");
    check(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST), "pthread_mutexattr_setrobust");
    for (int place = 0; place < PLACES; place++) {
        check(pthread_mutex_init(&shared->places[place].mutex, &attributes), "pthread_mutex_init");
        if (sem_init(&shared->places[place].semaphore, 1, 1) != 0) {
            check(errno, "sem_init");
        }
    }
}

static void say(const char *line)
{
    puts(line);
    fflush(stdout);
}

static void hear(void)
{
    char line[64];
    if (fgets(line, sizeof line, stdin) == NULL) {
        exit(0);
    }
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a;
    int64_t y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

static int64_t percentile(double part)
{
    return sample_count == 0 ? 0 : samples[(int) (part * (sample_count - 1))];
}

static void report(int64_t count, int64_t time, int64_t cpu)
{
    qsort(samples, sample_count, sizeof samples[0], compare);
    printf("done count=%lld nanos=%lld cpu=%lld process=%lld bytes=0 p50=%lld p99=%lld\n", (long long) count,
            (long long) time, (long long) cpu, (long long) cpu, (long long) percentile(0.5), (long long) percentile(0.99));
    fflush(stdout);
}

static void uncontended(int64_t time, int reports)
{
    int64_t cpu = nanos(CLOCK_THREAD_CPUTIME_ID);
    int64_t start = nanos(CLOCK_MONOTONIC);
    int64_t count = 0;
    int64_t now;
    do {
        for (int i = 0; i < BATCH; i++) {
            acquire(0);
            release(0);
        }
        count += BATCH;
        now = nanos(CLOCK_MONOTONIC);
    } while (now - start < time);
    if (reports) {
        report(count, now - start, nanos(CLOCK_THREAD_CPUTIME_ID) - cpu);
    }
}

/* One step on the ring of places; returns how long it took from the release to here, if there is a gap. */
static inline void step(int at, int next, int64_t gap)
{
    acquire(next);
    if (gap > 0) {
        int64_t now = nanos(CLOCK_MONOTONIC);
        if (sample_count < MOST_SAMPLES) {
            samples[sample_count++] = now - shared->stamp;
        }
        while (nanos(CLOCK_MONOTONIC) - now < gap) {
            pause_hint();
        }
        shared->stamp = nanos(CLOCK_MONOTONIC);
    }
    release(at);
}

static int go_round(int at, int64_t time, int64_t gap, int reports)
{
    int64_t cpu = nanos(CLOCK_THREAD_CPUTIME_ID);
    int64_t start = nanos(CLOCK_MONOTONIC);
    int64_t count = 0;
    int64_t now;
    sample_count = 0;
    do {
        for (int i = 0; i < (gap > 0 ? 1 : 64); i++) {
            int next = (at + 1) % PLACES;
            step(at, next, gap);
            at = next;
            count++;
        }
        now = nanos(CLOCK_MONOTONIC);
    } while (now - start < time);
    if (reports) {
        report(count, now - start, nanos(CLOCK_THREAD_CPUTIME_ID) - cpu);
    }
    return at;
}

static void *wait_for_ever(void *nothing)
{
    acquire(0);
    fprintf(stderr, "the other process has not kept it\n");
    exit(1);
    return nothing;
}

static void sleep_for(int64_t time)
{
    struct timespec duration = {time / 1000000000LL, time % 1000000000LL};
    nanosleep(&duration, NULL);
}

/* One waits in a thread of its own; when it has begun to, this one sleeps beside it. */
static void idle(int first, int64_t warmup, int64_t time)
{
    if (first) {
        acquire(0);
        say("ready");
        hear();
        return;
    }
    pthread_t waiter;
    check(pthread_create(&waiter, NULL, wait_for_ever, NULL), "pthread_create");
    sleep_for(warmup);
    say("ready");
    hear();
    clockid_t clock;
    check(pthread_getcpuclockid(waiter, &clock), "pthread_getcpuclockid");
    int64_t cpu = nanos(clock);
    int64_t start = nanos(CLOCK_MONOTONIC);
    sleep_for(time);
    report(1, nanos(CLOCK_MONOTONIC) - start, nanos(clock) - cpu);
}

int main(int argc, char **argv)
{
    if (argc != 9) {
        fprintf(stderr, "native FILE SUBJECT MEASURE ROLE MODE WARMUP_NANOS TIME_NANOS GAP_NANOS\n");
        return 2;
    }
    int first = strcmp(argv[4], "FIRST") == 0;
    const char *measure = argv[3];
    int64_t warmup = atoll(argv[6]);
    int64_t time = atoll(argv[7]);
    int64_t gap = strcmp(measure, "SLEEPER") == 0 ? atoll(argv[8]) : 0;
    is_mutex = strcmp(argv[2], "pthread-mutex") == 0;
    spins = strcmp(argv[5], "SPIN") == 0;
    map_file(argv[1], first);
    if (strcmp(measure, "UNCONTENDED") == 0) {
        say("ready");
        hear();
        uncontended(warmup, 0);
        uncontended(time, 1);
        return 0;
    }
    if (strcmp(measure, "IDLE") == 0) {
        idle(first, warmup, time);
        return 0;
    }
    int at = first ? 0 : 1;
    acquire(at);
    say("ready");
    hear();
    at = go_round(at, first ? warmup : INT64_MAX, gap, 0);
    go_round(at, time, gap, 1);
    hear();
    return 0;
}

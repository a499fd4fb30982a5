#include "CAllocations.h"

#include <stdlib.h>

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__)

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

// Relaxed: the measured code runs in one thread.
static _Atomic unsigned long count;
static _Atomic long live;

static void *noted(void *block) {
  if (!block) return block;
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&live, (long)malloc_usable_size(block), memory_order_relaxed);
  return block;
}

static void forget(void *block) {
  if (block) atomic_fetch_sub_explicit(&live, (long)malloc_usable_size(block), memory_order_relaxed);
}

void *malloc(size_t size) { return noted(__libc_malloc(size)); }
void *calloc(size_t number, size_t size) { return noted(__libc_calloc(number, size)); }
void *realloc(void *block, size_t size) {
  forget(block);
  return noted(__libc_realloc(block, size));
}
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = noted(__libc_memalign(alignment, size));
  return *result ? 0 : ENOMEM;
}
void *aligned_alloc(size_t alignment, size_t size) { return noted(__libc_memalign(alignment, size)); }
void free(void *block) {
  forget(block);
  __libc_free(block);
}

int allocations_are_counted(void) { return 1; }
unsigned long allocations_count(void) { return count; }
long allocations_live_octets(void) { return live; }

#else

int allocations_are_counted(void) { return 0; }
unsigned long allocations_count(void) { return 0; }
long allocations_live_octets(void) { return 0; }

#endif

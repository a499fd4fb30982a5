#include "CAllocations.h"

#include <stdlib.h>

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__)

#include <errno.h>
#include <malloc.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

// Not atomic: the benchmark has one thread, and the counting must not be what is measured.
static unsigned long count;
static long live;
static int counts_octets;

static void *noted(void *block) {
  count += 1;
  if (counts_octets && block) live += (long)malloc_usable_size(block);
  return block;
}

static void forget(void *block) {
  if (counts_octets && block) live -= (long)malloc_usable_size(block);
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
void allocations_watch_octets(int on) { counts_octets = on; }
long allocations_live_octets(void) { return live; }

#else

int allocations_are_counted(void) { return 0; }
unsigned long allocations_count(void) { return 0; }
void allocations_watch_octets(int on) { (void)on; }
long allocations_live_octets(void) { return 0; }

#endif

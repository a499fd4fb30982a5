// What a wasm module without a C library needs to run: memory, the memory functions that compilers call, and the two
// calls of WASI preview 1 that say a line and end the program.

typedef __SIZE_TYPE__ size_t;
typedef unsigned char byte;

int selftest(void);

// Memory is never given back: the self-test is short.
extern byte __heap_base;
static size_t top;

static void *allocate(size_t alignment, size_t size) {
  const size_t page = 65536;
  if (!top) top = (size_t)&__heap_base;
  if (alignment < 16) alignment = 16;
  size_t start = (top + alignment - 1) & ~(alignment - 1);
  size_t end = start + size, limit = __builtin_wasm_memory_size(0) * page;
  if (end > limit && __builtin_wasm_memory_grow(0, (end - limit + page - 1) / page) == (size_t)-1) return 0;
  top = end;
  return (void *)start;
}

void *malloc(size_t size) { return allocate(16, size); }
void free(void *pointer) { (void)pointer; }
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = allocate(alignment, size);
  return *result ? 0 : 12;
}

void *memcpy(void *to, const void *from, size_t count) {
  byte *target = to;
  for (const byte *source = from; count--;) *target++ = *source++;
  return to;
}
void *memmove(void *to, const void *from, size_t count) {
  byte *target = to;
  const byte *source = from;
  if (target < source) return memcpy(to, from, count);
  while (count--) target[count] = source[count];
  return to;
}
void *memset(void *to, int value, size_t count) {
  for (byte *target = to; count--;) *target++ = (byte)value;
  return to;
}
int memcmp(const void *left, const void *right, size_t count) {
  const byte *a = left, *b = right;
  for (; count--; a++, b++) if (*a != *b) return *a - *b;
  return 0;
}

// Products of 128 bits, which compilers expect of their support library: `Duration`, and products checked for overflow.
__int128 __multi3(__int128 left, __int128 right) {
  const unsigned long long half = 0xFFFFFFFF;
  unsigned long long a = (unsigned long long)left, b = (unsigned long long)right;
  unsigned long long low = (a & half) * (b & half), middle = (a >> 32) * (b & half) + (low >> 32);
  unsigned long long other = (a & half) * (b >> 32) + (middle & half);
  unsigned long long high = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
  high += (unsigned long long)(left >> 64) * b + a * (unsigned long long)(right >> 64);
  return (__int128)((unsigned __int128)high << 64 | (other << 32 | (low & half)));
}

// Hashing is seeded with a constant: the self-test is repeatable.
void arc4random_buf(void *to, size_t count) { memset(to, 7, count); }

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))
WASI(proc_exit) _Noreturn void wasi_exit(int code);
WASI(fd_write) int wasi_write(int file, const void *parts, int count, int *written);

// `print` of Embedded Swift calls this for each byte.
int putchar(int character) {
  byte value = (byte)character;
  struct { const byte *start; size_t count; } part = {&value, 1};
  int written;
  wasi_write(1, &part, 1, &written);
  return character;
}

__attribute__((export_name("_start"))) void _start(void) { wasi_exit(selftest()); }

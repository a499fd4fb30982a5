#pragma once

// Whether this C library lets its allocator be watched. Without it, all counts are zero.
int allocations_are_counted(void);
// The allocations since the program began.
unsigned long allocations_count(void);
// Turns the counting of octets on or off: it costs more than an allocation.
void allocations_watch_octets(int on);
// The octets that were allocated and not freed while they were counted, as the allocator rounds them.
long allocations_live_octets(void);
